"""A running service with an empty store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.service import running


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A client of it."""
    with running(tmp_path) as found:
        yield found
