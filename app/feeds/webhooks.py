"""The thread that sends changes of conflicts to webhooks: at least once each, signed, in the order of changes while all goes well."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import structlog
from standardwebhooks import Webhook as Signer

from app.feeds.retrying import outcome
from app.feeds.sending import Sender
from app.storage.database import Database
from app.storage.webhooks import Attempt, Delivery, Webhook
from app.storage.writing import webhooks as webhooks_out
from app.storage.writing.webhooks import Bodies

log = structlog.get_logger()

# Source: decision; bounds how late a delivery is that falls due without a notice.
IDLE_SECONDS = 2.0
# Source: decision; receivers that are waited for at once. One webhook is sent one delivery at a time.
SENT_AT_ONCE = 4
QUEUED_AT_ONCE = 100
# Source: decision; past the sender's own bound, so that nobody else sends what is being sent.
LEASE_MARGIN_SECONDS = 20.0
USER_AGENT = "Parallax-Webhooks/1"


def now_utc() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Deliverer:
    """Queues changes for the webhooks that want them and sends what is due, until stopped.

    `send_seconds` bounds one request; `failures_at_most` failures in a row disable a webhook.
    """

    def __init__(
        self,
        database: Database,
        bodies: Bodies,
        sender: Sender,
        *,
        failures_at_most: int,
        send_seconds: float,
        now: Callable[[], datetime] = now_utc,
    ):
        self._database = database
        self._bodies = bodies
        self._sender = sender
        self._failures_at_most = failures_at_most
        self._lease = timedelta(seconds=send_seconds + LEASE_MARGIN_SECONDS)
        self._now = now
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
        self._end_listening: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begins with what waits."""
        self._end_listening = self._database.changes.listen(self._woken.set)
        self._thread.start()

    def stop(self) -> None:
        """Ends once the requests under way have ended; what is queued waits for the next start."""
        self._end_listening()
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def step(self) -> int:
        """Queues what changed and sends one due delivery of each webhook, one after the other; returns how many were sent."""
        self._queue()
        leased = self._take(SENT_AT_ONCE)
        for webhook, delivery in leased:
            self._send(webhook, delivery)
        return len(leased)

    def _run(self) -> None:
        with ThreadPoolExecutor(SENT_AT_ONCE, thread_name_prefix="webhook") as pool:
            while not self._stopping.is_set():
                self._woken.clear()
                try:
                    self._queue()
                    for webhook, delivery in self._take(SENT_AT_ONCE - len(self._busy)):
                        pool.submit(self._send_logged, webhook, delivery)
                except Exception:
                    # The database is gone or full: what is queued stays queued.
                    log.error("webhooks_failed", exc_info=True)
                    self._stopping.wait(IDLE_SECONDS)
                    continue
                self._woken.wait(IDLE_SECONDS)

    def _queue(self) -> None:
        """Queues in a writing session only when there is something to queue."""
        with self._database.read() as session:
            if not webhooks_out.behind(session):
                return
        more = True
        while more:
            with self._database.write() as session:
                more = webhooks_out.queue(session, self._bodies, QUEUED_AT_ONCE, self._now())

    def _take(self, limit: int) -> list[tuple[Webhook, Delivery]]:
        """Leases what is due, in a writing session only when there is something."""
        now = self._now()
        with self._lock:
            busy = set(self._busy)
        with self._database.read() as session:
            if not webhooks_out.due(session, now, min(limit, 1), busy=busy):
                return []
        with self._database.write() as session:
            leased = webhooks_out.lease(session, now, now + self._lease, limit, busy=busy)
        with self._lock:
            self._busy |= {webhook.id for webhook, _ in leased}
        return leased

    def _send_logged(self, webhook: Webhook, delivery: Delivery) -> None:
        try:
            self._send(webhook, delivery)
        except Exception:
            # Its lease ends by itself, and it is sent again: at least once.
            log.error("delivery_failed", delivery=delivery.id, exc_info=True)
        self._woken.set()

    def _send(self, webhook: Webhook, delivery: Delivery) -> None:
        at, began = self._now(), time.monotonic()
        try:
            answer = self._sender.post(webhook.url, headers(webhook, delivery, at), delivery.body.encode())
            attempt = Attempt(at, answer.status_code, answer.error, round((time.monotonic() - began) * 1000))
            found = outcome(webhook, delivery, answer, self._now(), failures_at_most=self._failures_at_most)
            with self._database.write() as session:
                webhooks_out.settle(session, delivery, attempt, found)
        finally:
            with self._lock:
                self._busy.discard(webhook.id)


def headers(webhook: Webhook, delivery: Delivery, at: datetime) -> dict[str, str]:
    """What goes with a delivery; the id is the same at every attempt, so that a receiver knows what it had before.

    Source: Standard Webhooks, "Webhook headers".
    """
    return {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "webhook-id": delivery.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Signer(webhook.secret).sign(delivery.id, at, delivery.body),
    }
