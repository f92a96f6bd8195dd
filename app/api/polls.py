"""Answers to polls of the conflicts, kept while they are true: who asks what somebody asked before gets what is rendered already."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio.to_thread
from starlette.responses import Response

from app.api.presenting import NameOf
from app.api.responses import ConflictPageOut
from app.api.showing import conflicts_shown
from app.api.tags import given, list_tag
from app.outlets.directory import OutletDirectory
from app.storage.database import Database
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.conflicts import Filter
from app.storage.snapshots import known, seen

Answer = TypeVar("Answer")

# Source: decision; hundreds of clients, each with a cursor of its own, in memory nobody misses. A page of 50 conflicts has about 100 kB.
QUESTIONS = 1_024
BODIES_BYTES = 32 * 1024 * 1024
MEDIA_TYPE = "application/json"


@dataclass(frozen=True)
class Question:
    """A poll, checked: `sent` is its query string as it came, `query` as the address shows it, `outlets` are those by which its filter
    was understood and which its answer names.
    """

    sent: bytes
    query: str
    wanted: Filter
    limit: int
    since: str | None
    cursor: str | None
    outlets: OutletDirectory


@dataclass(frozen=True, eq=False)
class Mark:
    """The store at one moment: the number of the last change of a conflict, and the name of what was seen (None: has none)."""

    change: int
    seen: str | None

    def same(self, other: "Mark") -> bool:
        """Whether both saw the same store, as far as that can be told."""
        return self is other or (self.seen is not None and self.seen == other.seen)


@dataclass(frozen=True)
class _Kept:
    """A question, and its answer if it was rendered: true as long as the store is as at the mark."""

    question: Question
    mark: Mark | None = None
    body: bytes = b""


class Polls:
    """Answers polls of one process; all of it runs in one event loop, what asks the database in threads.

    An answer is never older than its request: whoever was told of a commit before asking finds it in the answer. Embedded, this
    process makes every commit and knows without asking whether there was one. With PostgreSQL the database is asked, once for all
    who came while it was busy with others.
    """

    def __init__(self, database: Database, outlets: Callable[[], OutletDirectory]):
        self._database = database
        self._outlets = outlets
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._bytes = 0
        self._mark: Mark | None = None
        self._next_look: asyncio.Task[Mark] | None = None
        self._look_under_way: asyncio.Task[Mark] | None = None
        self._renders: dict[tuple[bytes, Mark, OutletDirectory], asyncio.Task[_Kept]] = {}

    def asked_before(self, sent: bytes) -> Question | None:
        """The question that this query string is, when somebody asked it and it still means the same."""
        kept = self._kept.get(sent)
        return kept.question if kept is not None and kept.question.outlets is self._outlets() else None

    async def answer(self, question: Question, if_none_match: str | None) -> Response:
        """304 where the tag is still that of the answer, else the page.

        Raises:
            InvalidInput: `since` or `cursor` was not given out by the service.
        """
        mark = await self._now()
        etag = list_tag(mark.change, question.query)
        kept = self._kept.get(question.sent)
        if kept is None or kept.question.outlets is not question.outlets:
            kept = _Kept(question)
        if given(if_none_match, etag):
            self._keep(kept)
            return Response(status_code=304, headers=_headers(etag))
        if kept.mark is None or not kept.mark.same(mark):
            kept = await self._rendered(question, mark)
            assert kept.mark is not None
        self._keep(kept)
        return Response(kept.body, media_type=MEDIA_TYPE, headers=_headers(list_tag(kept.mark.change, question.query)))

    async def _now(self) -> Mark:
        """The store as it is after everything that was committed before this was called."""
        name = known(self._database)
        if name is not None and self._mark is not None and self._mark.seen == name:
            return self._mark
        if self._next_look is None:
            self._next_look = _task(self._look_after(self._look_under_way))
        return await asyncio.shield(self._next_look)

    async def _look_after(self, other: "asyncio.Task[Mark] | None") -> Mark:
        if other is not None:
            await asyncio.wait([other])
        # Whoever asks from here on may know of a commit that this look does not see.
        self._look_under_way, self._next_look = self._next_look, None
        found = await anyio.to_thread.run_sync(self._look)
        if self._mark is None or not found.same(self._mark):
            self._mark = found
        return self._mark

    def _look(self) -> Mark:
        with seen(self._database) as (session, name):
            return Mark(conflicts_in.last_change(session), name)

    async def _rendered(self, question: Question, mark: Mark) -> _Kept:
        """The answer as it is at the mark or later; those who ask the same at the same mark share one rendering."""
        key = (question.sent, mark, question.outlets)
        task = self._renders.get(key)
        if task is None:
            task = _task(anyio.to_thread.run_sync(self._render, question))
            self._renders[key] = task
            task.add_done_callback(lambda _: self._renders.pop(key, None))
        return await asyncio.shield(task)

    def _render(self, question: Question) -> _Kept:
        with seen(self._database) as (session, name):
            mark = Mark(conflicts_in.last_change(session), name)
            poll = conflicts_in.poll(session, question.wanted, question.limit, since=question.since, cursor=question.cursor)
            items = conflicts_shown(session, poll.items, _names(question.outlets))
        page = ConflictPageOut(items=items, next_cursor=poll.next_cursor, cursor=poll.cursor)
        return _Kept(question, mark, page.model_dump_json(by_alias=True).encode())

    def _keep(self, kept: _Kept) -> None:
        """Keeps it as the last that was asked for; those asked for longest ago make room."""
        sent = kept.question.sent
        old = self._kept.get(sent)
        if old is not kept:
            self._bytes += len(kept.body) - (len(old.body) if old is not None else 0)
            self._kept[sent] = kept
        self._kept.move_to_end(sent)
        while len(self._kept) > QUESTIONS or self._bytes > BODIES_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


def _names(outlets: OutletDirectory) -> NameOf:
    def name_of(outlet_id: str) -> str:
        outlet = outlets.by_id(outlet_id)
        return outlet.name if outlet else outlet_id

    return name_of


def _task(work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
    task = asyncio.create_task(work)
    # Those who wait have the error; when none is left it is no "never retrieved".
    task.add_done_callback(lambda done: None if done.cancelled() else done.exception())
    return task


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "no-cache"}
