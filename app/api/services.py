"""What the handlers work with, put together by `main`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from app.api.fields import Moment
from app.pipeline.story import Parts, Pipeline
from app.pipeline.worker import Worker


@dataclass(frozen=True)
class Bounds:
    """Bounds that a request may meet: code points, articles, bytes, time."""

    article_chars: int
    line_bytes: int
    queue_articles: int
    idempotency: timedelta


@dataclass(frozen=True)
class Services:
    """The parts, what runs them, and the bounds. `schema_at_head` is what start-up found."""

    parts: Parts
    pipeline: Pipeline
    worker: Worker
    bounds: Bounds
    schema_at_head: bool

    def name_of(self, outlet_id: str) -> str:
        """An outlet's name; its id when nobody knows it."""
        outlet = self.parts.book.directory.by_id(outlet_id)
        return outlet.name if outlet else outlet_id

    def outlet_id(self, said: str | None) -> str | None:
        """The id of the outlet somebody filters by: an id, a name, an alias or a domain; an unknown one stays as it is."""
        if said is None:
            return None
        directory = self.parts.book.directory
        found = directory.by_id(said) or directory.resolve(said)
        return found.id if found else said


def services(request: Request) -> Services:
    """The services of the application that answers."""
    found: Any = request.app.state.services
    assert isinstance(found, Services)
    return found


Use = Annotated[Services, Depends(services)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items at most.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before.")]
Since = Annotated[Moment | None, Query(description="RFC 3339 with a zone.")]
