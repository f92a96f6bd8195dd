"""Batches: many articles in one body, each line answered for itself."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.api.problems import Problem, invalid, problem
from app.api.receiving import RETRY_AFTER_SECONDS, incoming, refuse_when_full
from app.api.requests import ArticleIn
from app.api.responses import BatchLineOut
from app.api.services import Services
from app.errors import InvalidInput, ParallaxError, TooLarge, Unavailable
from app.storage.writing import articles as articles_out
from app.storage.writing.articles import Incoming, Receipt

PATH = "/v1/articles/batch"
# Source: decision; lines committed together: one flush to disk for many, and the first answers soon.
COMMIT_LINES = 100


def answer_lines(body: bytes, services: Services) -> Iterator[bytes]:
    """One answer a line that is not blank, in order; what an answer acknowledges is on disk."""
    lines = [(number, line) for number, line in enumerate(body.split(b"\n"), start=1) if line.strip()]
    for start in range(0, len(lines), COMMIT_LINES):
        for answered in _commit(lines[start : start + COMMIT_LINES], services):
            yield answered.model_dump_json(exclude_none=True).encode() + b"\n"


def _commit(lines: list[tuple[int, bytes]], services: Services) -> list[BatchLineOut]:
    now = datetime.now(UTC)
    read = [(number, _read(line, services, now)) for number, line in lines]
    try:
        with services.parts.database.write() as session:
            answered = []
            received: list[Incoming] = []
            for number, article in read:
                outcome: Receipt | ParallaxError
                if isinstance(article, ParallaxError):
                    outcome = article
                else:
                    try:
                        refuse_when_full(session, services)
                        outcome = articles_out.receive(session, article, now)
                        received.append(article)
                    except ParallaxError as error:
                        outcome = error
                answered.append(_answer(number, outcome))
    except SQLAlchemyError:
        gone = Unavailable("the database does not answer", retry_after_seconds=RETRY_AFTER_SECONDS)
        return [_answer(number, article if isinstance(article, ParallaxError) else gone) for number, article in read]
    services.parts.book.learn(article.outlet for article in received)
    services.worker.wake()
    return answered


def _read(line: bytes, services: Services, now: datetime) -> Incoming | ParallaxError:
    try:
        if len(line) > services.bounds.line_bytes:
            raise TooLarge(f"the line has {len(line)} bytes, at most {services.bounds.line_bytes} are allowed")
        return incoming(ArticleIn.model_validate(json.loads(line)), services, now)
    except ParallaxError as error:
        return error
    except ValidationError as error:
        return invalid(error.errors(include_url=False))
    except (ValueError, RecursionError):
        return InvalidInput("the line is not JSON in UTF-8")


def _answer(number: int, outcome: Receipt | ParallaxError) -> BatchLineOut:
    if isinstance(outcome, Receipt):
        return BatchLineOut(line=number, id=outcome.id, status=outcome.status, revision=outcome.revision)
    return BatchLineOut(line=number, error=Problem.model_validate(problem(outcome, PATH)))
