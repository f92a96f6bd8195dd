"""Conflicts for feed readers."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from app.api.atom import MEDIA_TYPE, atom
from app.api.filtering import Wanted
from app.api.services import Limit, Use
from app.api.showing import conflicts_shown
from app.api.tags import given, list_tag
from app.storage.reading import conflicts as conflicts_in

router = APIRouter(prefix="/conflicts", tags=["conflicts"])
# Source: decision; a feed of a store that holds no conflict yet must say some time, and always the same.
_NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
_DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {"description": "An Atom feed.", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
    304: {"description": "Nothing changed since the ETag given."},
}


@router.get("/feed.atom", response_class=Response, responses=_DESCRIBED)
def get_feed(
    request: Request, use: Use, wanted: Wanted, limit: Limit = 50, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """Conflicts as an Atom feed, newest change first; the id of an entry is its conflict's for good."""
    with use.parts.database.read() as session:
        tag = list_tag(conflicts_in.last_change(session), f"atom {request.url}")
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if given(if_none_match, tag):
            return Response(status_code=304, headers=headers)
        found = conflicts_in.poll(session, wanted, limit, since=None, cursor=None).items
        shown = conflicts_shown(session, found, use.name_of)
    updated = max((conflict.updated_at for conflict in found), default=_NOTHING_YET)
    body = atom(shown, updated=updated, base_url=str(request.base_url), self_url=str(request.url))
    return Response(body, media_type=MEDIA_TYPE, headers=headers)
