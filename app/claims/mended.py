"""The trained tagger's attributions, mended where the grammar of cues is sure and the network failed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from app.articles.document import Document, Span
from app.claims.decoding import Read, first_span
from app.claims.leaning import leaned
from app.claims.nested import joined, opens_with_verb
from app.claims.tagger import Attribution, AttributionTagger

# Verbs that are hardly ever anything but a report: what the grammar makes of them is kept where the network saw nothing.
# Source: PolNeAR dev; of all other verbs at which only the grammar sees a report, one in twenty is one.
_SURE = re.compile(r"\b(?:sa(?:id|ys)|told|tells)$", re.IGNORECASE)
# The grammar's content replaces a part of it that the network found, when the part is smaller than this share of it.
# Source: PolNeAR dev, where no content before its cue is cut so short, and larger parts are as often right as the whole.
_LEAST_SHARE = 0.6
# What may stand between a cue and its "that": whom it was told, when.
_BESIDE = re.compile(r"[^,.;:—“”\"]{0,60}")
# What goes on with a statement behind its attribution: "Ten sailed, according to the list, along with two guests."
_GOES_ON = re.compile(r"(?:along|together|including|with|besides|as well|apart from|plus)\b")
_QUOTE_MARK = re.compile(r"[“”\"„«»]|''")


class Network(Protocol):
    """A tagger whose word scores can be leaned before they become attributions: `tag` in two steps."""

    @property
    def id(self) -> str: ...

    @property
    def grammar_weight(self) -> float: ...

    def read(self, documents: Sequence[Document]) -> list[Read]: ...

    def link(self, reads: Sequence[Read]) -> list[list[Attribution]]: ...


class MendedTagger:
    """An `AttributionTagger` that asks two: the trained one for all it finds, the grammar for where that wavers and what it lacks."""

    def __init__(self, trained: Network, grammar: AttributionTagger):
        self._trained = trained
        self._grammar = grammar

    @property
    def id(self) -> str:
        """Names both."""
        return f"{self._trained.id}+{self._grammar.id}"

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        """`result[i]` are the attributions of `documents[i]`, in text order of their first span; nested ones each on their own."""
        sure = self._grammar.tag(documents)
        weight = self._trained.grammar_weight
        reads = [leaned(read, hints, weight) for read, hints in zip(self._trained.read(documents), sure, strict=True)]
        found = self._trained.link(reads)
        return [mended(document.text, *both) for document, *both in zip(documents, found, sure, strict=True)]


def mended(text: str, found: Sequence[Attribution], sure: Sequence[Attribution]) -> list[Attribution]:
    """`found` by the network with what `sure`, the grammar's, says better, in text order of their first span.

    A cue without a source gets one; a content before its cue that was cut short is made whole; a plain report that was
    overlooked is added; "Despite the storm, she said that …" leaves the storm to the outlet.
    """
    result = [_trimmed(text, attribution) for attribution in found]
    for attribution in sure:
        if not attribution.cue or not attribution.source:
            continue
        same = next((i for i, other in enumerate(result) if _overlap(other.cue, attribution.cue)), None)
        if same is not None:
            result[same] = _completed(text, result[same], attribution)
        elif _plain_report(text, attribution) and not any(_overlap(other.source, attribution.cue) for other in result):
            result = [kept for other in result if (kept := _without(text, other, attribution)) is not None]
            result.append(attribution)
    return sorted(result, key=first_span)


def _completed(text: str, found: Attribution, sure: Attribution) -> Attribution:
    """One attribution out of two with the same cue."""
    if not found.source or text[found.cue[-1].end_char : found.source[0].start_char].strip() == "from":
        found = replace(found, source=sure.source)  # "the Post has learned from two officials": the Post reports
    elif not _overlap(found.source, sure.source):
        return found
    start, end = sure.cue[0].start_char, sure.cue[-1].end_char
    before = tuple(piece for piece in sure.content if piece.end_char <= start)
    plain = not any(_QUOTE_MARK.search(piece.of(text)) for piece in sure.content)
    if not before or not plain or not all(any(whole.contains(piece) for whole in before) for piece in found.content):
        return found
    short = _chars(found.content) < _LEAST_SHARE * _chars(before)
    torn = any(re.search(r"\w", text[one.end_char : other.start_char]) for one, other in pairwise(found.content))
    goes_on = tuple(piece for piece in sure.content if piece.start_char >= end and _GOES_ON.match(piece.of(text)))
    return replace(found, content=(*(before if short or torn else found.content), *goes_on))


def _trimmed(text: str, found: Attribution) -> Attribution:
    """Without unquoted words before the cue where "that …" follows it."""
    if not found.cue:
        return found
    start, end = found.cue[0].start_char, found.cue[-1].end_char
    led = any(
        piece.start_char >= end and text.startswith("that ", piece.start_char) and _BESIDE.fullmatch(text, end, piece.start_char)
        for piece in found.content
    )
    if not led:
        return found
    return replace(
        found, content=tuple(piece for piece in found.content if piece.end_char > start or _QUOTE_MARK.search(piece.of(text)) is not None)
    )


def _plain_report(text: str, attribution: Attribution) -> bool:
    """Whether it can hardly be anything else: not "told her to leave", which reports an order."""
    if _SURE.search(attribution.cue[-1].of(text)) is None or opens_with_verb(text, attribution):
        return False
    return not attribution.content[0].of(text).startswith("to ")


def _without(text: str, found: Attribution, added: Attribution) -> Attribution | None:
    """`found` without the pieces of content that belong to `added`: those nearer to its cue; None where nothing is left.

    Where all of `added` lies within the content, that is made whole instead.
    """
    whole = joined(text, found)
    if any(piece.contains(span) for piece in whole.content for span in added.cue):
        return whole
    if not found.cue:
        kept = tuple(piece for piece in found.content if not any(span.contains(piece) for span in added.content))
        return replace(found, content=kept) if kept else None
    kept = tuple(
        piece
        for piece in found.content
        if not any(span.contains(piece) for span in added.content) or _gap(piece, found.cue) <= _gap(piece, added.cue)
    )
    return replace(found, content=kept) if kept else None


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)


def _chars(spans: Sequence[Span]) -> int:
    return sum(span.end_char - span.start_char for span in spans)


def _gap(piece: Span, cue: Sequence[Span]) -> int:
    """The characters between a content and its cue; 0 where they touch."""
    return min(max(span.start_char - piece.end_char, piece.start_char - span.end_char, 0) for span in cue)
