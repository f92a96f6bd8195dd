"""Positions: which claims of a cluster stand together, and which stand apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.claims.claim import StoredClaim, Voice
from app.clusters.components import DisjointSets
from app.relations.judged import JudgedPair
from app.relations.relation import RelationKind


@dataclass(frozen=True)
class Position:
    """Claims that say the same. `outlet_ids` are origin outlets, `sources` the speakers' names; `summary` one claim's content."""

    outlet_ids: tuple[str, ...]
    sources: tuple[str, ...]
    claim_ids: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Standing:
    """A cluster's positions (earliest first), and the contradictions that part two of them."""

    positions: tuple[Position, ...]
    parting: tuple[JudgedPair, ...]


def standing(claims: Sequence[StoredClaim], pairs: Iterable[JudgedPair]) -> Standing:
    """Groups claims so that agreement holds together and contradiction apart, the surest relations deciding first.

    An update holds with what it replaces: a story that moved on is one position, not two. Independent of the order of
    `claims` and `pairs`. Source: greedy correlation clustering on signed edges, ordered by score.
    """
    by_id = {claim.id: claim for claim in claims}
    known = sorted((p for p in pairs if p.a in by_id and p.b in by_id), key=lambda p: (-p.score, p.a, p.b))
    sets = DisjointSets(by_id)
    apart: set[frozenset[str]] = set()
    parting: list[JudgedPair] = []
    for pair in known:
        first, second = sets.find(pair.a), sets.find(pair.b)
        if pair.kind is RelationKind.CONTRADICTS:
            if first != second and may_part(by_id[pair.a], by_id[pair.b]):
                apart.add(frozenset((first, second)))
                parting.append(pair)
        elif pair.kind is not RelationKind.UNRELATED and first != second and frozenset((first, second)) not in apart:
            sets.join(first, second)
            kept = sets.find(first)
            gone = second if kept == first else first
            apart = {frozenset(kept if end == gone else end for end in edge) for edge in apart}
    groups = [[by_id[item] for item in group] for group in sets.groups()]
    groups.sort(key=lambda group: min((c.published_at, c.id) for c in group))
    return Standing(tuple(position(group, known) for group in groups), tuple(parting))


def may_part(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether a contradiction between the two can be a conflict: an outlet's own voice never conflicts with itself."""
    return not (a.claim.voice is Voice.OWN and b.claim.voice is Voice.OWN and a.outlet_id == b.outlet_id)


def position(claims: Sequence[StoredClaim], pairs: Sequence[JudgedPair]) -> Position:
    """The position that `claims` share; its summary is the claim that most of the others agree with, the earliest of equals."""
    ids = {claim.id for claim in claims}
    support = dict.fromkeys(ids, 0.0)
    for pair in pairs:
        if pair.kind.agrees and pair.a in ids and pair.b in ids:
            support[pair.a] += pair.score
            support[pair.b] += pair.score
    ordered = sorted(claims, key=lambda c: (c.published_at, c.id))
    best = min(ordered, key=lambda c: (-round(support[c.id], 6), c.published_at, c.id))
    return Position(
        outlet_ids=tuple(dict.fromkeys(c.origin_outlet_id for c in ordered)),
        sources=tuple(dict.fromkeys(name for c in ordered if (name := source_name(c)))),
        claim_ids=tuple(c.id for c in ordered),
        summary=best.claim.content,
    )


def source_name(claim: StoredClaim) -> str | None:
    """Whom the claim is attributed to: the resolved name, else the words of the article; None in the outlet's own voice."""
    speaker = claim.claim.speaker
    if speaker is None:
        return None
    return speaker.name or (speaker.source.text if speaker.source else None)
