"""The queue of received articles, shared by any number of workers.

An embedded store has one worker, which reads what waits. In PostgreSQL a worker leases what it takes: it writes its number on the
articles, and holds an advisory lock of that number on a connection of its own. A lease is good as long as its lock is held, so it
ends with the connection: a worker that is killed leaves its articles to the others at once. What keeps an article from being done
twice is not the lease but the linking transaction, which looks whether the revision is still to be done.
"""

import secrets
import threading

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app.storage.database import Database
from app.storage.reading import articles as articles_in
from app.storage.reading.articles import Waiting

# The first of the two numbers of a lease's lock; any serves that nothing else in the database uses.
LEASES_LOCK = 727_449

_TAKE = text(
    """
    UPDATE article SET leased_by = :me
    WHERE id IN (
        SELECT id FROM article
        WHERE status = 'received' AND (
            leased_by IS NULL OR leased_by = :me OR leased_by NOT IN (
                SELECT CAST(objid AS bigint) FROM pg_locks
                WHERE locktype = 'advisory' AND classid = :leases AND objsubid = 2 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            )
        )
        ORDER BY queued LIMIT :limit
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id
    """
)


class Queue:
    """One worker's end of the queue."""

    def __init__(self, database: Database):
        self._database = database
        self._connection: Connection | None = None
        self._number = 0
        self._turn = threading.RLock()

    def take(self, limit: int) -> list[Waiting]:
        """Up to `limit` of the oldest articles that no other worker has, in the order they were received; none when none waits.

        What was taken before and not finished is taken again. Raises SQLAlchemyError when the database does not answer.
        """
        if self._database.embedded:
            with self._database.read() as session:
                return articles_in.waiting(session, limit)
        try:
            with self._turn, Session(self._leasing(), expire_on_commit=False) as session:
                given = {"me": self._number, "leases": LEASES_LOCK, "limit": limit}
                ids = list(session.execute(_TAKE, given).scalars())
                taken = articles_in.waiting(session, limit, among=ids) if ids else []
                session.commit()
                return taken
        except SQLAlchemyError:
            self.release()
            raise

    def coming(self, taken: int, limit: int) -> list[Waiting]:
        """What the next `take` is likely to answer once the `taken` of the last one are done; none where workers share the queue.

        There whoever reads ahead would keep articles from the others.
        """
        if not self._database.embedded:
            return []
        with self._database.read() as session:
            return articles_in.waiting(session, limit, after=taken)

    def release(self) -> None:
        """Gives back what was taken and not finished."""
        with self._turn:
            connection, self._connection = self._connection, None
            if connection is not None:
                # The connection goes, not back into the pool: the lock goes with it.
                connection.invalidate()
                connection.close()

    def _leasing(self) -> Connection:
        """The connection that holds the lease's lock."""
        if self._connection is None or self._connection.invalidated:
            self.release()
            connection = self._connection = self._database.connect()
            self._number = 0
            while not self._number:
                number = 1 + secrets.randbelow(2**31 - 1)
                if connection.execute(select(func.pg_try_advisory_lock(LEASES_LOCK, number))).scalar_one():
                    self._number = number
            connection.commit()
        return self._connection
