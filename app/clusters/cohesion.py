"""Groups that hold together: a link joins two groups only where enough of their claims are linked with each other.

Plain connected parts drift: A says as B, B is near C, C is near D, and soon a cluster about a fire holds the opening hours of
the theatre. Here links are tried surest first, and two groups join when their links to each other are at least a share of all
the pairs between them.

Source: average-linkage agglomeration, with "linked or not" in place of a distance.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import floor

from app.clusters.components import DisjointSets

# Source: measured on the development stories; judges find about half of the links of one proposition, drift makes one in nine.
MIN_LINKED_SHARE = 0.34


@dataclass(frozen=True)
class Tie:
    """A link between two claims (ids, a < b) with the score of its relation; `firm` ties (wire copies) always hold."""

    a: str
    b: str
    score: float
    firm: bool = False


def cohesive(ids: Collection[str], ties: Iterable[Tie]) -> list[tuple[str, ...]]:
    """The groups, members sorted, ordered by their first member. Depends on `ids` and `ties` alone, not on their order.

    A tie with an end outside `ids` is ignored.
    """
    sets = DisjointSets(ids)
    size = dict.fromkeys(ids, 1)
    between: dict[str, dict[str, int]] = {item: {} for item in ids}
    known = sorted((t for t in ties if t.a in size and t.b in size), key=lambda t: (not t.firm, -t.score, t.a, t.b))
    for tie in known:
        for one, other in ((tie.a, tie.b), (tie.b, tie.a)):
            between[one][other] = between[one].get(other, 0) + 1
    joined = True
    while joined:
        joined = False
        for tie in known:
            one, other = sets.find(tie.a), sets.find(tie.b)
            if one == other:
                continue
            needed = max(1, floor(MIN_LINKED_SHARE * size[one] * size[other]))
            if tie.firm or between[one].get(other, 0) >= needed:
                _join(one, other, sets, size, between)
                joined = True
    return sets.groups()


def _join(one: str, other: str, sets: DisjointSets, size: dict[str, int], between: dict[str, dict[str, int]]) -> None:
    """Makes one group of two, and adds up what ties it to the rest."""
    sets.join(one, other)
    kept = sets.find(one)
    gone = other if kept == one else one
    size[kept] += size.pop(gone)
    for third, count in between.pop(gone).items():
        between[third].pop(gone)
        if third != kept:
            between[kept][third] = between[kept].get(third, 0) + count
            between[third][kept] = between[kept][third]
