"""Cursor paging: a page of things and where the next one starts."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from app.errors import InvalidInput

Item = TypeVar("Item")
# PostgreSQL keeps no NUL, no database half a character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items, in order, and the cursor of the next page; None when there is none."""

    items: list[Item]
    next_cursor: str | None


def encode_cursor(*key: object) -> str:
    """An opaque cursor holding `key` (strings, numbers, datetimes)."""
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in key]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type, loc: tuple[str, str] = ("query", "cursor")) -> list[Any]:
    """The key inside a cursor, checked against `types`.

    Raises:
        InvalidInput: it is not a cursor that this list gave out.
    """
    try:
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(key, list) or len(key) != len(types):
            raise ValueError("wrong shape")
        found: list[Any] = []
        for part, wanted in zip(key, types, strict=True):
            value: Any = datetime.fromisoformat(part) if wanted is datetime else part
            if type(value) is not wanted or (isinstance(value, int) and not -(2**63) <= value < 2**63):
                raise ValueError("wrong type")
            if isinstance(value, str) and _UNSTORABLE.search(value):
                raise ValueError("no text that was ever stored")
            if isinstance(value, datetime):
                if value.tzinfo is None:
                    raise ValueError("no zone")
                value = value.astimezone(UTC)
            found.append(value)
    except (ValueError, TypeError, OverflowError, binascii.Error, UnicodeError) as error:
        raise InvalidInput.field(*loc, msg=f"{cursor[:80]!r} is not a cursor given out by this list", type="cursor") from error
    return found


def page_of(rows: list[Item], limit: int, cursor_of: Any) -> Page[Item]:
    """A page from up to `limit` + 1 rows; `cursor_of(row)` is the cursor after a row."""
    if len(rows) <= limit:
        return Page(rows, None)
    return Page(rows[:limit], cursor_of(rows[limit - 1]))
