"""What a claim can be recognised by besides its meaning: its words, and above all its names, figures and days."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from app.claims.claim import StoredClaim
from app.claims.word_lists import listed

# A shared name, figure or day tells more than a shared word. Source: decision; a fit on mini-stories gives names more, on ECB+ less.
TELLING_WEIGHT = 1.5
# Stands for the claims not looked at, so that two bare sentences that share a word still share something. Source: decision.
UNSEEN_CLAIMS = 20
# Forms of one word mostly differ past this many letters ("rejected", "rejection"). Source: decision.
STEM_CHARS = 6
_ENDINGS = ("ing", "ed", "es", "s", "ly")

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_FUNCTION_WORDS = frozenset(
    listed("""
    a an the this that these those and or but nor so yet of to in on at by for from with into onto over under about as than then
    too very just only also even still already again ever here there where when while who whom whose which what why how he she
    it they we you i his her hers its their theirs our ours your my mine me him them us himself herself itself themselves be is
    are was were been being am do does did done have has had having will would shall should can could may might must not no n't
    one ones all any some each both either neither such own same other others another more most less least much many few several
    up down out off if because since until through during before after between among against within without upon per via whether
    however though although get got put said says say told tell it's that's there's mr mrs ms dr
    """)
)


@lru_cache(maxsize=50_000)
def words(content: str) -> Mapping[str, bool]:
    """The folded stems of a claim's content words, and whether each is telling: a name (a capital past the first word) or a figure."""
    found: dict[str, bool] = {}
    for position, match in enumerate(_WORD.finditer(content)):
        word = match.group()
        folded = word.casefold().replace("’", "'").removesuffix("'s")
        if len(folded) < 2 or folded in _FUNCTION_WORDS:
            continue
        figure = any(c.isdigit() for c in folded)
        stem = folded if figure else _stem(folded)
        found[stem] = found.get(stem, False) or figure or (position > 0 and word[0].isupper())
    return found


def marks(claim: StoredClaim) -> Mapping[str, bool]:
    """The words of the content with the numbers and days that were read there, whatever their wording ("two dozen", "24")."""
    found = dict(words(claim.claim.content))
    for quantity in claim.claim.quantities:
        number = quantity.exact if quantity.exact is not None else quantity.low if quantity.low is not None else quantity.high
        if number is not None:
            found[f"#{number:.6g}"] = True
    for date in claim.claim.dates:
        found[f"@{date.start:%Y-%m-%d}"] = True
    return found


def nearness(a: StoredClaim, b: StoredClaim, similarity: float) -> float:
    """Similarity and shared marks of two claims, taken by themselves, as one number (-1..2).

    Source: a logistic fit weighs the two 1 to 1 on mini-stories and 1 to 2 on ECB+ sentences; held-out ranking is flat between.
    """
    return similarity + float(shared_marks([marks(a)], [marks(b)])[0, 0])


def near_enough(a: StoredClaim, b: StoredClaim, similarity: float, least: float) -> bool:
    """Whether the nearness of two claims is at least `least`; the same as asking `nearness`, at a tenth of the cost."""
    near = similarity + _cosine(marks(a), marks(b))
    return near >= least if abs(near - least) > _LAST_BITS else nearness(a, b, similarity) >= least


# So close to the bound the order of a sum might decide, and the sum that everything else goes by is asked. Source: decision.
_LAST_BITS = 1e-9
# The weight of a mark that both of two claims have; one that a single claim has weighs 1. See `shared_marks`.
_SHARED_WEIGHT = log((2 + UNSEEN_CLAIMS) / 2) / log(2 + UNSEEN_CLAIMS)


def _cosine(a: Mapping[str, bool], b: Mapping[str, bool]) -> float:
    """What `shared_marks` gives for two claims alone, but for the last bits."""
    shared = a.keys() & b.keys()
    if not shared:
        return 0.0
    both = _SHARED_WEIGHT**2 * sum(TELLING_WEIGHT**2 if a[mark] or b[mark] else 1.0 for mark in shared)
    first = both + sum(TELLING_WEIGHT**2 if tells else 1.0 for mark, tells in a.items() if mark not in shared)
    second = both + sum(TELLING_WEIGHT**2 if tells else 1.0 for mark, tells in b.items() if mark not in shared)
    return both / sqrt(first * second)


def shared_marks(a: Sequence[Mapping[str, bool]], b: Sequence[Mapping[str, bool]]) -> NDArray[np.float64]:
    """`result[i, j]` is the weighted cosine (0..1) of the marks of `a[i]` and `b[j]`; 0 where either has none.

    A mark weighs by its rarity among the claims given: the town where the whole story happens tells nothing within it.
    """
    held = Counter(_all(a))
    held.update(_all(b))
    telling = {mark for claim in (*a, *b) for mark, tells in claim.items() if tells}
    claims = len(a) + len(b) + UNSEEN_CLAIMS
    column = {mark: at for at, mark in enumerate(sorted(held))}
    weight = {mark: (TELLING_WEIGHT if mark in telling else 1.0) * log(claims / count) / log(claims) for mark, count in held.items()}
    first, second = (_matrix(side, column, weight) for side in (a, b))
    shared: NDArray[np.float64] = first @ second.T
    return shared


def _all(claims: Sequence[Mapping[str, bool]]) -> Iterable[str]:
    return (mark for claim in claims for mark in claim)


def _matrix(claims: Sequence[Mapping[str, bool]], column: Mapping[str, int], weight: Mapping[str, float]) -> NDArray[np.float64]:
    """One row a claim, one column a mark, rows of length 1 (or 0 where a claim has no marks)."""
    rows = np.zeros((len(claims), len(column)))
    for at, claim in enumerate(claims):
        for mark in claim:
            rows[at, column[mark]] = weight[mark]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    return word[:STEM_CHARS]
