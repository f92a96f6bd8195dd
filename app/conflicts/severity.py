"""How grave a conflict is, 0..1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

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


# Source: decision; how a reader is told what sets the two sides apart.
_APART: Mapping[ReasonType, str] = {
    ReasonType.IDENTITY: "Who did what differs",
    ReasonType.NEGATION: "One side affirms what the other denies",
    ReasonType.ANTONYM: "The sides say opposite things",
    ReasonType.QUANTITY: "The figures differ",
    ReasonType.PLACE: "The places differ",
    ReasonType.DATE: "The dates differ",
    ReasonType.MODEL: "The wording differs in meaning",
    ReasonType.CERTAINTY: "One side is surer than the other",
    ReasonType.CHARACTERISATION: "The same is judged differently",
}


@dataclass(frozen=True)
class SeverityPart:
    """One factor of the severity: `name` distance, certainty, origins or between; `value` 0..1; `detail` a sentence that says why."""

    name: str
    value: float
    detail: str


def severity_parts(
    parting: Sequence[JudgedPair], claims: Mapping[str, StoredClaim], *, between_outlets: bool, origins_of_sides: Sequence[int]
) -> tuple[SeverityPart, ...]:
    """What makes a conflict grave, in the order distance, certainty, origins, between; none without a contradiction.

    The gravest contradiction counts: how far apart the two are (the weight of its kind), and how certain (the relation's score,
    less where a side hedges). Then how many independent origins stand on the smaller side (`origins_of_sides` has one number a
    position; three count as many), and whether outlets or only their sources differ.
    """
    if not parting:
        return ()
    gravest = min(parting, key=lambda pair: (-_distance(pair)[0] * _certainty(pair, claims), pair.a, pair.b))
    distance, apart = _distance(gravest)
    return (
        SeverityPart("distance", distance, apart),
        SeverityPart("certainty", _certainty(gravest, claims), _how_certain(gravest, claims)),
        _origins(origins_of_sides),
        SeverityPart("between", 1.0, "Outlets differ, not only the sources they report.")
        if between_outlets
        else SeverityPart("between", SOURCES_FACTOR, "The sources differ that outlets report, not the outlets themselves."),
    )


def severity(parts: Sequence[SeverityPart]) -> float:
    """The product of the parts, rounded to three places; 0 when there is none."""
    return round(prod(part.value for part in parts), 3) if parts else 0.0


def _distance(pair: JudgedPair) -> tuple[float, str]:
    weightiest = max(pair.reasons, key=lambda reason: WEIGHT[reason.type], default=None)
    if weightiest is None:
        return WEIGHT[ReasonType.MODEL], f"{_APART[ReasonType.MODEL]}."
    return WEIGHT[weightiest.type], f"{_APART[weightiest.type]}: {weightiest.detail.rstrip('.')}."


def _hedged(pair: JudgedPair, claims: Mapping[str, StoredClaim]) -> int:
    return sum(claims[end].claim.certainty is Certainty.HEDGED for end in (pair.a, pair.b))


def _certainty(pair: JudgedPair, claims: Mapping[str, StoredClaim]) -> float:
    return pair.score * (HEDGED_FACTOR if _hedged(pair, claims) else 1.0)


def _how_certain(pair: JudgedPair, claims: Mapping[str, StoredClaim]) -> str:
    sides = ("both sides commit themselves", "one side hedges", "both sides hedge")[_hedged(pair, claims)]
    return f"That the two cannot both be true is scored {pair.score:.2f}, and {sides}."


def _origins(sides: Sequence[int]) -> SeverityPart:
    counts = [str(max(count, 1)) for count in sides] or ["1"]
    smaller = min(int(count) for count in counts)
    told = f"{', '.join(counts[:-1])} and {counts[-1]}" if len(counts) > 1 else counts[0]
    return SeverityPart("origins", ORIGINS_FACTOR[min(smaller, len(ORIGINS_FACTOR)) - 1], f"Independent origins on each side: {told}.")
