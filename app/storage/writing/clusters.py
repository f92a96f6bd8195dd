"""Storing relations and clusters as they were settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from app.clusters.copies import Origin
from app.conflicts.agreement import OutletPair
from app.conflicts.positions import Position
from app.relations.judged import JudgedPair
from app.storage.chunks import chunks
from app.storage.mapping import position_json, relation_values
from app.storage.tables import ClusterRow, OutletPairRow, RelationRow, table_of

_CLUSTERS, _PAIRS, _RELATIONS = table_of(ClusterRow), table_of(OutletPairRow), table_of(RelationRow)


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
    rows = [relation_values(pair, made_by) for pair in pairs]
    if not rows:
        return
    session.flush()
    new = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(_RELATIONS)
    key = [column.name for column in _RELATIONS.primary_key]
    told = {column.name: new.excluded[column.name] for column in _RELATIONS.c if column.name not in key}
    session.connection().execute(new.on_conflict_do_update(index_elements=key, set_=told), rows)


def create(session: Session, cluster_ids: Iterable[str], now: datetime, summaries: Mapping[str, ClusterSummary] | None = None) -> None:
    """Makes new clusters, each with its summary if that is known, or brings a merged one back to life."""
    known, wanted = summaries or {}, set(cluster_ids)
    if not wanted:
        return
    session.flush()
    held = {cluster_id for some in chunks(wanted) for cluster_id in session.scalars(select(_CLUSTERS.c.id).where(_CLUSTERS.c.id.in_(some)))}
    if fresh := sorted(wanted - held):
        rows = [{**_columns(known.get(cluster_id, _NO_SUMMARY)), "id": cluster_id, "merged_into": None} for cluster_id in fresh]
        session.execute(insert(_CLUSTERS), [row | {"created_at": now, "updated_at": now} for row in rows])
        _insert_pairs(session, {cluster_id: known[cluster_id].pairs for cluster_id in fresh if cluster_id in known}, now)
    for some in chunks(held):
        session.execute(update(_CLUSTERS).where(_CLUSTERS.c.id.in_(some)).values(merged_into=None))
    summarise_all(session, {cluster_id: known[cluster_id] for cluster_id in held if cluster_id in known}, now)


def merge(session: Session, merged: Mapping[str, str], now: datetime) -> None:
    """Points clusters to the one they joined; what had joined them follows."""
    for gone, into in sorted(merged.items()):
        session.execute(update(_CLUSTERS).where(_CLUSTERS.c.merged_into == gone).values(merged_into=into))
        session.execute(
            update(_CLUSTERS)
            .where(_CLUSTERS.c.id == gone)
            .values(**_columns(_NO_SUMMARY, but="headline"), merged_into=into, updated_at=now)
        )
    _pair(session, dict.fromkeys(merged, ()), now)


def empty(session: Session, cluster_ids: Iterable[str], now: datetime) -> None:
    """Keeps clusters that lost their last claim as empty rows, so that their ids are never given to others."""
    gone = sorted(cluster_ids)
    for some in chunks(gone):
        session.execute(update(_CLUSTERS).where(_CLUSTERS.c.id.in_(some)).values(**_columns(_NO_SUMMARY, but="headline"), updated_at=now))
    _pair(session, dict.fromkeys(gone, ()), now)


def summarise(session: Session, cluster_id: str, summary: ClusterSummary, now: datetime) -> None:
    """Writes a cluster's summary."""
    summarise_all(session, {cluster_id: summary}, now)


def summarise_all(session: Session, summaries: Mapping[str, ClusterSummary], now: datetime) -> None:
    """Writes the summaries of many clusters, by id, in a few statements; rows already loaded in this session stay as they were."""
    if not summaries:
        return
    session.flush()
    names = _columns(_NO_SUMMARY)
    changed = update(_CLUSTERS).where(_CLUSTERS.c.id == bindparam("this")).values({name: bindparam(f"new_{name}") for name in names})
    rows = [
        {"this": cluster_id} | {f"new_{name}": value for name, value in _columns(summary).items()}
        for cluster_id, summary in sorted(summaries.items())
    ]
    session.connection().execute(changed.values(updated_at=now), rows)
    _pair(session, {cluster_id: summary.pairs for cluster_id, summary in summaries.items()}, now)


_NO_SUMMARY = ClusterSummary("", (), 0, (), (), (), False)


def _columns(summary: ClusterSummary, *, but: str | None = None) -> dict[str, Any]:
    """What a summary says, by column; `but` is left out."""
    told = {
        "headline": summary.headline,
        "outlet_count": len(summary.outlet_ids),
        "claim_count": summary.claim_count,
        "independent_origins": len(summary.origins),
        "diverging": summary.diverging,
        "first_outlet_id": summary.origins[0].outlet_id if summary.origins else None,
        "summary": {} if summary is _NO_SUMMARY else _json(summary),
    }
    return {name: value for name, value in told.items() if name != but}


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
        session.execute(delete(_PAIRS).where(_PAIRS.c.cluster_id.in_(some)))
    _insert_pairs(session, pairs, now)


def _insert_pairs(session: Session, pairs: Mapping[str, Iterable[OutletPair]], now: datetime) -> None:
    rows = [
        {"cluster_id": cluster_id, "a": pair.a, "b": pair.b, "agree": pair.agree, "diverge": pair.diverge, "updated_at": now}
        for cluster_id, some in sorted(pairs.items())
        for pair in some
    ]
    if rows:
        session.execute(insert(_PAIRS), rows)
