"""Which pairs of near claims are worth judging."""

import re
from datetime import timedelta
from functools import lru_cache

from app.claims.claim import StoredClaim, Voice

# Source: measured on the development stories: paraphrases that share neither a name nor a figure lie above this.
ANCHORLESS_MIN_SIMILARITY = 0.55

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@lru_cache(maxsize=50_000)
def anchors(content: str) -> frozenset[str]:
    """Folded names and figures of a claim: what two claims about one thing usually share.

    A word counts as a name when it is capitalised past the first word, or holds a digit.
    """
    found = set()
    for position, match in enumerate(_WORD.finditer(content)):
        word = match.group()
        if any(c.isdigit() for c in word) or (position > 0 and word[0].isupper() and len(word) > 1):
            found.add(word.casefold().removesuffix("'s").removesuffix("’s"))
    return frozenset(found)


class Gate:
    """Lets a pair through by similarity, time and shared anchors. Symmetric, and blind to the order of arrival."""

    def __init__(self, window: timedelta, min_similarity: float):
        self._window = window
        self._min_similarity = min_similarity

    def admits(self, a: StoredClaim, b: StoredClaim, similarity: float) -> bool:
        """Whether the two are near enough in meaning and time to be compared.

        Two claims that one article makes in its own voice, or that one speaker makes within one article, are left alone:
        nobody diverges from himself within a page.
        """
        if a.id == b.id or similarity < self._min_similarity or abs(a.published_at - b.published_at) > self._window:
            return False
        if a.article_id == b.article_id and _same_voice(a, b):
            return False
        return similarity >= ANCHORLESS_MIN_SIMILARITY or bool(anchors(a.claim.content) & anchors(b.claim.content))


def _same_voice(a: StoredClaim, b: StoredClaim) -> bool:
    if a.claim.voice is not b.claim.voice:
        return False
    if a.claim.voice is Voice.OWN:
        return True
    first, second = a.claim.speaker, b.claim.speaker
    return first is not None and second is not None and first.name is not None and first.name == second.name
