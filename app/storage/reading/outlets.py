"""Finding outlets, and how they agree."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Integer, String, cast, func, tuple_
from sqlmodel import Session, col, select

from app.errors import NotFound
from app.outlets.outlet import Outlet
from app.storage.mapping import outlet_of
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import ClusterRow, OutletPairRow, OutletRow, UtcDateTime


def everything(session: Session) -> list[Outlet]:
    """Every stored outlet, by id."""
    return [outlet_of(row) for row in session.exec(select(OutletRow).order_by(OutletRow.id))]


def get(session: Session, outlet_id: str) -> Outlet:
    """One outlet.

    Raises:
        NotFound: nothing was ever stored of such an outlet.
    """
    row = session.get(OutletRow, outlet_id)
    if row is None:
        raise NotFound(f"no outlet has the id {outlet_id[:80]!r}")
    return outlet_of(row)


def names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The name of each of these outlets."""
    if not ids:
        return {}
    return dict(session.exec(select(OutletRow.id, OutletRow.name).where(col(OutletRow.id).in_(ids))).all())


def page(session: Session, limit: int, cursor: str | None) -> Page[Outlet]:
    """Stored outlets by id."""
    query = select(OutletRow).order_by(OutletRow.id).limit(limit + 1)
    if cursor is not None:
        query = query.where(col(OutletRow.id) > decode_cursor(cursor, str)[0])
    return page_of([outlet_of(row) for row in session.exec(query)], limit, lambda outlet: encode_cursor(outlet.id))


class Stance(StrEnum):
    """How two outlets stand to each other on a proposition; one that both agree and diverge on counts as either."""

    AGREE = "agree"
    DIVERGE = "diverge"
    NEITHER = "neither"


@dataclass(frozen=True)
class Cell:
    """Two outlets (ids, a < b): how many propositions they share, agree on, diverge on."""

    a: str
    b: str
    shared: int
    agree: int
    diverge: int


@dataclass(frozen=True)
class SharedProposition:
    """A cluster behind a cell, and how the two outlets stand on it."""

    cluster: ClusterRow
    agree: bool
    diverge: bool


_COUNTED = (func.count(), func.sum(cast(col(OutletPairRow.agree), Integer)), func.sum(cast(col(OutletPairRow.diverge), Integer)))


def matrix(session: Session, since: datetime | None) -> list[Cell]:
    """Every pair of outlets that share a proposition (a cluster), by ids; `since` is the earliest change of a cluster that counts.

    `outlet_pairs` (app/conflicts/agreement.py) says when two outlets agree and when they diverge on one.
    """
    ends = (col(OutletPairRow.a), col(OutletPairRow.b))
    query = select(*ends, *_COUNTED).group_by(*ends).order_by(*ends)  # type: ignore[call-overload]
    if since is not None:
        query = query.where(col(OutletPairRow.updated_at) >= since)
    return [Cell(*row) for row in session.exec(query)]


def cells_of(session: Session, outlet_id: str) -> list[Cell]:
    """The cells of the matrix that hold this outlet, as `a`, with every other as `b`; most shared first."""
    cells = []
    for own, other in ((OutletPairRow.a, OutletPairRow.b), (OutletPairRow.b, OutletPairRow.a)):
        query = select(col(other), *_COUNTED).where(col(own) == outlet_id).group_by(col(other))
        cells += [Cell(outlet_id, *row) for row in session.exec(query)]
    return sorted(cells, key=lambda cell: (-cell.shared, cell.b))


def shared(
    session: Session, a: str, b: str, limit: int, cursor: str | None, *, stance: Stance | None = None, since: datetime | None = None
) -> Page[SharedProposition]:
    """The clusters behind the cell of two outlets, in either order, last changed first."""
    key = (col(OutletPairRow.updated_at), col(OutletPairRow.cluster_id))
    agree, diverge = col(OutletPairRow.agree), col(OutletPairRow.diverge)
    query = (
        select(ClusterRow, OutletPairRow)
        .join(OutletPairRow, col(OutletPairRow.cluster_id) == col(ClusterRow.id))
        .where(OutletPairRow.a == min(a, b), OutletPairRow.b == max(a, b))
        .order_by(key[0].desc(), key[1].desc())
        .limit(limit + 1)
    )
    if stance is Stance.AGREE:
        query = query.where(agree)
    elif stance is Stance.DIVERGE:
        query = query.where(diverge)
    elif stance is Stance.NEITHER:
        query = query.where(~agree, ~diverge)
    if since is not None:
        query = query.where(key[0] >= since)
    if cursor is not None:
        query = query.where(tuple_(*key) < tuple_(*decode_cursor(cursor, datetime, str), types=(UtcDateTime(), String())))
    rows = [SharedProposition(cluster, pair.agree, pair.diverge) for cluster, pair in session.exec(query)]
    return page_of(rows, limit, lambda row: encode_cursor(row.cluster.updated_at, row.cluster.id))
