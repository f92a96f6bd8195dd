"""Conflicts as they are shown, with what else of the store that takes."""

from collections.abc import Sequence

from sqlmodel import Session

from app.api.presenting import NameOf, conflict_out, pairs_of
from app.api.responses import ConflictOut
from app.conflicts.conflict import Conflict
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in


def conflicts_shown(session: Session, conflicts: Sequence[Conflict], name_of: NameOf) -> list[ConflictOut]:
    """Each conflict with its relations and its history, in order."""
    relations = {(pair.a, pair.b): pair for pair in claims_in.relations_among(session, pairs_of(conflicts))}
    history = conflicts_in.history(session, [conflict.id for conflict in conflicts])
    return [conflict_out(conflict, relations, history.get(conflict.id, []), name_of) for conflict in conflicts]
