"""An export on its way: one snapshot, let go of whatever happens."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from app.api.exports import download
from app.api.exports.download import Download
from app.errors import ExportsFull
from app.outlets.outlet import Outlet
from app.storage.database import Database
from app.storage.reading import outlets as outlets_in
from app.storage.writing import outlets as outlets_out
from tests.made_claims import NOON
from tests.service import prepare, settings_for


@pytest.fixture
def store(tmp_path: Path, each_database: str) -> Iterator[Database]:
    """An empty store with the newest schema, on each database."""
    settings = settings_for(tmp_path)
    prepare(settings)
    database = Database(settings.store_url)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def one_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """One export at a time, so that a slot that is not given back shows."""
    monkeypatch.setattr(download, "_slots", threading.BoundedSemaphore(1))


class Client:
    """What a server sends; gone after so many messages."""

    def __init__(self, messages: int = 1_000):
        self.sent: list[dict[str, Any]] = []
        self._messages = messages

    async def send(self, message: Any) -> None:
        """Takes a message, or is not there any more."""
        if len(self.sent) == self._messages:
            raise OSError("gone")
        self.sent.append(message)

    @property
    def body(self) -> bytes:
        """What came."""
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def whole(self) -> bool:
        """Whether it was told that this is all."""
        return bool(self.sent) and self.sent[-1].get("more_body") is False


def sent(response: Download, client: Client) -> Client:
    """Sends it as far as the client takes it."""
    asyncio.run(response.stream_response(client.send))
    return client


def test_what_is_stored_while_an_export_is_sent_is_not_in_it(store: Database) -> None:
    def pieces(session: Session) -> Iterator[str]:
        for _ in range(3):
            yield f"{len(outlets_in.everything(session))} "
            with store.write() as other:
                outlets_out.ensure(other, [Outlet(f"outlet-{len(outlets_in.everything(other))}", "An Outlet")], NOON)

    client = sent(Download(store, pieces, filename="x.csv", media_type="text/csv"), Client())
    assert (client.body, client.whole) == (b"0 0 0 ", True)


def test_an_export_that_fails_halfway_does_not_end_as_if_it_were_whole(store: Database) -> None:
    def pieces(session: Session) -> Iterator[str]:
        yield "first "
        raise RuntimeError("the disk is gone")

    client = Client()
    with pytest.raises(RuntimeError):
        sent(Download(store, pieces, filename="x.csv", media_type="text/csv"), client)
    assert (client.body, client.whole) == (b"first ", False)
    assert sent(Download(store, lambda session: iter(["again"]), filename="x.csv", media_type="text/csv"), Client()).whole


def test_a_client_that_goes_away_gives_its_slot_back(store: Database) -> None:
    for messages in (0, 1, 2):
        response = Download(store, lambda session: iter(["one", "two", "three"]), filename="x.csv", media_type="text/csv")
        with pytest.raises(OSError, match="gone"):
            sent(response, Client(messages))


def test_an_export_that_is_never_sent_gives_its_slot_back(store: Database) -> None:
    response = Download(store, lambda session: iter(["one"]), filename="x.csv", media_type="text/csv")
    with pytest.raises(ExportsFull):
        Download(store, lambda session: iter(["two"]), filename="x.csv", media_type="text/csv")
    del response
    assert sent(Download(store, lambda session: iter(["two"]), filename="x.csv", media_type="text/csv"), Client()).whole


def test_one_that_cannot_begin_is_an_error_and_no_answer(store: Database) -> None:
    def pieces(session: Session) -> Iterator[str]:
        raise RuntimeError("no such table")
        yield ""

    with pytest.raises(RuntimeError):
        Download(store, pieces, filename="x.csv", media_type="text/csv")
    assert sent(Download(store, lambda session: iter(["one"]), filename="x.csv", media_type="text/csv"), Client()).whole
