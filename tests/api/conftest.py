"""A running service with an empty store, on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.service import running


@pytest.fixture
def client(tmp_path: Path, each_database: str) -> Iterator[TestClient]:
    """A client of it. What asks for it runs on both databases."""
    with running(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, each_database: str) -> Iterator[TestClient]:
    """A client of a service that stays empty: whatever is refused leaves no trace, so a module's tests may share it."""
    with running(tmp_path_factory.mktemp("empty")) as found:
        yield found
