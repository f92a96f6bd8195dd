"""Field types that the request and response bodies share."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

_SURROGATE = re.compile("[\ud800-\udfff]")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?")


def _text_only(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise PydanticCustomError("rfc3339", "not an RFC 3339 time with a zone, such as 2025-03-09T18:40:00+01:00")
    return value


def _to_utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise PydanticCustomError("out_of_range", "a time outside the years 1 to 9999 in UTC") from error


def moment_text(value: datetime) -> str:
    """A time as RFC 3339 in UTC."""
    return value.astimezone(UTC).isoformat(timespec="microseconds" if value.microsecond else "seconds").replace("+00:00", "Z")


Moment = Annotated[AwareDatetime, BeforeValidator(_text_only), AfterValidator(_to_utc), PlainSerializer(moment_text, when_used="json")]
"""A time with a zone, in UTC; RFC 3339 on the wire."""


class Request(BaseModel):
    """A request body: unknown fields are refused, and so are half characters and NUL, which not every store can keep."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*")
    @classmethod
    def _whole_characters(cls, value: object, info: ValidationInfo) -> object:
        for text in value if isinstance(value, list) else [value]:
            # Of an article's text the submission tells more, and a page may hold anything.
            if isinstance(text, str) and info.field_name not in ("text", "html") and "\0" in text:
                raise PydanticCustomError(
                    "forbidden_character", "has the control character U+0000 at position {at}", {"at": text.find("\0")}
                )
            if isinstance(text, str) and (found := _SURROGATE.search(text)):
                shown = {"code": f"U+{ord(found.group()):04X}", "at": found.start()}
                raise PydanticCustomError("lone_surrogate", "has the lone surrogate {code} at position {at}", shown)
        return value


class Out(BaseModel):
    """A response body."""

    model_config = ConfigDict(frozen=True)


class SpanOut(Out):
    """Half-open, in Unicode code points of the article's stored text."""

    start_char: int
    end_char: int


class OutletRef(Out):
    """An outlet by id and name."""

    id: str
    name: str
