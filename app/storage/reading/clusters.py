"""Finding clusters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, tuple_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.errors import NotFound
from app.storage.chunks import chunks
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import ClaimRow, ClusterRow, UtcDateTime, table_of

_CLUSTERS = table_of(ClusterRow)


@dataclass(frozen=True)
class Filter:
    """Which clusters: each field narrows, None does not.

    `outlet` and `article` have a claim in it, `since` is the earliest change, `first_outlet` is the one its earliest claim goes back to.
    """

    outlet: str | None = None
    min_outlets: int | None = None
    diverging: bool | None = None
    since: datetime | None = None
    article: str | None = None
    first_outlet: str | None = None


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
    found: dict[str, datetime] = {}
    for some in chunks(cluster_ids):
        found.update(session.exec(select(ClusterRow.id, ClusterRow.created_at).where(col(ClusterRow.id).in_(some))).all())
    return found


def lives(session: Session, cluster_id: str) -> bool:
    """Whether a cluster of this id holds claims."""
    return bool(living(session, [cluster_id]))


def living(session: Session, cluster_ids: Collection[str]) -> set[str]:
    """Those of these ids whose cluster holds claims."""
    found: set[str] = set()
    for some in chunks(cluster_ids):
        found.update(session.scalars(sql_select(_CLUSTERS.c.id).where(_CLUSTERS.c.id.in_(some), _CLUSTERS.c.claim_count > 0)))
    return found


def page(session: Session, wanted: Filter, limit: int, cursor: str | None) -> Page[ClusterRow]:
    """The wanted clusters, last changed first."""
    key = (col(ClusterRow.updated_at), col(ClusterRow.id))
    query = _narrow(select(ClusterRow), wanted).order_by(key[0].desc(), key[1].desc()).limit(limit + 1)
    if cursor is not None:
        query = query.where(tuple_(*key) < tuple_(*decode_cursor(cursor, datetime, str), types=(UtcDateTime(), String())))
    return page_of(list(session.exec(query)), limit, lambda row: encode_cursor(row.updated_at, row.id))


def among(session: Session, wanted: Filter, cluster_ids: Collection[str]) -> list[ClusterRow]:
    """The wanted ones of these clusters, in no order."""
    found: list[ClusterRow] = []
    for some in chunks(cluster_ids):
        found += session.exec(_narrow(select(ClusterRow).where(col(ClusterRow.id).in_(some)), wanted))
    return found


def _narrow(query: SelectOfScalar[ClusterRow], wanted: Filter) -> SelectOfScalar[ClusterRow]:
    query = query.where(ClusterRow.claim_count > 0)
    if wanted.outlet is not None:
        query = query.where(col(ClusterRow.id).in_(select(ClaimRow.cluster_id).where(ClaimRow.outlet_id == wanted.outlet)))
    if wanted.article is not None:
        said = select(ClaimRow.cluster_id).where(ClaimRow.article_id == wanted.article, col(ClaimRow.withdrawn_at).is_(None))
        query = query.where(col(ClusterRow.id).in_(said))
    if wanted.min_outlets is not None:
        query = query.where(ClusterRow.outlet_count >= wanted.min_outlets)
    if wanted.diverging is not None:
        query = query.where(ClusterRow.diverging == wanted.diverging)
    if wanted.since is not None:
        query = query.where(col(ClusterRow.updated_at) >= wanted.since)
    if wanted.first_outlet is not None:
        query = query.where(ClusterRow.first_outlet_id == wanted.first_outlet)
    return query
