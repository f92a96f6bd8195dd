"""Databases of their own for tests that start processes."""

from collections.abc import Callable

import psycopg
import pytest


@pytest.fixture
def new_database(postgres_url: str) -> Callable[[str], str]:
    """Makes an empty PostgreSQL database and gives its URL."""

    def made(name: str) -> str:
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {name}".encode())
        return postgres_url.replace("/postgres?", f"/{name}?")

    return made
