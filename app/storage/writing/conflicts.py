"""Storing conflicts, each change with its number."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import delete
from sqlmodel import Session, col

from app.conflicts.conflict import Conflict, HistoryLine
from app.storage.database import CONFLICTS_CHANGED
from app.storage.mapping import position_json
from app.storage.tables import ConflictOutletRow, ConflictRow, HistoryRow
from app.storage.writing.counters import CHANGES, next_number


def save(session: Session, conflict: Conflict, line: HistoryLine | None, outlet_ids: Iterable[str]) -> int:
    """Stores a conflict that changed, with the history line if there is one; returns the number of the change.

    `outlet_ids` are those that take part; where none is given, because the divergence is gone, those who took part stay: whoever
    polls for an outlet's conflicts must see them resolve.
    """
    divergence = conflict.divergence
    session.info[CONFLICTS_CHANGED] = True
    number = next_number(session, CHANGES)
    session.merge(
        ConflictRow(
            id=conflict.id,
            cluster_id=conflict.cluster_id,
            headline=divergence.headline,
            kind=divergence.kind,
            between=divergence.between.value,
            severity=divergence.severity,
            status=conflict.status.value,
            diverging=conflict.diverging,
            positions=[position_json(position) for position in divergence.positions],
            relations=[list(pair) for pair in divergence.relations],
            opened_at=conflict.opened_at,
            updated_at=conflict.updated_at,
            severity_parts=[asdict(part) for part in divergence.parts],
            settled={"kinds": list(conflict.settled.kinds), "claim_ids": list(conflict.settled.claim_ids)} if conflict.settled else None,
            changed=number,
        )
    )
    session.flush()
    if taking_part := sorted(set(outlet_ids)):
        session.execute(delete(ConflictOutletRow).where(col(ConflictOutletRow.conflict_id) == conflict.id))
        session.add_all([ConflictOutletRow(conflict_id=conflict.id, outlet_id=outlet) for outlet in taking_part])
    if line is not None:
        session.add(
            HistoryRow(
                conflict_id=conflict.id,
                at=line.at,
                from_status=line.from_status.value if line.from_status else None,
                to_status=line.to_status.value,
                by=line.by,
                note=line.note,
            )
        )
    session.flush()
    return number
