"""The columns of the CSV exports, one row a claim, a cluster or a conflict."""

from collections.abc import Iterable, Sequence

from app.api.exports.cells import Cell
from app.api.exports.records import ClaimRecord, ClusterRecord, ConflictRecord
from app.api.presenting import NameOf
from app.conflicts.positions import Position, source_name
from app.storage.mapping import position_of

# Within a cell: names and ids stand side by side, sentences below each other.
_BESIDE = "; "
_BELOW = "\n"

CLAIM_COLUMNS = (
    *("id", "article_id", "revision", "article_url", "article_title", "outlet_id", "outlet", "origin_outlet_id", "origin_outlet"),
    *("published_at", "voice", "quoted", "certainty", "type", "source", "chain", "content", "text", "start_char", "end_char"),
    *("quantities", "dates", "cluster_id", "similarity"),
)
CLUSTER_COLUMNS = (
    *("id", "headline", "outlet_ids", "outlets", "claim_count", "independent_origins", "diverging", "positions"),
    *("conflict_ids", "created_at", "updated_at"),
)
CONFLICT_COLUMNS = (
    *("id", "cluster_id", "headline", "kind", "between", "severity", "status", "outlets", "sources", "positions", "reasons"),
    *("claim_ids", "opened_at", "updated_at", "last_note"),
)


def claim_row(record: ClaimRecord, name_of: NameOf) -> Sequence[Cell]:
    """As CLAIM_COLUMNS."""
    stored, claim, article = record.claim, record.claim.claim, record.article
    return (
        stored.id,
        stored.article_id,
        stored.revision,
        article.url if article else None,
        article.title if article else None,
        stored.outlet_id,
        name_of(stored.outlet_id),
        stored.origin_outlet_id,
        name_of(stored.origin_outlet_id),
        stored.published_at,
        claim.voice.value,
        claim.quoted,
        claim.certainty.value,
        claim.type.value,
        source_name(stored),
        " → ".join(link.name or (link.source.text if link.source else "?") for link in claim.chain),
        claim.content,
        claim.text,
        claim.span.start_char,
        claim.span.end_char,
        _BESIDE.join(quantity.text for quantity in claim.quantities),
        _BESIDE.join(date.text for date in claim.dates),
        stored.cluster_id,
        None if record.similarity is None else round(record.similarity, 4),
    )


def cluster_row(record: ClusterRecord, name_of: NameOf) -> Sequence[Cell]:
    """As CLUSTER_COLUMNS."""
    row = record.row
    outlets = row.summary.get("outlet_ids", [])
    return (
        row.id,
        row.headline,
        _BESIDE.join(outlets),
        _names(outlets, name_of),
        row.claim_count,
        row.independent_origins,
        row.diverging,
        _positions([position_of(value) for value in row.summary.get("positions", [])], name_of),
        _BESIDE.join(record.conflict_ids),
        row.created_at,
        row.updated_at,
    )


def conflict_row(record: ConflictRecord, name_of: NameOf) -> Sequence[Cell]:
    """As CONFLICT_COLUMNS."""
    conflict, found = record.conflict, record.conflict.divergence
    return (
        conflict.id,
        conflict.cluster_id,
        found.headline,
        found.kind,
        found.between.value,
        found.severity,
        conflict.status.value,
        _names(dict.fromkeys(outlet for position in found.positions for outlet in position.outlet_ids), name_of),
        _BESIDE.join(dict.fromkeys(source for position in found.positions for source in position.sources)),
        _positions(found.positions, name_of),
        _BELOW.join(dict.fromkeys(reason.detail for pair in record.relations for reason in pair.reasons)),
        _BESIDE.join(claim for position in found.positions for claim in position.claim_ids),
        conflict.opened_at,
        conflict.updated_at,
        next((line.note for line in reversed(record.history) if line.note), None),
    )


def _names(outlet_ids: Iterable[str], name_of: NameOf) -> str:
    return _BESIDE.join(name_of(outlet) for outlet in outlet_ids)


def _positions(positions: Iterable[Position], name_of: NameOf) -> str:
    """A line each: who holds it and what it says."""
    return _BELOW.join(f"{_names(position.outlet_ids, name_of)}: {position.summary}" for position in positions)
