"""Hearing what other processes announce: PostgreSQL's LISTEN, on a connection of its own, in a thread of its own."""

import threading
from collections.abc import Callable, Sequence

import psycopg
import structlog
from sqlalchemy import make_url

from app.storage.announcing import CHANNEL, Kind, understood
from app.storage.database import Database

log = structlog.get_logger()

# Source: decision; how late a stop is noticed. A notice ends the wait at once.
LOOK_SECONDS = 0.5
RETRY_SECONDS = 1.0
CONNECT_SECONDS = 5

Told = Callable[[Sequence[str]], None]


class Listening:
    """Calls `told[kind](ids)` for each notice of a kind, from its own thread; where nobody can announce (SQLite) it does nothing.

    Whenever it begins to listen, after the database was away too, every kind is told once without ids: whatever was announced
    meanwhile was not heard, so look for yourself. Conflicts are passed on to `Database.changes`.
    """

    def __init__(self, database: Database, told: dict[Kind, Told]):
        self._database = database
        self._told = {Kind.CONFLICTS: lambda _: database.changes.publish(), **told}
        self._stopping = threading.Event()
        self._heard = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)

    def start(self) -> None:
        """Begins to listen; returns before it does."""
        if not self._database.embedded:
            self._thread.start()

    def stop(self) -> None:
        """Ends."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait(self, timeout_seconds: float) -> bool:
        """Waits until it listens; whether it does."""
        return self._heard.wait(timeout_seconds)

    def _run(self) -> None:
        url = make_url(self._database.url).set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stopping.is_set():
            try:
                with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
                    connection.execute(f"LISTEN {CHANNEL}".encode())
                    self._heard.set()
                    for kind in Kind:
                        self._tell(kind, ())
                    while not self._stopping.is_set():
                        for notice in connection.notifies(timeout=LOOK_SECONDS):
                            self._tell(*understood(notice.payload))
            except psycopg.Error as error:
                self._heard.clear()
                log.warning("listening_interrupted", reason=" ".join(str(error).split())[:200])
                self._stopping.wait(RETRY_SECONDS)

    def _tell(self, kind: str, words: Sequence[str]) -> None:
        # A newer version beside this one may announce what this one does not know.
        told = self._told.get(Kind(kind)) if kind in set(Kind) else None
        if told is None:
            return
        try:
            told(words)
        except Exception:
            # Whoever is told looks by itself now and then, or is told again when the database is back.
            log.warning("notice_failed", kind=kind, exc_info=True)
