"""A thread that goes on until it is stopped, and those who wait for an article of which it tells."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable
from concurrent.futures import Future


class Background(ABC):
    """`_run` is what the thread does: until `_stopping` is set, woken by `_woken`."""

    def __init__(self, name: str):
        """Names the thread, which `start` begins."""
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._turn = threading.Lock()
        self._waiting: dict[str, list[Future[None]]] = {}
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after what is at hand; those who wait are told that nothing more comes."""
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
        """Whether it goes on, so that those who wait will be told."""
        return self._thread.is_alive()

    def expect(self, article_id: str) -> Future[None]:
        """A future that is done once the article is told of."""
        future: Future[None] = Future()
        with self._turn:
            self._waiting.setdefault(article_id, []).append(future)
        return future

    def forget(self, article_id: str, future: Future[None]) -> None:
        """Takes back an expectation."""
        with self._turn:
            held = self._waiting.get(article_id, [])
            if future in held:
                held.remove(future)
            if not held:
                self._waiting.pop(article_id, None)

    @abstractmethod
    def _run(self) -> None: ...

    def _expected(self) -> list[str]:
        """The articles that somebody waits for."""
        with self._turn:
            return list(self._waiting)

    def _tell(self, done: Iterable[str]) -> None:
        with self._turn:
            futures = [future for article_id in done for future in self._waiting.pop(article_id, [])]
        for future in futures:
            if future.set_running_or_notify_cancel():
                future.set_result(None)
