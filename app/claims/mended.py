"""The trained tagger's attributions, mended where the grammar of cues is sure and the network failed."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from app.articles.document import Document, Span
from app.claims.decoding import Read, first_span
from app.claims.leaning import leaned
from app.claims.lexicon import CONJUNCTIONS, DETERMINERS, PREPOSITIONS
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
# A piece of content that is nothing but one of these was torn from its sentence.
_STRAY = DETERMINERS | PREPOSITIONS | CONJUNCTIONS
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
    result = [whole for attribution in found if (whole := _gathered(text, attribution)).content]
    near = _Near(result)
    cued = {char: i for i, attribution in enumerate(result) for cue in attribution.cue for char in range(cue.start_char, cue.end_char)}
    sources = {char for attribution in result for span in attribution.source for char in range(span.start_char, span.end_char)}
    for attribution in sure:
        if not attribution.cue or not attribution.source:
            continue
        at = range(attribution.cue[0].start_char, attribution.cue[-1].end_char)
        same = next((cued[char] for char in at if char in cued), None)
        if same is not None:
            result[same] = _completed(text, result[same], attribution)
            continue
        beside = near.indices(attribution)
        others = [result[i] for i in beside]
        if not sources.isdisjoint(at) or not (_plain_report(text, attribution) or _astray(text, attribution, others)):
            continue
        for i, other in zip(beside, others, strict=True):
            result[i] = _without(text, other, attribution)
        cued |= dict.fromkeys(at, len(result))
        sources |= {char for span in attribution.source for char in range(span.start_char, span.end_char)}
        result.append(attribution)
    return sorted((_trimmed(text, a) for a in result if a.content), key=first_span)


class _Near:
    """Finds the attributions around a stretch of text without looking at all of them."""

    def __init__(self, found: Sequence[Attribution]):
        hulls = sorted((min(a.content).start_char, max(c.end_char for c in a.content), i) for i, a in enumerate(found))
        self._starts = [start for start, _, _ in hulls]
        self._hulls = hulls
        self._longest = max((end - start for start, end, _ in hulls), default=0)

    def indices(self, attribution: Attribution) -> list[int]:
        """Those whose content reaches into the stretch from the attribution's first word to its last."""
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        start, end = min(span.start_char for span in spans), max(span.end_char for span in spans)
        first, last = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end)
        return [i for _, its_end, i in self._hulls[first:last] if its_end > start]


def _completed(text: str, found: Attribution, sure: Attribution) -> Attribution:
    """One attribution out of two with the same cue."""
    if _takes_source(text, found, sure):
        found = replace(found, source=sure.source)
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


def _takes_source(text: str, found: Attribution, sure: Attribution) -> bool:
    """Whether the grammar's source is the better one for the same cue.

    So it is where the network has none or one in another paragraph; behind "according to", which the source follows at once; and
    in "the Post has learned from two officials", where the Post reports.
    """
    if not found.source:
        return True
    behind = text[found.cue[-1].end_char : found.source[0].start_char].strip()
    if behind == "from":
        return True
    if found.cue[-1].of(text).lower() == "according to":
        return behind != "" and sure.source[0].contains(found.source[0])
    return _paragraphs_between(text, found) and not _paragraphs_between(text, sure)


def _paragraphs_between(text: str, attribution: Attribution) -> bool:
    return "\n" in _between(text, attribution.source[0], attribution.cue[0])


def _between(text: str, one: Span, other: Span) -> str:
    first, second = sorted((one, other))
    return text[first.end_char : second.start_char]


def _gathered(text: str, found: Attribution) -> Attribution:
    """Without the pieces of content that are a lone small word."""
    return replace(found, content=tuple(piece for piece in found.content if piece.of(text).lower() not in _STRAY))


def _trimmed(text: str, found: Attribution) -> Attribution:
    """Without unquoted words before the cue where "that …" follows it."""
    if not found.cue:
        return found
    start, end = found.cue[0].start_char, found.cue[-1].end_char
    if not any(
        piece.start_char >= end and text.startswith("that ", piece.start_char) and _BESIDE.fullmatch(text, end, piece.start_char)
        for piece in found.content
    ):
        return found
    kept = tuple(piece for piece in found.content if piece.end_char > start or _QUOTE_MARK.search(piece.of(text)) is not None)
    return replace(found, content=kept)


def _plain_report(text: str, attribution: Attribution) -> bool:
    """Whether it can hardly be anything else: not "told her to leave", which reports an order."""
    if _SURE.search(attribution.cue[-1].of(text)) is None or opens_with_verb(text, attribution):
        return False
    return not attribution.content[0].of(text).startswith("to ")


def _astray(text: str, attribution: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether some of its content was given to a cue in another paragraph."""
    return any(
        other.cue and any(whole.contains(piece) for whole in attribution.content) and "\n" in _between(text, piece, other.cue[0])
        for other in found
        for piece in other.content
    ) and not any("\n" in _between(text, piece, attribution.cue[0]) for piece in attribution.content)


def _without(text: str, found: Attribution, added: Attribution) -> Attribution:
    """`found` without the pieces of content that belong to `added`, those nearer to its cue; without content where none is left.

    Where all of `added` lies within the content, that is made whole instead.
    """
    whole = joined(text, found) if len(found.content) > 1 else found
    if any(piece.contains(span) for piece in whole.content for span in added.cue):
        return whole
    kept = tuple(
        piece
        for piece in found.content
        if not any(span.contains(piece) for span in added.content) or (found.cue and _gap(piece, found.cue) <= _gap(piece, added.cue))
    )
    return replace(found, content=kept)


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)


def _chars(spans: Sequence[Span]) -> int:
    return sum(span.end_char - span.start_char for span in spans)


def _gap(piece: Span, cue: Sequence[Span]) -> int:
    """The characters between a content and its cue; 0 where they touch."""
    return min(max(span.start_char - piece.end_char, piece.start_char - span.end_char, 0) for span in cue)
