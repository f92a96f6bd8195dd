"""Cuts a stretch of text into statements that each stand alone."""

import re
from collections.abc import Sequence

from app.articles.document import Span
from app.claims.lexicon import (
    AUXILIARIES,
    CONTRACTED_SUBJECTS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from app.claims.passages import Passage
from app.claims.tokens import tokenize

# A quotation of up to so many sentences and characters is one claim.
# Source: decision; two short sentences in one pair of marks are one statement.
_MAX_QUOTED_SENTENCES = 2
_MAX_QUOTED_CHARS = 320
# The subject of a coordinated clause is at most so long. Source: ministory and agency text read by hand.
_MAX_SUBJECT_TOKENS = 12
_LIST_ITEM_TOKENS = 8
_LINKS = frozenset(["and", "but", "while", "yet"])
_LINKED = re.compile(r";|\b(?:and|but|while|yet)\b")
_LEADING = frozenset(
    [
        "if",
        "when",
        "although",
        "though",
        "unless",
        "because",
        "since",
        "while",
        "after",
        "before",
        "as",
        "once",
        "whereas",
        "despite",
        "even",
    ]
)


def sentences_within(span: Span, sentences: Sequence[Span]) -> list[Span]:
    """The parts of `span` that lie in each of `sentences` (sorted), in order; the span itself where none does."""
    parts = [
        Span(max(span.start_char, s.start_char), min(span.end_char, s.end_char))
        for s in sentences
        if s.start_char < span.end_char and span.start_char < s.end_char
    ]
    return [p for p in parts if p.start_char < p.end_char] or [span]


def quoted_groups(span: Span, sentences: Sequence[Span]) -> list[Span]:
    """A quotation as claims: one while it is short, otherwise a claim a sentence."""
    parts = sentences_within(span, sentences)
    if len(parts) <= _MAX_QUOTED_SENTENCES and span.end_char - span.start_char <= _MAX_QUOTED_CHARS:
        return [span]
    return parts


def atoms(text: str, span: Span, quotations: Sequence[Span], *, own: bool = False) -> list[Span]:
    """The coordinated statements of one sentence (or part of one), in order, conjunctions and "that" between them left out.

    Only what has its own subject and finite verb on both sides of ", and", ", but", ", while", ";" or "and that" is cut;
    relative clauses, lists and what depends on a leading "if" or "when" stay whole. In the outlet's `own` words "and that" goes on with
    what somebody in them thinks. The span itself where nothing is cut.
    """
    if _LINKED.search(text, span.start_char, span.end_char) is None:
        return [span]
    tokens = tuple(tokenize(text, span.start_char, span.end_char, quotations))
    if len(tokens) < 7:
        return [span]
    passage = Passage(span, 0, tokens, (span,))
    led = tokens[0].lower in _LEADING
    cuts: list[tuple[int, int]] = []
    begin = 0
    for i in range(3, len(tokens) - 3):
        if tokens[i].quote >= 0:
            continue
        right = _right_of_link(passage, i)
        if right is None or (led and not cuts and tokens[i].text != ";"):
            continue
        listed = tokens[i].text == "," and any(t.text == "," and t.quote < 0 for t in tokens[max(begin, i - _LIST_ITEM_TOKENS) : i])
        if own and tokens[right - 1].lower == "that":
            continue
        again = tokens[right - 1].lower == "that" and any(passage.finite[right:])  # "… and that, as far as she knows, …"
        alone = again or ((not listed or _auxiliary_soon(passage, right)) and _subject_and_verb(passage, right, tokens[i].text == ","))
        if alone and _independent(passage, begin, i):
            cuts.append((i, right))
            begin = right
    if not cuts:
        return [span]
    borders = [0, *(c for cut in cuts for c in cut), len(tokens)]
    return [passage.chars(a, b) for a, b in zip(borders[::2], borders[1::2], strict=True) if a < b]


def _right_of_link(passage: Passage, i: int) -> int | None:
    """Where the right statement begins if token `i` opens a link between two, else None."""
    tokens = passage.tokens
    word = tokens[i].lower
    if word == ";":
        right = i + 1
        return right + 1 if tokens[right].lower in _LINKS else right
    if word == ",":
        if tokens[i + 1].lower not in _LINKS or tokens[i + 1].quote >= 0:
            return None
        right = i + 2
    elif word == "and" and tokens[i - 1].text != ",":
        right = i + 1
    else:
        return None
    if right + 1 < len(tokens) and tokens[right].lower == "that" and not passage.finite[right + 1]:
        return right + 1
    return right


def _independent(passage: Passage, start: int, end: int) -> bool:
    """Whether tokens [start, end) have a finite verb of their own that no subordinate clause holds."""
    tokens = passage.tokens
    depth = False
    for i in range(start, end):
        if tokens[i].quote >= 0:
            continue
        if tokens[i].lower in RELATIVES or (
            tokens[i].lower in SUBORDINATORS
            and i > start
            and tokens[i].lower not in ("so", "than", "as", "since", "before", "after", "until")
        ):
            depth = True
        if passage.finite[i] and not depth and i > start:
            return True
    return False


def _auxiliary_soon(passage: Passage, start: int) -> bool:
    """Whether an auxiliary follows: after other commas nothing less tells a statement from the last item of a list."""
    return any(t.lower in AUXILIARIES or t.lower in CONTRACTED_SUBJECTS for t in passage.tokens[start : start + _MAX_SUBJECT_TOKENS])


def _subject_and_verb(passage: Passage, start: int, comma: bool) -> bool:
    """Whether a statement begins at token `start`: a subject, and soon its finite verb, with no clause between."""
    tokens = passage.tokens
    if start >= len(tokens) - 1 or tokens[start].quote >= 0:
        return False
    first = tokens[start]
    if first.lower in CONTRACTED_SUBJECTS or (
        first.lower in SUBJECT_PRONOUNS and first.lower not in ("who", "this", "that", "these", "those")
    ):
        return first.lower in CONTRACTED_SUBJECTS or any(passage.finite[start + 1 : start + 4])
    if first.lower in RELATIVES or first.lower in SUBORDINATORS or first.lower in AUXILIARIES or passage.finite[start]:
        return False
    if not comma and first.lower not in DETERMINERS and not first.capital:
        return False
    if first.lower in PREPOSITIONS:
        return False
    for i in range(start + 1, min(start + _MAX_SUBJECT_TOKENS, len(tokens))):
        token = tokens[i]
        if token.quote >= 0 or token.text in ",;:—–" or token.lower in RELATIVES or token.lower in SUBORDINATORS:
            return False
        if token.lower in AUXILIARIES and passage.finite[i]:
            return True
        if passage.finite[i] and (token.lower in FINITE or comma) and tokens[i - 1].lower not in PREPOSITIONS:
            return True
    return False
