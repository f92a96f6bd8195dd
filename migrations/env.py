"""How alembic reaches the database: over the connection it is given, or the service's own settings."""

import os

from alembic import context
from sqlalchemy import Connection

from app.settings import read_settings
from app.storage.database import Database
from app.storage.tables import metadata


def run(connection: Connection) -> None:
    """Runs the migrations asked for."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
    given.commit()
else:
    database = Database(read_settings(os.environ).store_url)
    with database.connect() as opened:
        run(opened)
        opened.commit()
    database.close()
