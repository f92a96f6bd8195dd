"""A store for each test, on both databases."""

from tests.storage.conftest import database, postgres_store, sqlite_file

__all__ = ["database", "postgres_store", "sqlite_file"]
