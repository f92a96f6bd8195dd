"""Conflicts: polling them, and deciding about one."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response, status
from sqlmodel import Session

from app.api.presenting import conflict_out, pairs_of
from app.api.requests import ConflictIn
from app.api.responses import ConflictOut, ConflictPageOut
from app.api.services import Cursor, Limit, Services, Use
from app.conflicts.conflict import Conflict, Status, decide
from app.relations.relation import ReasonType
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.writing import conflicts as conflicts_out

router = APIRouter(prefix="/conflicts", tags=["conflicts"])


@router.get("", response_model=ConflictPageOut, responses={304: {"description": "Nothing changed since the ETag given."}})
def list_conflicts(
    request: Request,
    response: Response,
    use: Use,
    status: Literal["open", "acknowledged", "resolved", "dismissed"] | None = None,
    outlet: str | None = None,
    kind: ReasonType | None = None,
    between: Literal["outlets", "sources"] | None = None,
    min_severity: Annotated[float | None, Query(ge=0, le=1, allow_inf_nan=False)] = None,
    since: Annotated[str | None, Query(max_length=500, description="`cursor` of the last poll: only what changed after it.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> ConflictPageOut | Response:
    """Conflicts, newest change first; with `since` only those changed after it, oldest change first."""
    wanted = conflicts_in.Filter(status, use.outlet_id(outlet), kind.value if kind else None, between, min_severity)
    with use.parts.database.read() as session:
        etag = _etag(conflicts_in.last_change(session), request.url.query)
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if if_none_match is not None and etag in (tag.strip() for tag in if_none_match.split(",")):
            return Response(status_code=304, headers=headers)
        poll = conflicts_in.poll(session, wanted, limit, since=since, cursor=cursor)
        items = _shown(session, use, poll.items)
    response.headers.update(headers)
    return ConflictPageOut(items=items, next_cursor=poll.next_cursor, cursor=poll.cursor)


@router.get("/{id}")
def get_conflict(id: str, use: Use) -> ConflictOut:
    """One conflict."""
    with use.parts.database.read() as session:
        return _shown(session, use, [conflicts_in.get(session, id)])[0]


@router.patch("/{id}", status_code=status.HTTP_200_OK)
def patch_conflict(id: str, change: ConflictIn, use: Use) -> ConflictOut:
    """Gives a conflict a status, with a note; the history keeps both."""
    now = datetime.now(UTC)
    with use.parts.database.write() as session:
        current = conflicts_in.get(session, id)
        decided, line = decide(current, Status(change.status or current.status), by="api", note=change.note, now=now)
        taking_part = conflicts_in.outlets_of(session, id)
        conflicts_out.save(session, decided, line, taking_part)
        return _shown(session, use, [decided])[0]


def _shown(session: Session, use: Services, conflicts: Sequence[Conflict]) -> list[ConflictOut]:
    relations = {(pair.a, pair.b): pair for pair in claims_in.relations_among(session, pairs_of(conflicts))}
    history = conflicts_in.history(session, [conflict.id for conflict in conflicts])
    return [conflict_out(conflict, relations, history.get(conflict.id, []), use.name_of) for conflict in conflicts]


def _etag(change: int, query: str) -> str:
    return f'"{change}-{hashlib.sha256(query.encode()).hexdigest()[:12]}"'
