"""Storing conflicts, each change with its number."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from app.conflicts.conflict import Conflict, HistoryLine
from app.storage.chunks import chunks
from app.storage.database import CONFLICTS_CHANGED
from app.storage.mapping import position_json
from app.storage.tables import ConflictOutletRow, ConflictRow, HistoryRow, table_of
from app.storage.writing.counters import CHANGES, next_numbers

_CONFLICTS, _OUTLETS, _HISTORY = table_of(ConflictRow), table_of(ConflictOutletRow), table_of(HistoryRow)


@dataclass(frozen=True)
class Changed:
    """A conflict that changed, with the history line if there is one.

    `outlet_ids` are those that take part; where none is given, because the divergence is gone, those who took part stay: whoever
    polls for an outlet's conflicts must see them resolve.
    """

    conflict: Conflict
    line: HistoryLine | None
    outlet_ids: Iterable[str]


def save(session: Session, conflict: Conflict, line: HistoryLine | None, outlet_ids: Iterable[str]) -> int:
    """Stores a conflict that `Changed`; returns the number of the change."""
    return save_all(session, [Changed(conflict, line, outlet_ids)])[0]


def save_all(session: Session, changes: Sequence[Changed]) -> list[int]:
    """Stores conflicts that changed, each of them once; returns the numbers of the changes, growing in their order."""
    if not changes:
        return []
    session.flush()
    session.info[CONFLICTS_CHANGED] = True
    numbers = next_numbers(session, CHANGES, len(changes))
    rows = [_columns(change.conflict, number) for change, number in zip(changes, numbers, strict=True)]
    new = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(_CONFLICTS)
    told = {column.name: new.excluded[column.name] for column in _CONFLICTS.c if column.name != "id"}
    session.connection().execute(new.on_conflict_do_update(index_elements=["id"], set_=told), rows)
    taking_part = {change.conflict.id: sorted(set(change.outlet_ids)) for change in changes}
    for some in chunks([name for name, outlets in taking_part.items() if outlets]):
        session.execute(delete(_OUTLETS).where(_OUTLETS.c.conflict_id.in_(some)))
    parts = [{"conflict_id": name, "outlet_id": outlet} for name, outlets in taking_part.items() for outlet in outlets]
    if parts:
        session.execute(insert(_OUTLETS), parts)
    lines = [_line(change.conflict.id, change.line) for change in changes if change.line is not None]
    if lines:
        session.execute(insert(_HISTORY), lines)
    return numbers


def _columns(conflict: Conflict, number: int) -> dict[str, Any]:
    divergence, settled = conflict.divergence, conflict.settled
    return {
        "id": conflict.id,
        "cluster_id": conflict.cluster_id,
        "headline": divergence.headline,
        "kind": divergence.kind,
        "between": divergence.between.value,
        "severity": divergence.severity,
        "status": conflict.status.value,
        "diverging": conflict.diverging,
        "positions": [position_json(position) for position in divergence.positions],
        "relations": [list(pair) for pair in divergence.relations],
        "opened_at": conflict.opened_at,
        "updated_at": conflict.updated_at,
        "severity_parts": [asdict(part) for part in divergence.parts],
        "settled": {"kinds": list(settled.kinds), "claim_ids": list(settled.claim_ids)} if settled else None,
        "changed": number,
    }


def _line(conflict_id: str, line: HistoryLine) -> dict[str, Any]:
    return {
        "conflict_id": conflict_id,
        "at": line.at,
        "from_status": line.from_status.value if line.from_status else None,
        "to_status": line.to_status.value,
        "by": line.by,
        "note": line.note,
    }
