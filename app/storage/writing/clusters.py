"""Storing relations and clusters as they were settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col

from app.clusters.copies import Origin
from app.conflicts.agreement import OutletPair
from app.conflicts.positions import Position
from app.relations.judged import JudgedPair
from app.storage.chunks import chunks
from app.storage.mapping import position_json, relation_row
from app.storage.tables import ClusterRow, OutletPairRow


@dataclass(frozen=True)
class ClusterSummary:
    """What a cluster shows without looking at its claims again. `outlet_ids` are publishing outlets, sorted; `pairs` those behind it."""

    headline: str
    outlet_ids: tuple[str, ...]
    claim_count: int
    positions: tuple[Position, ...]
    origins: tuple[Origin, ...]
    wire_copies: tuple[tuple[str, ...], ...]
    diverging: bool
    pairs: tuple[OutletPair, ...] = ()


def save_relations(session: Session, pairs: Iterable[JudgedPair], made_by: str) -> None:
    """Stores or replaces relations."""
    for pair in pairs:
        session.merge(relation_row(pair, made_by))
    session.flush()


def create(session: Session, cluster_ids: Iterable[str], now: datetime) -> None:
    """Makes new clusters, or brings a merged one back to life."""
    for cluster_id in sorted(cluster_ids):
        row = session.get(ClusterRow, cluster_id)
        if row is None:
            session.add(ClusterRow(id=cluster_id, headline="", created_at=now, updated_at=now))
        else:
            row.merged_into = None
            session.add(row)
    session.flush()


def merge(session: Session, merged: Mapping[str, str], now: datetime) -> None:
    """Points clusters to the one they joined; what had joined them follows."""
    for gone, into in sorted(merged.items()):
        session.execute(update(ClusterRow).where(col(ClusterRow.merged_into) == gone).values(merged_into=into))
        session.execute(
            update(ClusterRow)
            .where(col(ClusterRow.id) == gone)
            .values(
                merged_into=into,
                updated_at=now,
                summary={},
                claim_count=0,
                outlet_count=0,
                independent_origins=0,
                diverging=False,
                first_outlet_id=None,
            )
        )
    _pair(session, dict.fromkeys(merged, ()), now)


def empty(session: Session, cluster_ids: Iterable[str], now: datetime) -> None:
    """Keeps clusters that lost their last claim as empty rows, so that their ids are never given to others."""
    gone = sorted(cluster_ids)
    for cluster_id in gone:
        session.execute(
            update(ClusterRow)
            .where(col(ClusterRow.id) == cluster_id)
            .values(updated_at=now, summary={}, claim_count=0, outlet_count=0, independent_origins=0, diverging=False, first_outlet_id=None)
        )
    _pair(session, dict.fromkeys(gone, ()), now)


def summarise(session: Session, cluster_id: str, summary: ClusterSummary, now: datetime) -> None:
    """Writes a cluster's summary."""
    summarise_all(session, {cluster_id: summary}, now)


def summarise_all(session: Session, summaries: Mapping[str, ClusterSummary], now: datetime) -> None:
    """Writes the summaries of many clusters, by id, in a few statements; rows already loaded in this session stay as they were."""
    session.flush()
    rows = [
        {
            "id": cluster_id,
            "headline": summary.headline,
            "outlet_count": len(summary.outlet_ids),
            "claim_count": summary.claim_count,
            "independent_origins": len(summary.origins),
            "diverging": summary.diverging,
            "first_outlet_id": summary.origins[0].outlet_id if summary.origins else None,
            "summary": _json(summary),
            "updated_at": now,
        }
        for cluster_id, summary in sorted(summaries.items())
    ]
    if rows:
        session.execute(update(ClusterRow), rows)
    _pair(session, {cluster_id: summary.pairs for cluster_id, summary in summaries.items()}, now)


def _json(summary: ClusterSummary) -> dict[str, Any]:
    return {
        "outlet_ids": list(summary.outlet_ids),
        "positions": [position_json(position) for position in summary.positions],
        "origins": [
            {"outlet_id": origin.outlet_id, "outlet_ids": list(origin.outlet_ids), "claim_ids": list(origin.claim_ids)}
            for origin in summary.origins
        ],
        "wire_copies": [list(group) for group in summary.wire_copies],
    }


def _pair(session: Session, pairs: Mapping[str, Iterable[OutletPair]], now: datetime) -> None:
    """Replaces what is known of the pairs of outlets behind these clusters."""
    for some in chunks(pairs.keys()):
        session.execute(delete(OutletPairRow).where(col(OutletPairRow.cluster_id).in_(some)))
    rows = [
        {"cluster_id": cluster_id, "a": pair.a, "b": pair.b, "agree": pair.agree, "diverge": pair.diverge, "updated_at": now}
        for cluster_id, some in sorted(pairs.items())
        for pair in some
    ]
    if rows:
        session.execute(insert(OutletPairRow), rows)
