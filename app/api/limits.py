"""Bounds on what a request may send, before anything reads it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import answer
from app.errors import TooLarge


class BodyLimit:
    """ASGI middleware: a body over its bound is answered 413, whether its length is announced or only seen while it comes.

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


def _too_large(got: int, bound: int) -> TooLarge:
    return TooLarge(f"the body has {got} bytes or more, at most {bound} are allowed")
