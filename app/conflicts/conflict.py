"""A conflict: what a cluster's divergence is now (Divergence), and its life (Conflict, HistoryLine)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.conflicts.positions import Position
from app.conflicts.severity import SeverityPart
from app.errors import FieldError, StateConflict


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
    """How a cluster diverges now. `kind` is the type of the weightiest reason; `relations` the contradictory pairs of claim ids;
    `parts` what the severity is made of (none for a conflict stored before they were kept).
    """

    headline: str
    kind: str
    between: Between
    severity: float
    positions: tuple[Position, ...]
    relations: tuple[tuple[str, str], ...]
    parts: tuple[SeverityPart, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What was before a person's eyes whenever they resolved or dismissed a conflict: kinds, and claims on any side. Both sorted."""

    kinds: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()

    def widened_by(self, divergence: Divergence) -> "Ground":
        """The ground widened by a divergence."""
        claims = {claim for position in divergence.positions for claim in position.claim_ids}
        return Ground(tuple(sorted({*self.kinds, divergence.kind})), tuple(sorted({*self.claim_ids, *claims})))


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
    """A conflict. `diverging` says whether the divergence stands, whatever the status a person gave it; `settled` what a person
    resolved or dismissed it over, None when nobody did.
    """

    id: str
    cluster_id: str
    divergence: Divergence
    status: Status
    diverging: bool
    opened_at: datetime
    updated_at: datetime
    settled: Ground | None = None


SELF = "parallax"
CLOSED = (Status.RESOLVED, Status.DISMISSED)
# Source: decision; a closed conflict is opened again before anybody takes it up, and how it was closed may be corrected.
_NEXT: Mapping[Status, tuple[Status, ...]] = {
    Status.OPEN: (Status.ACKNOWLEDGED, Status.RESOLVED, Status.DISMISSED),
    Status.ACKNOWLEDGED: (Status.OPEN, Status.RESOLVED, Status.DISMISSED),
    Status.RESOLVED: (Status.OPEN, Status.DISMISSED),
    Status.DISMISSED: (Status.OPEN, Status.RESOLVED),
}


def evolve(
    current: Conflict | None, divergence: Divergence | None, *, conflict_id: str, cluster_id: str, now: datetime, note: str | None = None
) -> tuple[Conflict, HistoryLine | None] | None:
    """The conflict after its cluster was judged anew; None when nothing changed.

    Opens when a divergence appears, resolves when it is gone, reopens when it returns after having resolved. A conflict
    that a person resolved or dismissed stays so while the divergence stands that they saw; it reopens when that has become
    another (`what_is_new`).
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
        if current.status in CLOSED:
            return gone, None
        line = HistoryLine(now, current.status, Status.RESOLVED, SELF, note or "the divergence is gone")
        return replace(gone, status=Status.RESOLVED), line
    moved = replace(current, cluster_id=cluster_id, divergence=divergence, diverging=True, updated_at=now)
    if not current.diverging and current.status is Status.RESOLVED:
        line = HistoryLine(now, Status.RESOLVED, Status.OPEN, SELF, note or "the divergence returned")
        return replace(moved, status=Status.OPEN), line
    if current.status in CLOSED and (why := what_is_new(current, divergence)) is not None:
        return replace(moved, status=Status.OPEN), HistoryLine(now, current.status, Status.OPEN, SELF, why)
    if current.diverging and current.divergence == divergence and current.cluster_id == cluster_id:
        return None
    return moved, None


def what_is_new(current: Conflict, divergence: Divergence) -> str | None:
    """What makes a divergence another than the one a person closed the conflict over, as a sentence; None when it is the same.

    Another one rests on reasons of a kind that they did not see, or has a position none of whose claims they saw. What was seen
    at any closing counts as seen, so that nobody dismisses the same twice.
    """
    seen = current.settled or Ground().widened_by(current.divergence)
    for position in divergence.positions:
        if not set(position.claim_ids) & set(seen.claim_ids):
            return f"it was {current.status.value} before this was said: {position.summary}"
    if divergence.kind not in seen.kinds:
        return f"it was {current.status.value} over another reason ({', '.join(seen.kinds)}); now it is {divergence.kind}"
    return None


def choices(current: Conflict) -> tuple[Status, ...]:
    """Which statuses a person may give the conflict now. Without a divergence it stays closed: it reopens by itself."""
    return tuple(status for status in _NEXT[current.status] if current.diverging or status in CLOSED)


def decide(current: Conflict, status: Status, *, by: str, note: str | None, now: datetime) -> tuple[Conflict, HistoryLine]:
    """The conflict after a person gave it a status; the same status again only adds a history line.

    Raises:
        StateConflict: that status does not follow on the present one; the error says which do.
    """
    allowed = choices(current)
    if status is not current.status and status not in allowed:
        why = "" if current.diverging else ", because nothing diverges any more (it reopens by itself when the divergence returns)"
        told = f"a conflict that is {current.status.value} cannot become {status.value}{why}; allowed: {', '.join(allowed)}"
        raise StateConflict(told, errors=(FieldError(("body", "status"), told, "transition"),))
    settled = (current.settled or Ground()).widened_by(current.divergence) if status in CLOSED else None
    return replace(current, status=status, updated_at=now, settled=settled), HistoryLine(now, current.status, status, by, note)
