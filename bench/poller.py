"""A client that follows `since` through everything that happens to many processes."""

import json
import threading
from collections.abc import Sequence
from typing import Any

import httpx


class Poller(threading.Thread):
    """Follows `since` through everything that happens, from one API to the next."""

    def __init__(self, urls: Sequence[str]):
        super().__init__(daemon=True)
        # A client each, kept: one made for a poll alone costs more than the poll.
        self._clients = [httpx.Client(base_url=url, timeout=30) for url in urls]
        self._stopping = threading.Event()
        self.seen: list[tuple[str, str]] = []
        self.refused = 0
        self.missed = 0
        self._cursor: str | None = None

    @property
    def twice(self) -> int:
        """How many changes came again."""
        return len(self.seen) - len(set(self.seen))

    def run(self) -> None:
        """Polls until stopped."""
        at = 0
        while not self._stopping.wait(0.1):
            at += 1
            self._poll(self._clients[at % len(self._clients)])

    def stop(self) -> None:
        """Ends it after one last look."""
        self._stopping.set()
        self.join()
        self._poll(self._clients[0])
        for client in self._clients:
            client.close()

    def check(self, client: httpx.Client) -> None:
        """Counts the conflicts whose last change it did not see."""
        last = dict(self.seen)
        cursor = None
        while True:
            page = client.get("/v1/conflicts", params={"limit": 200} | ({"cursor": cursor} if cursor else {})).json()
            self.missed += sum(last.get(item["id"]) != _state(item) for item in page["items"])
            cursor = page["next_cursor"]
            if not cursor:
                return

    def _poll(self, client: httpx.Client) -> None:
        """One poll with all its pages; an answer that breaks off counts for nothing, and the same cursor is asked again."""
        found: list[tuple[str, str]] = []
        page: str | None = None
        upto = None
        while True:
            wanted = {name: value for name, value in (("since", self._cursor or _beginning()), ("cursor", page)) if value}
            try:
                answer = client.get("/v1/conflicts", params={"limit": 50, **wanted})
            except httpx.TransportError:
                return
            if answer.status_code != httpx.codes.OK:
                self.refused += 1
                assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
                assert "Retry-After" in answer.headers, answer.text
                return
            body = answer.json()
            found += [(item["id"], _state(item)) for item in body["items"]]
            upto = upto or body["cursor"]
            page = body["next_cursor"]
            if not page:
                self._cursor = upto
                self.seen += found
                return


def _state(item: dict[str, Any]) -> str:
    return json.dumps([item["updated_at"], item["status"], item["positions"], item["history"]], sort_keys=True)


def _beginning() -> str:
    from app.storage.reading.conflicts import cursor_at

    return cursor_at(0)
