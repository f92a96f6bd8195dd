"""Every test of the pipeline runs on both databases."""

import pytest


@pytest.fixture(autouse=True)
def on_each_database(each_database: str) -> None:
    """Every test here runs on both."""
