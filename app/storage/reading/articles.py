"""Finding articles and the queue."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, func, tuple_
from sqlmodel import Session, col, select

from app.errors import NotFound
from app.outlets.outlet import Outlet
from app.storage.chunks import chunks
from app.storage.mapping import outlet_of
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import ArticleRow, OutletRow, RevisionRow, UtcDateTime


@dataclass(frozen=True)
class Waiting:
    """A received article that waits to be processed."""

    id: str
    revision: int
    outlet: Outlet
    title: str
    text: str
    published_at: datetime


def waiting(session: Session, limit: int, *, among: Collection[str] | None = None, after: int = 0) -> list[Waiting]:
    """The oldest received articles, in the order they were received; with `among` only those of these ids, without the first `after`."""
    query = (
        select(ArticleRow, OutletRow)
        .join(OutletRow, col(OutletRow.id) == ArticleRow.outlet_id)
        .where(ArticleRow.status == "received")
        .order_by(col(ArticleRow.queued))
        .offset(after)
        .limit(limit)
    )
    if among is not None:
        query = query.where(col(ArticleRow.id).in_(among))
    return [Waiting(row.id, row.revision, outlet_of(outlet), row.title, row.text, row.published_at) for row, outlet in session.exec(query)]


def any_received(session: Session) -> bool:
    """Whether the store ever received an article."""
    return session.exec(select(ArticleRow.id).limit(1)).first() is not None


def waiting_count(session: Session) -> int:
    """How many received articles wait."""
    return session.exec(select(func.count()).select_from(ArticleRow).where(ArticleRow.status == "received")).one()


def settled(session: Session, article_ids: Collection[str]) -> set[str]:
    """Those of these articles that are stored and do not wait."""
    found: set[str] = set()
    for some in chunks(article_ids):
        found.update(session.exec(select(ArticleRow.id).where(col(ArticleRow.id).in_(some), ArticleRow.status != "received")))
    return found


def get(session: Session, article_id: str) -> ArticleRow:
    """One article.

    Raises:
        NotFound: unknown, or withdrawn.
    """
    row = session.get(ArticleRow, article_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound(f"no article has the id {article_id[:80]!r}")
    return row


def revisions(session: Session, article_id: str) -> list[RevisionRow]:
    """Every revision of an article, oldest first."""
    query = select(RevisionRow).where(RevisionRow.article_id == article_id).order_by(col(RevisionRow.revision))
    return list(session.exec(query))


def texts(session: Session, article_ids: Collection[str]) -> dict[str, str]:
    """The stored text of each of these articles."""
    if not article_ids:
        return {}
    return dict(session.exec(select(ArticleRow.id, ArticleRow.text).where(col(ArticleRow.id).in_(article_ids))).all())


def page(
    session: Session,
    limit: int,
    cursor: str | None,
    *,
    outlet: str | None = None,
    status: str | None = None,
    since: datetime | None = None,
) -> Page[ArticleRow]:
    """Articles, newest received first; `outlet` an id, `since` the earliest time of receipt."""
    key = (col(ArticleRow.received_at), col(ArticleRow.id))
    query = select(ArticleRow).where(col(ArticleRow.withdrawn_at).is_(None)).order_by(key[0].desc(), key[1].desc()).limit(limit + 1)
    if outlet is not None:
        query = query.where(ArticleRow.outlet_id == outlet)
    if status is not None:
        query = query.where(ArticleRow.status == status)
    if since is not None:
        query = query.where(key[0] >= since)
    if cursor is not None:
        query = query.where(tuple_(*key) < tuple_(*decode_cursor(cursor, datetime, str), types=(UtcDateTime(), String())))
    return page_of(list(session.exec(query)), limit, lambda row: encode_cursor(row.received_at, row.id))
