"""Rules for what comes from outside. Bounds are arguments: the settings that hold them live elsewhere."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from app.errors import FieldError, InvalidInput, TooLarge

MAX_URL_CHARS = 2048

# Clocks run apart and embargoed articles carry tomorrow's date; a date further ahead is a mistake.
MAX_AHEAD = timedelta(hours=24)
# The first printed newspaper appeared in Strasbourg in 1605.
MIN_YEAR = 1600

# Real articles hold C1 controls (U+0080 to U+009F), where somebody took Windows-1252 for Latin-1: they are kept as they came.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
# No store and no reader can do anything with these.
_IMPOSSIBLE = re.compile(r"[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_HOST = re.compile(r"[^\s/?#@\\<>\"'`{}|^%]+")
_SHOWN_CHARS = 80


def check_text(field: str, value: str, max_chars: int, *, stored: bool = True) -> str:
    """`value` as it is, if somebody can read it.

    Raises:
        TooLarge: longer than `max_chars` code points.
        InvalidInput: empty or white space only; a C0 control character that is no white space (where the text is not to be
            `stored` only NUL), or a lone surrogate; no letter of any script.
    """
    if len(value) > max_chars:
        msg = f"has {len(value)} characters, at most {max_chars} are allowed"
        raise TooLarge(f"{field}: {msg}", errors=(FieldError((field,), msg, "too_long"),))
    if found := (_FORBIDDEN if stored else _IMPOSSIBLE).search(value):
        code = ord(found.group())
        kind = "lone surrogate" if 0xD800 <= code <= 0xDFFF else "control character"
        raise InvalidInput.field(field, msg=f"has the {kind} U+{code:04X} at position {found.start()}", type="forbidden_character")
    if not value or value.isspace():
        raise InvalidInput.field(field, msg=f"is empty: {len(value)} characters, none but white space", type="empty")
    if not any(map(str.isalpha, value)):
        raise InvalidInput.field(field, msg=f"has no words: {_shown(value)} holds no letter of any script", type="no_words")
    return value


def check_published_at(value: datetime, now: datetime) -> datetime:
    """`value` in UTC. `now` must carry a zone.

    Raises:
        InvalidInput: without a zone, before the year 1600, or more than 24 hours after `now`.
    """
    field = "published_at"
    if value.utcoffset() is None:
        raise InvalidInput.field(field, msg=f"{value.isoformat()} has no zone; write for instance {value.isoformat()}Z", type="naive_time")
    if value.year < MIN_YEAR:
        raise InvalidInput.field(field, msg=f"{value.isoformat()} is before the year {MIN_YEAR}", type="too_early")
    latest = now.astimezone(UTC) + MAX_AHEAD
    if value > latest:
        raise InvalidInput.field(field, msg=f"{value.isoformat()} is after {latest.isoformat()}, 24 hours from now", type="too_late")
    return value.astimezone(UTC)


def check_url(value: str) -> str:
    """`value` stripped, if it is an absolute http or https address. It is stored and shown, never fetched.

    Raises:
        InvalidInput: another scheme, no host, a bad port, white space or control characters within, or over 2,048 characters.
    """
    url = value.strip()
    if len(url) > MAX_URL_CHARS:
        raise InvalidInput.field("url", msg=f"has {len(url)} characters, at most {MAX_URL_CHARS} are allowed", type="too_long")
    if any(c.isspace() or unicodedata.category(c) in ("Cc", "Cs") for c in url):
        raise InvalidInput.field("url", msg=f"{_shown(url)} has white space or control characters within", type="bad_url")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InvalidInput.field("url", msg=f"{_shown(url)} is no address: {error}", type="bad_url") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise InvalidInput.field("url", msg=f"{_shown(url)} does not begin with http:// or https://", type="bad_url")
    if not host or not _HOST.fullmatch(host) or not any(c.isalnum() for c in host):
        raise InvalidInput.field("url", msg=f"{_shown(url)} names no host", type="bad_url")
    return url


def check_language(value: str) -> str:
    """A language tag such as "en" or "pt-BR", with the language in lower case and "-" between its parts.

    Raises:
        InvalidInput: not shaped like a tag (BCP 47).
    """
    tag = value.strip()
    if not _LANGUAGE.fullmatch(tag):
        raise InvalidInput.field("language", msg=f"{_shown(tag)} is no language tag such as en or pt-BR", type="bad_language")
    language, *rest = re.split("[-_]", tag)
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _shown(value: str) -> str:
    """The value for a message, quoted, cut, and safe to print."""
    return ascii(value) if len(value) <= _SHOWN_CHARS else ascii(value[:_SHOWN_CHARS]) + "…"
