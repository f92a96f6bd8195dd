"""What the handlers work with, put together by `main`."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Protocol

from fastapi import Depends, Query, Request

from app.api.fields import Moment
from app.api.polls import Polls
from app.pipeline.elsewhere import Elsewhere
from app.pipeline.story import Parts, Pipeline
from app.pipeline.worker import Worker
from app.relations.judge import RelationJudge
from app.storage.reading.conflicts import Filter


@dataclass(frozen=True)
class Bounds:
    """Bounds that a request may meet: code points, articles, bytes, time."""

    article_chars: int
    line_bytes: int
    queue_articles: int
    idempotency: timedelta


class Change(Protocol):
    """A conflict after its change of that number, as JSON."""

    @property
    def number(self) -> int:
        """Which change of all."""

    @property
    def body(self) -> str:
        """The conflict."""


class Batch(Protocol):
    """Changes, oldest first; everything up to the number `upto` was looked at."""

    @property
    def changes(self) -> Sequence[Change]:
        """Those that the filter lets pass."""

    @property
    def upto(self) -> int:
        """Where the next batch begins after."""


class ChangeStreams(Protocol):
    """What follows the changes of conflicts."""

    def follow(self, wanted: Filter, after: int | None) -> AbstractAsyncContextManager[tuple[int, AsyncIterator[Batch]]]:
        """A stream of what changes after the change numbered `after` (None: from now on), and the number it begins after.

        Raises:
            StreamsFull: as many as may be are open.
            Unavailable: the service is stopping.
        """

    def close(self) -> None:
        """Ends every stream."""


@dataclass(frozen=True)
class Services:
    """The parts, what runs them, and the bounds. `comparing` judges two statements that somebody asks about; `refused_target` says why
    a URL cannot be a webhook, None when it can; `schema_at_head` is what start-up found.
    """

    parts: Parts
    pipeline: Pipeline
    worker: Worker | Elsewhere
    comparing: RelationJudge
    bounds: Bounds
    streams: ChangeStreams
    polls: Polls
    refused_target: Callable[[str], str | None]
    schema_at_head: bool

    def name_of(self, outlet_id: str) -> str:
        """An outlet's name; its id when nobody knows it."""
        return self.parts.book.name_of(outlet_id)

    def outlet_id(self, said: str | None) -> str | None:
        """The id of the outlet somebody filters by: an id, a name, an alias or a domain; an unknown one stays as it is."""
        if said is None:
            return None
        directory = self.parts.book.directory
        found = directory.by_id(said) or directory.resolve(said)
        return found.id if found else said


async def services(request: Request) -> Services:
    """The services of the application that answers."""
    found: Any = request.app.state.services
    assert isinstance(found, Services)
    return found


Use = Annotated[Services, Depends(services)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before.")]
Since = Annotated[Moment | None, Query(description="RFC 3339 with a zone.")]
