"""`parallax reindex`: vectors by the encoder of the settings, and the index from the vectors."""

from collections.abc import Iterator
from contextlib import contextmanager

from app import main
from app.commands.progress import Report
from app.errors import StartRefused
from app.pipeline import rotating
from app.settings import Settings
from app.storage.beside import alone
from app.storage.database import Database


def reindex(settings: Settings, report: Report) -> None:
    """Encodes anew what another encoder encoded, a commit every 1,000 claims, then rebuilds the index. Safe to interrupt and repeat."""
    main.rebuild_index(settings, report)


def reindex_beside(settings: Settings, report: Report) -> str:
    """Makes the new encoder's vectors beside those in use, while others go on. Safe to interrupt and repeat. Says what comes next.

    Raises:
        StartRefused: the store is embedded or not ready, or there is nothing to do, or another process does it.
    """
    with _rotated(settings) as database:
        encoder = main.encoder_of(settings)
        rotating.encode_beside(database, encoder, report)
    return (
        f"The vectors of {encoder.id} stand beside those in use. Next: `parallax reindex --swap` with the same settings, "
        "then start workers and APIs with them."
    )


def swap(settings: Settings, report: Report) -> str:
    """Puts what stands beside in the place of the vectors in use. Says what comes next.

    Raises:
        StartRefused: the store is embedded or not ready, or what stands beside is not fit for it, or another process works at it.
    """
    with _rotated(settings) as database:
        encoder = main.encoder_of(settings)
        claims = rotating.swap(database, encoder, report)
    return f"{claims} claims are found by {encoder.id} now. Start workers and APIs with the same settings: those with the old encoder wait."


@contextmanager
def _rotated(settings: Settings) -> Iterator[Database]:
    """The database, shared and fit to work with, and no other process that rotates it."""
    if settings.embedded:
        raise StartRefused(
            "an SQLite store has one process at a time, so nothing goes on beside it: `parallax reindex` replaces the vectors in place"
        )
    database = main.ready(settings)
    try:
        with alone(database):
            yield database
    finally:
        database.close()
