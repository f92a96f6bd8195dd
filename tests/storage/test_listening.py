"""What one process commits the others hear."""

import threading
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from sqlalchemy import text

from app.storage.announcing import PAYLOAD_CHARS, Kind, announce, payloads, understood
from app.storage.database import Database
from app.storage.listening import Listening
from app.storage.writing import articles as articles_out
from app.storage.writing import conflicts as conflicts_out
from tests.storage.filling import incoming, receive
from tests.storage.test_following import conflict

PATIENCE_SECONDS = 30


class Heard:
    """What was told, and a way to wait for it."""

    def __init__(self) -> None:
        self.words: list[tuple[Kind, tuple[str, ...]]] = []
        self._came = threading.Condition()

    def by(self, kind: Kind, words: Sequence[str]) -> None:
        with self._came:
            self.words.append((kind, tuple(words)))
            self._came.notify_all()

    def wait_for(self, kind: Kind, *words: str) -> bool:
        with self._came:
            return self._came.wait_for(lambda: (kind, words) in self.words, PATIENCE_SECONDS)


@pytest.fixture
def sides(postgres_copy: str) -> Iterator[tuple[Database, Database, Heard, Listening]]:
    """One process that writes, another that listens, and what it heard."""
    writing, listening = Database(postgres_copy), Database(postgres_copy)
    heard = Heard()
    ears = Listening(listening, {kind: partial(heard.by, kind) for kind in Kind if kind is not Kind.CONFLICTS})
    listening.changes.listen(lambda: heard.by(Kind.CONFLICTS, ()))
    ears.start()
    assert ears.wait(PATIENCE_SECONDS)
    assert heard.wait_for(Kind.RECEIVED)
    heard.words.clear()
    yield writing, listening, heard, ears
    ears.stop()
    writing.close()
    listening.close()


@pytest.mark.postgres
def test_a_commit_is_heard_in_another_process(sides: tuple[Database, Database, Heard, Listening]) -> None:
    writing, _, heard, _ = sides
    with writing.write() as session:
        receive(session)
    assert heard.wait_for(Kind.RECEIVED)
    assert heard.wait_for(Kind.OUTLETS)
    with writing.write() as session:
        articles_out.finish(session, "art_1")
    assert heard.wait_for(Kind.FINISHED, "art_1")
    assert (Kind.CONFLICTS, ()) not in heard.words
    with writing.write() as session:
        conflicts_out.save(session, conflict("one"), None, ())
    assert heard.wait_for(Kind.CONFLICTS)


@pytest.mark.postgres
def test_what_is_rolled_back_is_not_heard(sides: tuple[Database, Database, Heard, Listening]) -> None:
    writing, _, heard, _ = sides

    def interrupted() -> None:
        with writing.write() as session:
            receive(session, incoming("art_2"))
            announce(session, Kind.FINISHED, "art_2")
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    with writing.write() as session:
        announce(session, Kind.FINISHED, "art_3")
    assert heard.wait_for(Kind.FINISHED, "art_3")
    assert heard.words == [(Kind.FINISHED, ("art_3",))]


@pytest.mark.postgres
def test_after_an_interruption_everybody_is_told_to_look(sides: tuple[Database, Database, Heard, Listening]) -> None:
    writing, _, heard, _ = sides
    with writing.write() as session:
        cut = text(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
        assert session.execute(cut).scalars().all() == [True]
    for kind in Kind:
        assert heard.wait_for(kind), kind
    with writing.write() as session:
        announce(session, Kind.FINISHED, "art_9")
    assert heard.wait_for(Kind.FINISHED, "art_9")


def test_long_lists_of_ids_are_cut_into_notices_that_fit(database: Database) -> None:
    ids = {f"art_{number:020}" for number in range(1_000)}
    with database.read() as session:
        announce(session, Kind.FINISHED, *ids)
        announce(session, Kind.RECEIVED)
        sent = list(payloads(session))
    assert all(len(line) <= PAYLOAD_CHARS for line in sent)
    assert {word for line in sent for word in understood(line)[1]} == ids
    assert understood(sent[-1]) == ("received", [])
