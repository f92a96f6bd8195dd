"""Conflicts: polling them, and deciding about one."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response, status
from fastapi.routing import APIRoute

from app.api.actors import Actor
from app.api.filtering import Wanted
from app.api.polls import Question
from app.api.problems import described
from app.api.requests import ConflictIn
from app.api.responses import ConflictOut, ConflictPageOut
from app.api.services import Cursor, Limit, Use
from app.api.showing import conflicts_shown
from app.api.tags import given, tag_of
from app.conflicts.conflict import Status, decide
from app.errors import Outdated
from app.outlets.directory import OutletDirectory
from app.storage.reading import conflicts as conflicts_in
from app.storage.writing import conflicts as conflicts_out

router = APIRouter(prefix="/conflicts", tags=["conflicts"])


async def known_outlets(use: Use) -> OutletDirectory:
    """The outlets before the filter is understood by them: when some were learnt in between, the question is not taken for the same."""
    return use.parts.book.directory


Outlets = Annotated[OutletDirectory, Depends(known_outlets)]


class PolledRoute(APIRoute):
    """Answers what was asked before without checking it again; only who asks is checked each time."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The way through the checks, and the short way past them."""
        checked = super().get_route_handler()

        async def answered(request: Request) -> Response:
            polls = request.app.state.services.polls
            question = polls.asked_before(request.scope["query_string"])
            if question is None or not request.app.state.keys.admit(request.headers.get("authorization")):
                return await checked(request)
            found: Response = await polls.answer(question, request.headers.get("if-none-match"))
            return found

        return answered


async def list_conflicts(
    request: Request,
    use: Use,
    outlets: Outlets,
    wanted: Wanted,
    since: Annotated[str | None, Query(max_length=500, description="`cursor` of the last poll: only what changed after it.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Conflicts, newest change first; with `since` only those changed after it, oldest change first."""
    question = Question(request.scope["query_string"], request.url.query, wanted, limit, since, cursor, outlets)
    return await use.polls.answer(question, if_none_match)


router.add_api_route(
    "",
    list_conflicts,
    response_model=ConflictPageOut,
    responses={304: {"description": "Nothing changed since the ETag given."}},
    route_class_override=PolledRoute,
)


@router.get("/{id}", response_model=ConflictOut, responses={304: {"description": "Unchanged since the ETag given."}})
def get_conflict(id: str, response: Response, use: Use, if_none_match: Annotated[str | None, Header()] = None) -> ConflictOut | Response:
    """One conflict; its ETag is what a PATCH takes as `If-Match`."""
    with use.parts.database.read() as session:
        conflict = conflicts_in.get(session, id)
        headers = {"ETag": tag_of(conflicts_in.change_of(session, id)), "Cache-Control": "no-cache"}
        if given(if_none_match, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        shown = conflicts_shown(session, [conflict], use.name_of)[0]
    response.headers.update(headers)
    return shown


@router.patch("/{id}", status_code=status.HTTP_200_OK, responses=described(409, 412))
def patch_conflict(
    id: str,
    change: ConflictIn,
    response: Response,
    use: Use,
    actor: Actor,
    if_match: Annotated[str | None, Header(description="The ETag of the conflict as it was seen: 412 if it has changed since.")] = None,
) -> ConflictOut:
    """Gives a conflict a status, with a note; the history keeps both, and who did it."""
    now = datetime.now(UTC)
    with use.parts.database.write() as session:
        current = conflicts_in.get(session, id)
        tag = tag_of(conflicts_in.change_of(session, id))
        if if_match is not None and not given(if_match, tag):
            raise Outdated(f"the conflict has changed: If-Match was {if_match[:80]}, its ETag is {tag}")
        decided, line = decide(current, Status(change.status or current.status), by=change.by or actor, note=change.note, now=now)
        taking_part = conflicts_in.outlets_of(session, id)
        number = conflicts_out.save(session, decided, line, taking_part)
        shown = conflicts_shown(session, [decided], use.name_of)[0]
    response.headers["ETag"] = tag_of(number)
    return shown
