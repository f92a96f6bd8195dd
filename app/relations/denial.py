"""An outright denial: one statement denies, in its own words and nothing beyond them, what the other says.

"The company did not pay any ransom" rules out "The company paid a ransom of six million on Monday": who did the more did the less. The
other way round ("did not pay six million on Monday", "paid a ransom") both may hold, so every word of the denial must stand in the other.
"""

import re

from app.claims.claim import Certainty
from app.relations.finding import Finding, Verdict
from app.relations.negation import with_negator
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.update import later
from app.relations.words import Word

# One shared word is no subject and deed. Source: decision.
_CONTENT_WORDS_AT_LEAST = 2
_SO_FAR = re.compile(r"\b(?:has|have|is|are)(?:n['’]t|\s+(?:not|never))\b", re.IGNORECASE)
_YET = re.compile(r"\byet\b", re.IGNORECASE)


def outright(a: Statement, b: Statement) -> Finding | None:
    """The denied words in both statements; None where neither denies the other outright. Swapped statements give the same, swapped.

    Source: measured on mini-stories and public sentence pairs; of 153 pairs that it finds 146 are contradictions.
    """
    ra, rb = read(a), read(b)
    if Certainty.DENIED in (a.certainty, b.certainty) or _unlike(ra, rb):
        return None
    if (words := _denied(ra, rb)) is not None and not _overtaken(a, b):
        denied, said = words
    elif (words := _denied(rb, ra)) is not None and not _overtaken(b, a):
        said, denied = words
    else:
        return None
    a_span, b_span = with_negator(ra, denied), with_negator(rb, said)
    detail = f'"{a_span.of(a.text)}" against "{b_span.of(b.text)}": one denies outright what the other says'
    return Finding(ReasonType.NEGATION, Verdict.PART, a_span, b_span, detail)


def _unlike(a: Reading, b: Reading) -> bool:
    """Whether one speaks of a plan, a condition, another time or another one, or leaves the matter open."""
    return (
        a.conditional
        or b.conditional
        or a.planned != b.planned
        or a.other_time != b.other_time
        or a.unknown is not None
        or b.unknown is not None
        or a.other_one != b.other_one
    )


def _denied(denial: Reading, other: Reading) -> tuple[Word, Word] | None:
    """The word that is negated first of all in `denial`, and the same word in `other`, which negates nothing."""
    if len(denial.negators) != 1 or other.negators or len(denial.lead) != 1:
        return None
    lead = [word for word in denial.tokens if word.index in denial.lead]
    own = [word for word in denial.tokens if (word.content or word.number) and not word.mark]
    if sum(word.content for word in own) < _CONTENT_WORDS_AT_LEAST:
        return None
    places: dict[str, Word] = {}
    for word in other.tokens:
        places.setdefault(word.stem, word)
    if any(word.stem not in places for word in own):
        return None
    order = [places[word.stem].index for word in own]
    # The same words in another order may have another doer.
    return (lead[0], places[lead[0].stem]) if order == sorted(order) else None


def _overtaken(denial: Statement, other: Statement) -> bool:
    """Whether the denial only says what had not happened so far, and the other came later: "has not signed", then "signed on Tuesday"."""
    order = later(denial, other)
    return (order > 0 and _SO_FAR.search(denial.text) is not None) or (order >= 0 and _YET.search(denial.text) is not None)
