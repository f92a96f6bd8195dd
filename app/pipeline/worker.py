"""The thread that drains received articles, and those who wait for one."""

from collections.abc import Sequence

import structlog

from app.errors import OtherEncoder
from app.pipeline.background import Background
from app.pipeline.story import Pipeline
from app.storage.away import is_away

log = structlog.get_logger()

# Source: decision; only bounds how long a stop takes and how late articles left by another process are seen.
IDLE_SECONDS = 1.0
RETRY_SECONDS = 2.0


class Worker(Background):
    """Runs the pipeline in the background until stopped. Ask with `expect` before the article is received."""

    def __init__(self, pipeline: Pipeline, batch_articles: int):
        super().__init__("pipeline")
        self._pipeline = pipeline
        self._batch_articles = batch_articles

    def wake(self) -> None:
        """Says that an article was received."""
        self._woken.set()

    def finished(self, article_ids: Sequence[str]) -> None:
        """Tells those who wait for these articles, which another process may have drained; with none, whoever waits for what is done."""
        if not article_ids:
            expected = self._expected()
            article_ids = self._pipeline.settled(expected) if expected else ()
        self._tell(article_ids)

    def _run(self) -> None:
        try:
            self._drain()
        finally:
            self._pipeline.release()

    def _drain(self) -> None:
        refused = False
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                done = self._pipeline.process(self._batch_articles)
                refused = False
            except OtherEncoder as error:
                # Once: this lasts until somebody starts this process anew, or the store goes on to its encoder.
                if not refused:
                    log.error("worker_waits", reason=error.detail)
                refused = True
                self._stopping.wait(RETRY_SECONDS)
                continue
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
