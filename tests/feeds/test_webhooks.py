"""Webhooks: each change at least once, signed, retried, in a log; nothing lost when the process dies."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session
from standardwebhooks import Webhook as Verifier

from app.conflicts.conflict import Conflict
from app.errors import NotFound
from app.feeds.retrying import LONGEST_WEBHOOK_PAUSE_SECONDS, PAUSES_SECONDS, outcome
from app.feeds.sending import Answer
from app.feeds.webhooks import Deliverer, headers
from app.storage.database import Database
from app.storage.reading import webhooks as webhooks_in
from app.storage.reading.conflicts import Filter
from app.storage.webhooks import Delivery, DeliveryStatus, Webhook, WebhookStatus
from app.storage.writing import webhooks as webhooks_out
from tests.storage.test_conflicts import made, save

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ANY = Filter()


def bodies(session: Session, changes: Sequence[tuple[int, Conflict]]) -> list[str]:
    """What is sent of changes: the id and the headline."""
    return [json.dumps({"id": conflict.id, "headline": conflict.divergence.headline}) for _, conflict in changes]


class Receiver:
    """Answers what it is told to, by webhook address; keeps what came."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.came: list[tuple[str, dict[str, str], str]] = []

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answers at once."""
        self.came.append((url, dict(headers), body.decode()))
        return self.answers.get(url, Answer(200))

    def said(self) -> list[str]:
        """What came, by conflict and headline."""
        return [" ".join(json.loads(body).values()) for _, _, body in self.came]


class Desk:
    """Webhooks over a store, with a clock that is set by hand."""

    def __init__(self, database: Database, failures_at_most: int = 100):
        self.database, self.now, self.receiver = database, NOON, Receiver()
        self._failures_at_most = failures_at_most
        self.deliverer = self.another()

    def another(self) -> Deliverer:
        """One more process."""
        return Deliverer(
            self.database, bodies, self.receiver, failures_at_most=self._failures_at_most, send_seconds=10, now=lambda: self.now
        )

    def register(self, name: str = "wh_a", wanted: Filter = ANY) -> str:
        """A webhook; its address is its name's."""
        with self.database.write() as session:
            webhooks_out.register(session, Webhook(name, f"https://desk.example/{name}", SECRET, wanted, self.now))
        return name

    def send_all(self, *, waiting: bool = False) -> int:
        """Sends until nothing is due; with `waiting` until nothing waits, the clock moving on as far as it must."""
        sent = 0
        for _ in range(500):
            step = self.deliverer.step()
            sent += step
            if step == 0:
                if not waiting or not any(self.log(webhook, "waiting") for webhook in self.webhooks()):
                    return sent
                self.now += timedelta(hours=1)
        raise AssertionError("it does not end")

    def webhooks(self) -> list[str]:
        """The ids of those that are active."""
        with self.database.read() as session:
            return [webhook.id for webhook in webhooks_in.everything(session) if webhook.status is WebhookStatus.ACTIVE]

    def webhook(self, name: str = "wh_a") -> Webhook:
        """One webhook as stored."""
        with self.database.read() as session:
            return webhooks_in.get(session, name)

    def log(self, name: str = "wh_a", status: str | None = None) -> list[Delivery]:
        """The deliveries of a webhook, oldest first."""
        with self.database.read() as session:
            return webhooks_in.deliveries(session, name, 200, None, status=status).items[::-1]


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk over an empty store."""
    return Desk(database)


def test_each_change_after_it_was_registered_is_sent_once_in_order_and_signed(desk: Desk) -> None:
    save(desk.database, made("con_before"))
    desk.register()
    for change in (made("con_a"), made("con_b")):
        save(desk.database, change)
    desk.send_all()
    save(desk.database, made("con_a", 1))
    assert (desk.send_all(), desk.send_all()) == (1, 0)
    assert desk.receiver.said() == ["con_a version 0", "con_b version 0", "con_a version 1"]
    assert [(d.status, len(d.attempts), d.attempts[0].status_code) for d in desk.log()] == [(DeliveryStatus.DELIVERED, 1, 200)] * 3
    assert len({sent["webhook-id"] for _, sent, _ in desk.receiver.came}) == 3


def test_the_signature_is_what_the_standard_says_and_a_receiver_verifies_it() -> None:
    now = datetime.now(UTC)
    delivery = Delivery("msg_a", "wh_a", "con_a", '{"a":"é"}', DeliveryStatus.WAITING, 0, (), now, now)
    sent = headers(Webhook("wh_a", "https://desk.example/", SECRET, ANY, now), delivery, now)
    assert Verifier(SECRET).verify(delivery.body, sent) == {"a": "é"}


def test_only_what_its_filter_lets_pass_is_sent(desk: Desk) -> None:
    desk.register("wh_a", Filter(outlet="harbor-courier"))
    desk.register("wh_b", Filter(outlet="radio-ostmere"))
    save(desk.database, made("con_a"))
    save(desk.database, made("con_b"), outlets=("radio-ostmere",))
    desk.send_all()
    assert sorted((url[-4:], said) for (url, _, _), said in zip(desk.receiver.came, desk.receiver.said(), strict=True)) == [
        ("wh_a", "con_a version 0"),
        ("wh_b", "con_b version 0"),
    ]


def test_what_fails_is_tried_again_later_under_the_same_id_with_the_same_body(desk: Desk) -> None:
    name = desk.register()
    desk.receiver.answers[f"https://desk.example/{name}"] = Answer(503)
    save(desk.database, made("con_a"))
    assert desk.send_all() == 1
    desk.now += timedelta(seconds=PAUSES_SECONDS[0] - 1)
    assert desk.send_all() == 0
    desk.now += timedelta(seconds=1)
    desk.receiver.answers[f"https://desk.example/{name}"] = Answer(None, "ConnectError: refused")
    assert desk.send_all() == 1
    assert desk.webhook().failures == 2
    desk.receiver.answers.clear()
    desk.now += timedelta(seconds=PAUSES_SECONDS[1])
    assert desk.send_all() == 1
    assert len({(sent["webhook-id"], body) for _, sent, body in desk.receiver.came}) == 1
    delivery = desk.log()[0]
    assert [(attempt.status_code, attempt.error) for attempt in delivery.attempts] == [
        (503, None),
        (None, "ConnectError: refused"),
        (200, None),
    ]
    assert (delivery.status, desk.webhook().failures) == (DeliveryStatus.DELIVERED, 0)


def test_one_that_is_always_refused_holds_up_no_other(desk: Desk) -> None:
    desk.register()

    class Picky(Receiver):
        def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
            super().post(url, headers, body)
            return Answer(400 if "con_bad" in body.decode() else 200)

    desk.receiver = Picky()
    desk.deliverer = desk.another()
    save(desk.database, made("con_bad"), made("con_a"), made("con_b"))
    desk.send_all()
    desk.now += timedelta(seconds=PAUSES_SECONDS[0])
    desk.send_all()
    assert [delivery.status.value for delivery in desk.log()] == ["waiting", "delivered", "delivered"]
    desk.send_all(waiting=True)
    assert [(d.status.value, d.tries) for d in desk.log()] == [("failed", len(PAUSES_SECONDS) + 1), ("delivered", 1), ("delivered", 1)]
    assert desk.webhook().status is WebhookStatus.ACTIVE


def test_many_failures_in_a_row_disable_it_and_say_why_and_made_active_it_goes_on(database: Database) -> None:
    desk = Desk(database, failures_at_most=3)
    name = desk.register()
    desk.receiver.answers[f"https://desk.example/{name}"] = Answer(500)
    save(database, made("con_a"))
    desk.send_all(waiting=True)
    assert (desk.webhook().status, desk.webhook().reason) == (
        WebhookStatus.DISABLED,
        "3 attempts in a row failed; the last: it answered 500",
    )
    save(database, made("con_b"), made("con_b", 1))
    assert desk.send_all() == 0
    desk.receiver.answers.clear()
    desk.receiver.came.clear()
    with database.write() as session:
        webhooks_out.switch(session, name, WebhookStatus.ACTIVE, None, desk.now)
    desk.send_all(waiting=True)
    assert sorted(desk.receiver.said()) == ["con_a version 0", "con_b version 1"]
    assert (desk.webhook().status, desk.webhook().reason, desk.webhook().failures) == (WebhookStatus.ACTIVE, None, 0)


def test_a_receiver_that_is_gone_is_disabled_at_once(desk: Desk) -> None:
    name = desk.register()
    desk.receiver.answers[f"https://desk.example/{name}"] = Answer(410)
    save(desk.database, made("con_a"))
    desk.send_all()
    assert desk.webhook().reason == "the receiver answered 410 Gone: it wants no more"


def test_what_a_killed_process_was_sending_is_sent_again_by_another_once_its_lease_ends(desk: Desk) -> None:
    desk.register()
    save(desk.database, made("con_a"))

    class Killed(Exception):
        pass

    class Dying(Receiver):
        def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
            super().post(url, headers, body)
            raise Killed

    dying = Dying()
    first = Deliverer(desk.database, bodies, dying, failures_at_most=3, send_seconds=10, now=lambda: desk.now)
    with pytest.raises(Killed):
        first.step()
    assert desk.send_all() == 0
    desk.now += timedelta(seconds=31)
    assert desk.send_all() == 1
    assert dying.came[0][2] == desk.receiver.came[0][2]
    assert dying.came[0][1]["webhook-id"] == desk.receiver.came[0][1]["webhook-id"]


def test_two_processes_never_send_to_one_webhook_at_once(desk: Desk) -> None:
    desk.register()
    save(desk.database, made("con_a"), made("con_b"))
    inside: list[int] = []

    class Asking(Receiver):
        def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
            inside.append(other.step())
            return super().post(url, headers, body)

    asking = Asking()
    other = desk.another()
    first = Deliverer(desk.database, bodies, asking, failures_at_most=3, send_seconds=10, now=lambda: desk.now)
    assert [first.step(), first.step(), first.step()] == [1, 1, 0]
    assert inside == [0, 0]
    assert asking.said() == ["con_a version 0", "con_b version 0"]


def test_a_delivery_is_replayed_under_its_old_id(desk: Desk) -> None:
    name = desk.register()
    save(desk.database, made("con_a"))
    desk.send_all()
    delivery = desk.log()[0]
    with desk.database.write() as session:
        assert webhooks_out.replay(session, name, delivery.id, desk.now).status is DeliveryStatus.WAITING
        with pytest.raises(NotFound):
            webhooks_out.replay(session, "wh_other", delivery.id, desk.now)
    assert desk.send_all() == 1
    assert len({sent["webhook-id"] for _, sent, _ in desk.receiver.came}) == 1
    assert [len(d.attempts) for d in desk.log()] == [2]


def test_removing_a_webhook_removes_its_log_and_what_waits(desk: Desk) -> None:
    name = desk.register()
    save(desk.database, made("con_a"))
    desk.deliverer._queue()
    with desk.database.write() as session:
        webhooks_out.remove(session, name)
        with pytest.raises(NotFound):
            webhooks_out.remove(session, name)
    assert desk.send_all() == 0
    assert desk.receiver.came == []


def test_the_log_keeps_what_waits_and_the_newest_of_what_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks_out, "KEPT_DELIVERIES", 2)
    desk.register()
    for number in range(5):
        save(desk.database, made(f"con_{number}"))
        desk.send_all()
    save(desk.database, made("con_last"))
    desk.deliverer._queue()
    assert [d.conflict_id for d in desk.log()] == ["con_3", "con_4", "con_last"]


def test_the_thread_sends_after_a_notice_and_stops_when_told(desk: Desk) -> None:
    desk.register()
    arrived: list[str] = []
    done = threading.Event()

    class Waking(Receiver):
        def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
            arrived.append(body.decode())
            if len(arrived) == 3:
                done.set()
            return Answer(204)

    deliverer = Deliverer(desk.database, bodies, Waking(), failures_at_most=3, send_seconds=10)
    deliverer.start()
    save(desk.database, made("con_a"), made("con_b"), made("con_c"))
    assert done.wait(20)
    deliverer.stop()
    assert len(arrived) == len(set(arrived)) == 3
    assert {d.status for d in desk.log()} == {DeliveryStatus.DELIVERED}


@given(st.integers(0, 20), st.integers(0, 200), st.none() | st.integers(100, 599))
def test_an_outcome_never_forgets_a_delivery_before_all_its_tries(tries: int, failures: int, status: int | None) -> None:
    webhook = Webhook("wh_a", "https://desk.example/", SECRET, ANY, NOON, failures=failures)
    delivery = Delivery("msg_a", "wh_a", "con_a", "{}", DeliveryStatus.WAITING, tries, (), NOON, NOON)
    found = outcome(webhook, delivery, Answer(status, None if status else "no answer"), NOON, failures_at_most=100)
    delivered = status is not None and 200 <= status < 300
    assert found.tries == tries + 1
    assert (found.delivery is DeliveryStatus.DELIVERED) is delivered
    assert (found.delivery is DeliveryStatus.FAILED) is (not delivered and tries >= len(PAUSES_SECONDS))
    assert found.failures == (0 if delivered else failures + 1)
    assert found.due_at >= NOON
    assert NOON <= found.resume_at <= NOON + timedelta(seconds=LONGEST_WEBHOOK_PAUSE_SECONDS)
    assert (found.webhook is WebhookStatus.DISABLED) is (not delivered and (failures >= 99 or status == 410))
    assert (found.reason is None) is (found.webhook is WebhookStatus.ACTIVE)
