"""CSV that a spreadsheet can open without running what is in it (RFC 4180, UTF-8, CRLF)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

Cell = str | int | float | bool | datetime | None

# A spreadsheet takes a cell that begins like this for a formula; the wide forms are read like the plain ones.
# Source: OWASP, CSV Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What a spreadsheet, or a person who cleans a table, takes off before it looks.
_TAKEN_OFF = "\"'‘’“”` \u00a0\u200b\u2060\ufeff"
_MARK = "'"


def defused(text: str) -> str:
    """The text with a mark before it where it could be taken for a formula, quotes and blanks before that passed over."""
    return _MARK + text if text.lstrip(_TAKEN_OFF).startswith(_FORMULA) else text


def plain(cell: str) -> str:
    """What `defused` was given: undoes it for every text."""
    return cell[1:] if cell.startswith(_MARK) and defused(cell[1:]) != cell[1:] else cell


def lines(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV; texts are always quoted, numbers never, times are RFC 3339 in UTC, None is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return written.getvalue()


def _shown(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="microseconds" if cell.microsecond else "seconds").replace("+00:00", "Z")
    return defused(cell) if isinstance(cell, str) else cell
