"""Where quotations begin and end."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from app.articles.document import Span
from app.articles.paragraphs import paragraphs

_DOUBLE = re.compile(r"[\"“”„‟«»「」『』＂]|``|''")
_SINGLE = re.compile(r"['‘’‚‹›]")
_CLOSED_BY = {
    '"': '"”“＂',
    "＂": '＂"”',
    "“": '”"',
    "”": '”"',
    "‟": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«»",
    "「": "」",
    "『": "』",
    "``": "''",
}
_FEET_AND_INCHES = re.compile(r"\d['’′]\s?\d{0,2}$")
_ELISION = re.compile(r"['‘’](?:\d0s\b|\d\d\b|(?:em|til|till|cause|tis|twas|round|bout|n)\b)", re.IGNORECASE)
_OPENS_AFTER = '([{<-–—/"“„«'


@dataclass
class _Open:
    """A quotation that has begun: where, with which mark, and whether its paragraph begins with it or a colon leads to it."""

    start_char: int
    mark: str
    announced: bool


def quotes(text: str) -> tuple[Span, ...]:
    """Every quotation of `text`, outermost marks included, in order and without overlap; empty when there is none.

    A quotation that its paragraph leaves open goes on where the next paragraph opens with the same mark, and is then one
    span. Left open for good, it ends with its paragraph if it began it or followed a colon, and is otherwise a stray mark.

    Source: news style opens every paragraph of a long quotation and closes only the last.
    """
    doubles: list[Span] = []
    singles: list[Span] = []
    left_open: _Open | None = None
    before: Span | None = None
    for paragraph in paragraphs(text):
        if left_open and before and not _reopens(text, paragraph, left_open):
            if left_open.announced:
                doubles.append(Span(left_open.start_char, before.end_char))
            left_open = None
        left_open = _pair_doubles(text, paragraph, left_open, doubles)
        before = paragraph
    if left_open and before and left_open.announced:
        doubles.append(Span(left_open.start_char, before.end_char))
    singles_open: _Open | None = None
    starts = [quote.start_char for quote in doubles]
    for paragraph in paragraphs(text):
        marks = _marks_outside(text, paragraph, doubles, starts)
        if singles_open and not _reopens(text, paragraph, singles_open):
            singles_open = None
        singles_open = _pair_singles(text, paragraph, marks, singles_open, singles)
    return _outermost(doubles, singles)


def _reopens(text: str, paragraph: Span, left_open: _Open) -> bool:
    return text.startswith(left_open.mark, paragraph.start_char)


def _around(text: str, paragraph: Span, start: int, end: int) -> tuple[str, str]:
    """The characters before and after a mark, a space at the paragraph's ends."""
    before = text[start - 1] if start > paragraph.start_char else " "
    after = text[end] if end < paragraph.end_char else " "
    return before, after


def _pair_doubles(text: str, paragraph: Span, left_open: _Open | None, found: list[Span]) -> _Open | None:
    """Adds the paragraph's quotations in double marks to `found`; returns the one it leaves open."""
    current = left_open
    for match in _DOUBLE.finditer(text, paragraph.start_char, paragraph.end_char):
        mark, start, end = match.group(), match.start(), match.end()
        if current and start == paragraph.start_char:
            continue  # the next paragraph of a long quotation
        before, after = _around(text, paragraph, start, end)
        if mark == "''" and (current is None or current.mark != "``"):
            continue
        if mark == '"' and _FEET_AND_INCHES.search(text, max(paragraph.start_char, start - 5), start):
            continue
        opening_shape = (before.isspace() or before in _OPENS_AFTER) and not after.isspace()
        closing_shape = not before.isspace() and not after.isalnum()
        if current and mark in _CLOSED_BY[current.mark] and not (mark == current.mark and before.isspace() and opening_shape):
            found.append(Span(current.start_char, end))
            current = None
        elif mark in _CLOSED_BY and (mark in "“„‟«「『``" or opening_shape or (mark in '"＂' and not closing_shape)):
            if current and current.mark != mark:
                continue  # a quotation within the quotation
            current = _Open(start, mark, _is_announced(text, paragraph, start))
    return current


def _is_announced(text: str, paragraph: Span, start: int) -> bool:
    lead = text[max(paragraph.start_char, start - 3) : start].rstrip()
    return start == paragraph.start_char or lead.endswith(":")


def _marks_outside(text: str, paragraph: Span, doubles: list[Span], starts: list[int]) -> Iterator[re.Match[str]]:
    """The paragraph's single marks that no double quotation holds."""
    for match in _SINGLE.finditer(text, paragraph.start_char, paragraph.end_char):
        nearest = bisect_right(starts, match.start()) - 1
        if nearest < 0 or doubles[nearest].end_char <= match.start():
            yield match


def _pair_singles(text: str, paragraph: Span, marks: Iterator[re.Match[str]], left_open: _Open | None, found: list[Span]) -> _Open | None:
    """Adds the paragraph's quotations in single marks to `found`; returns a curly one it leaves open.

    An apostrophe stands inside a word, or after the s of a plural: after an s a mark closes only when no later one can.
    """
    current = left_open
    perhaps_end: int | None = None
    for match in marks:
        mark, start, end = match.group(), match.start(), match.end()
        before, after = _around(text, paragraph, start, end)
        if current and start == paragraph.start_char and left_open:
            continue
        opens = (before.isspace() or before in _OPENS_AFTER) and (after.isalnum() or after in '“"…[$£€#@')
        if opens and mark in "'‘‚‹" and not _ELISION.match(text, start):
            if current and perhaps_end:
                found.append(Span(current.start_char, perhaps_end))
            elif current and current.mark == "‘" and mark == "'":
                continue
            current, perhaps_end = _Open(start, mark, False), None
        elif current and _closes_single(current.mark, mark) and not before.isspace() and not after.isalnum():
            if before in "sS" and not after.isspace():
                before = ""  # "s’," can only be a close
            if before and before in "sS":
                perhaps_end = end
                continue
            found.append(Span(current.start_char, end))
            current, perhaps_end = None, None
    if current and perhaps_end:
        found.append(Span(current.start_char, perhaps_end))
        return None
    return current if current and current.mark == "‘" else None


def _closes_single(opening: str, mark: str) -> bool:
    return mark == "›" if opening == "‹" else mark in "'’" or (opening == "‚" and mark == "‘")


def _outermost(doubles: list[Span], singles: list[Span]) -> tuple[Span, ...]:
    """Both kinds in order; of two that overlap, the one that begins first (a single pair may hold double ones)."""
    kept: list[Span] = []
    for quote in sorted(doubles + singles):
        if not kept or quote.start_char >= kept[-1].end_char:
            kept.append(quote)
    return tuple(kept)
