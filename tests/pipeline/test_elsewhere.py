"""Waiting for an article that another process takes."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from app.pipeline.elsewhere import Elsewhere
from app.storage.database import Database
from app.storage.writing import articles as articles_out
from tests.service import prepare, settings_for
from tests.storage.filling import incoming, receive

PATIENCE_SECONDS = 60


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A store with one article that waits."""
    settings = settings_for(tmp_path)
    prepare(settings)
    made = Database(settings.store_url)
    with made.write() as session:
        receive(session, incoming("art_1"))
    yield made
    made.close()


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Elsewhere]:
    """One that looks."""
    made = Elsewhere(database)
    made.start()
    yield made
    made.stop()


def finish(database: Database, article: str) -> None:
    """What a worker does in the end."""
    with database.write() as session:
        articles_out.finish(session, article)


def test_who_waits_is_told_once_another_process_is_done(database: Database, elsewhere: Elsewhere) -> None:
    first, second = elsewhere.expect("art_1"), elsewhere.expect("art_1")
    assert not first.done()
    finish(database, "art_1")
    first.result(PATIENCE_SECONDS)
    second.result(PATIENCE_SECONDS)
    elsewhere.expect("art_1").result(PATIENCE_SECONDS)


def test_an_article_that_is_not_there_yet_is_waited_for(database: Database, elsewhere: Elsewhere) -> None:
    future = elsewhere.expect("art_2")
    finish(database, "art_1")
    elsewhere.expect("art_1").result(PATIENCE_SECONDS)
    assert not future.done()
    with database.write() as session:
        receive(session, incoming("art_2"))
        articles_out.finish(session, "art_2")
    future.result(PATIENCE_SECONDS)


def test_who_waits_is_told_when_nothing_more_comes(database: Database) -> None:
    elsewhere = Elsewhere(database)
    elsewhere.start()
    assert elsewhere.alive
    future = elsewhere.expect("art_1")
    elsewhere.stop()
    assert not elsewhere.alive
    with pytest.raises(CancelledError):
        future.result(PATIENCE_SECONDS)


def test_what_is_forgotten_is_not_told(database: Database, elsewhere: Elsewhere) -> None:
    forgotten, other = elsewhere.expect("art_1"), elsewhere.expect("art_1")
    elsewhere.forget("art_1", forgotten)
    finish(database, "art_1")
    other.result(PATIENCE_SECONDS)
    assert not forgotten.done()


def test_a_database_that_comes_back_is_asked_again(database: Database, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    read = database.read
    failed: list[bool] = []

    def away() -> object:
        if not failed:
            failed.append(True)
            raise OSError("gone")
        return read()

    monkeypatch.setattr("app.pipeline.elsewhere.RETRY_SECONDS", 0.01)
    monkeypatch.setattr(database, "read", away)
    finish(database, "art_1")
    elsewhere.expect("art_1").result(PATIENCE_SECONDS)
    assert failed
