"""What all tests share: one PostgreSQL server a run, and properties that do not fail for being slow."""

from collections.abc import Iterator

import hypothesis
import pytest

from tests import postgres

hypothesis.settings.register_profile("parallax", deadline=None)
hypothesis.settings.load_profile("parallax")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the run; started when first asked for."""
    with postgres.server() as url:
        yield url
