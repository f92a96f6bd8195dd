"""An outlet's profile and the pairs behind a cell of the matrix, as response bodies."""

from collections.abc import Sequence

from sqlmodel import Session

from app.api.presenting import NameOf, claim_out, cluster_summary, outlet_out, outlet_ref
from app.api.responses import ClaimOut, OtherOutletOut, OutletProfileOut, QuotedOut, SharedPropositionOut
from app.claims.claim import StoredClaim
from app.conflicts.conflict import Conflict
from app.outlets.outlet import Outlet
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.outlets import SharedProposition
from app.storage.reading.profiles import Profile

SIDE_CLAIMS = 3
SHARE_DECIMALS = 4


def profile_out(session: Session, outlet: Outlet, found: Profile, name_of: NameOf) -> OutletProfileOut:
    """What an outlet does."""
    conflicts = _conflicts_of(session, [row.id for row in found.first])
    return OutletProfileOut(
        **outlet_out(outlet).model_dump(),
        articles=found.articles,
        claims=found.claims,
        own_claims=found.own,
        reported_claims=found.reported,
        copied_claims=found.copied,
        wire_share=round(found.wire_share, SHARE_DECIMALS),
        clusters=found.clusters,
        open_conflicts=found.open_conflicts,
        first_count=found.first_count,
        first=[cluster_summary(row, name_of, [one.id for one in conflicts.get(row.id, [])]) for row in found.first],
        quotes=[QuotedOut(name=source.name, kind=source.kind, claims=source.claims) for source in found.quoted],
        others=[
            OtherOutletOut(outlet=outlet_ref(cell.b, name_of), shared=cell.shared, agree=cell.agree, diverge=cell.diverge)
            for cell in found.cells
        ],
    )


def shared_out(session: Session, propositions: Sequence[SharedProposition], a: str, b: str, name_of: NameOf) -> list[SharedPropositionOut]:
    """What two outlets share, in the order given, each side's claims with it."""
    ids = [shared.cluster.id for shared in propositions]
    conflicts = _conflicts_of(session, ids)
    standing = {key: one for key, some in conflicts.items() for one in some if one.diverging}
    parting = {end for conflict in standing.values() for pair in conflict.divergence.relations for end in pair}
    sides: dict[tuple[str | None, str], list[StoredClaim]] = {}
    for claim in claims_in.of_clusters(session, ids, origins=(a, b)):
        sides.setdefault((claim.cluster_id, claim.origin_outlet_id), []).append(claim)

    def side(cluster_id: str, outlet_id: str) -> list[ClaimOut]:
        told = sorted(sides.get((cluster_id, outlet_id), []), key=lambda claim: claim.id not in parting)
        return [claim_out(claim, name_of) for claim in told[:SIDE_CLAIMS]]

    return [
        SharedPropositionOut(
            cluster=cluster_summary(shared.cluster, name_of, [one.id for one in conflicts.get(shared.cluster.id, [])]),
            agree=shared.agree,
            diverge=shared.diverge,
            a_claims=side(shared.cluster.id, a),
            b_claims=side(shared.cluster.id, b),
            conflict_id=standing[shared.cluster.id].id if shared.cluster.id in standing else None,
        )
        for shared in propositions
    ]


def _conflicts_of(session: Session, cluster_ids: Sequence[str]) -> dict[str, list[Conflict]]:
    found: dict[str, list[Conflict]] = {}
    for conflict in conflicts_in.of_clusters(session, cluster_ids):
        found.setdefault(conflict.cluster_id, []).append(conflict)
    return found
