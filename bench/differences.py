"""Where two runs over the same articles parted, with what explains it: the claims' words and the relations between them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from bench.outcome import Outcome, Positions

# So much of a claim is told.
_SHOWN_CHARS = 110


def differences(embedded: Outcome, many: Outcome) -> list[str]:
    """A line for each pair of related claims that one run has in one cluster and the other apart, and for each conflict of one alone.

    Nothing where both ended alike.
    """
    return [*_parted(embedded, many), *_conflicts("embedded", embedded, many), *_conflicts("many", many, embedded)]


def _parted(embedded: Outcome, many: Outcome) -> Iterator[str]:
    for pair in sorted(_related(embedded) | _related(many)):
        together = [_together(outcome, pair) for outcome in (embedded, many)]
        if None not in together and together[0] != together[1]:
            where = "embedded" if together[0] else "many"
            words = " and ".join(_claim(embedded, claim) for claim in pair)
            yield f"one cluster only {where}: {words}; {_relations(embedded, many, pair)}"


def _conflicts(where: str, here: Outcome, there: Outcome) -> Iterator[str]:
    for positions in sorted(here.conflicts - there.conflicts, key=lambda found: sorted(found)):
        claims = sorted(claim for position in positions for claim in position)
        sides = " | ".join(_claim(here, position[0]) for position in sorted(positions) if position)
        yield f"conflict only {where}: {sides}; {_why(here, there, positions, claims)}"


def _why(here: Outcome, there: Outcome, positions: Positions, claims: Sequence[str]) -> str:
    """What of a conflict is not so in the other run."""
    missing = [claim for claim in claims if claim not in there.cluster_of]
    if missing:
        return f"the other has no claim {_claim(here, missing[0])}"
    if len({there.cluster_of[claim] for claim in claims}) > 1:
        return "its claims stand in several clusters of the other"
    changed = [pair for pair in combinations(claims, 2) if here.relations.get(pair) != there.relations.get(pair)]
    if changed:
        return f"of its pairs {len(changed)} are judged otherwise, the first {_relations(here, there, changed[0])}"
    members = {claim for claim, cluster in there.cluster_of.items() if cluster == there.cluster_of[claims[0]]}
    more = sorted(members - set(claims))
    return f"the other's cluster also has {_claim(there, more[0])}" if more else f"the same claims in {len(positions)} other positions"


def _related(outcome: Outcome) -> set[tuple[str, str]]:
    return set(outcome.relations)


def _together(outcome: Outcome, pair: tuple[str, str]) -> bool | None:
    clusters = [outcome.cluster_of.get(claim) for claim in pair]
    return None if None in clusters else clusters[0] == clusters[1]


def _relations(one: Outcome, other: Outcome, pair: tuple[str, str]) -> str:
    a, b = _told(one.relations, pair), _told(other.relations, pair)
    return f"related in both by {a}" if a == b else f"related by {a} in the one, by {b} in the other"


def _told(relations: Mapping[tuple[str, str], str], pair: tuple[str, str]) -> str:
    return relations.get(pair, "nothing within a cluster")


def _claim(outcome: Outcome, claim: str) -> str:
    text = " ".join(outcome.texts.get(claim, claim).split())
    return f"“{text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + '…'}”"
