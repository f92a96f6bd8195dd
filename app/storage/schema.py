"""The schema: brought to the newest by the migrations, or refused."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.storage.database import Database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(database: Database) -> None:
    """Runs every migration that the database lacks."""
    with database.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def at_head(database: Database) -> bool:
    """Whether the database has the newest schema."""
    with database.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    return current == set(ScriptDirectory(str(MIGRATIONS)).get_heads())
