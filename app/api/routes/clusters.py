"""Clusters: finding them, and one whole."""

from collections.abc import Sequence

from fastapi import APIRouter, Response
from sqlmodel import Session
from starlette.responses import RedirectResponse

from app.api.presenting import claim_out, cluster_fields, cluster_summary, origins_out, position_out, relation_out
from app.api.responses import ClusterOut, ClusterSummaryOut, PageOut
from app.api.searches import WantedClusters
from app.api.searching import encode_query, ranked_clusters
from app.api.services import Cursor, Limit, Services, Use
from app.storage.mapping import position_of
from app.storage.reading import claims as claims_in
from app.storage.reading import clusters as clusters_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.pages import decode_cursor, encode_cursor
from app.storage.tables import ClusterRow

router = APIRouter(prefix="/clusters", tags=["clusters"])


@router.get("")
def list_clusters(use: Use, search: WantedClusters, limit: Limit = 50, cursor: Cursor = None) -> PageOut[ClusterSummaryOut]:
    """Clusters, last changed first, or with `q` by their claim nearest in meaning; `since` is the earliest change.

    `outlet` and `article` keep to clusters with a claim of theirs.
    """
    if search.words is None:
        with use.parts.database.read() as session:
            page = clusters_in.page(session, search.wanted, limit, cursor)
            items = _summaries(session, page.items, use)
        return PageOut(items=items, next_cursor=page.next_cursor)
    vector = encode_query(use, search.words)
    start = max(decode_cursor(cursor, int)[0], 0) if cursor is not None else 0
    with use.parts.database.read() as session:
        ranked = ranked_clusters(session, use, vector, search.wanted)
        items = _summaries(session, ranked[start : start + limit], use)
    return PageOut(items=items, next_cursor=encode_cursor(start + limit) if start + limit < len(ranked) else None)


@router.get("/{id}", response_model=ClusterOut, responses={308: {"description": "Merged: Location names the cluster it joined."}})
def get_cluster(id: str, use: Use) -> ClusterOut | Response:
    """One cluster with its claims, positions and relations."""
    with use.parts.database.read() as session:
        row = clusters_in.get(session, id)
        if row.merged_into is not None:
            return RedirectResponse(f"/v1/clusters/{row.merged_into}", status_code=308)
        claims = claims_in.of_clusters(session, [id])
        relations = claims_in.relations_among(session, [claim.id for claim in claims])
        conflicts = conflicts_in.of_clusters(session, [id])
    return ClusterOut(
        **cluster_fields(row, use.name_of),
        claims=[claim_out(claim, use.name_of) for claim in claims],
        origins=origins_out(row, use.name_of),
        wire_copies=row.summary.get("wire_copies", []),
        positions=[position_out(position_of(value), use.name_of) for value in row.summary.get("positions", [])],
        relations=[relation_out(pair) for pair in relations],
        conflict_ids=[conflict.id for conflict in conflicts],
    )


def _summaries(session: Session, rows: Sequence[ClusterRow], use: Services) -> list[ClusterSummaryOut]:
    """Clusters as a list shows them, each with the ids of its conflicts."""
    conflicts: dict[str, list[str]] = {}
    for conflict in conflicts_in.of_clusters(session, [row.id for row in rows]):
        conflicts.setdefault(conflict.cluster_id, []).append(conflict.id)
    return [cluster_summary(row, use.name_of, conflicts.get(row.id, [])) for row in rows]
