"""Articles that other processes drain: those who wait for one here are told by looking."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

import structlog

from app.storage.database import Database
from app.storage.reading import articles as articles_in

log = structlog.get_logger()

# Source: decision; how late a waiting client is answered, against ten small reads a second while one waits. None waits, none is read.
LOOK_SECONDS = 0.1
RETRY_SECONDS = 1.0


class Elsewhere:
    """Stands where a `Worker` does, in a process that only answers HTTP.

    A future of an article is done as soon as the article is seen and is not waiting: ask again after it was received.
    """

    def __init__(self, database: Database):
        self._database = database
        self._stopping = threading.Event()
        self._asked = threading.Event()
        self._turn = threading.Lock()
        self._waiting: dict[str, list[Future[None]]] = {}
        self._thread = threading.Thread(target=self._run, name="looking", daemon=True)

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def wake(self) -> None:
        """Nothing to be done here: a worker process looks by itself."""

    def stop(self) -> None:
        """Ends; those who wait are told that nothing more comes."""
        self._stopping.set()
        self._asked.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._turn:
            futures = [future for held in self._waiting.values() for future in held]
            self._waiting.clear()
        for future in futures:
            future.cancel()

    @property
    def alive(self) -> bool:
        """Whether those who wait will be told."""
        return self._thread.is_alive()

    def expect(self, article_id: str) -> Future[None]:
        """A future that is done once the article is seen and does not wait to be processed."""
        future: Future[None] = Future()
        with self._turn:
            self._waiting.setdefault(article_id, []).append(future)
        self._asked.set()
        return future

    def finished(self, article_ids: Sequence[str]) -> None:
        """Tells those who wait for these articles; whoever waits for others is told by looking."""
        self._tell(set(article_ids))

    def forget(self, article_id: str, future: Future[None]) -> None:
        """Takes back an expectation."""
        with self._turn:
            held = self._waiting.get(article_id, [])
            if future in held:
                held.remove(future)
            if not held:
                self._waiting.pop(article_id, None)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._asked.wait()
            with self._turn:
                expected = list(self._waiting)
                if not expected:
                    self._asked.clear()
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

    def _tell(self, done: set[str]) -> None:
        with self._turn:
            futures = [future for article_id in done for future in self._waiting.pop(article_id, [])]
        for future in futures:
            if future.set_running_or_notify_cancel():
                future.set_result(None)
