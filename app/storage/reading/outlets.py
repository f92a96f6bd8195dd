"""Finding outlets, and how they agree."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlmodel import Session, col, select

from app.outlets.outlet import Outlet
from app.storage.mapping import outlet_of
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import ClusterRow, OutletRow


def everything(session: Session) -> list[Outlet]:
    """Every stored outlet, by id."""
    return [outlet_of(row) for row in session.exec(select(OutletRow).order_by(OutletRow.id))]


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


@dataclass(frozen=True)
class Cell:
    """Two outlets (ids, a < b): how many propositions they share, agree on, diverge on."""

    a: str
    b: str
    shared: int
    agree: int
    diverge: int


def matrix(session: Session, since: datetime | None) -> list[Cell]:
    """Every pair of outlets that share a proposition (a cluster), by ids.

    A pair agrees on a cluster when one position holds both as independent voices (a wire copy and what it copies are one voice),
    and diverges when it is in conflict and positions part them; where one position holds both and another only one, they do both.
    """
    query = select(ClusterRow.summary, ClusterRow.diverging).where(ClusterRow.claim_count > 1)
    if since is not None:
        query = query.where(col(ClusterRow.updated_at) >= since)
    shared: Counter[tuple[str, str]] = Counter()
    agree: Counter[tuple[str, str]] = Counter()
    diverge: Counter[tuple[str, str]] = Counter()
    for summary, diverging in session.exec(query):
        held = [frozenset(position["outlet_ids"]) for position in summary["positions"]]
        outlets = sorted(frozenset().union(*held))
        voice = {outlet: number for number, origin in enumerate(summary["origins"]) for outlet in origin["outlet_ids"]}
        for pair in combinations(outlets, 2):
            together = voice[pair[0]] != voice[pair[1]] and any(pair[0] in position and pair[1] in position for position in held)
            parted = diverging and any(pair[0] in one and pair[1] in other for one in held for other in held if one is not other)
            shared[pair] += 1
            agree[pair] += together
            diverge[pair] += parted
    return [Cell(a, b, count, agree[a, b], diverge[a, b]) for (a, b), count in sorted(shared.items())]
