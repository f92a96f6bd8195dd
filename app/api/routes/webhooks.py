"""Webhooks: where changes of conflicts are sent, and what became of each delivery."""

import base64
import secrets
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Response, status

from app.api.problems import described
from app.api.requests import WantedIn, WebhookChangeIn, WebhookIn
from app.api.responses import PageOut
from app.api.services import Cursor, Limit, Services, Use
from app.api.webhook_bodies import DeliveryOut, NewWebhookOut, WebhookOut, delivery_out, webhook_out
from app.errors import InvalidInput, StateConflict
from app.storage.reading import webhooks as webhooks_in
from app.storage.reading.conflicts import Filter
from app.storage.webhooks import Webhook, WebhookStatus
from app.storage.writing import webhooks as webhooks_out

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
# Source: decision; each costs a row a change and a request a change.
WEBHOOKS_AT_MOST = 100
# Source: Standard Webhooks asks for 24 to 64 bytes.
SECRET_BYTES = 32
BY_HAND = "disabled over the API"


@router.post("", status_code=status.HTTP_201_CREATED, responses=described(409))
def post_webhook(posted: WebhookIn, response: Response, use: Use) -> NewWebhookOut:
    """Registers a webhook: each change of a conflict from now on is posted to it, signed as Standard Webhooks says.

    The body is `{"type": "conflict.changed", "timestamp", "cursor", "data"}` with the conflict as `data`. The `secret` is shown this
    once. A delivery may come twice (its `webhook-id` is then the same); any 2xx answer ends it, anything else is tried again later.
    """
    if (why := use.refused_target(posted.url)) is not None:
        raise InvalidInput.field("body", "url", msg=f"{posted.url[:80]!a} cannot be a webhook: {why}", type="target")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    webhook = Webhook(f"wh_{secrets.token_hex(8)}", posted.url, secret, _filter(posted.filters, use), datetime.now(UTC))
    with use.parts.database.write() as session:
        if webhooks_in.count(session) >= WEBHOOKS_AT_MOST:
            raise StateConflict(f"there are {WEBHOOKS_AT_MOST} webhooks, as many as may be: delete one first")
        webhooks_out.register(session, webhook)
    response.headers["Location"] = f"/v1/webhooks/{webhook.id}"
    return NewWebhookOut(**webhook_out(webhook, 0).model_dump(), secret=secret)


@router.get("")
def list_webhooks(use: Use) -> PageOut[WebhookOut]:
    """Every webhook, oldest first; there are few enough for one page."""
    with use.parts.database.read() as session:
        found = webhooks_in.everything(session)
        items = [webhook_out(webhook, webhooks_in.waiting(session, webhook.id)) for webhook in found]
    return PageOut(items=items, next_cursor=None)


@router.get("/{id}")
def get_webhook(id: str, use: Use) -> WebhookOut:
    """One webhook."""
    with use.parts.database.read() as session:
        return webhook_out(webhooks_in.get(session, id), webhooks_in.waiting(session, id))


@router.patch("/{id}")
def patch_webhook(id: str, change: WebhookChangeIn, use: Use) -> WebhookOut:
    """Disables a webhook, or makes it active again: what waited and what changed meanwhile is then sent."""
    to = WebhookStatus(change.status)
    with use.parts.database.write() as session:
        webhook = webhooks_in.get(session, id)
        if webhook.status is not to:
            webhook = webhooks_out.switch(session, id, to, None if to is WebhookStatus.ACTIVE else BY_HAND, datetime.now(UTC))
        shown = webhook_out(webhook, webhooks_in.waiting(session, id))
    use.parts.database.changes.publish()
    return shown


@router.delete("/{id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_webhook(id: str, use: Use) -> None:
    """Removes a webhook with its log; what waits is not sent."""
    with use.parts.database.write() as session:
        webhooks_out.remove(session, id)


@router.get("/{id}/deliveries")
def list_deliveries(
    id: str,
    use: Use,
    status: Literal["waiting", "delivered", "failed"] | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PageOut[DeliveryOut]:
    """What was sent, or is to be, newest first, with every attempt. Of those that ended the newest 1,000 are kept."""
    with use.parts.database.read() as session:
        webhooks_in.get(session, id)
        page = webhooks_in.deliveries(session, id, limit, cursor, status=status)
    return PageOut(items=[delivery_out(delivery) for delivery in page.items], next_cursor=page.next_cursor)


@router.post("/{id}/deliveries/{delivery}/replay", status_code=status.HTTP_202_ACCEPTED, responses=described(409))
def replay_delivery(id: str, delivery: str, use: Use) -> DeliveryOut:
    """Sends a delivery again, whatever became of it, under the same `webhook-id`."""
    with use.parts.database.write() as session:
        if webhooks_in.get(session, id).status is WebhookStatus.DISABLED:
            raise StateConflict("this webhook is disabled: make it active first (PATCH with status active)")
        queued = webhooks_out.replay(session, id, delivery, datetime.now(UTC))
    use.parts.database.changes.publish()
    return delivery_out(queued)


def _filter(wanted: WantedIn, use: Services) -> Filter:
    kind = wanted.kind.value if wanted.kind else None
    return Filter(wanted.status, use.outlet_id(wanted.outlet), kind, wanted.between, wanted.min_severity)
