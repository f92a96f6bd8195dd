"""Search by meaning: a ranking from the index, narrowed and paged."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from app.api.searches import ClaimSearch
from app.api.services import Services
from app.claims.claim import StoredClaim
from app.storage.reading import claims as claims_in
from app.storage.reading import clusters as clusters_in
from app.storage.reading.clusters import Filter
from app.storage.reading.pages import Page, decode_cursor, encode_cursor
from app.storage.tables import ClusterRow

# Source: decision; nobody reads past the first thousand of a ranking, and it bounds what a query costs.
RANKED_CLAIMS = 1_000
Ranked = tuple[StoredClaim, float]


def encode_query(services: Services, words: str) -> NDArray[np.float32]:
    """The vector of a query, shape (dimensions,)."""
    vector: NDArray[np.float32] = services.parts.encoder.encode([words])[0]
    return vector


def ranking(session: Session, services: Services, vector: NDArray[np.float32], wanted: Callable[[StoredClaim], bool]) -> list[Ranked]:
    """The nearest live claims that are wanted, closest first, with their similarity."""
    hits = services.parts.index.nearest(vector.reshape(1, -1), RANKED_CLAIMS)[0]
    claims = claims_in.by_numbers(session, [hit.number for hit in hits])
    return [(claims[hit.number], hit.similarity) for hit in hits if hit.number in claims and wanted(claims[hit.number])]


def page_of_ranking(found: list[Ranked], limit: int, cursor: str | None) -> Page[Ranked]:
    """A page of a ranking; the cursor holds how far it was read."""
    start = decode_cursor(cursor, int)[0] if cursor is not None else 0
    page = found[max(start, 0) : max(start, 0) + limit]
    more = encode_cursor(start + limit) if start + limit < len(found) else None
    return Page(page, more)


def claims_page(session: Session, wanted: ClaimSearch, limit: int, cursor: str | None) -> Page[StoredClaim]:
    """The wanted claims, last stored first; words of the search are not looked at."""
    narrow: dict[str, Any] = {name: getattr(wanted, name) for name in ("outlet", "source", "cluster", "type", "since")}
    return claims_in.page(session, limit, cursor, **narrow)


def ranked_clusters(session: Session, services: Services, vector: NDArray[np.float32], wanted: Filter) -> list[ClusterRow]:
    """The wanted clusters of the nearest claims, each once, by its nearest claim."""
    nearest = ranking(session, services, vector, lambda claim: claim.cluster_id is not None)
    order = [cluster_id for cluster_id in dict.fromkeys(claim.cluster_id for claim, _ in nearest) if cluster_id is not None]
    rows = {row.id: row for row in clusters_in.among(session, wanted, order)}
    return [rows[cluster_id] for cluster_id in order if cluster_id in rows]
