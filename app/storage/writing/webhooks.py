"""Registering webhooks, queueing what goes to them, and keeping what became of it.

The queue is the table of deliveries: what is queued is committed, and what was being sent when a process died is sent again once
its lease ends.
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from app.conflicts.conflict import Conflict
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading import webhooks as webhooks_in
from app.storage.tables import DeliveryRow, WebhookRow
from app.storage.webhooks import Attempt, Delivery, DeliveryStatus, Outcome, Webhook, WebhookStatus

Bodies = Callable[[Session, Sequence[tuple[int, Conflict]]], list[str]]
# Source: decision; a log to look back into, not an archive. Deliveries that wait are never dropped.
KEPT_DELIVERIES = 1_000
KEPT_ATTEMPTS = 50


def register(session: Session, webhook: Webhook) -> None:
    """Stores a new webhook; it is sent what changes from now on."""
    session.add(
        WebhookRow(
            id=webhook.id,
            url=webhook.url,
            secret=webhook.secret,
            wanted=asdict(webhook.wanted),
            status=webhook.status.value,
            reason=webhook.reason,
            failures=webhook.failures,
            created_at=webhook.created_at,
            seen=conflicts_in.last_change(session),
            resume_at=webhook.created_at,
        )
    )
    session.flush()


def remove(session: Session, webhook_id: str) -> None:
    """Removes a webhook with its deliveries.

    Raises:
        NotFound: unknown.
    """
    found = webhooks_in.row(session, webhook_id)
    session.execute(delete(DeliveryRow).where(col(DeliveryRow.webhook_id) == webhook_id))
    session.delete(found)
    session.flush()


def switch(session: Session, webhook_id: str, status: WebhookStatus, reason: str | None, now: datetime) -> Webhook:
    """Disables a webhook, or makes it active again, tried at once and with no failure counted.

    Raises:
        NotFound: unknown.
    """
    found = webhooks_in.row(session, webhook_id)
    found.status, found.reason = status.value, reason
    if status is WebhookStatus.ACTIVE:
        found.failures, found.resume_at = 0, now
    session.add(found)
    session.flush()
    return webhooks_in.webhook_of(found)


def behind(session: Session) -> bool:
    """Whether an active webhook has not seen the last change."""
    late = col(WebhookRow.seen) < conflicts_in.last_change(session)
    return session.exec(select(WebhookRow.id).where(WebhookRow.status == WebhookStatus.ACTIVE.value, late).limit(1)).first() is not None


def queue(session: Session, bodies: Bodies, limit: int, now: datetime) -> bool:
    """Queues up to `limit` changes for each active webhook that has not seen the last; returns whether there are more.

    A conflict that changed again before it was queued is queued once, as it is now. `bodies` makes what is sent of each change.
    """
    late = col(WebhookRow.seen) < conflicts_in.last_change(session)
    more = False
    for webhook in session.exec(select(WebhookRow).where(WebhookRow.status == WebhookStatus.ACTIVE.value, late)).all():
        found = conflicts_in.changes(session, webhooks_in.webhook_of(webhook).wanted, limit, after=webhook.seen)
        for (number, conflict), body in zip(found.items, bodies(session, found.items), strict=True):
            session.add(
                DeliveryRow(
                    id=f"msg_{secrets.token_hex(12)}",
                    webhook_id=webhook.id,
                    conflict_id=conflict.id,
                    changed=number,
                    body=body,
                    due_at=now,
                    created_at=now,
                )
            )
        webhook.seen = found.upto
        session.add(webhook)
        session.flush()
        _forget_old(session, webhook.id)
        more = more or found.more
    return more


def due(session: Session, now: datetime, limit: int, *, busy: Collection[str]) -> list[tuple[WebhookRow, DeliveryRow]]:
    """The next delivery of each of up to `limit` webhooks that may be sent one now, those in `busy` left out.

    Those tried least come first, so that one that is always refused holds up no other.
    """
    free = or_(col(WebhookRow.leased_until).is_(None), col(WebhookRow.leased_until) <= now)
    may = select(WebhookRow).where(WebhookRow.status == WebhookStatus.ACTIVE.value, col(WebhookRow.resume_at) <= now, free)
    found: list[tuple[WebhookRow, DeliveryRow]] = []
    for webhook in session.exec(may.order_by(col(WebhookRow.resume_at), WebhookRow.id)).all():
        if len(found) >= limit:
            break
        if webhook.id in busy:
            continue
        its = select(DeliveryRow).where(
            DeliveryRow.webhook_id == webhook.id, DeliveryRow.status == DeliveryStatus.WAITING.value, col(DeliveryRow.due_at) <= now
        )
        first = session.exec(its.order_by(col(DeliveryRow.tries), col(DeliveryRow.number)).limit(1)).first()
        if first is not None:
            found.append((webhook, first))
    return found


def lease(session: Session, now: datetime, until: datetime, limit: int, *, busy: Collection[str]) -> list[tuple[Webhook, Delivery]]:
    """What is `due`, for the caller to send: nobody else is given a delivery of the same webhook before `until`, or `settle`."""
    found = due(session, now, limit, busy=busy)
    for webhook, _ in found:
        webhook.leased_until = until
        session.add(webhook)
    session.flush()
    return [(webhooks_in.webhook_of(webhook), webhooks_in.delivery_of(delivery)) for webhook, delivery in found]


def settle(session: Session, delivery: Delivery, attempt: Attempt, outcome: Outcome) -> None:
    """Keeps an attempt and what it makes of the delivery and its webhook, and ends the lease; nothing when the webhook is gone."""
    row = session.exec(select(DeliveryRow).where(DeliveryRow.id == delivery.id)).first()
    webhook = session.get(WebhookRow, delivery.webhook_id)
    if row is None or webhook is None:
        return
    row.attempts = [*row.attempts, {**asdict(attempt), "at": attempt.at.isoformat()}][-KEPT_ATTEMPTS:]
    row.status, row.tries, row.due_at = outcome.delivery.value, outcome.tries, outcome.due_at
    webhook.failures, webhook.resume_at, webhook.leased_until = outcome.failures, outcome.resume_at, None
    if webhook.status == WebhookStatus.ACTIVE.value:
        webhook.status, webhook.reason = outcome.webhook.value, outcome.reason
    session.add_all([row, webhook])
    session.flush()


def replay(session: Session, webhook_id: str, delivery_id: str, now: datetime) -> Delivery:
    """Puts a delivery back into the queue, with all its tries before it and none counted.

    Raises:
        NotFound: unknown.
    """
    row = webhooks_in.delivery_row(session, webhook_id, delivery_id)
    row.status, row.tries, row.due_at = DeliveryStatus.WAITING.value, 0, now
    session.add(row)
    session.flush()
    return webhooks_in.delivery_of(row)


def _forget_old(session: Session, webhook_id: str) -> None:
    done = select(DeliveryRow.number).where(DeliveryRow.webhook_id == webhook_id, DeliveryRow.status != DeliveryStatus.WAITING.value)
    oldest = session.exec(done.order_by(col(DeliveryRow.number).desc()).offset(KEPT_DELIVERIES).limit(1)).first()
    if oldest is not None:
        old = [col(DeliveryRow.webhook_id) == webhook_id, col(DeliveryRow.status) != DeliveryStatus.WAITING.value]
        session.execute(delete(DeliveryRow).where(*old, col(DeliveryRow.number) <= oldest))
