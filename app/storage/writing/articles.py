"""Receiving articles: new ones, revisions, withdrawals; and what became of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.errors import InvalidInput
from app.outlets.outlet import Outlet
from app.storage.announcing import Kind, announce
from app.storage.tables import ArticleRow, IdempotencyRow, RevisionRow
from app.storage.writing import outlets
from app.storage.writing.counters import QUEUE, next_number


@dataclass(frozen=True)
class Incoming:
    """An article as it is to be received. `id` follows from outlet and url (or title and time); `content_hash` from title and text."""

    id: str
    outlet: Outlet
    url: str | None
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    content_hash: str


class Outcome(StrEnum):
    """What receiving an article did."""

    CREATED = "created"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Receipt:
    """The article's id, its revision now, and what receiving it did."""

    id: str
    revision: int
    outcome: Outcome
    status: str


def receive(session: Session, incoming: Incoming, now: datetime) -> Receipt:
    """Stores an article for processing, or its next revision; unchanged content changes nothing, but what failed is tried again."""
    outlets.ensure(session, [incoming.outlet], now)
    row = session.get(ArticleRow, incoming.id)
    if row is None:
        row = ArticleRow(
            id=incoming.id,
            outlet_id=incoming.outlet.id,
            url=incoming.url,
            title=incoming.title,
            text=incoming.text,
            language=incoming.language,
            content_hash=incoming.content_hash,
            published_at=incoming.published_at or now,
            received_at=now,
        )
        outcome = Outcome.CREATED
    else:
        published_at = incoming.published_at or row.published_at
        if row.withdrawn_at is None and row.content_hash == incoming.content_hash and row.published_at == published_at:
            if row.status == "failed":
                _queue(session, row)
            return Receipt(row.id, row.revision, Outcome.UNCHANGED, row.status)
        row.title, row.text, row.language = incoming.title, incoming.text, incoming.language
        row.content_hash, row.published_at, row.withdrawn_at = incoming.content_hash, published_at, None
        row.revision += 1
        outcome = Outcome.REVISED
    _queue(session, row)
    session.flush()
    session.add(
        RevisionRow(
            article_id=row.id,
            revision=row.revision,
            title=row.title,
            text=row.text,
            content_hash=row.content_hash,
            published_at=row.published_at,
            received_at=now,
        )
    )
    return Receipt(row.id, row.revision, outcome, row.status)


def _queue(session: Session, row: ArticleRow) -> None:
    """Puts the article at the end of the queue; a worker that is at an earlier revision has no claim on this one."""
    row.status, row.error, row.queued, row.leased_by = "received", None, next_number(session, QUEUE), None
    session.add(row)
    announce(session, Kind.RECEIVED)


def withdraw(session: Session, article_id: str, now: datetime) -> bool:
    """Marks an article withdrawn; False when it is unknown or already withdrawn."""
    row = session.get(ArticleRow, article_id)
    if row is None or row.withdrawn_at is not None:
        return False
    row.withdrawn_at, row.status = now, "processed"
    session.add(row)
    return True


def still_received(session: Session, article_id: str, revision: int) -> bool:
    """Whether this revision is still the one to process."""
    row = session.get(ArticleRow, article_id)
    return row is not None and row.withdrawn_at is None and row.status == "received" and row.revision == revision


def finish(session: Session, article_id: str, error: str | None = None) -> None:
    """Takes the article out of the queue: processed, or failed with `error`."""
    row = session.get_one(ArticleRow, article_id)
    row.status, row.error, row.leased_by = ("failed", error, None) if error else ("processed", None, None)
    session.add(row)
    announce(session, Kind.FINISHED, article_id)


def recall(session: Session, key: str, fingerprint: str, now: datetime, keep: timedelta) -> IdempotencyRow | None:
    """What the Idempotency-Key `key` stands for, None when it is new; keys older than `keep` are forgotten first.

    Raises:
        InvalidInput: the key was used for another request.
    """
    session.execute(delete(IdempotencyRow).where(col(IdempotencyRow.created_at) < now - keep))
    row = session.exec(select(IdempotencyRow).where(IdempotencyRow.key == key)).first()
    if row is not None and row.fingerprint != fingerprint:
        raise InvalidInput.field(
            "header", "Idempotency-Key", msg=f"{key[:80]!r} was already used for a different request", type="idempotency_key_reused"
        )
    return row


def remember(session: Session, key: str, fingerprint: str, receipt: Receipt, status_code: int, now: datetime) -> None:
    """Keeps what the Idempotency-Key `key` stands for."""
    session.add(
        IdempotencyRow(
            key=key,
            fingerprint=fingerprint,
            article_id=receipt.id,
            revision=receipt.revision,
            status_code=status_code,
            created_at=now,
        )
    )
