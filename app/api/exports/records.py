"""What is exported: claims, clusters and conflicts, a portion at a time, each with what stands around it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session

from app.claims.claim import StoredClaim
from app.conflicts.conflict import Conflict, HistoryLine
from app.relations.judged import JudgedPair
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading import exporting
from app.storage.reading.exporting import Header
from app.storage.tables import ClusterRow

# Source: decision; some hundred kilobytes at once, and a statement for every few hundred rows.
PORTION = 250


@dataclass(frozen=True)
class ClaimRecord:
    """A claim with its article and its relations; `similarity` where it was found by meaning."""

    claim: StoredClaim
    article: Header | None
    relations: tuple[JudgedPair, ...] = ()
    similarity: float | None = None


@dataclass(frozen=True)
class ClusterRecord:
    """A cluster with its claims and the ids of its conflicts."""

    row: ClusterRow
    claims: tuple[ClaimRecord, ...]
    conflict_ids: tuple[str, ...]


@dataclass(frozen=True)
class ConflictRecord:
    """A conflict with the claims of its positions, its relations and its history."""

    conflict: Conflict
    claims: tuple[ClaimRecord, ...]
    relations: tuple[JudgedPair, ...]
    history: tuple[HistoryLine, ...]


def claim_records(session: Session, found: Iterable[tuple[StoredClaim, float | None]], *, related: bool) -> list[ClaimRecord]:
    """The claims with their articles, in order; with their relations where `related`."""
    told = list(found)
    articles = exporting.headers(session, {claim.article_id for claim, _ in told})
    pairs = exporting.relations_of(session, [claim.id for claim, _ in told]) if related else {}
    return [ClaimRecord(claim, articles.get(claim.article_id), tuple(pairs.get(claim.id, ())), near) for claim, near in told]


def cluster_records(session: Session, rows: Collection[ClusterRow], *, whole: bool) -> Iterator[ClusterRecord]:
    """The clusters in order; their claims only where `whole`."""
    ids = [row.id for row in rows]
    conflicts: dict[str, list[str]] = {}
    for conflict in conflicts_in.of_clusters(session, ids):
        conflicts.setdefault(conflict.cluster_id, []).append(conflict.id)
    claims: dict[str | None, list[ClaimRecord]] = {}
    if whole:
        for record in claim_records(session, ((claim, None) for claim in claims_in.of_clusters(session, ids)), related=True):
            claims.setdefault(record.claim.cluster_id, []).append(record)
    for row in rows:
        yield ClusterRecord(row, tuple(claims.get(row.id, ())), tuple(conflicts.get(row.id, ())))


def conflict_records(session: Session, conflicts: Collection[Conflict]) -> Iterator[ConflictRecord]:
    """The conflicts in order; claims that were withdrawn since are left out, and relations with them."""
    said = {claim for conflict in conflicts for position in conflict.divergence.positions for claim in position.claim_ids}
    claims = {claim.id: claim for claim in claims_in.by_ids(session, said)}
    records = {record.claim.id: record for record in claim_records(session, ((claim, None) for claim in claims.values()), related=False)}
    pairs = {(pair.a, pair.b): pair for pair in claims_in.relations_among(session, claims)}
    history = conflicts_in.history(session, [conflict.id for conflict in conflicts])
    for conflict in conflicts:
        found = conflict.divergence
        yield ConflictRecord(
            conflict,
            tuple(records[claim] for position in found.positions for claim in position.claim_ids if claim in records),
            tuple(pairs[pair] for pair in found.relations if pair in pairs),
            tuple(history.get(conflict.id, ())),
        )
