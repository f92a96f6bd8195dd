"""The migrations make exactly the tables that the code describes, and can be undone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, update
from sqlmodel import select

from app.claims.claim import ClaimType
from app.conflicts.agreement import outlet_pairs
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.storage.reading import outlets as outlets_in
from app.storage.tables import ClaimRow, ClusterRow, OutletPairRow, metadata
from app.storage.writing import clusters as clusters_out
from app.storage.writing import conflicts as conflicts_out
from app.storage.writing.counters import NAMES, next_number
from tests.made_claims import NOON, made_claim
from tests.storage import schema
from tests.storage.conftest import BOTH
from tests.storage.filling import conflict_of, insert, store_claims, summary_of


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'fresh.db'}"
    else:
        server = str(request.getfixturevalue("postgres_url"))
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS fresh")
            connection.execute("CREATE DATABASE fresh")
        url = server.replace("/postgres?", "/fresh?")
    database = Database(url)
    yield database
    database.close()


def run(database: Database, *to: str) -> None:
    """Moves to each revision in turn."""
    for revision in to:
        with database.connect() as connection:
            move = command.downgrade if revision == "base" else command.upgrade
            move(schema.config(connection), revision)


def tables(database: Database) -> set[str]:
    """The tables there are, alembic's own left out."""
    with database.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_upgrading_leaves_nothing_to_add(fresh: Database) -> None:
    run(fresh, "head")
    with fresh.connect() as connection:
        command.check(schema.config(connection))
    assert tables(fresh) == set(metadata.tables)


def test_downgrading_leaves_no_table_and_upgrading_again_works(fresh: Database) -> None:
    run(fresh, "head", "base")
    assert tables(fresh) == set()
    run(fresh, "head")
    with fresh.connect() as connection:
        command.check(schema.config(connection))
    with fresh.write() as session:
        assert [next_number(session, name) for name in NAMES] == [1] * len(NAMES)


def test_upgrading_twice_changes_nothing(fresh: Database) -> None:
    run(fresh, "head")
    store_claims(fresh)
    run(fresh, "head")
    with fresh.read() as session:
        assert claims_in.vector_count(session) == 2


def test_a_store_with_articles_can_be_downgraded(fresh: Database) -> None:
    run(fresh, "head")
    store_claims(fresh)
    run(fresh, "base", "head")
    with fresh.read() as session:
        assert claims_in.vector_count(session) == 0


def test_claims_stored_before_types_were_told_are_statements(fresh: Database) -> None:
    run(fresh, "head")
    store_claims(fresh)
    with fresh.write() as session:
        session.execute(update(ClaimRow).values(type="opinion"))
    with fresh.connect() as connection:
        command.downgrade(schema.config(connection), "0001")
        assert "type" not in {column["name"] for column in inspect(connection).get_columns("claim")}
    run(fresh, "head")
    with fresh.read() as session:
        assert {claim.claim.type for claim in claims_in.page(session, 10, None).items} == {ClaimType.STATEMENT}


def test_clusters_stored_before_outlets_were_counted_are_counted(fresh: Database) -> None:
    run(fresh, "head")
    with fresh.write() as session:
        insert(session, [made_claim(f"clm_{name}", outlet=name, cluster="clu_0") for name in ("w", "x", "y", "z")])
        positions = ([("clm_w", "w"), ("clm_x", "x")], [("clm_y", "y")], [("clm_z", "z")])
        summary = summary_of(*positions)
        parted = outlet_pairs(summary.positions, summary.origins, [(0, 1)])
        clusters_out.summarise(session, "clu_0", replace(summary, diverging=True, pairs=tuple(parted)), NOON)
        conflicts_out.save(session, conflict_of("clu_0", ("clm_x", "clm_y")), None, ["x", "y"])

    def told() -> list[object]:
        with fresh.read() as session:
            pairs = session.exec(select(OutletPairRow).order_by(OutletPairRow.a, OutletPairRow.b))
            rows = [(row.cluster_id, row.a, row.b, row.agree, row.diverge, row.updated_at) for row in pairs]
            return [*rows, session.exec(select(ClusterRow.first_outlet_id)).all()]

    before = told()
    assert len(before) == 7
    with fresh.connect() as connection:
        command.downgrade(schema.config(connection), "0002")
    run(fresh, "head")
    assert told() == before


REBUILD = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "rebuilt", "{head}"


def upgrade() -> None:
    with op.batch_alter_table("outlet", recreate="{recreate}") as outlet:
        outlet.drop_column("wire")


def downgrade() -> None:
    with op.batch_alter_table("outlet", recreate="{recreate}") as outlet:
        outlet.add_column(sa.Column("wire", sa.Boolean(), nullable=False, server_default=sa.false()))
"""


def test_a_later_migration_may_rebuild_a_table_that_others_refer_to(fresh: Database, tmp_path: Path) -> None:
    run(fresh, "head")
    store_claims(fresh)
    scripts = shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")
    (head,) = ScriptDirectory(str(scripts)).get_heads()
    (scripts / "versions" / "rebuild.py").write_text(REBUILD.format(head=head, recreate="always" if fresh.embedded else "never"))
    for move, revision in ((command.upgrade, "rebuilt"), (command.downgrade, head)):
        with fresh.connect() as connection:
            config = schema.config(connection)
            config.set_main_option("script_location", str(scripts))
            move(config, revision)
    with fresh.read() as session:
        assert [outlet.id for outlet in outlets_in.everything(session)] == ["channel-nine", "harbor-courier"]
        assert claims_in.vector_count(session) == 2


def test_a_migration_leaves_foreign_keys_on(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    with database.connect() as connection:
        command.upgrade(schema.config(connection), "head")
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_there_is_one_newest_schema_and_every_migration_is_named_by_date_and_sentence() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        year, month, day, *sentence = Path(script.path).stem.split("_")
        assert (len(year), len(month), len(day)) == (4, 2, 2)
        assert " ".join(sentence) == script.doc


def test_alembics_own_command_finds_the_store_of_the_settings(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    environment["PARALLAX_DATA_DIR"] = str(tmp_path / "new" / "folder")
    alembic = [sys.executable, "-m", "alembic"]
    for words in (["upgrade", "head"], ["check"]):
        done = subprocess.run(
            [*alembic, *words], cwd=schema.MIGRATIONS.parent, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "new" / "folder" / "parallax.db").is_file()
