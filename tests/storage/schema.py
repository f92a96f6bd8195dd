"""Bringing a test's database to a schema, and emptying it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, delete, update
from sqlmodel import col

from app.storage.database import Database
from app.storage.tables import CounterRow, metadata

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def config(connection: Connection) -> Config:
    """What alembic's commands take."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def upgrade(database: Database) -> None:
    """To the newest schema."""
    with database.connect() as connection:
        command.upgrade(config(connection), "head")


def empty(database: Database) -> None:
    """Leaves the schema and the counters, at nought."""
    with database.write() as session:
        for table in reversed(metadata.sorted_tables):
            if table.name != CounterRow.__tablename__:
                session.execute(delete(table))
        session.execute(update(CounterRow).values({col(CounterRow.value): 0}))
