"""Clusters: finding them, and one whole."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel import Session
from starlette.responses import RedirectResponse

from app.api.presenting import claim_out, cluster_fields, cluster_summary, origins_out, position_out, relation_out
from app.api.responses import ClusterOut, ClusterSummaryOut, PageOut
from app.api.routes.claims import Words
from app.api.searching import encode_query, ranking
from app.api.services import Cursor, Limit, Services, Since, Use
from app.storage.mapping import position_of
from app.storage.reading import claims as claims_in
from app.storage.reading import clusters as clusters_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.pages import decode_cursor, encode_cursor
from app.storage.tables import ClusterRow

router = APIRouter(prefix="/clusters", tags=["clusters"])


@router.get("")
def list_clusters(
    use: Use,
    q: Words = None,
    outlet: str | None = None,
    article: str | None = None,
    min_outlets: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    diverging: bool | None = None,
    since: Since = None,
    first_outlet: Annotated[str | None, Query(description="The outlet that its earliest claim goes back to.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PageOut[ClusterSummaryOut]:
    """Clusters, last changed first, or with `q` by their claim nearest in meaning; `since` is the earliest change.

    `outlet` and `article` keep to clusters with a claim of theirs.
    """
    wanted = clusters_in.Filter(use.outlet_id(outlet), min_outlets, diverging, since, article, use.outlet_id(first_outlet))
    if q is None:
        with use.parts.database.read() as session:
            page = clusters_in.page(session, wanted, limit, cursor)
            items = _summaries(session, page.items, use)
        return PageOut(items=items, next_cursor=page.next_cursor)
    vector = encode_query(use, q)
    start = max(decode_cursor(cursor, int)[0], 0) if cursor is not None else 0
    with use.parts.database.read() as session:
        nearest = dict.fromkeys(claim.cluster_id for claim, _ in ranking(session, use, vector, lambda claim: claim.cluster_id is not None))
        order = [cluster_id for cluster_id in nearest if cluster_id is not None]
        rows = {row.id: row for row in clusters_in.among(session, wanted, order)}
        ranked = [rows[cluster_id] for cluster_id in order if cluster_id in rows]
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
