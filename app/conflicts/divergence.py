"""From a cluster's standing to its divergence, if there is one."""

from collections import defaultdict
from collections.abc import Sequence

from app.claims.claim import LinkKind, StoredClaim, Voice
from app.clusters.copies import origins
from app.conflicts.conflict import Between, Divergence
from app.conflicts.positions import Standing
from app.conflicts.severity import WEIGHT, severity, severity_parts
from app.relations.judged import JudgedPair
from app.relations.relation import ReasonType


def divergence(claims: Sequence[StoredClaim], found: Standing, copies: Sequence[tuple[str, str]]) -> Divergence | None:
    """How the cluster diverges; None when nothing parts its positions.

    Only positions that take part in a contradiction are shown. `copies` are the wire-copied pairs of claim ids.
    """
    by_id = {claim.id: claim for claim in claims}
    group_of = {claim: number for number, position in enumerate(found.positions) for claim in position.claim_ids}
    parting = [pair for pair in found.parting if group_of[pair.a] != group_of[pair.b]]
    if not parting:
        return None
    involved = sorted({group_of[end] for pair in parting for end in (pair.a, pair.b)})
    positions = tuple(found.positions[number] for number in involved)
    outlets = any(between(by_id[pair.a], by_id[pair.b]) is Between.OUTLETS for pair in parting)
    origins_of_sides = [len(origins([by_id[claim] for claim in position.claim_ids], copies)) for position in positions]
    parts = severity_parts(parting, by_id, between_outlets=outlets, origins_of_sides=origins_of_sides)
    return Divergence(
        headline=max(positions, key=lambda p: len(p.claim_ids)).summary,
        kind=_kind(parting),
        between=Between.OUTLETS if outlets else Between.SOURCES,
        severity=severity(parts),
        positions=positions,
        relations=tuple(sorted((pair.a, pair.b) for pair in parting)),
        parts=parts,
    )


def between(a: StoredClaim, b: StoredClaim) -> Between:
    """Who diverges in one contradiction.

    Outlets, when both speak in their own voice, or report the same named source differently; else the sources they report.
    """
    if a.claim.voice is Voice.OWN and b.claim.voice is Voice.OWN:
        return Between.OUTLETS
    first, second = _named_source(a), _named_source(b)
    if first is not None and first == second and (a.outlet_id, a.origin_outlet_id) != (b.outlet_id, b.origin_outlet_id):
        return Between.OUTLETS
    return Between.SOURCES


def _named_source(claim: StoredClaim) -> str | None:
    """The speaker's resolved name, folded; None for the outlet's own voice, and for "officials", who may be others elsewhere."""
    speaker = claim.claim.speaker
    if speaker is None or speaker.kind is LinkKind.ANONYMOUS or speaker.name is None:
        return None
    return speaker.name.casefold()


def _kind(parting: Sequence[JudgedPair]) -> str:
    weight: dict[ReasonType, float] = defaultdict(float)
    for pair in parting:
        for reason in pair.reasons[:1]:
            weight[reason.type] += pair.score * WEIGHT[reason.type]
    return min(weight, key=lambda kind: (-weight[kind], kind.value)).value if weight else ReasonType.MODEL.value
