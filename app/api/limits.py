"""Bounds on what a request may send, before anything reads it."""

from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import answer
from app.errors import FieldError, InvalidInput, TooLarge

# SQLite would look for it and find nothing, PostgreSQL refuses the question.
_NUL = "has the control character U+0000, which no id and no text has"


class BodyLimit:
    """ASGI middleware: a body over its bound is answered 413, whether its length is announced or only seen while it comes.

    An address with a NUL is answered 422.

    `max_bytes` bounds every body, `exceptions` maps a path to a bound of its own; bytes.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, exceptions: dict[str, int]):
        self._app = app
        self._max_bytes = max_bytes
        self._exceptions = exceptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if (named := _nul_in(scope)) is not None:
            where = InvalidInput(f"{'.'.join(named)}: {_NUL}", errors=(FieldError(named, _NUL, "forbidden_character"),))
            await answer(where, scope["path"])(scope, receive, send)
            return
        bound = self._exceptions.get(scope["path"], self._max_bytes)
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if announced.isdigit() and int(announced) > bound:
            await answer(_too_large(int(announced), bound), scope["path"])(scope, receive, send)
            return
        seen = 0
        answered = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > bound:
                raise _Overrun
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _Overrun:
            if not answered:
                await answer(_too_large(seen, bound), scope["path"])(scope, receive, send)


class _Overrun(BaseException):
    """The body outgrew its bound; not an Exception, so that nothing on the way takes it for its own."""


def _nul_in(scope: Scope) -> tuple[str, ...] | None:
    """Where the address has a NUL: ("path",), or ("query", the parameter); None where it has none."""
    if "\0" in scope["path"]:
        return ("path",)
    if b"%00" not in scope["query_string"] and b"\0" not in scope["query_string"]:
        return None
    found = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return next((("query", name) for name, value in found if "\0" in name + value), None)


def _too_large(got: int, bound: int) -> TooLarge:
    return TooLarge(f"the body has {got} bytes or more, at most {bound} are allowed")
