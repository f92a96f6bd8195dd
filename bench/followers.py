"""Clients that follow the conflicts: pollers that keep an entity tag, and readers of the stream. Each keeps its own view."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

CONFLICTS = "/v1/conflicts"
STREAM = "/v1/conflicts/stream"
_PAGE = 200
_RETRY_SECONDS = 0.5

# What tells two states of one conflict apart.
Version = tuple[str, str, int]
View = dict[str, Version]


def version_of(conflict: dict[str, Any]) -> Version:
    """The state that a conflict's body shows."""
    return conflict["updated_at"], conflict["status"], len(conflict["history"])


@dataclass
class Seen:
    """What a client has: its view of the store, and what went wrong on the way."""

    view: View = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def take(self, conflict: dict[str, Any]) -> None:
        """Puts a conflict into the view."""
        self.view[conflict["id"]] = version_of(conflict)


async def whole(client: httpx.AsyncClient) -> tuple[View, str]:
    """Every conflict as the list shows it now, and the cursor of that answer."""
    seen, cursor, since = Seen(), None, ""
    while True:
        answer = await client.get(CONFLICTS, params={"limit": _PAGE, **({"cursor": cursor} if cursor else {})})
        answer.raise_for_status()
        body = answer.json()
        for conflict in body["items"]:
            seen.take(conflict)
        since, cursor = since or body["cursor"], body["next_cursor"]
        if cursor is None:
            return seen.view, since


@dataclass
class Poller(Seen):
    """Asks again and again what changed since its last answer; `seconds` is how long each poll took, to the last byte."""

    since: str = ""
    etag: str | None = None
    seconds: list[float] = field(default_factory=list)
    unchanged: int = 0

    async def run(self, client: httpx.AsyncClient, every_seconds: float, first_seconds: float, stop: asyncio.Event) -> None:
        """Polls every so often from the first moment on, late or not, until stopped."""
        due = time.monotonic() + first_seconds
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), max(due - time.monotonic(), 0.0))
            except TimeoutError:
                due += every_seconds
                await self.poll(client)

    async def poll(self, client: httpx.AsyncClient) -> None:
        """One poll with all its pages."""
        cursor = None
        while True:
            query: dict[str, str | int] = {"since": self.since, "limit": _PAGE, **({"cursor": cursor} if cursor else {})}
            headers = {"If-None-Match": self.etag} if self.etag and not cursor else {}
            began = time.perf_counter()
            try:
                answer = await client.get(CONFLICTS, params=query, headers=headers)
            except httpx.HTTPError as error:
                self.errors.append(f"poll: {type(error).__name__} {error}")
                return
            self.seconds.append(time.perf_counter() - began)
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                self.unchanged += 1
                return
            if answer.is_error:
                self.errors.append(f"poll: {answer.status_code} {answer.text[:200]}")
                return
            body = answer.json()
            for conflict in body["items"]:
                self.take(conflict)
            cursor = body["next_cursor"]
            if cursor is None:
                # The tag belongs to the address it came from; with another cursor that is another address.
                self.etag = answer.headers.get("ETag") if body["cursor"] == self.since else None
                self.since = body["cursor"]
                return


@dataclass
class Reader(Seen):
    """Reads the stream. One that is `cut` lets go of it every few seconds and resumes where it was."""

    since: str = ""
    last_id: str = ""
    events: int = 0
    resumed: int = 0
    cut_seconds: float | None = None

    async def run(self, client: httpx.AsyncClient, stop: asyncio.Event) -> None:
        """Follows until stopped, and comes back after every end of the stream."""
        while not stop.is_set():
            reading = asyncio.create_task(self._read(client))
            stopping = asyncio.create_task(stop.wait())
            limit = None if self.cut_seconds is None else random.uniform(0.5, 1.5) * self.cut_seconds
            await asyncio.wait({reading, stopping}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            reading.cancel()
            stopping.cancel()
            for ended in await asyncio.gather(reading, stopping, return_exceptions=True):
                if isinstance(ended, Exception):
                    self.errors.append(f"stream: {type(ended).__name__} {ended}")
                    await asyncio.sleep(_RETRY_SECONDS)
            self.resumed += not stop.is_set()

    async def _read(self, client: httpx.AsyncClient) -> None:
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": self.last_id} if self.last_id else {})}
        async with client.stream("GET", STREAM, params={"since": self.since}, headers=headers, timeout=None) as answer:
            if answer.is_error:
                raise RuntimeError(f"{answer.status_code} {(await answer.aread())[:200]!r}")
            rest = b""
            async for piece in answer.aiter_bytes():
                *events, rest = (rest + piece).split(b"\n\n")
                for event in events:
                    self._take(event)

    def _take(self, event: bytes) -> None:
        """One event: its fields are lines, as the server writes them (LF)."""
        lines = [line.partition(b":") for line in event.split(b"\n")]
        fields = {name.decode(): value.removeprefix(b" ").decode() for name, _, value in lines if name}
        if "data" in fields:
            self.take(json.loads(fields["data"]))
            self.events += 1
        # Kept only once the event was taken in whole: what is cut off comes again.
        self.last_id = fields.get("id", self.last_id)
