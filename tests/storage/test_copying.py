"""A store moved to another database is the same store."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from app.errors import CopyFailed
from app.storage import copying
from app.storage.copying import Step, copy_store, unfinished
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.storage.tables import ArticleRow, BesideVectorRow, ClaimRow, CounterRow, DeliveryRow, OutletRow, VectorRow, WebhookRow, metadata
from app.storage.writing.counters import CHANGES, next_number
from tests.made_claims import NOON, made_claim
from tests.service import conflicts, post, running
from tests.storage import schema
from tests.storage.filling import insert as insert_claims
from tests.storage.filling import store_claims


class Killed(BaseException):
    """Stands for a kill: nothing in the copy may catch it."""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an embedded store with something in every table."""
    folder = tmp_path_factory.mktemp("story")
    with running(folder) as client:
        post(client, "Harbor Courier", "The evacuation of the opera house took 45 minutes, a fire official said.")
        post(
            client,
            "Channel Nine",
            "The evacuation of the opera house took 30 minutes. The ferry carried 45.5 tons, police said.",
        )
        body = {"outlet": "Tarn Gazette", "url": "https://tarngazette.example/1", "text": "The bridge of Tarn was closed on Sunday."}
        client.post("/v1/articles", json=body, headers={"Idempotency-Key": "once"})
        (conflict,) = conflicts(client)
    database = Database(f"sqlite:///{folder}/parallax.db")
    with database.write() as session:
        session.add(WebhookRow(id="hook", url="https://desk.example/", secret="whsec_made", wanted={}, created_at=NOON, resume_at=NOON))
        session.flush()
        told = DeliveryRow(id="sent", webhook_id="hook", conflict_id=conflict["id"], changed=1, body="{}", due_at=NOON, created_at=NOON)
        session.add(told)
        session.add(BesideVectorRow(claim_number=1, encoder_id="next", vector=np.ones(3, "<f4").tobytes()))
    database.close()
    return folder / "parallax.db"


@pytest.fixture
def source(story: Path) -> Iterator[Database]:
    """The story's store."""
    database = Database(f"sqlite:///{story}")
    yield database
    database.close()


def embedded(path: Path) -> Database:
    """An empty embedded store with the newest schema."""
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    return database


def empty_target(database: Database) -> Database:
    """The store as a migration leaves it."""
    schema.empty(database)
    return database


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in the order of the key."""
    with database.read() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=lambda row: repr(row[:2]))
            for table in metadata.sorted_tables
        }


def silent(step: Step) -> None:
    """Reports to nobody."""


def test_the_story_fills_every_table(source: Database) -> None:
    assert [name for name, held in rows(source).items() if not held] == []


@pytest.mark.postgres
def test_a_store_that_goes_to_postgresql_and_back_is_the_same(source: Database, postgres_store: Database, tmp_path: Path) -> None:
    there = copy_store(source, empty_target(postgres_store), silent, batch_rows=2)
    assert {table.name: table.rows for table in there} == {name: len(held) for name, held in rows(source).items()}
    assert rows(postgres_store) == rows(source)
    home = embedded(tmp_path / "home.db")
    back = copy_store(postgres_store, home, silent, batch_rows=3)
    assert back == there
    assert rows(home) == rows(source)
    home.close()


def test_what_is_stored_after_a_copy_gets_the_next_numbers(source: Database, database: Database) -> None:
    copy_store(source, database, silent)
    held = rows(source)
    with database.write() as session:
        (claim,) = insert_claims(session, [made_claim("clm_new")])
        counters = {row.name: row.value for row in session.execute(select(CounterRow)).scalars()}
        assert next_number(session, CHANGES) == counters[CHANGES] + 1
    highest = max(row[0] for row in held["claim"] if isinstance(row[0], int))
    assert claim.number == highest + 1


def test_a_copy_that_was_interrupted_goes_on_where_it_stopped(source: Database, database: Database) -> None:
    steps: list[Step] = []

    def interrupted(step: Step) -> None:
        steps.append(step)
        if step.table == "claim" and step.rows >= 2:
            raise Killed

    with pytest.raises(Killed):
        copy_store(source, database, interrupted, batch_rows=1)
    assert unfinished(database)
    before = {step.table for step in steps} - {"claim"}
    again: list[Step] = []
    copy_store(source, database, again.append, batch_rows=1)
    assert not unfinished(database)
    first = {step.table: step for step in reversed(again) if step.phase == "copy"}
    assert all(first[table].rows == first[table].total for table in before)
    assert first["claim"].rows == 2
    assert rows(database) == rows(source)


def test_a_target_that_holds_something_is_refused_and_left_alone(source: Database, database: Database) -> None:
    store_claims(database)
    before = rows(database)
    with pytest.raises(CopyFailed, match=r"the target is not empty: it holds rows in .*outlet, "):
        copy_store(source, database, silent)
    assert rows(database) == before
    assert not unfinished(database)


def test_an_unfinished_copy_of_another_store_is_refused_unless_begun_afresh(source: Database, database: Database, tmp_path: Path) -> None:
    other = embedded(tmp_path / "other.db")
    store_claims(other)

    def interrupted(step: Step) -> None:
        if step.table == "claim_vector":
            raise Killed

    with pytest.raises(Killed):
        copy_store(other, database, interrupted)
    with pytest.raises(CopyFailed, match=r"an unfinished copy of \S+other\.db, not of"):
        copy_store(source, database, silent)
    copy_store(source, database, silent, afresh=True)
    assert rows(database) == rows(source)
    other.close()


def test_a_store_is_not_copied_onto_itself(source: Database) -> None:
    same = Database(source.url)
    with pytest.raises(CopyFailed, match="one database"):
        copy_store(source, same, silent)
    same.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            update(ClaimRow).where(col(ClaimRow.number) == 2).values(content="Another."),
            r"claim: the row \[2\] differs .* from \[\d\] to \[\d\]",
        ),
        (delete(VectorRow).where(col(VectorRow.claim_number) == 1), r"vector: the row \[1\] is missing"),
        (
            update(VectorRow).where(col(VectorRow.claim_number) == 1).values(vector=np.ones(3, "<f4").tobytes()),
            r"vector: the row \[1\] differs",
        ),
        (
            insert(OutletRow).values(id="late", name="Late", aliases=[], domains=[], wire=False, created_at=NOON),
            r"outlet: the target holds \d+ rows, the source \d+",
        ),
        (update(ArticleRow).values(published_at=NOON), r"article: the row \['\S+'\] differs"),
    ],
    ids=["a changed text", "a lost row", "a changed vector", "a row too many", "changed moments"],
)
def test_a_difference_says_where_it_is(source: Database, tmp_path: Path, change: object, said: str) -> None:
    target = embedded(tmp_path / "target.db")

    def spoil(step: Step) -> None:
        if step.phase == "copy" and step.table == metadata.sorted_tables[-1].name and step.rows == step.total:
            with target.connect() as connection:
                connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
                connection.execute(change)  # type: ignore[call-overload]
                connection.commit()

    with pytest.raises(CopyFailed, match=said):
        copy_store(source, target, spoil, batch_rows=3)
    assert unfinished(target)
    target.close()


@pytest.mark.postgres
def test_rows_that_the_target_cannot_hold_are_named(postgres_store: Database, tmp_path: Path) -> None:
    source = embedded(tmp_path / "source.db")
    with source.write() as session:
        session.add(OutletRow(id="nul", name="Nul\x00Byte", aliases=[], domains=[], created_at=NOON))
    with pytest.raises(CopyFailed, match=r"refuses rows of outlet, from \['nul'\] to \['nul'\]"):
        copy_store(source, empty_target(postgres_store), silent)
    with postgres_store.write() as session:
        copying.ledger.drop(session.connection())
    source.close()


@pytest.mark.postgres
def test_two_copies_do_not_work_on_one_target(source: Database, postgres_store: Database) -> None:
    empty_target(postgres_store)
    refused: list[str] = []

    def second(step: Step) -> None:
        if not refused:
            other = Database(postgres_store.url)
            with pytest.raises(CopyFailed) as caught:
                copy_store(source, other, silent)
            other.close()
            refused.append(caught.value.detail)

    copy_store(source, postgres_store, second)
    assert refused == ["another copy works on the target"]


def test_a_copied_claim_is_found_with_its_vector(source: Database, database: Database) -> None:
    copy_store(source, database, silent)
    with source.read() as here, database.read() as there:
        for (encoder, numbers, matrix), (other, others, copied) in zip(claims_in.vectors(here), claims_in.vectors(there), strict=True):
            assert (encoder, numbers) == (other, others)
            assert np.array_equal(matrix, copied)
