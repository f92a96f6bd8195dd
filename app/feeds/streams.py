"""Open streams of changes: each follows the store by a cursor and sleeps until a notice says that something was committed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

import anyio.to_thread
import structlog

from app.errors import StreamsFull, Unavailable
from app.storage.notices import Notices
from app.storage.reading.conflicts import Filter

log = structlog.get_logger()
Answer = TypeVar("Answer")

# Source: decision; a notice may be lost, so the store is asked by itself now and then, once for all streams together.
WATCH_SECONDS = 5.0
# Source: decision; reads of streams never take more than this of the threads that answer requests.
READS_AT_ONCE = 4
RETRY_SECONDS = 5


@dataclass(frozen=True)
class Change:
    """A conflict after its change of that number, as the JSON that goes out."""

    number: int
    body: str


@dataclass(frozen=True)
class Batch:
    """Changes, oldest first. Everything up to the number `upto` was looked at; `more` says that later ones are there already."""

    changes: Sequence[Change]
    upto: int
    more: bool


@dataclass(frozen=True)
class Source:
    """Where changes come from; both wait for the database. `read` takes a filter and the number to begin after."""

    read: Callable[[Filter, int], Batch]
    last: Callable[[], int]


class Streams:
    """The open streams of one process, at most `at_most`; all of it runs in one event loop.

    A stream without news holds a task and nothing else: no thread, no connection. Streams that ask the same at the same time
    share one read. Whoever reads slowly is waited for by its own stream alone.
    """

    def __init__(self, source: Source, notices: Notices, *, at_most: int, watch_seconds: float = WATCH_SECONDS):
        self._source = source
        self._notices = notices
        self._at_most = at_most
        self._watch_seconds = watch_seconds
        self._woken: set[asyncio.Event] = set()
        self._reads: dict[Hashable, asyncio.Task[Batch]] = {}
        self._round = 0
        self._seen = 0
        self._closed = False
        self._limiter: anyio.CapacityLimiter | None = None
        self._watch: asyncio.Task[None] | None = None
        self._end_listening: Callable[[], None] = lambda: None

    @property
    def open_streams(self) -> int:
        """How many are open."""
        return len(self._woken)

    @asynccontextmanager
    async def follow(self, wanted: Filter, after: int | None) -> AsyncIterator[tuple[int, AsyncIterator[Batch]]]:
        """A stream of what changes after the change numbered `after` (None: from now on), and the number it begins after.

        Raises:
            StreamsFull: as many as may be are open.
            Unavailable: the service is stopping.
        """
        if self._closed:
            raise Unavailable("the service is stopping", retry_after_seconds=RETRY_SECONDS)
        if len(self._woken) >= self._at_most:
            raise StreamsFull(f"{len(self._woken)} streams are open, at most {self._at_most} may be", retry_after_seconds=RETRY_SECONDS)
        woken = asyncio.Event()
        self._woken.add(woken)
        try:
            self._begin_watching()
            start = await self._ask(self._source.last) if after is None else after
            yield start, self._batches(wanted, start, woken)
        finally:
            self._woken.discard(woken)
            if not self._woken and self._watch is not None:
                self._watch.cancel()
                self._watch = None
                self._end_listening()

    def close(self) -> None:
        """Ends every stream and lets no other begin; call it in the event loop."""
        self._closed = True
        self._wake()

    async def _batches(self, wanted: Filter, after: int, woken: asyncio.Event) -> AsyncIterator[Batch]:
        while not self._closed:
            woken.clear()
            try:
                batch = await self._read(wanted, after)
            except Exception:
                # The client comes back with the last id it has, and nothing is lost.
                log.error("stream_read_failed", exc_info=True)
                return
            if batch.upto > after:
                after = batch.upto
                yield batch
            if not batch.more and not self._closed:
                await woken.wait()

    async def _read(self, wanted: Filter, after: int) -> Batch:
        """One read for all who ask the same in one round. A round ends with each notice, so no read is older than its notice."""
        key = (self._round, wanted, after)
        task = self._reads.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(lambda: self._source.read(wanted, after)))
            self._reads[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(task)

    def _forget(self, key: Hashable, done: asyncio.Task[Batch]) -> None:
        self._reads.pop(key, None)
        if not done.cancelled():
            done.exception()  # those who wait have it; when none is left it is no "never retrieved"

    async def _ask(self, question: Callable[[], Answer]) -> Answer:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(READS_AT_ONCE)
        return await anyio.to_thread.run_sync(question, limiter=self._limiter)

    def _begin_watching(self) -> None:
        """Passes notices on to the streams from now on, and looks for what no notice told."""
        if self._watch is not None:
            return
        loop = asyncio.get_running_loop()

        def told() -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody listens any more
                loop.call_soon_threadsafe(self._wake)

        self._end_listening = self._notices.listen(told)
        self._watch = asyncio.create_task(self._watching())

    async def _watching(self) -> None:
        while True:
            await asyncio.sleep(self._watch_seconds)
            try:
                last = await self._ask(self._source.last)
            except Exception:
                log.warning("stream_watch_failed", exc_info=True)
                continue
            if last > self._seen:
                self._seen = last
                self._wake()

    def _wake(self) -> None:
        self._round += 1
        for woken in self._woken:
            woken.set()
