"""Telling whoever listens that something was committed. A notice says only that, never what: who hears one reads the store."""

import threading
from collections.abc import Callable


class Notices:
    """A place to listen for one kind of change.

    `Database.changes` is the one for conflicts: `Database.write` publishes there after each commit that changed a conflict. Another
    process's changes come in by the same door: whoever hears of them (PostgreSQL's LISTEN, in a thread of its own) calls `publish`.
    A notice may be lost or come for nothing; listeners read by cursor and look by themselves now and then, so neither does harm.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: list[Callable[[], None]] = []

    def listen(self, told: Callable[[], None]) -> Callable[[], None]:
        """Calls `told` at every notice, in the thread that publishes it; returns what ends that.

        `told` must neither wait nor raise: the writer stands behind it.
        """
        with self._lock:
            self._told.append(told)

        def end() -> None:
            with self._lock:
                if told in self._told:
                    self._told.remove(told)

        return end

    def publish(self) -> None:
        """Tells everybody who listens, from any thread."""
        with self._lock:
            told = list(self._told)
        for tell in told:
            tell()
