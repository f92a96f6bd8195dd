"""Sessions that write all or nothing, and sessions that read one moment."""

import threading
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from app.storage.database import Database
from app.storage.reading import articles as articles_in
from app.storage.tables import ArticleRow, CounterRow, OutletRow, RevisionRow
from app.storage.writing.counters import CHANGES, NAMES, QUEUE, next_number
from tests.made_claims import NOON
from tests.storage.filling import incoming, receive


class WriteInterruptedError(Exception):
    """Raised in the middle of a write."""


def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    def interrupted() -> None:
        with database.write() as session:
            receive(session)
            raise WriteInterruptedError

    with pytest.raises(WriteInterruptedError):
        interrupted()
    with database.read() as session:
        assert session.exec(select(ArticleRow)).all() == []
        assert session.exec(select(RevisionRow)).all() == []
        assert session.exec(select(OutletRow)).all() == []
        assert session.exec(select(CounterRow.value)).all() == [0] * len(NAMES)


def test_a_write_whose_commit_fails_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    def outlet_twice() -> None:
        with database.write() as session:
            receive(session)
            session.add(OutletRow(id="harbor-courier", name="Twice", aliases=[], domains=[], created_at=NOON))

    with pytest.raises(IntegrityError):
        outlet_twice()
    with database.write() as session:
        assert not articles_in.any_received(session)
        receive(session)
    with database.read() as session:
        assert articles_in.any_received(session)


def test_a_write_is_seen_once_it_ends(database: Database) -> None:
    with database.write() as session:
        receive(session)
        with database.read() as other:
            assert not articles_in.any_received(other)
    with database.read() as other:
        assert articles_in.any_received(other)


def test_a_reading_session_sees_one_moment(database: Database) -> None:
    with database.read() as session:
        assert articles_in.waiting_count(session) == 0
        with database.write() as other:
            receive(other)
        assert articles_in.waiting_count(session) == 0
    with database.read() as session:
        assert articles_in.waiting_count(session) == 1


def test_what_a_reading_session_changes_is_not_kept(database: Database) -> None:
    with database.read() as session:
        next_number(session, QUEUE)
    with database.write() as session:
        assert next_number(session, QUEUE) == 1


def test_a_naive_datetime_is_refused(database: Database) -> None:
    naive = datetime(2025, 3, 3, 12)  # noqa: DTZ001
    with pytest.raises(StatementError, match="naive datetime"), database.write() as session:
        receive(session, now=naive)
    with database.read() as session:
        assert not articles_in.any_received(session)


def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    elsewhere = datetime.fromisoformat("2024-10-27T02:30:00.123456+02:00")
    with database.write() as session:
        receive(session, incoming(published_at=elsewhere))
    with database.read() as session:
        row = articles_in.get(session, "art_1")
        assert row.published_at == elsewhere
        assert row.published_at.isoformat() == "2024-10-27T00:30:00.123456+00:00"


def test_writers_take_turns_and_see_what_the_one_before_wrote(database: Database) -> None:
    found: list[int] = []

    def raise_counter() -> None:
        for _ in range(5):
            with database.write() as session:
                receive(session)
                found.append(next_number(session, CHANGES))

    threads = [threading.Thread(target=raise_counter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == list(range(1, 21))
    with database.read() as session:
        assert len(articles_in.revisions(session, "art_1")) == 1


def test_two_databases_over_one_store_take_turns_too(database: Database) -> None:
    other = Database(database.url)
    try:
        with database.write() as session:
            receive(session)
        with other.write() as session:
            receive(session, incoming("art_2"))
        with database.read() as session:
            assert [item.id for item in articles_in.waiting(session, 10)] == ["art_1", "art_2"]
    finally:
        other.close()
