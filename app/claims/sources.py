"""Sources made of whole words: a tagger's words end at a hyphen, and buttons of the page stand before some."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.articles.document import Span
from app.claims.tagger import Attribution

_REST_OF_NAME = re.compile(r"(?:[-'’][^\W\d_]\w*|(?<=\w)\w+)+")
_POSSESSIVE = re.compile(r"['’]s?$")


def whole_words(text: str, attributions: Sequence[Attribution], sentences: Sequence[Span]) -> list[Attribution]:
    """`attributions` with each source ended where its last word ends and begun no earlier than the sentence (of `sentences`) it ends in."""
    return [replace(a, source=tuple(_whole(text, source, sentences) for source in a.source)) if a.source else a for a in attributions]


def _whole(text: str, source: Span, sentences: Sequence[Span]) -> Span:
    start, end = source.start_char, source.end_char
    rest = _REST_OF_NAME.match(text, end)
    if rest is not None and text[end - 1].isalnum() and not _POSSESSIVE.fullmatch(rest.group()):
        end = rest.end()
    begun = next((s.start_char for s in sentences if start < s.start_char < end <= s.end_char), start)
    return Span(begun, end)
