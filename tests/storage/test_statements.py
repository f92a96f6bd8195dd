"""What linking asks of the database: as few statements for many claims as for few, none of which looks through a whole table."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.claims.claim import StoredClaim
from app.pipeline import linking
from app.relations.judged import JudgedPair
from app.relations.relation import RelationKind
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.storage.writing import claims as claims_out
from tests.made_claims import NOON, made_claim, pair
from tests.storage.filling import insert

Statement = tuple[str, Any]


@pytest.fixture
def embedded(sqlite_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite store."""
    database = Database(f"sqlite:///{shutil.copy(sqlite_file, tmp_path / 'store.db')}")
    yield database
    database.close()


@contextmanager
def noted() -> Iterator[list[Statement]]:
    """Every statement executed meanwhile, with its first values."""
    statements: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
        statements.append((statement, values[0] if many else values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def story(first: int, claims: int) -> tuple[list[StoredClaim], list[JudgedPair]]:
    """Claims of two outlets: one in three stands alone, each other two contradict each other."""
    made = [made_claim(f"clm_{at:03}", outlet=("harbor-courier", "channel-nine")[at % 2]) for at in range(first, first + claims)]
    return made, [pair(made[at].id, made[at + 1].id, RelationKind.CONTRADICTS) for at in range(0, claims - 1, 3)]


def link(database: Database, claims: list[StoredClaim], pairs: list[JudgedPair]) -> list[StoredClaim]:
    """Stores and links claims."""
    with database.write() as session:
        added = insert(session, claims)
        linking.link(session, linking.Change(added, (), pairs), NOON, made_by="test")
    return added


def test_many_claims_are_linked_in_as_many_statements_as_few(embedded: Database) -> None:
    counts = []
    for first, claims in ((0, 6), (100, 60)):
        made, pairs = story(first, claims)
        with embedded.write() as session:
            added = insert(session, made)
            with noted() as statements:
                linking.link(session, linking.Change(added, (), pairs), NOON, made_by="test")
        # Each conflict that opens is given a name that is looked up; nothing else is done one by one.
        counts.append(len(statements) - len(pairs))
    assert counts[0] == counts[1]


def test_no_statement_looks_through_a_table(embedded: Database) -> None:
    stored = link(embedded, *story(0, 12))
    with noted() as statements:
        link(
            embedded,
            story(20, 12)[0],
            [pair("clm_000", "clm_020", RelationKind.CORROBORATES), pair("clm_001", "clm_020", RelationKind.REFINES)],
        )
        with embedded.write() as session:
            gone = claims_in.by_ids(session, ["clm_000", "clm_001"])
            claims_out.withdraw(session, gone, NOON)
            linking.link(session, linking.Change((), gone, ()), NOON, made_by="test")
            claims_in.linked_after(session, 1, "fake-3")
            claims_in.with_other_vector(session, "fake-3", 10)
            claims_in.places(session, [1, 2])
            claims_in.article_vectors(session, [stored[0].article_id])
            claims_in.counts(session, [stored[0].article_id])
    with embedded.connect() as connection:
        for statement, values in statements:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
                assert not any(step.startswith("SCAN") for step in plan), (statement, plan)
