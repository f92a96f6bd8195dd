"""Articles about one event, and which of their claims face each other.

A pronoun, a terse quote or an opinion lies far from its counterpart among all claims of the world, yet near it among the dozen
claims of another article about the same event. So articles are matched first, then the claims of each pair of them by rank.
Everything here depends on the two articles alone: not on what else is stored, nor on which of them came first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.claims.claim import StoredClaim
from app.clusters.marks import marks, shared_marks
from app.vectors.encoder import Vectors

# From here on two articles tell of one event. Source: measured; of 44,850 pairs of same-day articles about the politics of one country
# 0.24% lie above, of news roundups' pairs 72%, of sets of three whole articles about one event 87%, of the development stories 83%.
KIN_MIN = 0.88
# How alike the claims of one article are taken to be before any are seen, and how many pairs of claims that belief is worth.
# Source: measured over the same articles; a single claim is kin to another from a similarity of 0.35 on.
OWN_SIMILARITY, OWN_PAIRS = 0.4, 3.0
# Claims of one article that have next to nothing in common would make any stranger kin. Source: decision; seen in no article.
OWN_MIN = 0.1

# A claim meets those of the other article that stand among its best, if it stands high enough among theirs. Source: measured on
# the development stories; 2 and 6 meet a fifth fewer pairs and lose 3 of 40 agreements and updates, any rank for 6 adds 1 and a fifth.
BEST_RANKS, OTHER_RANKS = 3, 6
MIN_NEARNESS = 0.15
# Rival speakers stand side by side in an article: nearly always with at most one claim between them. Source: the same stories.
SIDE_BY_SIDE_CLAIMS = 2
# Nearness is rounded, so that no last bit of a product decides a rank.
_DECIMALS = 4


@dataclass(frozen=True)
class Page:
    """An article's claims, ordered by id; `vectors[i]` belongs to `claims[i]`."""

    claims: tuple[StoredClaim, ...]
    vectors: Vectors

    @classmethod
    def of(cls, claims: Sequence[StoredClaim], vectors: Vectors) -> "Page":
        """A page of claims in any order."""
        order = sorted(range(len(claims)), key=lambda at: claims[at].id)
        return cls(tuple(claims[at] for at in order), vectors[order])

    def pair(self, at: int, other: int) -> tuple[StoredClaim, StoredClaim, float]:
        """Two of its claims with their similarity."""
        similarity = float(self.vectors[at].astype(np.float64) @ self.vectors[other].astype(np.float64))
        return self.claims[at], self.claims[other], similarity


def kinship(a: Vectors, b: Vectors) -> float:
    """How far two articles (one row a claim) tell of one event: the mean similarity of their claims to each other, over that of
    the claims within each. About 1 for one event whatever the length, near 0 for strangers; 0 where one has no claims.
    """
    if not len(a) or not len(b):
        return 0.0
    first, second = a.mean(axis=0, dtype=np.float64), b.mean(axis=0, dtype=np.float64)
    within = _own(first, len(a)) * _own(second, len(b))
    return round(float(first @ second) / float(np.sqrt(within)), _DECIMALS)


def _own(mean: NDArray[np.float64], claims: int) -> float:
    """The mean similarity of two different claims of one article, drawn towards what is usual where there are few."""
    pairs = claims * (claims - 1) / 2
    total = (claims * claims * float(mean @ mean) - claims) / 2
    return max((total + OWN_PAIRS * OWN_SIMILARITY) / (pairs + OWN_PAIRS), OWN_MIN)


def facing(a: Page, b: Page) -> Iterator[tuple[StoredClaim, StoredClaim, float]]:
    """The claims of two kin articles that meet, with their similarity. The same pairs whichever page is named first."""
    similarity = a.vectors.astype(np.float64) @ b.vectors.astype(np.float64).T
    near = similarity + shared_marks([marks(claim) for claim in a.claims], [marks(claim) for claim in b.claims])
    near = near.round(_DECIMALS)
    # ranks: how many claims of the other page are strictly nearer; equals share a rank
    in_b, in_a = _ranks(near), _ranks(near.T).T
    met = (np.minimum(in_a, in_b) < BEST_RANKS) & (np.maximum(in_a, in_b) < OTHER_RANKS) & (near >= MIN_NEARNESS)
    for at, other in np.argwhere(met).tolist():
        yield a.claims[at], b.claims[other], float(similarity[at, other])


def _ranks(near: NDArray[np.float64]) -> NDArray[np.int64]:
    """`result[i, j]` counts the columns of row i that are greater than column j."""
    ordered = np.sort(near, axis=1)
    ranks = [near.shape[1] - np.searchsorted(line, values, side="right") for line, values in zip(ordered, near, strict=True)]
    return np.asarray(ranks, dtype=np.int64).reshape(near.shape)


def side_by_side(page: Page) -> Iterator[tuple[StoredClaim, StoredClaim, float]]:
    """Claims of different named speakers that stand beside each other in one article, with their similarity."""
    order = sorted(range(len(page.claims)), key=lambda at: (page.claims[at].claim.span, page.claims[at].id))
    for place, at in enumerate(order):
        for other in order[place + 1 : place + 1 + SIDE_BY_SIDE_CLAIMS]:
            first, second = page.claims[at].claim.speaker, page.claims[other].claim.speaker
            if first is not None and second is not None and first.name and second.name and first.name != second.name:
                yield page.pair(at, other)
