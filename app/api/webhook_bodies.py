"""Webhooks and deliveries as they are shown."""

from collections.abc import Sequence

from sqlmodel import Session

from app.api.fields import Moment, Out
from app.api.presenting import NameOf
from app.api.requests import WantedIn
from app.api.responses import ConflictOut
from app.api.showing import conflicts_shown
from app.conflicts.conflict import Conflict
from app.storage.reading.conflicts import cursor_at
from app.storage.webhooks import Delivery, DeliveryStatus, Webhook

CHANGED = "conflict.changed"


class WebhookOut(Out):
    """A webhook. `failures` counts attempts in a row that failed; `reason` says why it is disabled; `waiting` deliveries are to be sent."""

    id: str
    url: str
    filters: WantedIn
    status: str
    reason: str | None
    failures: int
    waiting: int
    created_at: Moment


class NewWebhookOut(WebhookOut):
    """A webhook with its secret, which is shown this once: keep it to verify what comes."""

    secret: str


class AttemptOut(Out):
    """One try: the status code of the answer, or in `error` why there was none."""

    at: Moment
    status_code: int | None
    error: str | None
    milliseconds: int


class DeliveryOut(Out):
    """One change on its way to a webhook; `id` is what the receiver gets as `webhook-id`, `due_at` when it is tried next."""

    id: str
    conflict_id: str
    status: str
    tries: int
    attempts: list[AttemptOut]
    due_at: Moment | None
    created_at: Moment


class ChangeOut(Out):
    """What a webhook is sent. `cursor` is what `since` takes."""

    type: str
    timestamp: Moment
    cursor: str
    data: ConflictOut


def change_bodies(session: Session, changes: Sequence[tuple[int, Conflict]], *, name_of: NameOf) -> list[str]:
    """What is sent of each of these changes: its number, and the conflict as it is."""
    shown = conflicts_shown(session, [conflict for _, conflict in changes], name_of)
    return [
        ChangeOut(type=CHANGED, timestamp=conflict.updated_at, cursor=cursor_at(number), data=conflict).model_dump_json(by_alias=True)
        for (number, _), conflict in zip(changes, shown, strict=True)
    ]


def webhook_out(webhook: Webhook, waiting: int) -> WebhookOut:
    """A webhook without its secret."""
    wanted = webhook.wanted
    filters = WantedIn.model_validate(
        {
            "status": wanted.status,
            "outlet": wanted.outlet,
            "kind": wanted.kind,
            "between": wanted.between,
            "min_severity": wanted.min_severity,
        }
    )
    return WebhookOut(
        id=webhook.id,
        url=webhook.url,
        filters=filters,
        status=webhook.status.value,
        reason=webhook.reason,
        failures=webhook.failures,
        waiting=waiting,
        created_at=webhook.created_at,
    )


def delivery_out(delivery: Delivery) -> DeliveryOut:
    """A delivery with its attempts, oldest first."""
    return DeliveryOut(
        id=delivery.id,
        conflict_id=delivery.conflict_id,
        status=delivery.status.value,
        tries=delivery.tries,
        attempts=[AttemptOut(at=a.at, status_code=a.status_code, error=a.error, milliseconds=a.milliseconds) for a in delivery.attempts],
        due_at=delivery.due_at if delivery.status is DeliveryStatus.WAITING else None,
        created_at=delivery.created_at,
    )
