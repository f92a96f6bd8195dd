"""Words of a stretch of text, with the quotation each lies in."""

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.articles.document import Span

_WORD = re.compile(r"[^\W\d]\w*(?:[-'’.&]\w+)*|[$€£]?\d+(?:[.,:]\d+)*[\w%]*(?:[-'’]\w+)*|''|\.\.\.|[$€£#@]\w+|[^\w\s]")
_ABBREVIATED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "lt",
        "col",
        "sgt",
        "capt",
        "maj",
        "adm",
        "rev",
        "st",
        "jr",
        "sr",
        "no",
        "vs",
    ]
)


class Token(NamedTuple):
    """One word or mark.

    `lower` has straight apostrophes; `quote` is the number of the quotation it lies in (marks included), -1 outside.
    """

    text: str
    lower: str
    start: int
    end: int
    quote: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or number rather than a mark."""
        return self.text[-1].isalnum() or self.text[0].isalnum()


def tokenize(text: str, start_char: int, end_char: int, quotations: Sequence[Span]) -> list[Token]:
    """The tokens of `text[start_char:end_char]` in order; `quotations` are sorted spans of the whole text.

    The stop of an abbreviation ("Mr.", "U.S.") belongs to its word.
    """
    tokens: list[Token] = []
    q = max(bisect_right(quotations, start_char, key=_start) - 1, 0)
    quote_start, quote_end = _bounds(quotations, q)
    for match in _WORD.finditer(text, start_char, end_char):
        start, end = match.span()
        word = text[start:end]
        while quote_end <= start:
            q += 1
            quote_start, quote_end = _bounds(quotations, q)
        quote = q if quote_start <= start else -1
        if word == "." and tokens and tokens[-1].end == start:
            last = tokens[-1]
            if last.lower in _ABBREVIATED or "." in last.text[-3:] or (len(last.text) == 1 and last.text.isupper()):
                tokens[-1] = Token(last.text + ".", last.lower + ".", last.start, end, last.quote)
                continue
        lower = word.lower()
        # Made as a plain tuple is: half of the time of a token went into its own constructor.
        tokens.append(tuple.__new__(Token, (word, lower.replace("’", "'") if "’" in lower else lower, start, end, quote)))
    return tokens


def _bounds(quotations: Sequence[Span], q: int) -> tuple[int, int]:
    """Where quotation `q` begins and ends; beyond every text where there is none."""
    return (quotations[q].start_char, quotations[q].end_char) if q < len(quotations) else (sys.maxsize, sys.maxsize)


def _start(span: Span) -> int:
    return span.start_char
