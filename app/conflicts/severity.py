"""How grave a conflict is, 0..1."""

from collections.abc import Mapping, Sequence

from app.claims.claim import Certainty, StoredClaim
from app.relations.judged import JudgedPair
from app.relations.relation import ReasonType

# Source: decision; what a newsroom must settle first: who did it and whether it happened, then how many, where and when,
# last how somebody feels about it.
WEIGHT: Mapping[ReasonType, float] = {
    ReasonType.IDENTITY: 1.0,
    ReasonType.NEGATION: 1.0,
    ReasonType.ANTONYM: 0.9,
    ReasonType.QUANTITY: 0.8,
    ReasonType.PLACE: 0.8,
    ReasonType.DATE: 0.7,
    ReasonType.MODEL: 0.6,
    ReasonType.CERTAINTY: 0.4,
    ReasonType.CHARACTERISATION: 0.35,
}
HEDGED_FACTOR = 0.75
SOURCES_FACTOR = 0.85
ORIGINS_FACTOR = (0.8, 0.9, 1.0)


def severity(
    parting: Sequence[JudgedPair], claims: Mapping[str, StoredClaim], *, between_outlets: bool, origins_of_smaller_side: int
) -> float:
    """The gravest contradiction, weighed by its kind, how sure the relation and both sides are, and how many independent
    origins stand on the smaller side (three count as many). Rounded to three places.
    """
    gravest = 0.0
    for pair in parting:
        weight = max((WEIGHT[reason.type] for reason in pair.reasons), default=WEIGHT[ReasonType.MODEL])
        hedged = any(claims[end].claim.certainty is Certainty.HEDGED for end in (pair.a, pair.b))
        gravest = max(gravest, weight * pair.score * (HEDGED_FACTOR if hedged else 1.0))
    side = ORIGINS_FACTOR[min(max(origins_of_smaller_side, 1), len(ORIGINS_FACTOR)) - 1]
    return round(gravest * side * (1.0 if between_outlets else SOURCES_FACTOR), 3)
