"""Attributions inside a content: an official quoted by one outlet, in what another outlet reports.

The training data marks the outermost attribution only, so a content that may hold another is read once more on its own.
"""

import re
from collections.abc import Sequence

from app.articles.document import Span
from app.claims.tagger import Attribution

# A content without one of these words is not read again. Source: the commonest cues of reported speech in PolNeAR train.
_SPEECH = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|according to|report(?:ed|s)|add(?:ed|s)|claim(?:ed|s)|announced|confirm(?:ed|s)|den(?:ied|ies)"
    r"|stat(?:ed|es)|warn(?:ed|s)|not(?:ed|es)|quot(?:ed|es|ing)|acknowledged|insist(?:ed|s)|argu(?:ed|es)|wrote|writes|believes?d?|estimates?d?"
    r"|think|thought|expects?|concluded|found|shows?|showed|suggest(?:ed|s)?|promised|vowed|urged|asked|called)\b",
    re.IGNORECASE,
)
_MIN_CHARS = 25
_QUOTE_MARKS = "“\"'‘„«”»"
_THAT = re.compile(r"that\s", re.IGNORECASE)

# The inner attribution must fill most of the outer content: only then does the outer source pass on what the inner one says,
# rather than mention in passing that somebody said something. Source: decision; the same share decides in extraction.
_MIN_SHARE = 0.6


def inner_text(text: str, content: Span) -> Span | None:
    """The part of a content to read again as if it were a text of its own; None where nothing speaks in it or it is a quotation."""
    words = content.of(text)
    if len(words) < _MIN_CHARS or words[0] in _QUOTE_MARKS or not _SPEECH.search(words):
        return None
    that = _THAT.match(words)
    return Span(content.start_char + (that.end() if that else 0), content.end_char)


def accepted(outer: Span, inner: Sequence[Attribution]) -> list[Attribution]:
    """Those of the attributions found inside `outer` that the outer source passes on: with source and cue, filling most of it."""
    found = []
    for attribution in inner:
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        filled = sum(span.end_char - span.start_char for span in spans) / (outer.end_char - outer.start_char)
        if attribution.source and attribution.cue and filled >= _MIN_SHARE and all(outer.contains(span) for span in spans):
            found.append(attribution)
    return found
