""" "The Courier quoted the mayor as saying …": two attributions in one frame, the outlet's and the speaker's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.articles.document import Span
from app.claims.tagger import Attribution

_SAID = (
    r"(?P<said>as\s(?:(?:also|later|then)\s)?(?:saying|telling|calling|describing|warning|claiming|insisting|arguing|confirming|denying|adding"
    r"|acknowledging|admitting|writing|stating|having\s(?:said|told|called|warned|claimed|denied)))\b"
)
_QUOTES = re.compile(r"\b(?:quot|cit)(?:e[sd]?|ing)$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)\s(?:\w+\s)?(?:quoted|cited)$", re.IGNORECASE)
# Whom an outlet quotes: a phrase without a stop or a quotation in it.
_WHOM = re.compile(rf"\s(?P<whom>[^“”\".;:\n]{{2,120}}?),?\s{_SAID}")
_BY_WHOM = re.compile(rf"\s(?:(?:by|in|on)\s[^“”\".;:\n]{{2,80}}?,?\s)?{_SAID}")
# "as telling reporters that": the words between are whom somebody told.
_TOLD = re.compile(r"\s*(?:[\w'’-]+\s){0,4}?(?=that\s|[“\"])|\s+")


def relays(text: str, attribution: Attribution) -> bool:
    """Whether an attribution's cue only says that somebody was quoted: "the Courier quoted her"."""
    return bool(attribution.cue) and _QUOTES.search(attribution.cue[-1].of(text)) is not None


def told_apart(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """`attributions` with each "X quoted Y as saying Z" as two: X passes on what Y says, Y says Z.

    In the passive ("Y was quoted by X as saying Z") the cue takes in "as saying". What else was found at "as saying" is dropped. The
    order is the given one, each speaker after who quotes him.
    """
    found: list[Attribution] = []
    frames: list[Span] = []
    for attribution in attributions:
        parts = _parts(text, attribution) if attribution.cue and attribution.source else None
        if parts is None:
            found.append(attribution)
            continue
        pair, frame = parts
        found += pair
        frames.append(frame)
    made = {frame: next(a for a in found if frame in a.cue) for frame in frames}
    return [a for a in found if not any(frame.overlaps(cue) and a is not made[frame] for frame in frames for cue in a.cue)]


def _parts(text: str, attribution: Attribution) -> tuple[list[Attribution], Span] | None:
    cue = attribution.cue[-1]
    words = cue.of(text)
    if _PASSIVE.search(words):
        match = _BY_WHOM.match(text, cue.end_char)
        if match is None:
            return None
        frame = Span(*match.span("said"))
        content = _clipped(text, attribution.content, cue, frame)
        return ([replace(attribution, cue=(*attribution.cue, frame), content=content)], frame) if content else None
    if not _QUOTES.search(words):
        return None
    match = _WHOM.match(text, cue.end_char)
    if match is None:
        return None
    whom, frame = Span(*match.span("whom")), Span(*match.span("said"))
    content = _clipped(text, attribution.content, cue, frame)
    if not content:
        return None
    after = [piece for piece in content if piece.start_char >= frame.end_char]
    before = tuple(piece for piece in content if piece.end_char <= cue.start_char)
    held = Span(whom.start_char, after[-1].end_char if after else frame.end_char)
    outer = replace(attribution, content=(*before, held))
    return [outer, Attribution((whom,), (frame,), content)], frame


def _clipped(text: str, content: Sequence[Span], cue: Span, frame: Span) -> tuple[Span, ...]:
    """The content without "Y as saying": what stands before the cue, and what follows the frame and whom it was told."""
    kept = []
    for piece in content:
        if piece.end_char <= cue.start_char or piece.start_char >= frame.end_char:
            kept.append(piece)
        elif piece.end_char > frame.end_char:
            told = _TOLD.match(text, frame.end_char, piece.end_char) if frame.of(text).endswith(("telling", "told")) else None
            start = told.end() if told else frame.end_char + 1
            if start < piece.end_char:
                kept.append(Span(start, piece.end_char))
    return tuple(kept)
