"""Which claims and clusters a request is about: the lists and the exports ask alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from app.api.services import Since, Use
from app.claims.claim import ClaimType, StoredClaim
from app.conflicts.positions import source_name
from app.storage.reading.clusters import Filter

Words = Annotated[str | None, Query(min_length=1, max_length=2_000, description="Words to search by meaning; nearest first.")]


@dataclass(frozen=True)
class ClaimSearch:
    """Which claims: each field narrows, None does not. With `words` the nearest in meaning, closest first.

    `outlet` publishes the claim or is its origin, `source` is a name in its chain, `since` the earliest time of publication.
    """

    words: str | None
    outlet: str | None
    source: str | None
    cluster: str | None
    type: ClaimType | None
    since: datetime | None

    def admits(self, claim: StoredClaim) -> bool:
        """Whether the claim passes, whatever the words."""
        names = {name.casefold() for link in claim.claim.chain if (name := link.name)} | {(source_name(claim) or "").casefold()}
        return (
            (self.outlet is None or self.outlet in (claim.outlet_id, claim.origin_outlet_id))
            and (self.source is None or self.source.casefold() in names)
            and (self.cluster is None or claim.cluster_id == self.cluster)
            and (self.type is None or claim.claim.type is self.type)
            and (self.since is None or claim.published_at >= self.since)
        )


def claim_search(
    use: Use,
    q: Words = None,
    outlet: str | None = None,
    source: str | None = None,
    cluster: str | None = None,
    type: ClaimType | None = None,
    since: Since = None,
) -> ClaimSearch:
    """What the query says."""
    return ClaimSearch(q, use.outlet_id(outlet), source, cluster, type, since)


@dataclass(frozen=True)
class ClusterSearch:
    """Which clusters; with `words` by their claim nearest in meaning, closest first."""

    words: str | None
    wanted: Filter


def cluster_search(
    use: Use,
    q: Words = None,
    outlet: str | None = None,
    article: str | None = None,
    min_outlets: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    diverging: bool | None = None,
    since: Since = None,
    first_outlet: Annotated[str | None, Query(description="The outlet that its earliest claim goes back to.")] = None,
) -> ClusterSearch:
    """What the query says."""
    wanted = Filter(use.outlet_id(outlet), min_outlets, diverging, since, article, use.outlet_id(first_outlet))
    return ClusterSearch(q, wanted)


WantedClaims = Annotated[ClaimSearch, Depends(claim_search)]
WantedClusters = Annotated[ClusterSearch, Depends(cluster_search)]
