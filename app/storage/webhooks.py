"""Webhooks and their deliveries, as the rooms above see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.storage.reading.conflicts import Filter


class WebhookStatus(StrEnum):
    """Whether it is sent anything."""

    ACTIVE = "active"
    DISABLED = "disabled"


class DeliveryStatus(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Webhook:
    """Where changes go that `wanted` lets pass, signed with `secret`.

    `failures` counts attempts in a row that failed, over all deliveries; `reason` says why it is disabled, None while it is not.
    """

    id: str
    url: str
    secret: str
    wanted: Filter
    created_at: datetime
    status: WebhookStatus = WebhookStatus.ACTIVE
    reason: str | None = None
    failures: int = 0


@dataclass(frozen=True)
class Attempt:
    """One try: the answer's status code, or why there was no answer; how long it took in milliseconds."""

    at: datetime
    status_code: int | None
    error: str | None
    milliseconds: int


@dataclass(frozen=True)
class Delivery:
    """One change on its way. `body` is what is sent, always the same; `tries` counts attempts since it was queued or replayed;
    `due_at` is when it is tried next, should it wait.
    """

    id: str
    webhook_id: str
    conflict_id: str
    body: str
    status: DeliveryStatus
    tries: int
    attempts: tuple[Attempt, ...]
    due_at: datetime
    created_at: datetime


@dataclass(frozen=True)
class Outcome:
    """What an attempt makes of a delivery and its webhook: the states to store, and when either is tried next."""

    delivery: DeliveryStatus
    tries: int
    due_at: datetime
    webhook: WebhookStatus
    reason: str | None
    failures: int
    resume_at: datetime
