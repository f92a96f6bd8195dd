"""Articles that other processes drain: those who wait for one here are told by looking."""

from collections.abc import Sequence
from concurrent.futures import Future

import structlog

from app.pipeline.background import Background
from app.storage.database import Database
from app.storage.reading import articles as articles_in

log = structlog.get_logger()

# Source: decision; how late a waiting client is answered, against ten small reads a second while one waits. None waits, none is read.
LOOK_SECONDS = 0.1
RETRY_SECONDS = 1.0


class Elsewhere(Background):
    """Stands where a `Worker` does, in a process that only answers HTTP.

    A future of an article is done as soon as the article is seen and is not waiting: ask again after it was received.
    """

    def __init__(self, database: Database):
        super().__init__("looking")
        self._database = database

    def wake(self) -> None:
        """Nothing to be done here: a worker process looks by itself."""

    def expect(self, article_id: str) -> Future[None]:
        """A future that is done once the article is seen and does not wait to be processed."""
        future = super().expect(article_id)
        self._woken.set()
        return future

    def finished(self, article_ids: Sequence[str]) -> None:
        """Tells those who wait for these articles; whoever waits for others is told by looking."""
        self._tell(article_ids)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.wait()
            with self._turn:
                expected = list(self._waiting)
                if not expected:
                    self._woken.clear()
                    if self._stopping.is_set():
                        return
                    continue
            try:
                with self._database.read() as session:
                    done = articles_in.settled(session, expected)
            except Exception:
                # The database is gone: the articles are still there when it is back.
                log.error("looking_failed", exc_info=True)
                self._stopping.wait(RETRY_SECONDS)
                continue
            self._tell(done)
            self._stopping.wait(LOOK_SECONDS)
