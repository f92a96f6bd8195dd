"""Receiving articles, the queue, revisions, keys and pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput, NotFound
from app.storage.database import Database
from app.storage.reading import articles as articles_in
from app.storage.reading.pages import encode_cursor
from app.storage.writing import articles as articles_out
from app.storage.writing.articles import Outcome
from tests.made_claims import NOON
from tests.storage import schema
from tests.storage.filling import incoming, receive

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_new_article_waits_as_its_first_revision(database: Database) -> None:
    with database.write() as session:
        receipt = receive(session)
    assert (receipt.id, receipt.revision, receipt.outcome, receipt.status) == ("art_1", 1, Outcome.CREATED, "received")
    with database.read() as session:
        (waiting,) = articles_in.waiting(session, 10)
        assert (waiting.id, waiting.revision, waiting.text, waiting.published_at) == ("art_1", 1, "A ferry left.", NOON)
        assert waiting.outlet.id == "harbor-courier"


def test_the_same_content_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        receive(session)
        articles_out.finish(session, "art_1")
    with database.write() as session:
        receipt = receive(session, now=NOON + HOUR)
    assert (receipt.revision, receipt.outcome, receipt.status) == (1, Outcome.UNCHANGED, "processed")
    with database.read() as session:
        assert articles_in.waiting_count(session) == 0
        assert len(articles_in.revisions(session, "art_1")) == 1


def test_the_same_content_without_a_time_keeps_the_time_it_had(database: Database) -> None:
    with database.write() as session:
        receive(session)
        assert receive(session, incoming(published_at=None), NOON + DAY).outcome is Outcome.UNCHANGED


def test_an_article_without_a_time_is_published_when_it_is_received(database: Database) -> None:
    with database.write() as session:
        receive(session, incoming(published_at=None), NOON + HOUR)
    with database.read() as session:
        assert articles_in.get(session, "art_1").published_at == NOON + HOUR


@pytest.mark.parametrize("changed", [{"text": "Another ferry left."}, {"published_at": NOON + HOUR}])
def test_changed_content_or_time_is_the_next_revision_and_waits_again(database: Database, changed: dict[str, object]) -> None:
    with database.write() as session:
        receive(session)
        articles_out.finish(session, "art_1", error="broke")
        receipt = receive(session, incoming(**changed), NOON + HOUR)  # type: ignore[arg-type]
    assert (receipt.revision, receipt.outcome, receipt.status) == (2, Outcome.REVISED, "received")
    with database.read() as session:
        row = articles_in.get(session, "art_1")
        assert (row.status, row.error, row.received_at) == ("received", None, NOON)
        assert [item.revision for item in articles_in.revisions(session, "art_1")] == [1, 2]
        assert [item.text for item in articles_in.revisions(session, "art_1")] == ["A ferry left.", row.text]


def test_the_queue_is_in_the_order_of_receipt_and_a_revision_goes_to_its_end(database: Database) -> None:
    with database.write() as session:
        for name in ("art_3", "art_1", "art_2"):
            receive(session, incoming(name))
        receive(session, incoming("art_3", text="New words."))
    with database.read() as session:
        assert [item.id for item in articles_in.waiting(session, 10)] == ["art_1", "art_2", "art_3"]
        assert [item.id for item in articles_in.waiting(session, 2)] == ["art_1", "art_2"]
        assert articles_in.waiting_count(session) == 3


def test_finishing_takes_an_article_out_of_the_queue(database: Database) -> None:
    with database.write() as session:
        receive(session)
        receive(session, incoming("art_2"))
        articles_out.finish(session, "art_1")
        articles_out.finish(session, "art_2", error="could not be processed")
    with database.read() as session:
        assert articles_in.waiting(session, 10) == []
        assert articles_in.get(session, "art_2").error == "could not be processed"
        assert [articles_in.get(session, name).status for name in ("art_1", "art_2")] == ["processed", "failed"]


def test_only_the_revision_that_waits_is_still_received(database: Database) -> None:
    with database.write() as session:
        receive(session)
        receive(session, incoming(text="New words."))
        assert [articles_out.still_received(session, "art_1", revision) for revision in (1, 2, 3)] == [False, True, False]
        articles_out.finish(session, "art_1")
        assert not articles_out.still_received(session, "art_1", 2)
        assert not articles_out.still_received(session, "art_9", 1)


def test_a_withdrawn_article_is_gone_and_its_return_is_a_new_revision(database: Database) -> None:
    with database.write() as session:
        receive(session)
        assert articles_out.withdraw(session, "art_1", NOON + HOUR)
        assert not articles_out.withdraw(session, "art_1", NOON + HOUR)
        assert not articles_out.withdraw(session, "art_9", NOON)
    with database.read() as session:
        with pytest.raises(NotFound, match="art_1"):
            articles_in.get(session, "art_1")
        assert articles_in.waiting(session, 10) == []
        assert articles_in.page(session, 10, None).items == []
        assert articles_in.any_received(session)
    with database.write() as session:
        receipt = receive(session)
    assert (receipt.revision, receipt.outcome) == (2, Outcome.REVISED)
    with database.read() as session:
        assert articles_in.get(session, "art_1").withdrawn_at is None


def test_a_key_stands_for_its_request_until_it_is_forgotten(database: Database) -> None:
    with database.write() as session:
        articles_out.remember(session, "key", "print", receive(session), 202, NOON)
    with database.write() as session:
        known = articles_out.recall(session, "key", "print", NOON + DAY, DAY)
        assert known is not None
        assert (known.article_id, known.revision, known.status_code) == ("art_1", 1, 202)
        assert articles_out.recall(session, "other", "print", NOON, DAY) is None
    with database.write() as session:
        with pytest.raises(InvalidInput, match="already used"):
            articles_out.recall(session, "key", "another print", NOON, DAY)
        assert articles_out.recall(session, "key", "another print", NOON + DAY + HOUR, DAY) is None


def test_texts_are_found_by_id(database: Database) -> None:
    with database.write() as session:
        receive(session)
    with database.read() as session:
        assert articles_in.texts(session, ["art_1", "art_9"]) == {"art_1": "A ferry left."}
        assert articles_in.texts(session, []) == {}


def test_pages_narrow_by_outlet_status_and_time_of_receipt(database: Database) -> None:
    with database.write() as session:
        receive(session)
        receive(session, incoming("art_2", "channel-nine"), NOON + HOUR)
        articles_out.finish(session, "art_2")
    with database.read() as session:
        found = [
            articles_in.page(session, 10, None, **narrow)
            for narrow in ({"outlet": "channel-nine"}, {"status": "received"}, {"since": NOON + HOUR}, {"outlet": "weekly-tide"}, {})
        ]
    assert [[row.id for row in page.items] for page in found] == [["art_2"], ["art_1"], ["art_2"], [], ["art_2", "art_1"]]


@given(st.lists(st.integers(0, 3), max_size=8), st.integers(1, 4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_hold_every_article_once_newest_received_first(database: Database, hours: list[int], limit: int) -> None:
    schema.empty(database)
    with database.write() as session:
        for at, hour in enumerate(hours):
            receive(session, incoming(f"art_{at}"), NOON + hour * HOUR)
    found, cursor = [], None
    with database.read() as session:
        while True:
            page = articles_in.page(session, limit, cursor)
            found += [(row.received_at, row.id) for row in page.items]
            assert len(page.items) == limit or page.next_cursor is None
            cursor = page.next_cursor
            if cursor is None:
                break
    assert found == sorted(((NOON + hour * HOUR, f"art_{at}") for at, hour in enumerate(hours)), reverse=True)


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", encode_cursor("art_1"), encode_cursor("a", "b"), encode_cursor("2025-03-03T12:00:00", "b")]
)
def test_a_cursor_nobody_gave_out_is_refused(database: Database, cursor: str) -> None:
    with database.read() as session, pytest.raises(InvalidInput, match="cursor"):
        articles_in.page(session, 10, cursor)


def test_an_outlet_named_by_an_article_is_registered_once(database: Database) -> None:
    with database.write() as session:
        receive(session)
        other = incoming("art_2")
        receive(session, replace(other, outlet=replace(other.outlet, name="Another spelling")))
    with database.read() as session:
        assert articles_in.waiting(session, 10)[1].outlet.name == "Harbor-Courier"
