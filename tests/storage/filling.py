"""Putting articles, claims and clusters into a test's store."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.claims.claim import StoredClaim
from app.clusters.copies import Origin
from app.conflicts.agreement import outlet_pairs
from app.conflicts.conflict import Between, Conflict, Divergence, Status
from app.conflicts.positions import Position
from app.outlets.outlet import Outlet
from app.storage.database import Database
from app.storage.writing import articles as articles_out
from app.storage.writing import claims as claims_out
from app.storage.writing import clusters as clusters_out
from app.storage.writing import outlets as outlets_out
from app.storage.writing.articles import Incoming, Receipt
from app.storage.writing.clusters import ClusterSummary
from tests.made_claims import NOON, made_claim

ENCODER = "fake-3"


def vectors_for(claims: Sequence[StoredClaim]) -> NDArray[np.float32]:
    """A vector a claim, no two alike."""
    return np.array([[at + 1, 0.5, -1 / 3] for at in range(len(claims))], dtype=np.float32).reshape(len(claims), 3)


def incoming(
    article_id: str = "art_1", outlet: str = "harbor-courier", text: str = "A ferry left.", published_at: datetime | None = NOON
) -> Incoming:
    """An article as it is to be received; its hash is its text."""
    return Incoming(article_id, Outlet(outlet, outlet.title()), None, "Ferry", text, "en", published_at, content_hash=text)


def receive(session: Session, article: Incoming | None = None, now: datetime = NOON) -> Receipt:
    """Receives an article."""
    return articles_out.receive(session, article or incoming(), now)


def insert(session: Session, claims: Sequence[StoredClaim], encoder_id: str = ENCODER) -> list[StoredClaim]:
    """Stores claims with the outlets, articles and clusters they name."""
    named = {outlet for claim in claims for outlet in (claim.outlet_id, claim.origin_outlet_id)}
    outlets_out.ensure(session, [Outlet(outlet, outlet.title()) for outlet in sorted(named)], NOON)
    for claim in claims:
        receive(session, incoming(claim.article_id, claim.outlet_id))
    clusters_out.create(session, {claim.cluster_id for claim in claims if claim.cluster_id is not None}, NOON)
    return claims_out.insert(session, claims, vectors_for(claims), encoder_id=encoder_id, made_by="test")


def store_claims(database: Database) -> list[StoredClaim]:
    """Two claims of two outlets."""
    with database.write() as session:
        return insert(session, [made_claim("clm_a"), made_claim("clm_b", outlet="channel-nine", speaker="Ines Varga")])


def summary_of(*positions: Sequence[tuple[str, str]], diverging: bool = False, one_voice: Sequence[set[str]] = ()) -> ClusterSummary:
    """A cluster's summary from its positions, each a list of (claim id, origin outlet); when `diverging`, each is parted from each.

    `one_voice` are sets of outlets that copy each other; every other outlet speaks for itself.
    """
    said = [claim for position in positions for claim in position]
    outlets = sorted({outlet for _, outlet in said})
    groups = [*one_voice, *({outlet} for outlet in outlets if not any(outlet in voice for voice in one_voice))]
    stands = tuple(
        Position(tuple(dict.fromkeys(outlet for _, outlet in position)), (), tuple(claim for claim, _ in position), "A ferry left")
        for position in positions
    )
    origins = tuple(Origin(min(voice), tuple(claim for claim, outlet in said if outlet in voice), tuple(sorted(voice))) for voice in groups)
    parted = [(one, other) for one in range(len(positions)) for other in range(one)] if diverging else []
    return ClusterSummary(
        headline="A ferry left",
        outlet_ids=tuple(outlets),
        claim_count=len(said),
        positions=stands,
        origins=origins,
        wire_copies=(),
        diverging=diverging,
        pairs=tuple(outlet_pairs(stands, origins, parted)),
    )


def conflict_of(cluster_id: str, *relations: tuple[str, str], claim_positions: Sequence[Position] = ()) -> Conflict:
    """An open conflict of a cluster; `relations` are the pairs of claims that contradict each other."""
    divergence = Divergence("A ferry left", "quantity", Between.OUTLETS, 0.5, tuple(claim_positions), relations)
    return Conflict("con_" + cluster_id.removeprefix("clu_"), cluster_id, divergence, Status.OPEN, True, NOON, NOON)
