"""Finding clusters."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.errors import NotFound
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import ClaimRow, ClusterRow


def get(session: Session, cluster_id: str) -> ClusterRow:
    """One cluster; a merged one has `merged_into`.

    Raises:
        NotFound: unknown, or every claim of it was withdrawn.
    """
    row = session.get(ClusterRow, cluster_id)
    if row is None or (row.merged_into is None and row.claim_count == 0):
        raise NotFound(f"no cluster has the id {cluster_id[:80]!r}")
    return row


def created_at(session: Session, cluster_ids: Collection[str]) -> dict[str, datetime]:
    """When each of these clusters came to be."""
    if not cluster_ids:
        return {}
    return dict(session.exec(select(ClusterRow.id, ClusterRow.created_at).where(col(ClusterRow.id).in_(cluster_ids))).all())


def page(
    session: Session,
    limit: int,
    cursor: str | None,
    *,
    outlet: str | None = None,
    min_outlets: int | None = None,
    diverging: bool | None = None,
    since: datetime | None = None,
    among: Collection[str] | None = None,
) -> Page[ClusterRow]:
    """Clusters, last changed first; `outlet` an outlet that has a claim in it, `among` only these ids, `since` the earliest change."""
    key = (col(ClusterRow.updated_at), col(ClusterRow.id))
    query = select(ClusterRow).where(ClusterRow.claim_count > 0).order_by(key[0].desc(), key[1].desc()).limit(limit + 1)
    if outlet is not None:
        query = query.where(col(ClusterRow.id).in_(select(ClaimRow.cluster_id).where(ClaimRow.outlet_id == outlet)))
    if min_outlets is not None:
        query = query.where(ClusterRow.outlet_count >= min_outlets)
    if diverging is not None:
        query = query.where(ClusterRow.diverging == diverging)
    if since is not None:
        query = query.where(key[0] >= since)
    if among is not None:
        query = query.where(key[1].in_(among))
    if cursor is not None:
        query = query.where(tuple_(*key) < tuple_(*decode_cursor(cursor, datetime, str)))
    return page_of(list(session.exec(query)), limit, lambda row: encode_cursor(row.updated_at, row.id))
