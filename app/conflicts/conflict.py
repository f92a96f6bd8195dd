"""A conflict: what a cluster's divergence is now (Divergence), and its life (Conflict, HistoryLine)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.conflicts.positions import Position


class Between(StrEnum):
    """Whether the outlets diverge in their own voice, or the sources they report."""

    OUTLETS = "outlets"
    SOURCES = "sources"


class Status(StrEnum):
    """Where a conflict stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Divergence:
    """How a cluster diverges now. `kind` is the type of the weightiest reason; `relations` the contradictory pairs of claim ids."""

    headline: str
    kind: str
    between: Between
    severity: float
    positions: tuple[Position, ...]
    relations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HistoryLine:
    """One change of status. `from_status` is None when the conflict opens."""

    at: datetime
    from_status: Status | None
    to_status: Status
    by: str
    note: str | None = None


@dataclass(frozen=True)
class Conflict:
    """A conflict. `diverging` says whether the divergence stands, whatever the status a person gave it."""

    id: str
    cluster_id: str
    divergence: Divergence
    status: Status
    diverging: bool
    opened_at: datetime
    updated_at: datetime


SELF = "parallax"


def evolve(
    current: Conflict | None, divergence: Divergence | None, *, conflict_id: str, cluster_id: str, now: datetime, note: str | None = None
) -> tuple[Conflict, HistoryLine | None] | None:
    """The conflict after its cluster was judged anew; None when nothing changed.

    Opens when a divergence appears, resolves when it is gone, reopens when it returns after having resolved. A conflict
    that a person resolved or dismissed stays so while the same divergence stands.
    """
    if current is None:
        if divergence is None:
            return None
        opened = Conflict(conflict_id, cluster_id, divergence, Status.OPEN, True, now, now)
        return opened, HistoryLine(now, None, Status.OPEN, SELF, note)
    if divergence is None:
        if not current.diverging:
            return None
        gone = replace(current, diverging=False, updated_at=now)
        if current.status in (Status.RESOLVED, Status.DISMISSED):
            return gone, None
        line = HistoryLine(now, current.status, Status.RESOLVED, SELF, note or "the divergence is gone")
        return replace(gone, status=Status.RESOLVED), line
    moved = replace(current, cluster_id=cluster_id, divergence=divergence, diverging=True, updated_at=now)
    if not current.diverging and current.status is Status.RESOLVED:
        line = HistoryLine(now, Status.RESOLVED, Status.OPEN, SELF, note or "the divergence returned")
        return replace(moved, status=Status.OPEN), line
    if current.diverging and current.divergence == divergence and current.cluster_id == cluster_id:
        return None
    return moved, None


def decide(current: Conflict, status: Status, *, by: str, note: str | None, now: datetime) -> tuple[Conflict, HistoryLine]:
    """The conflict after a person gave it a status; the same status again only adds a history line."""
    return replace(current, status=status, updated_at=now), HistoryLine(now, current.status, status, by, note)
