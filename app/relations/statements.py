"""From a stored claim, or from a plain sentence, to a Statement that can be compared."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from app.articles.document import Span
from app.claims.certainty import certainty_of
from app.claims.claim import Certainty, DateMention, Quantity, StoredClaim
from app.claims.dates import find_dates
from app.claims.quantities import find_quantities
from app.relations.relation import Statement

_SAY = (
    r"(?:said|says?|told|tells|report(?:s|ed)?|announced|announces|confirmed|confirms|stated|states|added|adds|insisted|insists"
    r"|claimed|claims|maintain(?:s|ed)|argue[sd]|recalled|recalls|testified|ruled|found|finds|show(?:s|ed)?|suggest(?:s|ed)?|writes|wrote"
    r"|warned|warns|explained|explains|alleged|alleges|believes?|acknowledged|revealed|reveals|understands|estimate[sd]?|admitted"
    r"|concluded|disclosed|learned|learnt|puts? it)"
)
_NOT_END = r"[^.!?;\"“”]"
# ", officials said on Tuesday." at the end of a sentence.
_WHO = r"[^.!?;,\"“”]"
_TAIL = re.compile(rf",\s+{_WHO}{{2,70}}?(?:,{_WHO}{{2,60}},)?\s+{_SAY}\b{_WHO}{{0,60}}\s*[.!?]?\s*$", re.I)
_TAIL_INVERTED = re.compile(rf",\s+{_SAY}\s+{_WHO}{{2,70}}?(?:,{_WHO}{{2,60}})?\s*[.!?]?\s*$", re.I)
_ACCORDING = re.compile(rf",?\s*\baccording to\s+{_NOT_END}{{2,110}}?\s*(?=[.!?]?\s*$)", re.I)
_ACCORDING_FIRST = re.compile(r"^according to\s+[^,.]{2,110},\s*", re.I)
# "Officials said that ..." at the start.
_HEAD = re.compile(rf"^(?:[^,.;:\"“”]{{2,70}}?(?:,[^,.;:\"“”]{{2,60}},)?)\s+{_SAY}\s+(?:[^,.;:\"“”]{{2,40}}?\s+)??that\s+", re.I)
# After a closing quotation mark: `," said envoy Idris Belhaj of the deal`. What it is "of" or "about" names the subject and stays.
_SUBJECT_FOLLOWS = r"(?=\s+(?:of|about|on|when|after|at|as|in|to|during|over|whose)\b|\s*[.,;]|\s*$)"
_AFTER_QUOTE = re.compile(rf"[\"”]\s*(?:[^.\"“”]{{2,110}}?\s+{_SAY}|{_SAY}\s+[^.\"“”]{{2,110}}?){_SUBJECT_FOLLOWS}", re.I)
# A headline's closing credit: "Bridge was sound, inspectors say".
_CREDIT_WORDS_AT_MOST = 14


def asides(text: str) -> tuple[Span, ...]:
    """The words of a sentence that only attribute it, as spans in order; empty when it speaks for itself.

    Source: decision; a light rule for plain sentences, articles go through the attribution tagger.
    """
    found: list[Span] = []
    quote = _AFTER_QUOTE.search(text)
    if quote is not None:
        found.append(Span(quote.start() + 1, quote.end()))
    else:
        for pattern in (_ACCORDING, _TAIL, _TAIL_INVERTED):
            match = pattern.search(text)
            if match is not None and len(match.group().split()) <= _CREDIT_WORDS_AT_MOST and match.start() >= 12:
                found.append(Span(match.start(), match.end()))
                break
        for pattern in (_ACCORDING_FIRST, _HEAD):
            match = pattern.search(text)
            if match is not None and len(text) - match.end() >= 12:
                found.append(Span(match.start(), match.end()))
                break
    ordered = sorted(found)
    kept: list[Span] = []
    for span in ordered:
        if not kept or span.start_char >= kept[-1].end_char:
            kept.append(span)
    return tuple(kept)


def _outside(span: Span, covered: tuple[Span, ...]) -> bool:
    return not any(span.overlaps(aside) for aside in covered)


def read_statement(text: str, published_at: datetime | None = None) -> Statement:
    """A Statement of a sentence as somebody sent it: `text` stays whole, so that spans point into what was sent.

    Attributing words are put aside. Without `published_at` only absolute dates are read ("3 March 2024", not "Tuesday").
    """
    covered = asides(text)
    quantities, dates = _figures(text, published_at)
    return Statement(
        text=text,
        published_at=published_at,
        quantities=tuple(q for q in quantities if _outside(q.span, covered)),
        dates=tuple(d for d in dates if _outside(d.span, covered)),
        certainty=_certainty(text, covered),
        asides=covered,
    )


def statement_of(claim: StoredClaim) -> Statement:
    """A Statement of a claim's content, its figures and dates read anew there; `context` is the claim's own sentence."""
    content = claim.claim.content
    quantities, dates = _figures_of(content, claim.published_at, claim.published_at.utcoffset())
    speaker = claim.claim.speaker
    return Statement(
        text=content,
        published_at=claim.published_at,
        quantities=quantities,
        dates=dates,
        certainty=claim.claim.certainty,
        speaker=speaker.name if speaker else None,
        context=claim.claim.text,
    )


# Two readings of a relative date a year apart differ exactly when the publishing time matters.
_PROBES = (datetime(2023, 2, 15, 12, tzinfo=UTC), datetime(2024, 9, 4, 12, tzinfo=UTC))


@lru_cache(maxsize=16384)
def _figures_of(content: str, published_at: datetime, offset: timedelta | None) -> tuple[tuple[Quantity, ...], tuple[DateMention, ...]]:
    """As `_figures`, kept for the next pairs that the claim stands in. `offset` tells equal times of unlike clocks apart."""
    return _figures(content, published_at)


def _figures(text: str, published_at: datetime | None) -> tuple[tuple[Quantity, ...], tuple[DateMention, ...]]:
    if published_at is not None:
        dates = tuple(find_dates(text, published_at))
    else:
        first, second = (find_dates(text, probe) for probe in _PROBES)
        dates = tuple(d for d in first if d in second)
    # Where a date stands, its digits count nothing, whether or not the date could be placed.
    taken = tuple(d.span for d in (dates if published_at is not None else tuple(find_dates(text, _PROBES[0]))))
    return tuple(find_quantities(text, taken=taken)), dates


def _certainty(text: str, covered: tuple[Span, ...]) -> Certainty:
    """The certainty of what is left when the asides are taken out, the asides being its cue."""
    cue = " ".join(span.of(text) for span in covered)
    bare = "".join(" " if any(s.start_char <= i < s.end_char for s in covered) else c for i, c in enumerate(text)).strip()
    return certainty_of(bare, cue or None)
