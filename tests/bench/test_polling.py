"""The clients that follow conflicts in the bench: what they see, and how it is compared."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from bench.followers import Poller, Reader, version_of, whole
from bench.polling import Outcome, percentile, section_of

NOON = "2025-03-03T12:00:00Z"


def conflict(name: str, status: str = "open", lines: int = 1) -> dict[str, Any]:
    """A conflict's body, as far as a client looks at it."""
    return {"id": name, "updated_at": NOON, "status": status, "history": [{}] * lines}


def page(*items: dict[str, Any], cursor: str, more: str | None = None, etag: str = '"1"') -> httpx.Response:
    """An answer to a poll."""
    return httpx.Response(200, json={"items": items, "next_cursor": more, "cursor": cursor}, headers={"ETag": etag})


class Script:
    """A service that gives prepared answers in turn and keeps what it was asked."""

    def __init__(self, *answers: httpx.Response | Exception):
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def polled(poller: Poller, script: Script, times: int) -> None:
    """Lets it poll so many times."""

    async def poll() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(script), base_url="http://service") as client:
            for _ in range(times):
                await poller.poll(client)

    asyncio.run(poll())


def test_a_poller_takes_every_page_and_asks_again_with_the_tag_of_the_same_address() -> None:
    poller = Poller(since="a")
    script = Script(
        page(conflict("con_1"), cursor="b", more="p"),
        page(conflict("con_2"), cursor="b"),
        page(cursor="b", etag='"2"'),
        httpx.Response(304),
    )
    polled(poller, script, 3)
    assert sorted(poller.view) == ["con_1", "con_2"]
    assert [request.headers.get("If-None-Match") for request in script.asked] == [None, None, None, '"2"']
    assert [request.url.params["since"] for request in script.asked] == ["a", "a", "b", "b"]
    assert (poller.unchanged, len(poller.seconds), poller.errors) == (1, 4, [])


def test_a_poll_that_fails_is_an_error_and_asks_for_the_same_again() -> None:
    poller = Poller(since="a")
    script = Script(httpx.Response(503), httpx.ConnectError("refused"), page(conflict("con_1"), cursor="b"))
    polled(poller, script, 3)
    assert len(poller.errors) == 2
    assert list(poller.view) == ["con_1"]
    assert {request.url.params["since"] for request in script.asked} == {"a"}


def test_the_whole_list_is_read_page_by_page_with_the_first_pages_cursor() -> None:
    script = Script(page(conflict("con_2"), cursor="b", more="p"), page(conflict("con_1"), cursor="b"))

    async def read() -> tuple[dict[str, Any], str]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(script), base_url="http://service") as client:
            return await whole(client)

    view, since = asyncio.run(read())
    assert (sorted(view), since) == (["con_1", "con_2"], "b")


class Pieces(httpx.AsyncByteStream):
    """A stream that comes in pieces, then stops the reader."""

    def __init__(self, pieces: list[bytes], ended: Callable[[], None]):
        self._pieces, self._ended = pieces, ended

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece
        self._ended()


def event(id: str, body: dict[str, Any] | None = None) -> bytes:
    """An event as the service writes it."""
    data = f"event: conflict\ndata: {json.dumps(body, ensure_ascii=False)}\n" if body else ""
    return f"{data}id: {id}\n\n".encode()


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_reader_takes_events_however_they_are_cut_and_keeps_the_last_id_that_was_whole(size: int) -> None:
    told = {**conflict("con_1", "resolved", 2), "headline": "“45\u2028minutes”"}
    sent = event("a") + event("b", conflict("con_1")) + event("c", told) + event("d", conflict("con_2"))[:-2]
    reader = Reader(since="a")

    async def read() -> None:
        stop = asyncio.Event()
        pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
        script = Script(httpx.Response(200, stream=Pieces(pieces, stop.set)))
        async with httpx.AsyncClient(transport=httpx.MockTransport(script), base_url="http://service") as client:
            await reader.run(client, stop)

    asyncio.run(read())
    assert reader.view == {"con_1": version_of(told)}
    assert (reader.last_id, reader.events, reader.errors) == ("c", 2, [])


def test_a_reader_whose_stream_ended_comes_back_with_its_last_id() -> None:
    reader = Reader(since="a")

    async def read() -> list[httpx.Request]:
        stop = asyncio.Event()
        first, second = Pieces([event("b", conflict("con_1"))], lambda: None), Pieces([event("c", conflict("con_2"))], stop.set)
        script = Script(httpx.Response(200, stream=first), httpx.Response(200, stream=second))
        async with httpx.AsyncClient(transport=httpx.MockTransport(script), base_url="http://service") as client:
            await reader.run(client, stop)
        return script.asked

    asked = asyncio.run(read())
    assert [request.headers.get("Last-Event-ID") for request in asked] == [None, "b"]
    assert sorted(reader.view) == ["con_1", "con_2"]


def test_views_are_compared_conflict_by_conflict_and_state_by_state() -> None:
    store = {name: version_of(conflict(name)) for name in ("con_1", "con_2")}
    right, short, old = Poller(dict(store)), Reader({"con_1": store["con_1"]}), Reader({**store, "con_2": (NOON, "dismissed", 2)})
    found = Outcome([right], [short, old], store, 3.0, 0.1)
    assert (found.missing, found.stale, found.errors) == (1, 1, [])
    assert Outcome([right], [], store, 3.0, 0.1).missing == 0
    assert Outcome([Poller({**store, "con_9": store["con_1"]})], [], store, 3.0, 0.1).missing == 1


def test_the_section_tells_the_share_of_304s_and_the_p99() -> None:
    poller = Poller({}, seconds=[0.001 * at for at in range(1, 101)], unchanged=80)
    text = section_of(Outcome([poller], [], {}, 3.0, 0.1), 10, 5.0, "synthetic news", "python -m bench polling", ["- Machine: one"])
    assert "| answered 304 | **80.0%** |" in text
    assert "| poll, p99, ms | **99.0** |" in text


def test_a_percentile_of_nothing_is_nought() -> None:
    assert percentile([], 0.99) == 0
    assert percentile([1.0, 2.0], 0.5) == 1.0
    assert percentile([1.0, 2.0], 1.0) == 2.0
