"""Streams: every change once, in order, whatever is lost on the way; no thread held, nobody waited for."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import StreamsFull, Unavailable
from app.feeds.streams import Batch, Change, Source, Streams
from app.storage.notices import Notices
from app.storage.reading.conflicts import Filter

ANY = Filter()
NEVER = 3_600.0
Answer = TypeVar("Answer")


class Store:
    """Numbered changes, read in batches of two; how often it was asked, and how many reads wait at once."""

    def __init__(self) -> None:
        self.notices = Notices()
        self.changes: list[Change] = []
        self.reads = 0
        self.broken = False

    def change(self, *, told: bool = True) -> None:
        """One more change, with a notice or without."""
        number = len(self.changes) + 1
        self.changes.append(Change(number, f"change {number}"))
        if told:
            self.notices.publish()

    def change_often(self, times: int) -> None:
        """That many changes more."""
        for _ in range(times):
            self.change()

    def read(self, wanted: Filter, after: int) -> Batch:
        """As the database does it; a filter by kind lets even numbers pass."""
        self.reads += 1
        if self.broken:
            raise OSError("gone")
        last = len(self.changes)
        found = [change for change in self.changes[after:] if wanted.kind is None or change.number % 2 == 0]
        more = len(found) > 2
        return Batch(found[:2], found[1].number if more else last, more)

    def streams(self, at_most: int = 10, watch_seconds: float = NEVER) -> Streams:
        """Streams over it."""
        return Streams(Source(self.read, lambda: len(self.changes)), self.notices, at_most=at_most, watch_seconds=watch_seconds)


def run(test: Callable[[], Awaitable[Answer]]) -> Answer:
    """Runs a test in an event loop of its own, bounded, so that a lost change is a failure and no hang."""

    async def bounded() -> Answer:
        async with asyncio.timeout(20):
            return await test()

    return asyncio.run(bounded())


async def take(streams: Streams, upto: int, after: int | None = 0, wanted: Filter = ANY) -> list[int]:
    """The numbers that a stream brings until it has looked at everything up to `upto`."""
    found: list[int] = []
    if after is not None and after >= upto:
        return found
    async with streams.follow(wanted, after) as (_, batches):
        async for batch in batches:
            found += [change.number for change in batch.changes]
            if batch.upto >= upto:
                return found
    return found


def test_what_was_there_already_comes_in_order_and_what_comes_later_follows() -> None:
    store = Store()
    for _ in range(5):
        store.change()

    async def test() -> list[int]:
        following = asyncio.create_task(take(store.streams(), 6))
        await asyncio.sleep(0.05)
        assert not following.done()
        store.change()
        return await following

    assert run(test) == [1, 2, 3, 4, 5, 6]


def test_without_a_place_to_begin_it_begins_with_what_comes_next() -> None:
    store = Store()
    store.change()

    async def test() -> tuple[int, list[int]]:
        async with store.streams().follow(ANY, None) as (start, batches):
            store.change()
            return start, [change.number for change in (await anext(batches)).changes]

    assert run(test) == (1, [2])


def test_what_the_filter_holds_back_still_moves_the_place_to_resume_from() -> None:
    store = Store()
    for _ in range(3):
        store.change()

    async def test() -> list[tuple[list[int], int]]:
        async with store.streams().follow(Filter(kind="quantity"), 0) as (_, batches):
            first = await anext(batches)
            store.change()
            second = await anext(batches)
        return [([change.number for change in batch.changes], batch.upto) for batch in (first, second)]

    assert run(test) == [([2], 3), ([4], 4)]


def test_a_lost_notice_is_made_up_for_by_looking_now_and_then() -> None:
    store = Store()

    async def test() -> list[int]:
        following = asyncio.create_task(take(store.streams(watch_seconds=0.01), 1))
        await asyncio.sleep(0.05)
        store.change(told=False)
        return await following

    assert run(test) == [1]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
@settings(max_examples=20)
def test_a_stream_cut_anywhere_and_resumed_loses_nothing_and_repeats_nothing(cuts: list[int]) -> None:
    store = Store()

    async def test() -> list[int]:
        found: list[int] = []
        streams = store.streams()
        for keep in cuts:
            writer = threading.Thread(target=store.change_often, args=(3,))
            writer.start()
            async with streams.follow(ANY, found[-1] if found else 0) as (_, batches):
                while keep > 0:
                    changes = [change.number for change in (await anext(batches)).changes][:keep]
                    found += changes
                    keep -= len(changes)
            writer.join()
        return found + await take(streams, len(store.changes), found[-1] if found else 0)

    assert run(test) == list(range(1, 3 * len(cuts) + 1))


def test_streams_that_ask_the_same_share_one_read() -> None:
    store = Store()

    async def test() -> list[list[int]]:
        streams = store.streams()
        following = [asyncio.create_task(take(streams, 1)) for _ in range(10)]
        await asyncio.sleep(0.05)
        before = store.reads
        store.change()
        found = await asyncio.gather(*following)
        assert store.reads - before == 1
        return found

    assert run(test) == [[1]] * 10


def test_a_stream_without_news_holds_no_thread_and_asks_nothing() -> None:
    store = Store()

    async def test() -> None:
        streams = store.streams()
        following = [asyncio.create_task(take(streams, 1)) for _ in range(10)]
        await asyncio.sleep(0.05)
        reads = store.reads
        await asyncio.sleep(0.1)
        assert store.reads == reads
        assert streams._limiter is not None
        assert streams._limiter.borrowed_tokens == 0
        streams.close()
        assert await asyncio.gather(*following) == [[]] * 10

    run(test)


def test_who_reads_slowly_holds_up_neither_the_writer_nor_the_others() -> None:
    store = Store()

    async def test() -> list[int]:
        streams = store.streams()
        async with streams.follow(ANY, 0):
            following = asyncio.create_task(take(streams, 50))
            writer = threading.Thread(target=store.change_often, args=(50,))
            writer.start()
            await asyncio.to_thread(writer.join)
            return await following

    assert run(test) == list(range(1, 51))


def test_one_stream_more_than_may_be_is_refused_until_one_ends() -> None:
    store = Store()
    store.change()

    async def test() -> None:
        streams = store.streams(at_most=2)
        async with streams.follow(ANY, 0), streams.follow(ANY, 0):
            with pytest.raises(StreamsFull, match="2 streams are open, at most 2"):
                async with streams.follow(ANY, 0):
                    pass
        assert await take(streams, 1) == [1]
        assert streams.open_streams == 0

    run(test)


def test_closing_ends_every_stream_and_lets_no_other_begin() -> None:
    store = Store()

    async def test() -> None:
        streams = store.streams()
        following = asyncio.create_task(take(streams, 1))
        await asyncio.sleep(0.05)
        streams.close()
        assert await following == []
        with pytest.raises(Unavailable, match="stopping"):
            async with streams.follow(ANY, 0):
                pass

    run(test)


def test_a_store_that_fails_ends_the_stream_and_resuming_brings_the_rest() -> None:
    store = Store()

    async def test() -> list[int]:
        streams = store.streams()
        store.broken = True
        store.change()
        assert await take(streams, 1) == []
        store.broken = False
        return await take(streams, 1)

    assert run(test) == [1]


def test_a_notice_after_the_loop_has_ended_harms_nobody() -> None:
    store = Store()

    async def test() -> None:
        context = store.streams().follow(ANY, 0)
        await context.__aenter__()

    run(test)
    store.change()
