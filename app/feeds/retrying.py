"""What an attempt makes of a delivery and of its webhook."""

from datetime import datetime, timedelta

from app.feeds.sending import Answer
from app.storage.webhooks import Delivery, DeliveryStatus, Outcome, Webhook, WebhookStatus

# Source: Standard Webhooks, its suggested schedule; after the first attempt, so ten attempts over some 75 hours.
PAUSES_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
# Source: decision; a receiver that comes back is found again within half an hour, however long it was gone.
LONGEST_WEBHOOK_PAUSE_SECONDS = 1_800
GONE = 410


def outcome(webhook: Webhook, delivery: Delivery, answer: Answer, now: datetime, *, failures_at_most: int) -> Outcome:
    """Any 2xx delivers. A failure puts the delivery off by its own number of tries, and the whole webhook by its failures in a row;
    so many of them, or a 410, disable it.
    """
    tries = delivery.tries + 1
    if answer.status_code is not None and 200 <= answer.status_code < 300:
        return Outcome(DeliveryStatus.DELIVERED, tries, now, WebhookStatus.ACTIVE, None, 0, now)
    failures = webhook.failures + 1
    status, reason = WebhookStatus.ACTIVE, None
    if answer.status_code == GONE:
        status, reason = WebhookStatus.DISABLED, "the receiver answered 410 Gone: it wants no more"
    elif failures >= failures_at_most:
        status, reason = WebhookStatus.DISABLED, f"{failures} attempts in a row failed; the last: {said(answer)}"
    pause = min(PAUSES_SECONDS[min(failures, len(PAUSES_SECONDS)) - 1], LONGEST_WEBHOOK_PAUSE_SECONDS)
    resume_at = now + timedelta(seconds=pause)
    if tries > len(PAUSES_SECONDS):
        return Outcome(DeliveryStatus.FAILED, tries, now, status, reason, failures, resume_at)
    due_at = now + timedelta(seconds=PAUSES_SECONDS[tries - 1])
    return Outcome(DeliveryStatus.WAITING, tries, due_at, status, reason, failures, resume_at)


def said(answer: Answer) -> str:
    """The answer in words."""
    return f"it answered {answer.status_code}" if answer.status_code is not None else (answer.error or "no answer")
