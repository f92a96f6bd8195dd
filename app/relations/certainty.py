"""What one calls settled and the other calls open. A mere hedge ("may", "appears to") does not part two statements."""

import math

from app.articles.document import Span
from app.claims.claim import Certainty
from app.relations.finding import Finding, Verdict
from app.relations.rarity import rarity
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement

_SETTLED_WEIGHT, _PLAIN_WEIGHT = 1.0, 0.35  # "it is certain that" against a plain assertion. Source: decision.

# What is left of the weight where the other speaks of nothing that is asked ("it is not known who leaked the tapes"). Source: decision.
_ASKED_FLOOR = 0.2


class CertaintyComparator:
    """An open question against a settled one."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where one says it is not known and the other asserts it, agrees where both leave it open; None where neither does."""
        ra, rb = read(a), read(b)
        if (ra.unknown and rb.unsettled) or (rb.unknown and ra.unsettled):
            # "unproven" and "not cleared" leave the same open.
            return None
        if ra.unknown and rb.unknown:
            return Finding(ReasonType.CERTAINTY, Verdict.AGREE, ra.unknown, rb.unknown, "both leave the question open", _SETTLED_WEIGHT)
        if ra.unknown:
            return _open_against(a, ra.unknown, b, rb, first=True)
        if rb.unknown:
            return _open_against(b, rb.unknown, a, ra, first=False)
        return None


def _open_against(unsure: Statement, at: Span, sure: Statement, reading: Reading, *, first: bool) -> Finding | None:
    if sure.certainty is Certainty.HEDGED or reading.conditional or reading.planned:
        return None
    firm = reading.settled
    words = firm or _whole(sure)
    asked = frozenset(w.stem for w in read(unsure).tokens if w.content and w.span.start_char >= at.end_char)
    total = math.fsum(rarity(s) for s in asked)
    share = math.fsum(rarity(s) for s in asked & reading.stems) / total if total else 1.0
    detail = f'"{at.of(unsure.text)}" against "{words.of(sure.text)}": one leaves open what the other calls settled'
    spans = (at, words) if first else (words, at)
    return Finding(
        ReasonType.CERTAINTY,
        Verdict.PART,
        *spans,
        detail,
        (_SETTLED_WEIGHT if firm else _PLAIN_WEIGHT) * (_ASKED_FLOOR + (1 - _ASKED_FLOOR) * share),
    )


def _whole(statement: Statement) -> Span:
    return Span(0, len(statement.text))
