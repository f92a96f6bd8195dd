"""Telling whether two readings see the same store."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import String, cast, func, select
from sqlmodel import Session

from app.storage.database import Database


@contextmanager
def seen(database: Database) -> Iterator[tuple[Session, str | None]]:
    """A reading session, and the name of what it sees: two sessions with one name see the same rows; None says nothing.

    Embedded, that is the number of commits so far, known without asking; in PostgreSQL, where any process may commit, it is the
    session's own snapshot: which transactions had ended when it began.
    """
    before = known(database)
    with database.read() as session:
        if database.embedded:
            yield session, before
        else:
            yield session, str(session.execute(select(cast(func.pg_current_snapshot(), String))).scalar_one())


def known(database: Database) -> str | None:
    """What a session that began now would see, where that is known without asking the database."""
    commits = database.commits
    return None if commits is None else str(commits)
