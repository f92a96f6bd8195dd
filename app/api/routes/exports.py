"""Exports: everything that a list finds, in one file."""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.responses import Response

from app.api.exports import linked, tables
from app.api.exports.cells import Cell, lines
from app.api.exports.download import Download
from app.api.exports.records import (
    PORTION,
    ClaimRecord,
    ClusterRecord,
    ConflictRecord,
    claim_records,
    cluster_records,
    conflict_records,
)
from app.api.filtering import Wanted
from app.api.presenting import NameOf
from app.api.problems import described
from app.api.searches import ClaimSearch, ClusterSearch, WantedClaims, WantedClusters
from app.api.searching import claims_page, encode_query, ranked_clusters, ranking
from app.api.services import Services, Use
from app.storage.reading import clusters as clusters_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading.exporting import every

router = APIRouter()
CSV = "text/csv"
JSON_LD = "application/ld+json"
_TEXT = {"type": "string"}
_GRAPH = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {"@context": {"type": "object"}, "@graph": {"type": "array", "items": {"type": "object"}}},
}
Record = TypeVar("Record")
Portions = Callable[[Session], Iterator[Sequence[Record]]]
Since = Annotated[str | None, Query(max_length=500, description="`cursor` of a poll: only what changed after it, oldest change first.")]


def _file(media_type: str, tag: str) -> dict[str, Any]:
    """What the description says of an export."""
    schema = _TEXT if media_type == CSV else _GRAPH
    shown = {"description": "All of it, as a file.", "content": {media_type: {"schema": schema}}}
    return {"response_class": Response, "responses": {200: shown, **described(429)}, "tags": [tag]}


@router.get("/claims/export.csv", **_file(CSV, "claims"))
def export_claims_as_csv(use: Use, wanted: WantedClaims) -> Response:
    """What `GET /v1/claims` lists, all of it, as a table."""
    return _table(use, "claims", tables.CLAIM_COLUMNS, tables.claim_row, _claims(use, wanted, related=False))


@router.get("/claims/export.jsonld", **_file(JSON_LD, "claims"))
def export_claims_as_json_ld(use: Use, wanted: WantedClaims) -> Response:
    """What `GET /v1/claims` lists, all of it, with the relations of each claim."""
    return _graph(use, "claims", linked.claim_node, _claims(use, wanted, related=True))


@router.get("/clusters/export.csv", **_file(CSV, "clusters"))
def export_clusters_as_csv(use: Use, wanted: WantedClusters) -> Response:
    """What `GET /v1/clusters` lists, all of it, as a table."""
    return _table(use, "clusters", tables.CLUSTER_COLUMNS, tables.cluster_row, _clusters(use, wanted, whole=False))


@router.get("/clusters/export.jsonld", **_file(JSON_LD, "clusters"))
def export_clusters_as_json_ld(use: Use, wanted: WantedClusters) -> Response:
    """What `GET /v1/clusters` lists, all of it, each cluster with its claims and their relations."""
    return _graph(use, "clusters", linked.cluster_node, _clusters(use, wanted, whole=True))


@router.get("/conflicts/export.csv", **_file(CSV, "conflicts"))
def export_conflicts_as_csv(use: Use, wanted: Wanted, since: Since = None) -> Response:
    """What `GET /v1/conflicts` lists, all of it, as a table."""
    return _table(use, "conflicts", tables.CONFLICT_COLUMNS, tables.conflict_row, _conflicts(wanted, since))


@router.get("/conflicts/export.jsonld", **_file(JSON_LD, "conflicts"))
def export_conflicts_as_json_ld(use: Use, wanted: Wanted, since: Since = None) -> Response:
    """What `GET /v1/conflicts` lists, all of it, each conflict with its claims, relations and history."""
    return _graph(use, "conflicts", linked.conflict_node, _conflicts(wanted, since))


def _table(
    use: Services,
    name: str,
    columns: Sequence[str],
    row: Callable[[Record, NameOf], Sequence[Cell]],
    portions: Portions[Record],
) -> Response:
    def pieces(session: Session) -> Iterator[str]:
        head: list[Sequence[Cell]] = [columns]
        for records in portions(session):
            yield lines([*head, *(row(record, use.name_of) for record in records)])
            head = []
        if head:
            yield lines(head)

    return Download(use.parts.database, pieces, filename=f"parallax-{name}.csv", media_type=f"{CSV}; charset=utf-8; header=present")


def _graph(use: Services, name: str, node: Callable[[Record, NameOf], linked.Node], portions: Portions[Record]) -> Response:
    def pieces(session: Session) -> Iterator[str]:
        before = linked.opening()
        for records in portions(session):
            yield before + linked.written(node(record, use.name_of) for record in records)
            before = linked.SEPARATOR
        yield linked.CLOSING if before == linked.SEPARATOR else before + linked.CLOSING

    return Download(use.parts.database, pieces, filename=f"parallax-{name}.jsonld", media_type=JSON_LD)


def _claims(use: Services, wanted: ClaimSearch, *, related: bool) -> Portions[ClaimRecord]:
    vector = None if wanted.words is None else encode_query(use, wanted.words)

    def portions(session: Session) -> Iterator[Sequence[ClaimRecord]]:
        if vector is not None:
            found = ranking(session, use, vector, wanted.admits)
            for start in range(0, len(found), PORTION):
                yield claim_records(session, found[start : start + PORTION], related=related)
            return
        for claims in every(lambda cursor: claims_page(session, wanted, PORTION, cursor)):
            yield claim_records(session, ((claim, None) for claim in claims), related=related)

    return portions


def _clusters(use: Services, search: ClusterSearch, *, whole: bool) -> Portions[ClusterRecord]:
    vector = None if search.words is None else encode_query(use, search.words)

    def portions(session: Session) -> Iterator[Sequence[ClusterRecord]]:
        if vector is not None:
            found = ranked_clusters(session, use, vector, search.wanted)
            for start in range(0, len(found), PORTION):
                yield list(cluster_records(session, found[start : start + PORTION], whole=whole))
            return
        for rows in every(lambda cursor: clusters_in.page(session, search.wanted, PORTION, cursor)):
            yield list(cluster_records(session, rows, whole=whole))

    return portions


def _conflicts(wanted: conflicts_in.Filter, since: str | None) -> Portions[ConflictRecord]:
    def portions(session: Session) -> Iterator[Sequence[ConflictRecord]]:
        for found in every(lambda cursor: conflicts_in.poll(session, wanted, PORTION, since=since, cursor=cursor)):
            yield list(conflict_records(session, found))

    return portions
