"""A store for each test, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.database import Database
from tests.storage import schema

BOTH = [pytest.param("sqlite", id="sqlite"), pytest.param("postgres", id="postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_store(postgres_url: str) -> Iterator[Database]:
    """A PostgreSQL database with the newest schema."""
    database = Database(postgres_url)
    schema.upgrade(database)
    yield database
    database.close()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty store with the newest schema."""
    if request.param == "postgres":
        shared: Database = request.getfixturevalue("postgres_store")
        schema.empty(shared)
        yield shared
        return
    path = shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "store.db")
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
