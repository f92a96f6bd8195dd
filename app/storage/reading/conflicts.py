"""Finding conflicts, and what changed since a poll."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.conflicts.conflict import Conflict, HistoryLine, Status
from app.errors import NotFound
from app.storage.chunks import chunks
from app.storage.mapping import conflict_of
from app.storage.reading.pages import decode_cursor, encode_cursor
from app.storage.tables import ConflictOutletRow, ConflictRow, HistoryRow


@dataclass(frozen=True)
class Filter:
    """Which conflicts: each field narrows, None does not."""

    status: str | None = None
    outlet: str | None = None
    kind: str | None = None
    between: str | None = None
    min_severity: float | None = None


@dataclass(frozen=True)
class Poll:
    """One answer to a poll: conflicts, where the answer's next page starts, and the cursor for the next poll."""

    items: list[Conflict]
    next_cursor: str | None
    cursor: str


@dataclass(frozen=True)
class Changes:
    """What changed after a number: conflicts with the numbers of their last changes, oldest change first.

    `upto` is the number up to which everything was looked at; `more` whether changes after it are there already.
    """

    items: list[tuple[int, Conflict]]
    upto: int
    more: bool


def get(session: Session, conflict_id: str) -> Conflict:
    """One conflict.

    Raises:
        NotFound: unknown.
    """
    found = find(session, conflict_id)
    if found is None:
        raise NotFound(f"no conflict has the id {conflict_id[:80]!r}")
    return found


def find(session: Session, conflict_id: str) -> Conflict | None:
    """One conflict, None when there is none of that id."""
    row = session.get(ConflictRow, conflict_id)
    return conflict_of(row) if row else None


def change_of(session: Session, conflict_id: str) -> int:
    """The number of a conflict's last change; 0 when there is no such conflict."""
    return session.exec(select(ConflictRow.changed).where(ConflictRow.id == conflict_id)).first() or 0


def of_clusters(session: Session, cluster_ids: Collection[str]) -> list[Conflict]:
    """The conflicts of these clusters, by id."""
    found: list[Conflict] = []
    for some in chunks(cluster_ids):
        found += [conflict_of(row) for row in session.exec(select(ConflictRow).where(col(ConflictRow.cluster_id).in_(some)))]
    return sorted(found, key=lambda conflict: conflict.id)


def outlets_of(session: Session, conflict_id: str) -> list[str]:
    """The outlets that take part in a conflict, by id."""
    return sorted(session.exec(select(ConflictOutletRow.outlet_id).where(ConflictOutletRow.conflict_id == conflict_id)))


def history(session: Session, conflict_ids: Collection[str]) -> dict[str, list[HistoryLine]]:
    """The history of each of these conflicts, oldest line first."""
    lines: dict[str, list[HistoryLine]] = defaultdict(list)
    if conflict_ids:
        query = select(HistoryRow).where(col(HistoryRow.conflict_id).in_(conflict_ids)).order_by(col(HistoryRow.number))
        for row in session.exec(query):
            before = Status(row.from_status) if row.from_status else None
            lines[row.conflict_id].append(HistoryLine(row.at, before, Status(row.to_status), row.by, row.note))
    return dict(lines)


def last_change(session: Session) -> int:
    """The number of the last change of any conflict; 0 when there is none."""
    return session.exec(select(func.max(ConflictRow.changed))).one() or 0


def number_of(since: str, *, loc: tuple[str, str] = ("query", "since")) -> int:
    """The number of the change that a poll's `cursor` or an event's id stands for.

    Raises:
        InvalidInput: nobody gave that cursor out; `loc` says where it came in.
    """
    number: int = decode_cursor(since, int, loc=loc)[0]
    return number


def cursor_at(number: int) -> str:
    """The cursor that stands for the change of that number; what `since` takes."""
    return encode_cursor(number)


def changes(session: Session, wanted: Filter, limit: int, *, after: int) -> Changes:
    """Up to `limit` conflicts that changed after the change numbered `after`, each once."""
    bound, changed = max(last_change(session), after), col(ConflictRow.changed)
    rows = session.exec(_narrow(select(ConflictRow), wanted).where(changed > after).order_by(changed).limit(limit + 1)).all()
    more = len(rows) > limit
    return Changes([(row.changed, conflict_of(row)) for row in rows[:limit]], rows[limit - 1].changed if more else bound, more)


def poll(session: Session, wanted: Filter, limit: int, *, since: str | None, cursor: str | None) -> Poll:
    """Newest change first; with `since` (an earlier answer's `cursor`) only what changed after it, oldest change first.

    An answer of several pages covers the changes up to its first page's `cursor`: what changes while a client pages moves
    past that bound and comes with the next poll, so nothing is missed and nothing comes twice.
    """
    return _changed_after(session, wanted, limit, since, cursor) if since is not None else _newest(session, wanted, limit, cursor)


def _changed_after(session: Session, wanted: Filter, limit: int, since: str, cursor: str | None) -> Poll:
    after, bound = number_of(since), last_change(session)
    if cursor is not None:
        after, bound = decode_cursor(cursor, int, int)
    changed = col(ConflictRow.changed)
    query = _narrow(select(ConflictRow), wanted).where(changed > after, changed <= bound)
    rows = session.exec(query.order_by(changed).limit(limit + 1)).all()
    more = encode_cursor(rows[limit - 1].changed, bound) if len(rows) > limit else None
    return Poll([conflict_of(row) for row in rows[:limit]], more, encode_cursor(max(bound, after)))


def _newest(session: Session, wanted: Filter, limit: int, cursor: str | None) -> Poll:
    before, bound = None, last_change(session)
    if cursor is not None:
        before, bound = decode_cursor(cursor, int, int)
    changed = col(ConflictRow.changed)
    query = _narrow(select(ConflictRow), wanted)
    if before is not None:
        query = query.where(changed < before)
    rows = session.exec(query.order_by(changed.desc()).limit(limit + 1)).all()
    more = encode_cursor(rows[limit - 1].changed, bound) if len(rows) > limit else None
    return Poll([conflict_of(row) for row in rows[:limit]], more, encode_cursor(bound))


def _narrow(query: SelectOfScalar[ConflictRow], wanted: Filter) -> SelectOfScalar[ConflictRow]:
    if wanted.status is not None:
        query = query.where(col(ConflictRow.status) == wanted.status)
    if wanted.outlet is not None:
        taking_part = select(ConflictOutletRow.conflict_id).where(ConflictOutletRow.outlet_id == wanted.outlet)
        query = query.where(col(ConflictRow.id).in_(taking_part))
    if wanted.kind is not None:
        query = query.where(col(ConflictRow.kind) == wanted.kind)
    if wanted.between is not None:
        query = query.where(col(ConflictRow.between) == wanted.between)
    if wanted.min_severity is not None:
        query = query.where(col(ConflictRow.severity) >= wanted.min_severity)
    return query
