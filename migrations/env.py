"""How alembic reaches the database: over the connection it is given, or the service's own settings."""

import os
from typing import Any

from alembic import context
from sqlalchemy import Connection, func, select

from app.settings import read_settings
from app.storage.database import WRITERS_LOCK, Database
from app.storage.tables import metadata


def run(connection: Connection) -> None:
    """Runs the migrations asked for and commits, or leaves the schema as it was."""
    embedded = connection.dialect.name == "sqlite"
    if embedded:
        # SQLite changes a table by building another and dropping the first, which would drag down the rows that refer to it.
        _sqlite(connection, "PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        if not embedded:
            connection.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))
        context.run_migrations()
    if embedded and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"the migration leaves a row of {broken[0]} that refers to no row of {broken[2]}")
    connection.commit()
    if embedded:
        _sqlite(connection, "PRAGMA foreign_keys=ON")


def _sqlite(connection: Connection, statement: str) -> None:
    """Runs a statement outside any transaction, where alone SQLite heeds this pragma."""
    driver: Any = connection.connection.driver_connection
    driver.execute(statement)


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    settings = read_settings(os.environ)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.store_url)
    try:
        with database.connect() as opened:
            run(opened)
    finally:
        database.close()
