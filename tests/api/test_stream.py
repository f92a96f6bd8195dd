"""Conflicts as server-sent events, from a real server."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.test_conflicts import LONG, SHORT
from tests.served import Served, served
from tests.service import PUBLISHED

STREAM = "/v1/conflicts/stream"


@dataclass(frozen=True)
class Event:
    """One event as a client reads it; `data` is None where it carries none."""

    id: str | None
    event: str | None
    data: Any


class Reader:
    """Reads the events of one answer as the standard says, line by line."""

    def __init__(self, answer: httpx.Response):
        self._lines = answer.iter_lines()

    def next(self) -> Event:
        """The next event, or block with an id alone; comments are passed over."""
        fields: dict[str, str] = {}
        for line in self._lines:
            if line.startswith(":"):
                continue
            if not line:
                if fields:
                    return Event(fields.get("id"), fields.get("event"), json.loads(fields["data"]) if "data" in fields else None)
                continue
            name, _, value = line.partition(": ")
            fields[name] = value
        raise EOFError

    def conflict(self) -> Event:
        """The next event with a conflict."""
        while (event := self.next()).data is None:
            pass
        return event


@contextmanager
def stream(service: Served, last: str | None = None, **query: Any) -> Iterator[Reader]:
    """An open stream."""
    headers = {"Last-Event-ID": last} if last else {}
    with service.client.stream("GET", STREAM, params=query, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Reader(answer)


def post(service: Served, outlet: str, text: str, number: int = 1) -> None:
    """Posts an article and waits until it is processed."""
    url = f"https://{outlet.lower().replace(' ', '')}.example/{number}"
    body = {"outlet": outlet, "url": url, "text": text, "published_at": PUBLISHED}
    assert service.client.post("/v1/articles?wait=true", json=body).status_code in (200, 201)


def part(service: Served) -> dict[str, Any]:
    """Two outlets that differ on one figure; the conflict they make."""
    post(service, "Harrow Dispatch", LONG)
    post(service, "Tarn Echo", SHORT)
    found: dict[str, Any] = service.client.get("/v1/conflicts").json()["items"][0]
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, each_database: str) -> Iterator[Served]:
    """A service that holds one conflict, and lets three streams be open."""
    with served(tmp_path_factory.mktemp("stream"), max_streams=3) as found:
        part(found)
        yield found


def decide(service: Served, conflict_id: str, note: str) -> None:
    """A decision that leaves the status as it is."""
    assert service.client.patch(f"/v1/conflicts/{conflict_id}", json={"note": note}).status_code == 200


def test_a_change_comes_as_an_event_with_the_conflict_and_a_cursor(service: Served) -> None:
    listed = service.client.get("/v1/conflicts").json()
    conflict = listed["items"][0]
    with stream(service) as reader:
        assert reader.next() == Event(listed["cursor"], None, None)
        decide(service, conflict["id"], "one")
        event = reader.next()
    after = service.client.get("/v1/conflicts").json()
    assert event == Event(after["cursor"], "conflict", after["items"][0])
    assert event.data["history"][-1]["note"] == "one"


def test_since_brings_what_a_poll_with_the_same_cursor_brings(service: Served) -> None:
    before = service.client.get("/v1/conflicts").json()
    decide(service, before["items"][0]["id"], "two")
    polled = service.client.get("/v1/conflicts", params={"since": before["cursor"]}).json()
    with stream(service, since=before["cursor"]) as reader:
        event = reader.conflict()
    assert [event.data] == polled["items"]
    assert event.id == polled["cursor"]


def test_the_last_events_id_goes_before_since_and_nothing_comes_twice(service: Served) -> None:
    first = service.client.get("/v1/conflicts").json()
    conflict_id = first["items"][0]["id"]
    with stream(service, since=first["cursor"]) as reader:
        decide(service, conflict_id, "three")
        seen = reader.conflict()
    decide(service, conflict_id, "four")
    with stream(service, last=seen.id, since=first["cursor"]) as reader:
        event = reader.conflict()
        assert event.data["history"][-1]["note"] == "four"
        decide(service, conflict_id, "five")
        assert reader.conflict().data["history"][-1]["note"] == "five"


def test_a_filter_holds_events_back_and_moves_the_id_on(service: Served) -> None:
    conflict = service.client.get("/v1/conflicts").json()["items"][0]
    with stream(service, outlet="CNN") as none, stream(service, outlet="Tarn Echo") as all_of_it:
        none.next(), all_of_it.next()
        decide(service, conflict["id"], "six")
        event = all_of_it.next()
        assert event.data["id"] == conflict["id"]
        assert none.next() == Event(event.id, None, None)


@pytest.mark.parametrize(
    ("query", "headers", "loc"),
    [
        ({"since": "nonsense"}, {}, ["query", "since"]),
        ({}, {"Last-Event-ID": "nonsense"}, ["header", "Last-Event-ID"]),
        ({"kind": "mood"}, {}, ["query", "kind"]),
    ],
)
def test_what_is_wrong_is_answered_before_the_stream_begins(
    service: Served, query: dict[str, str], headers: dict[str, str], loc: list[str]
) -> None:
    answer = service.client.get(STREAM, params=query, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["loc"] == loc


def test_one_stream_too_many_is_told_when_to_come_back_and_has_its_place_once_one_ends(service: Served) -> None:
    with stream(service), stream(service), stream(service):
        answer = service.client.get(STREAM)
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "5"
        assert "at most 3" in answer.json()["detail"]
    for _ in range(200):
        with service.client.stream("GET", STREAM) as again:
            if again.status_code == 200:
                return
        time.sleep(0.02)
    pytest.fail("the places of streams that ended are not given again")


def test_it_asks_for_a_key_where_keys_are_set(tmp_path: Path) -> None:
    with served(tmp_path, api_keys=("secret",)) as locked:
        assert locked.client.get(STREAM).status_code == 401
        with locked.client.stream("GET", STREAM, headers={"Authorization": "Bearer secret"}) as answer:
            assert answer.status_code == 200


@pytest.mark.usefixtures("each_database")
def test_the_service_stops_at_once_under_open_streams_and_goes_on_where_they_were(tmp_path: Path) -> None:
    with served(tmp_path) as first:
        conflict = part(first)
        with stream(first) as reader, stream(first) as other:
            last = reader.next().id
            other.next()
            decide(first, conflict["id"], "before the stop")
            began = time.monotonic()
            first.stop()
            assert time.monotonic() - began < 5
            seen = reader.next()
            assert seen.data["history"][-1]["note"] == "before the stop"
            with pytest.raises((EOFError, httpx.RemoteProtocolError)):
                reader.next()
    with served(tmp_path) as second:
        decide(second, conflict["id"], "after the start")
        with stream(second, last=last) as reader:
            assert [line["note"] for line in reader.conflict().data["history"][-2:]] == ["before the stop", "after the start"]
        with stream(second, last=seen.id) as reader:
            assert reader.conflict().data["history"][-1]["note"] == "after the start"


@pytest.mark.usefixtures("each_database")
def test_clients_that_come_and_go_beside_writers_end_with_what_the_store_holds(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        views: list[dict[str, Any]] = [{} for _ in range(4)]
        events: list[list[str]] = [[] for _ in views]

        def follow(at: int, last: str) -> None:
            while True:
                with stream(service, last=last) as reader:
                    for _ in range(at + 2):
                        event = reader.next()
                        last = event.id or last
                        if event.data is None:
                            continue
                        views[at][event.data["id"]] = event.data
                        events[at].append(last)
                        if event.data["history"][-1]["note"] == "the end":
                            return

        start = service.client.get("/v1/conflicts").json()["cursor"]
        clients = [threading.Thread(target=follow, args=(at, start), daemon=True) for at in range(len(views))]
        for client in clients:
            client.start()
        for number in range(6):
            where = f"The evacuation of opera house number {number} in Tarn"
            post(service, "Harrow Dispatch", f"{where} took about 45 minutes on Saturday evening.", number)
            post(service, "Tarn Echo", f"{where} took 20 minutes on Saturday evening.", number)
        decide(service, service.client.get("/v1/conflicts").json()["items"][0]["id"], "the end")
        for client in clients:
            client.join(30)
            assert not client.is_alive(), "a change was lost"
        stored = {item["id"]: item for item in service.client.get("/v1/conflicts").json()["items"]}
        assert all(view == stored for view in views)
        assert all(len(seen) == len(set(seen)) for seen in events)
