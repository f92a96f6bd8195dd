"""The thread that drains received articles, and those who wait for one."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

import structlog

from app.pipeline.story import Pipeline
from app.storage.away import is_away

log = structlog.get_logger()

# Source: decision; only bounds how long a stop takes and how late articles left by another process are seen.
IDLE_SECONDS = 1.0
RETRY_SECONDS = 2.0


class Worker:
    """Runs the pipeline in the background until stopped."""

    def __init__(self, pipeline: Pipeline, batch_articles: int):
        self._pipeline = pipeline
        self._batch_articles = batch_articles
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self._waiting: dict[str, list[Future[None]]] = {}
        self._thread = threading.Thread(target=self._run, name="pipeline", daemon=True)

    def start(self) -> None:
        """Begins draining what waits."""
        self._thread.start()

    def wake(self) -> None:
        """Says that an article was received."""
        self._woken.set()

    def stop(self) -> None:
        """Ends after the batch at hand; those who wait are told that nothing more comes."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._turn:
            futures = [future for held in self._waiting.values() for future in held]
            self._waiting.clear()
        for future in futures:
            future.cancel()

    @property
    def alive(self) -> bool:
        """Whether articles are being drained."""
        return self._thread.is_alive()

    def expect(self, article_id: str) -> Future[None]:
        """A future that is done once a batch with this article is committed. Ask before the article is received."""
        future: Future[None] = Future()
        with self._turn:
            self._waiting.setdefault(article_id, []).append(future)
        return future

    def finished(self, article_ids: Sequence[str]) -> None:
        """Tells those who wait for these articles, which another process may have drained; with none, whoever waits for what is done."""
        if not article_ids:
            with self._turn:
                expected = list(self._waiting)
            article_ids = self._pipeline.settled(expected) if expected else ()
        self._tell(article_ids)

    def forget(self, article_id: str, future: Future[None]) -> None:
        """Takes back an expectation."""
        with self._turn:
            held = self._waiting.get(article_id, [])
            if future in held:
                held.remove(future)
            if not held:
                self._waiting.pop(article_id, None)

    def _run(self) -> None:
        try:
            self._drain()
        finally:
            self._pipeline.release()

    def _drain(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                done = self._pipeline.process(self._batch_articles)
            except Exception as error:
                # The database is gone or full: the articles are still received; try again.
                if is_away(error):
                    log.warning("batch_waits", reason=" ".join(str(getattr(error, "orig", None) or error).split())[:200])
                else:
                    log.error("batch_failed", exc_info=True)
                self._stopping.wait(RETRY_SECONDS)
                continue
            if done:
                self._tell(done)
            else:
                self._woken.wait(IDLE_SECONDS)

    def _tell(self, done: Sequence[str]) -> None:
        with self._turn:
            futures = [future for article_id in done for future in self._waiting.pop(article_id, [])]
        for future in futures:
            if future.set_running_or_notify_cancel():
                future.set_result(None)
