"""The errors Parallax raises on purpose.

ParallaxError
├── InvalidInput      422  a field is wrong; carries one FieldError a field
├── Unauthorized      401  no key, or not one of ours
├── NotFound          404  no such thing, or withdrawn
├── StateConflict     409  the request contradicts what is stored
├── Outdated          412  what the client saw has changed since
├── TooLarge          413  more than a bound allows
├── QueueFull         429  received articles wait; carries retry_after_seconds
├── StreamsFull       429  as many streams are open as may be; carries retry_after_seconds
├── ExportsFull       429  as many exports are under way as may be; carries retry_after_seconds
├── Unavailable       503  not ready to answer; carries retry_after_seconds
│   └── OtherEncoder  503  the stored vectors are another encoder's than this process has
├── StartRefused       --  the service must not start: a setting, an artefact or the schema is wrong
└── CopyFailed         --  a store must not be copied like this, or the copy is not what its source is
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One rejected field: where it is, what is wrong with it (value got and bound included), and a stable type word."""

    loc: tuple[str | int, ...]
    msg: str
    type: str


class ParallaxError(Exception):
    """Base of all deliberate errors. `status` is the HTTP status, `title` the problem's fixed title."""

    status = 500
    title = "Internal error"

    def __init__(self, detail: str, *, errors: tuple[FieldError, ...] = (), retry_after_seconds: int | None = None):
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.retry_after_seconds = retry_after_seconds


class InvalidInput(ParallaxError):
    """A field of the request is wrong."""

    status = 422
    title = "Invalid input"

    @classmethod
    def field(cls, *loc: str | int, msg: str, type: str) -> "InvalidInput":
        """One wrong field: `loc` leads to it, `msg` says what, the value got and the bound."""
        where = ".".join(str(part) for part in loc)
        return cls(f"{where}: {msg}", errors=(FieldError(loc, msg, type),))


class Unauthorized(ParallaxError):
    """No API key, or an unknown one."""

    status = 401
    title = "Unauthorized"


class NotFound(ParallaxError):
    """Nothing has this id."""

    status = 404
    title = "Not found"


class StateConflict(ParallaxError):
    """The request contradicts what is stored."""

    status = 409
    title = "Conflict with stored state"


class Outdated(ParallaxError):
    """What the client saw has changed since."""

    status = 412
    title = "Precondition failed"


class TooLarge(ParallaxError):
    """The request exceeds a size bound."""

    status = 413
    title = "Too large"


class QueueFull(ParallaxError):
    """Too many received articles wait to be processed."""

    status = 429
    title = "Queue full"


class StreamsFull(ParallaxError):
    """As many streams are open as may be."""

    status = 429
    title = "Too many streams"


class ExportsFull(ParallaxError):
    """As many exports are under way as may be."""

    status = 429
    title = "Too many exports"


class Unavailable(ParallaxError):
    """The service cannot answer this now."""

    status = 503
    title = "Unavailable"


class OtherEncoder(Unavailable):
    """The store went on to another encoder, and this process did not; or the other way round."""

    def __init__(self, stored: str, own: str):
        super().__init__(
            f"the stored vectors are by the encoder {stored!r}, and this process has {own!r}: it must be started with the store's encoder",
            retry_after_seconds=30,
        )


class StartRefused(ParallaxError):
    """The service must not start like this."""

    title = "Start refused"


class CopyFailed(ParallaxError):
    """A store was not copied: the message says what stands in the way, or which rows differ."""

    title = "Copy failed"
