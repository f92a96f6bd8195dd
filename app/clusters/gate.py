"""Which pairs of near claims are worth judging, whatever articles they stand in."""

from datetime import datetime, timedelta

from app.claims.claim import StoredClaim, Voice
from app.clusters.marks import near_enough

# Below it two claims of unlike articles share a subject at most. Source: measured on a news stream and the mini-stories.
ALIKE_MIN_SIMILARITY = 0.45
# Similarity and shared names, figures and words together. Source: measured on 70 articles of one day about politics: at 0.75 a claim
# meets 0.13 claims of other articles, at 0.65 it meets 0.37, nearly all of them strangers.
ALIKE_MIN_NEARNESS = 0.75


class Gate:
    """Lets a pair through by time, similarity and shared marks. Symmetric, and blind to the order of arrival."""

    def __init__(self, window: timedelta):
        self._window = window

    def in_window(self, a: datetime, b: datetime) -> bool:
        """Whether two times of publication are near enough for claims to be compared."""
        return abs(a - b) <= self._window

    def open_to(self, a: StoredClaim, b: StoredClaim) -> bool:
        """Whether the two may be compared at all.

        Two claims that one article makes in its own voice, or that one speaker makes within one article, are left alone:
        nobody diverges from himself within a page.
        """
        if a.id == b.id or not self.in_window(a.published_at, b.published_at):
            return False
        return a.article_id != b.article_id or not _same_voice(a, b)

    def admits(self, a: StoredClaim, b: StoredClaim, similarity: float) -> bool:
        """Whether the two are so much alike that they are compared, wherever they stand."""
        if similarity < ALIKE_MIN_SIMILARITY or not self.open_to(a, b):
            return False
        return similarity >= ALIKE_MIN_NEARNESS or near_enough(a, b, similarity, ALIKE_MIN_NEARNESS)


def _same_voice(a: StoredClaim, b: StoredClaim) -> bool:
    if a.claim.voice is not b.claim.voice:
        return False
    if a.claim.voice is Voice.OWN:
        return True
    first, second = a.claim.speaker, b.claim.speaker
    return first is not None and second is not None and first.name is not None and first.name == second.name
