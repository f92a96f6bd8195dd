"""What all tests share: one PostgreSQL server a run, and properties that do not fail for being slow."""

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from app.storage.database import Database
from tests import postgres, service
from tests.storage import schema

hypothesis.settings.register_profile("parallax", deadline=None)
hypothesis.settings.load_profile("parallax")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the run; started when first asked for."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of a database with the newest schema and nothing in it, to be copied."""
    postgres.execute(postgres_url, "CREATE DATABASE newest")
    database = Database(postgres.beside(postgres_url, "newest"))
    schema.upgrade(database)
    database.close()
    return "newest"


@pytest.fixture
def postgres_copies(postgres_url: str, postgres_template: str) -> Iterator[Callable[[], str]]:
    """Makes empty stores: each call gives the URL of another."""
    with postgres.copies(postgres_url, postgres_template) as make:
        yield make


@pytest.fixture
def postgres_copy(postgres_copies: Callable[[], str]) -> str:
    """The URL of an empty store of this test's own."""
    return postgres_copies()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def each_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Runs a test twice: every service that it starts keeps its store in SQLite, then in PostgreSQL (one for each folder)."""
    kind: str = request.param
    if kind == "sqlite":
        yield kind
        return
    url, template = (request.getfixturevalue(name) for name in ("postgres_url", "postgres_template"))
    with postgres.copies(url, template) as make, pytest.MonkeyPatch.context() as monkeypatch:
        stores: dict[Path, str] = {}

        def store_of(folder: Path) -> str:
            if folder not in stores:
                stores[folder] = make()
            return stores[folder]

        monkeypatch.setattr(service, "store_of", store_of)
        yield kind
