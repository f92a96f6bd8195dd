"""Connections: reading sessions, and writing sessions that commit or leave nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, event, func, make_url, select
from sqlmodel import Session, create_engine

from app.storage.announcing import CHANNEL, Kind, announce, payloads
from app.storage.notices import Notices

BUSY_TIMEOUT_SECONDS = 30
# Any number serves, as long as everything that writes to one PostgreSQL database as Parallax uses the same.
WRITERS_LOCK = 7_274_492_556
# A machine that vanishes without a word, and with it whatever it had locked, is given up after a minute; the system waits two hours.
KEEPALIVE = {"tcp_keepalives_idle": "20", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "4"}
CONNECT_SECONDS = 5
# What the settings say is told by `main`; upkeep and tests take this.
CONNECTIONS = 15
# What a writing session carries in its `info` once it changed a conflict.
CONFLICTS_CHANGED = "conflicts_changed"


class Database:
    """One database, embedded or PostgreSQL.

    SQLite: WAL with `synchronous=FULL`, so that a committed transaction survives a power cut; a writing session takes the
    write lock at BEGIN, so it never fails half-way for a lock; one process-wide lock keeps writers from polling for it.
    PostgreSQL: writing sessions of all processes take turns by an advisory lock, so that both databases promise the same.
    `changes` gives notice after each commit that changed a conflict.
    """

    def __init__(self, url: str, connections: int = CONNECTIONS):
        """The database at an SQLAlchemy URL; PostgreSQL gets at most `connections` from this process, and whoever needs another waits."""
        self.url = url
        self.embedded = url.startswith("sqlite")
        if self.embedded:
            self._reading, self._writing = _embedded(url, "BEGIN"), _embedded(url, "BEGIN IMMEDIATE")
        else:
            self._writing = _shared(url, connections)
            # Shares the pool; the level makes one snapshot of a session, which SQLite does by itself.
            self._reading = self._writing.execution_options(isolation_level="REPEATABLE READ")
        self._turn = threading.RLock()
        self._commits = 0
        self.changes = Notices()

    @property
    def commits(self) -> int | None:
        """As long as this number is the same, nothing was committed; None: a commit is under way, or others commit too (PostgreSQL)."""
        commits = self._commits
        return commits if self.embedded and commits % 2 == 0 else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot; whatever it changed is rolled back."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises."""
        with self._turn if self.embedded else nullcontext(), Session(self._writing, expire_on_commit=False) as session:
            if not self.embedded:
                session.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))
            yield session
            if not self.embedded:
                self._announce(session)
            # Odd from before anybody can see the commit until everybody does: nothing read meanwhile is taken for what is stored after it.
            self._commits += 1
            try:
                session.commit()
            finally:
                self._commits += 1
        if session.info.get(CONFLICTS_CHANGED):
            self.changes.publish()

    def _announce(self, session: Session) -> None:
        """Tells the processes beside this one, at commit, what the session changed."""
        if session.info.get(CONFLICTS_CHANGED):
            announce(session, Kind.CONFLICTS)
        for payload in payloads(session):
            session.execute(select(func.pg_notify(CHANNEL, payload)))

    def connect(self) -> Connection:
        """A plain connection, for migrations."""
        return self._writing.connect()

    def close(self) -> None:
        """Closes every pooled connection."""
        self._reading.dispose()
        self._writing.dispose()


def _shared(url: str, connections: int) -> Engine:
    # A connection that broke is replaced when it is next asked for; a server that does not answer is given up on soon.
    patience = {} if "connect_timeout" in make_url(url).query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(url, pool_pre_ping=True, pool_size=connections, max_overflow=0, connect_args=patience)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            for name, value in KEEPALIVE.items():
                cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
        connection.commit()

    return engine


def _embedded(url: str, begin: str) -> Engine:
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
