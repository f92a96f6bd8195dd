"""Conflicts: polling them, and deciding about one."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response, status

from app.api.filtering import Wanted
from app.api.requests import ConflictIn
from app.api.responses import ConflictOut, ConflictPageOut
from app.api.services import Cursor, Limit, Use
from app.api.showing import conflicts_shown
from app.conflicts.conflict import Status, decide
from app.storage.reading import conflicts as conflicts_in
from app.storage.writing import conflicts as conflicts_out

router = APIRouter(prefix="/conflicts", tags=["conflicts"])


@router.get("", response_model=ConflictPageOut, responses={304: {"description": "Nothing changed since the ETag given."}})
def list_conflicts(
    request: Request,
    response: Response,
    use: Use,
    wanted: Wanted,
    since: Annotated[str | None, Query(max_length=500, description="`cursor` of the last poll: only what changed after it.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> ConflictPageOut | Response:
    """Conflicts, newest change first; with `since` only those changed after it, oldest change first."""
    with use.parts.database.read() as session:
        etag = _etag(conflicts_in.last_change(session), request.url.query)
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if if_none_match is not None and etag in (tag.strip() for tag in if_none_match.split(",")):
            return Response(status_code=304, headers=headers)
        poll = conflicts_in.poll(session, wanted, limit, since=since, cursor=cursor)
        items = conflicts_shown(session, poll.items, use.name_of)
    response.headers.update(headers)
    return ConflictPageOut(items=items, next_cursor=poll.next_cursor, cursor=poll.cursor)


@router.get("/{id}")
def get_conflict(id: str, use: Use) -> ConflictOut:
    """One conflict."""
    with use.parts.database.read() as session:
        return conflicts_shown(session, [conflicts_in.get(session, id)], use.name_of)[0]


@router.patch("/{id}", status_code=status.HTTP_200_OK)
def patch_conflict(id: str, change: ConflictIn, use: Use) -> ConflictOut:
    """Gives a conflict a status, with a note; the history keeps both."""
    now = datetime.now(UTC)
    with use.parts.database.write() as session:
        current = conflicts_in.get(session, id)
        decided, line = decide(current, Status(change.status or current.status), by="api", note=change.note, now=now)
        taking_part = conflicts_in.outlets_of(session, id)
        conflicts_out.save(session, decided, line, taking_part)
        return conflicts_shown(session, [decided], use.name_of)[0]


def _etag(change: int, query: str) -> str:
    return f'"{change}-{hashlib.sha256(query.encode()).hexdigest()[:12]}"'
