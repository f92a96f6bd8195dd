"""Finding webhooks and deliveries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.errors import NotFound
from app.storage.reading.conflicts import Filter
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import DeliveryRow, WebhookRow
from app.storage.webhooks import Attempt, Delivery, DeliveryStatus, Webhook, WebhookStatus


def get(session: Session, webhook_id: str) -> Webhook:
    """One webhook.

    Raises:
        NotFound: unknown.
    """
    return webhook_of(row(session, webhook_id))


def row(session: Session, webhook_id: str) -> WebhookRow:
    """The row of one webhook.

    Raises:
        NotFound: unknown.
    """
    found = session.get(WebhookRow, webhook_id)
    if found is None:
        raise NotFound(f"no webhook has the id {webhook_id[:80]!r}")
    return found


def everything(session: Session) -> list[Webhook]:
    """Every webhook, oldest first."""
    return [webhook_of(found) for found in session.exec(select(WebhookRow).order_by(col(WebhookRow.created_at), WebhookRow.id))]


def count(session: Session) -> int:
    """How many there are."""
    return session.exec(select(func.count()).select_from(WebhookRow)).one()


def waiting(session: Session, webhook_id: str) -> int:
    """How many of its deliveries wait."""
    query = select(func.count()).select_from(DeliveryRow)
    return session.exec(query.where(DeliveryRow.webhook_id == webhook_id, DeliveryRow.status == DeliveryStatus.WAITING.value)).one()


def delivery(session: Session, webhook_id: str, delivery_id: str) -> Delivery:
    """One delivery of a webhook.

    Raises:
        NotFound: unknown.
    """
    return delivery_of(delivery_row(session, webhook_id, delivery_id))


def delivery_row(session: Session, webhook_id: str, delivery_id: str) -> DeliveryRow:
    """The row of one delivery of a webhook.

    Raises:
        NotFound: unknown.
    """
    query = select(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.webhook_id == webhook_id)
    found = session.exec(query).first()
    if found is None:
        raise NotFound(f"this webhook has no delivery with the id {delivery_id[:80]!r}")
    return found


def deliveries(session: Session, webhook_id: str, limit: int, cursor: str | None, *, status: str | None = None) -> Page[Delivery]:
    """The deliveries of a webhook, newest first."""
    number = col(DeliveryRow.number)
    query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook_id).order_by(number.desc()).limit(limit + 1)
    if status is not None:
        query = query.where(DeliveryRow.status == status)
    if cursor is not None:
        query = query.where(number < decode_cursor(cursor, int)[0])
    page = page_of(list(session.exec(query)), limit, lambda last: encode_cursor(last.number))
    return Page([delivery_of(found) for found in page.items], page.next_cursor)


def webhook_of(found: WebhookRow) -> Webhook:
    """The webhook in a row."""
    return Webhook(
        id=found.id,
        url=found.url,
        secret=found.secret,
        wanted=Filter(**found.wanted),
        created_at=found.created_at,
        status=WebhookStatus(found.status),
        reason=found.reason,
        failures=found.failures,
    )


def delivery_of(found: DeliveryRow) -> Delivery:
    """The delivery in a row."""
    return Delivery(
        id=found.id,
        webhook_id=found.webhook_id,
        conflict_id=found.conflict_id,
        body=found.body,
        status=DeliveryStatus(found.status),
        tries=found.tries,
        attempts=tuple(_attempt_of(attempt) for attempt in found.attempts),
        due_at=found.due_at,
        created_at=found.created_at,
    )


def _attempt_of(value: Mapping[str, Any]) -> Attempt:
    return Attempt(datetime.fromisoformat(value["at"]), value["status_code"], value["error"], value["milliseconds"])
