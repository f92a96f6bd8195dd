"""Attributions inside a content: an official quoted by one outlet, in what another outlet reports.

Taggers mark the outermost attribution, as their training data does. What an outlet, a document or nobody named passes on is read
once more here, by the grammar of cues.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.articles.document import Span
from app.claims.claim import LinkKind
from app.claims.grammar import attribution_of, find
from app.claims.lexicon import AUXILIARIES, CUES, Takes
from app.claims.outlets_quoted import OutletsOf
from app.claims.passages import Passage
from app.claims.speakers import describe
from app.claims.tagger import Attribution
from app.claims.tokens import tokenize
from app.outlets.reference import PUBLICATION_NOUNS

_THAT = re.compile(r"that,?\s", re.IGNORECASE)
_MIN_CHARS = 25
# Pieces of a content this close are read as one: only a word that the tagger left out stands between them.
_MAX_GAP_CHARS = 40
# The inner attribution must fill most of the outer content: only then does the outer source pass on what the inner one says,
# rather than mention in passing that somebody said something. Source: decision; the same share decides which of the two claims.
_MIN_FILLED = 0.6
_ENDS = re.compile(r"[.!?\n][\s”\"]|\n")
_POSSESSIVES = ("'s", "’s", "s'", "s’", "his", "her", "their", "its")


def may_pass_on(text: str, source: Sequence[Span], outlets: OutletsOf) -> bool:
    """Whether a source rather hands on other people's words than its own: an outlet, a document, nobody named."""
    if not source or outlets.spoken_by(source[0]) is not None:
        return True
    described = describe(source[0].of(text))
    return described.kind is LinkKind.DOCUMENT or described.head in PUBLICATION_NOUNS


def inside(text: str, outer: Attribution, quotations: Sequence[Span]) -> list[Attribution]:
    """The attributions that fill most of one stretch of `outer`'s content, in text order; none in a quotation.

    `outer` has been `joined`; `quotations` are the text's, sorted.
    """
    found = []
    for stretch in outer.content:
        that = _THAT.match(text, stretch.start_char, stretch.end_char)
        span = Span(that.end(), stretch.end_char) if that else stretch
        if span.end_char - span.start_char < _MIN_CHARS or any(q.start_char <= span.start_char < q.end_char for q in quotations):
            continue
        tokens = tuple(tokenize(text, span.start_char, span.end_char, quotations))
        if not tokens:
            continue
        passage = Passage(span, 0, tokens, (span,))
        found += [inner for inner in (attribution_of(passage, one) for one in find(passage)) if _fills(text, inner, stretch)]
    return found


def joined(text: str, outer: Attribution) -> Attribution:
    """`outer` with the pieces of its content joined that only a few words of the same sentence part, not its own cue or source."""
    pieces = list(outer.content[:1])
    for before, piece in pairwise(outer.content):
        gap = Span(before.end_char, max(before.end_char, piece.start_char))
        near = piece.start_char - before.end_char <= _MAX_GAP_CHARS and _ENDS.search(gap.of(text)) is None
        if near and not any(gap.overlaps(span) for span in outer.source + outer.cue):
            pieces[-1] = Span(pieces[-1].start_char, piece.end_char)
        else:
            pieces.append(piece)
    return replace(outer, content=tuple(pieces))


def _fills(text: str, inner: Attribution, stretch: Span) -> bool:
    """Whether an attribution is somebody's statement and makes up most of a stretch."""
    if not inner.source or not inner.cue or not inner.content:
        return False
    words = re.findall(r"\w+", inner.cue[-1].of(text).lower())
    if opens_with_verb(text, inner):
        return False
    if "according" not in words and not any(word in CUES and CUES[word].takes & Takes.CLAUSE for word in words):
        return False
    filled = sum(span.end_char - span.start_char for span in (*inner.source, *inner.cue, *inner.content))
    wide = filled >= _MIN_FILLED * (stretch.end_char - stretch.start_char)
    return wide and not inner.source[-1].of(text).endswith(_POSSESSIVES)


def opens_with_verb(text: str, attribution: Attribution) -> bool:
    """Whether a content lacks its subject: "the talks that an official said were hard"."""
    first = re.match(r"\w+", attribution.content[0].of(text))
    return first is not None and first.group().lower() in AUXILIARIES
