"""Every error as application/problem+json (RFC 9457), and how the OpenAPI description says so."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.errors import FieldError, InvalidInput, ParallaxError, Unavailable
from app.storage.away import is_away

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
SHOWN_CHARS = 80
# Source: decision; PostgreSQL restarts in about that time.
RETRY_AFTER_SECONDS = 2


class ProblemField(BaseModel):
    """One rejected field."""

    loc: list[str | int] = Field(description="Where: body, query, path or header, then the way to the field.")
    msg: str = Field(description="What is wrong, with the value got and the bound.")
    type: str = Field(description="A stable word for it.")


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(description="A stable identifier of the kind of error.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for.")
    errors: list[ProblemField] = []


class ProblemResponse(Response):
    """A problem document."""

    media_type = MEDIA_TYPE


def problem(error: ParallaxError, instance: str) -> dict[str, Any]:
    """The problem document of an error."""
    return {
        "type": "urn:parallax:problem:" + error.title.lower().replace(" ", "-"),
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": instance,
        "errors": [{"loc": list(item.loc), "msg": item.msg, "type": item.type} for item in error.errors],
    }


def answer(error: ParallaxError, instance: str, headers: Mapping[str, str] | None = None) -> ProblemResponse:
    """The error as a response."""
    extra = dict(headers or {})
    if error.retry_after_seconds is not None:
        extra["Retry-After"] = str(error.retry_after_seconds)
    if error.status == 401:
        extra["WWW-Authenticate"] = "Bearer"
    body = json.dumps(problem(error, instance), ensure_ascii=True)
    return ProblemResponse(body, error.status, headers=extra)


def described(*codes: int) -> dict[int | str, dict[str, Any]]:
    """These errors for a route's description."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {code: {"description": "An error.", "content": {MEDIA_TYPE: {"schema": schema}}} for code in codes}


def invalid(errors: Sequence[Mapping[str, Any]], *prefix: str | int) -> InvalidInput:
    """What pydantic found, as our error: each message with the value that was got."""
    found = tuple(
        FieldError((*prefix, *item["loc"]), _with_value(str(item["msg"]), item.get("input"), str(item["type"])), str(item["type"]))
        for item in errors
    )
    first = found[0]
    where = ".".join(str(part) for part in first.loc)
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return InvalidInput(f"{where}: {first.msg}{more}", errors=found)


def install(app: FastAPI) -> None:
    """Answers every error of `app` with a problem document."""

    @app.exception_handler(ParallaxError)
    async def parallax(request: Request, error: ParallaxError) -> Response:
        if error.status >= 500:
            log.error("request_failed", path=request.url.path, detail=error.detail)
        return answer(_in_body(error) if request.method in ("POST", "PATCH", "PUT") else error, request.url.path)

    @app.exception_handler(RequestValidationError)
    async def rejected(request: Request, error: RequestValidationError) -> Response:
        return answer(invalid(error.errors()), request.url.path)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 400:
            # The framework's word for a body that is not even text, or nested beyond measure.
            unreadable = InvalidInput.field("body", msg="not JSON in UTF-8", type="json_invalid")
            return answer(unreadable, request.url.path)
        return answer(_FrameworkError(error), request.url.path, error.headers)

    @app.exception_handler(SQLAlchemyError)
    async def database(request: Request, error: SQLAlchemyError) -> Response:
        if not is_away(error):
            raise error
        # One line and no traceback: while the database is away this happens to every request.
        log.warning("database_away", path=request.url.path, reason=" ".join(str(getattr(error, "orig", None) or error).split())[:200])
        return answer(Unavailable("the database does not answer", retry_after_seconds=RETRY_AFTER_SECONDS), request.url.path)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        return answer(ParallaxError("the service failed on this request; the log says why"), request.url.path)


class _FrameworkError(ParallaxError):
    """An error of the framework's own (no such path, method not allowed)."""

    def __init__(self, error: HTTPException):
        super().__init__(str(error.detail))
        self.status = error.status_code
        self.title = str(error.detail)


def _in_body(error: ParallaxError) -> ParallaxError:
    """Domain rooms name fields, not requests: here the way to the field begins with the body."""
    if any(item.loc and item.loc[0] in ("query", "path", "header", "body") for item in error.errors):
        return error
    error.errors = tuple(FieldError(("body", *item.loc), item.msg, item.type) for item in error.errors)
    return error


def _with_value(msg: str, value: object, kind: str) -> str:
    if kind in ("missing", "json_invalid"):
        return msg
    shown = ascii(value)
    return f"{msg} (got {shown if len(shown) <= SHOWN_CHARS else shown[:SHOWN_CHARS] + '…'})"
