"""Connections: reading sessions, and writing sessions that commit or leave nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session, create_engine

BUSY_TIMEOUT_SECONDS = 30


class Database:
    """One database, embedded or PostgreSQL.

    SQLite: WAL with `synchronous=FULL`, so that a committed transaction survives a power cut; a writing session takes the
    write lock at BEGIN, so it never fails half-way for a lock; one process-wide lock keeps writers from polling for it.
    """

    def __init__(self, url: str):
        self.url = url
        self.embedded = url.startswith("sqlite")
        self._reading = _engine(url, "BEGIN")
        self._writing = _engine(url, "BEGIN IMMEDIATE") if self.embedded else self._reading
        self._turn = threading.RLock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot; whatever it changed is rolled back."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises."""
        with self._turn if self.embedded else _no_turn(), Session(self._writing, expire_on_commit=False) as session:
            yield session
            session.commit()

    def connect(self) -> Connection:
        """A plain connection, for migrations."""
        return self._writing.connect()

    def close(self) -> None:
        """Closes every pooled connection."""
        self._reading.dispose()
        self._writing.dispose()


@contextmanager
def _no_turn() -> Iterator[None]:
    yield


def _engine(url: str, begin: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver's own implicit BEGIN is switched off; the listener below says when and how a transaction begins.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
