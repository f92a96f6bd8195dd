"""Linking: what a batch of prepared claims does to clusters and conflicts, within one writing session."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from sqlmodel import Session

from app.claims.claim import StoredClaim
from app.clusters.cohesion import Tie, cohesive
from app.clusters.copies import origins, wire_groups
from app.clusters.membership import Settlement, cluster_id_of, settle
from app.conflicts.agreement import outlet_pairs, parted_positions
from app.conflicts.conflict import Conflict, Divergence, evolve
from app.conflicts.divergence import divergence
from app.conflicts.positions import standing
from app.relations.judged import JudgedPair
from app.storage.reading import claims as claims_in
from app.storage.reading import clusters as clusters_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.writing import claims as claims_out
from app.storage.writing import clusters as clusters_out
from app.storage.writing import conflicts as conflicts_out
from app.storage.writing.clusters import ClusterSummary
from app.storage.writing.conflicts import Changed

# Source: decision; bounds what one batch may cost. Past it a group's far surroundings are taken as they were.
REACH_CLUSTERS = 500


@dataclass(frozen=True)
class Change:
    """What changes at once: relations between live claims that are new, and claims withdrawn (already out of the store)."""

    added: Sequence[StoredClaim]
    gone: Sequence[StoredClaim]
    pairs: Sequence[JudgedPair]


def link(session: Session, change: Change, now: datetime, *, made_by: str) -> None:
    """Stores the relations, settles every cluster they touch, and lets the conflicts there evolve."""
    clusters_out.save_relations(session, change.pairs, made_by)
    ends = claims_in.by_ids(session, {end for pair in change.pairs for end in (pair.a, pair.b)})
    touched = {claim.cluster_id for claim in (*ends, *change.gone) if claim.cluster_id is not None}
    touched = _reached(session, touched)
    claims = {claim.id: claim for claim in (*claims_in.of_clusters(session, touched), *change.added)}
    pairs = claims_in.relations_among(session, claims)
    groups = cohesive(claims.keys(), [Tie(pair.a, pair.b, pair.score, firm=pair.wire_copy) for pair in pairs])
    settled = settle(
        {claim.id: claim.cluster_id for claim in claims.values()},
        [(group[0], other) for group in groups for other in group[1:]],
        clusters_in.created_at(session, touched),
        _taken(session, [cluster_id_of(group) for group in groups]),
    )
    own = {cluster_id: [claims[claim] for claim in members] for cluster_id, members in settled.members.items()}
    found = _summaries(own, pairs)
    _store(session, settled, claims, {cluster_id: summary for cluster_id, (summary, _) in found.items()}, now)
    _live_on(session, settled, own, {cluster_id: diverges for cluster_id, (_, diverges) in found.items()}, now)


def _taken(session: Session, likely: Collection[str]) -> Callable[[str], bool]:
    """Says whether a living cluster has an id; the likely ones are asked for at once."""
    living = clusters_in.living(session, likely)
    asked = frozenset(likely)
    return lambda cluster_id: cluster_id in living if cluster_id in asked else clusters_in.lives(session, cluster_id)


def _reached(session: Session, touched: set[str]) -> set[str]:
    """The clusters touched and those linked with them, step by step, as long as they are few: how a group holds together
    depends on everything it is linked with.
    """
    reached, newest = set(touched), set(touched)
    while newest and len(reached) < REACH_CLUSTERS:
        newest = claims_in.linked_clusters(session, newest) - reached
        reached |= newest
    return reached


def _store(
    session: Session, settled: Settlement, claims: Mapping[str, StoredClaim], summaries: Mapping[str, ClusterSummary], now: datetime
) -> None:
    clusters_out.create(session, settled.created, now, summaries)
    clusters_out.merge(session, settled.merged, now)
    clusters_out.empty(session, settled.emptied, now)
    moved = {claim: cluster for cluster, members in settled.members.items() for claim in members if claims[claim].cluster_id != cluster}
    claims_out.set_clusters(session, moved)
    clusters_out.summarise_all(session, {cluster: summaries[cluster] for cluster in summaries.keys() - settled.created}, now)


def _summaries(
    own: Mapping[str, Sequence[StoredClaim]], pairs: Iterable[JudgedPair]
) -> dict[str, tuple[ClusterSummary, Divergence | None]]:
    """What each cluster shows, and how it diverges, from its own claims and the relations among them."""
    cluster_of = {claim.id: cluster for cluster, claims in own.items() for claim in claims}
    inside: dict[str, list[JudgedPair]] = {cluster: [] for cluster in own}
    for pair in pairs:
        inside[cluster_of[pair.a]].append(pair)
    return {cluster: _summary(claims, inside[cluster]) for cluster, claims in own.items()}


def _live_on(
    session: Session,
    settled: Settlement,
    own: Mapping[str, Sequence[StoredClaim]],
    diverging: Mapping[str, Divergence | None],
    now: datetime,
) -> None:
    """Lets the conflicts of these clusters evolve. Most clusters never had one and have none: they are passed over."""
    former: dict[str, list[Conflict]] = {}
    for conflict in conflicts_in.of_clusters(session, {*settled.members, *settled.merged, *settled.emptied}):
        into = settled.merged.get(conflict.cluster_id, conflict.cluster_id)
        former.setdefault(into, []).append(conflict)
    changed: list[Changed] = []
    named: set[str] = set()
    for cluster_id in (*settled.members, *settled.emptied):
        before, diverges = former.get(cluster_id, []), diverging.get(cluster_id)
        if before or diverges:
            changed += _evolve(session, cluster_id, before, diverges, own.get(cluster_id, ()), named, now)
    conflicts_out.save_all(session, changed)


def _summary(claims: Sequence[StoredClaim], pairs: Sequence[JudgedPair]) -> tuple[ClusterSummary, Divergence | None]:
    """What a cluster of these claims shows, and how it diverges."""
    copies = [(pair.a, pair.b) for pair in pairs if pair.wire_copy]
    found = standing(claims, pairs)
    diverges = divergence(claims, found, copies)
    headline = max(found.positions, key=lambda position: len(position.claim_ids)).summary
    voices = origins(claims, copies)
    summary = ClusterSummary(
        headline=headline,
        outlet_ids=tuple(sorted({claim.outlet_id for claim in claims})),
        claim_count=len(claims),
        positions=found.positions,
        origins=tuple(voices),
        wire_copies=tuple(wire_groups([claim.id for claim in claims], copies)),
        diverging=diverges is not None,
        pairs=tuple(outlet_pairs(found.positions, voices, parted_positions(found))),
    )
    return summary, diverges


def _evolve(
    session: Session,
    cluster_id: str,
    former: Sequence[Conflict],
    diverges: Divergence | None,
    claims: Sequence[StoredClaim],
    named: set[str],
    now: datetime,
) -> Iterator[Changed]:
    """Carries the cluster's conflict on. Where clusters merged, the oldest one that still diverges goes on, the others resolve.

    `named` holds the ids given to new conflicts meanwhile, and is given this one's.
    """
    ranked = sorted(former, key=lambda conflict: (not conflict.diverging, conflict.opened_at, conflict.id))
    current = ranked[0] if ranked else None
    conflict_id = current.id if current else _free_id(session, cluster_id, named)
    named.add(conflict_id)
    involved = {claim for position in diverges.positions for claim in position.claim_ids} if diverges else set()
    taking_part = {outlet for claim in claims if claim.id in involved for outlet in (claim.outlet_id, claim.origin_outlet_id)}
    moved = evolve(current, diverges, conflict_id=conflict_id, cluster_id=cluster_id, now=now)
    if moved is not None:
        yield Changed(*moved, taking_part)
    for other in ranked[1:]:
        joined = evolve(other, None, conflict_id=other.id, cluster_id=cluster_id, now=now, note=f"went on as {conflict_id}")
        if joined is not None:
            yield Changed(*joined, ())


def _free_id(session: Session, cluster_id: str, named: Collection[str]) -> str:
    """An id for a new conflict, named after its cluster; another one where that went on in another cluster."""
    name = "con_" + cluster_id.split("_", 1)[-1]
    free = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in free if one not in named and conflicts_in.find(session, one) is None)
