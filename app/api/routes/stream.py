"""Conflicts as server-sent events."""

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.api.filtering import Wanted
from app.api.problems import described
from app.api.responses import ConflictOut
from app.api.services import Batch, Use
from app.storage.reading.conflicts import cursor_at, number_of

router = APIRouter(prefix="/conflicts", tags=["conflicts"])
EVENT = "conflict"
# Source: decision; soon enough for a page that is looked at, rare enough for hundreds of clients after a restart.
RETRY_MILLISECONDS = 2_000


@dataclass(frozen=True)
class Following:
    """An open stream, and the number of the change that it begins after."""

    start: int
    batches: AsyncIterator[Batch]


async def following(
    use: Use,
    wanted: Wanted,
    since: Annotated[
        str | None, Query(max_length=500, description="`cursor` of a poll, for a first connection; left out: from now on.")
    ] = None,
    last_event_id: Annotated[
        str | None, Header(max_length=500, description="Id of the last event that came; it goes before `since`.")
    ] = None,
) -> AsyncIterator[Following]:
    """Opens a stream before the answer begins, so that what is wrong is answered as a problem; ends it with the answer."""
    after = None
    if last_event_id:
        after = number_of(last_event_id, loc=("header", "Last-Event-ID"))
    elif since is not None:
        after = number_of(since)
    async with use.streams.follow(wanted, after) as (start, batches):
        yield Following(start, batches)


@router.get("/stream", response_class=EventSourceResponse, responses=described(429))
async def stream_conflicts(following: Annotated[Following, Depends(following)]) -> AsyncIterable[ConflictOut]:
    """Each change as an event `conflict` whose data is the conflict and whose id is a cursor that `since` takes.

    An event may carry an id alone: everything up to it was looked at, and nothing that the filter lets pass was among it. The
    first one says where the stream begins. A conflict that changes again before its event is sent comes once, as it is then.
    """
    # The framework sends these as they are; the return type is for the description.
    async for event in _events(following):
        yield event  # type: ignore[misc]


async def _events(following: Following) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(id=cursor_at(following.start), retry=RETRY_MILLISECONDS)
    async for batch in following.batches:
        last = None
        for change in batch.changes:
            last = change.number
            yield ServerSentEvent(raw_data=change.body, event=EVENT, id=cursor_at(last))
        if last != batch.upto:
            yield ServerSentEvent(id=cursor_at(batch.upto))
