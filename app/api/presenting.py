"""The rooms' types as response bodies."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.api.fields import OutletRef, SpanOut
from app.api.responses import (
    ArticleSummaryOut,
    ClaimOut,
    ClusterSummaryOut,
    ConflictOut,
    DateOut,
    HistoryOut,
    LinkOut,
    MentionOut,
    OriginOut,
    OutletOut,
    PositionOut,
    QuantityOut,
    ReasonOut,
    RelationOut,
    SeverityPartOut,
)
from app.articles.document import Span
from app.claims.claim import Link, Mention, StoredClaim
from app.conflicts.conflict import Conflict, HistoryLine, choices
from app.conflicts.positions import Position
from app.outlets.outlet import Outlet
from app.relations.judged import JudgedPair
from app.relations.relation import Reason
from app.storage.tables import ArticleRow, ClusterRow

NameOf = Callable[[str], str]


def span_out(span: Span) -> SpanOut:
    """A span."""
    return SpanOut(start_char=span.start_char, end_char=span.end_char)


def outlet_ref(outlet_id: str, name_of: NameOf) -> OutletRef:
    """An outlet by id and name."""
    return OutletRef(id=outlet_id, name=name_of(outlet_id))


def outlet_out(outlet: Outlet) -> OutletOut:
    """A whole outlet."""
    return OutletOut(id=outlet.id, name=outlet.name, aliases=list(outlet.aliases), domains=list(outlet.domains), wire=outlet.wire)


def claim_fields(stored: StoredClaim, name_of: NameOf) -> dict[str, Any]:
    """The fields of a claim's body."""
    claim = stored.claim
    return {
        "id": stored.id,
        "article_id": stored.article_id or None,
        "revision": stored.revision,
        "outlet": outlet_ref(stored.outlet_id, name_of),
        "origin_outlet": outlet_ref(stored.origin_outlet_id, name_of),
        "text": claim.text,
        "span": span_out(claim.span),
        "content": claim.content,
        "chain": [_link(link) for link in claim.chain],
        "voice": claim.voice.value,
        "quoted": claim.quoted,
        "certainty": claim.certainty.value,
        "type": claim.type,
        "quantities": [
            QuantityOut(text=q.text, span=span_out(q.span), low=q.low, high=q.high, unit=q.unit, of=q.of) for q in claim.quantities
        ],
        "dates": [DateOut(text=d.text, span=span_out(d.span), start=d.start, end=d.end) for d in claim.dates],
        "published_at": stored.published_at,
        "cluster_id": stored.cluster_id,
    }


def claim_out(stored: StoredClaim, name_of: NameOf) -> ClaimOut:
    """A claim."""
    return ClaimOut(**claim_fields(stored, name_of))


def article_summary(row: ArticleRow, name_of: NameOf) -> ArticleSummaryOut:
    """An article in a list."""
    return ArticleSummaryOut(**article_fields(row, name_of))


def article_fields(row: ArticleRow, name_of: NameOf) -> dict[str, Any]:
    """The fields that an article shows in a list and alone."""
    return {
        "id": row.id,
        "status": row.status,
        "revision": row.revision,
        "outlet": outlet_ref(row.outlet_id, name_of),
        "url": row.url,
        "title": row.title,
        "published_at": row.published_at,
        "received_at": row.received_at,
        "error": row.error,
    }


def reason_out(reason: Reason) -> ReasonOut:
    """Why."""
    return ReasonOut(
        type=reason.type.value,
        a_span=span_out(reason.a_span) if reason.a_span else None,
        b_span=span_out(reason.b_span) if reason.b_span else None,
        detail=reason.detail,
    )


def relation_out(pair: JudgedPair) -> RelationOut:
    """The relation of two claims."""
    return RelationOut(a=pair.a, b=pair.b, kind=pair.kind.value, score=pair.score, reasons=[reason_out(reason) for reason in pair.reasons])


def position_out(position: Position, name_of: NameOf) -> PositionOut:
    """Claims that stand together."""
    return PositionOut(
        outlets=[outlet_ref(outlet, name_of) for outlet in position.outlet_ids],
        sources=list(position.sources),
        claim_ids=list(position.claim_ids),
        summary=position.summary,
    )


def cluster_fields(row: ClusterRow, name_of: NameOf) -> dict[str, Any]:
    """The fields that a cluster shows in a list and alone."""
    return {
        "id": row.id,
        "headline": row.headline,
        "outlets": [outlet_ref(outlet, name_of) for outlet in row.summary.get("outlet_ids", [])],
        "claim_count": row.claim_count,
        "independent_origins": row.independent_origins,
        "diverging": row.diverging,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def cluster_summary(row: ClusterRow, name_of: NameOf, conflict_ids: Sequence[str]) -> ClusterSummaryOut:
    """A cluster in a list."""
    return ClusterSummaryOut(**cluster_fields(row, name_of), conflict_ids=list(conflict_ids))


def origins_out(row: ClusterRow, name_of: NameOf) -> list[OriginOut]:
    """A cluster's independent origins."""
    return [
        OriginOut(outlet=outlet_ref(origin["outlet_id"], name_of), claim_ids=origin["claim_ids"])
        for origin in row.summary.get("origins", [])
    ]


def conflict_out(
    conflict: Conflict,
    relations: Mapping[tuple[str, str], JudgedPair],
    history: Iterable[HistoryLine],
    name_of: NameOf,
) -> ConflictOut:
    """A conflict; `relations` by the ids of their claims, those missing (withdrawn since) are left out."""
    found = conflict.divergence
    return ConflictOut(
        id=conflict.id,
        cluster_id=conflict.cluster_id,
        headline=found.headline,
        kind=found.kind,
        between=found.between.value,
        severity=found.severity,
        severity_parts=[SeverityPartOut(name=part.name, value=round(part.value, 3), detail=part.detail) for part in found.parts],
        status=conflict.status.value,
        next_statuses=[status.value for status in choices(conflict)],
        diverging=conflict.diverging,
        positions=[position_out(position, name_of) for position in found.positions],
        relations=[relation_out(relations[pair]) for pair in found.relations if pair in relations],
        opened_at=conflict.opened_at,
        updated_at=conflict.updated_at,
        history=[
            HistoryOut(
                at=line.at, from_=line.from_status.value if line.from_status else None, to=line.to_status.value, by=line.by, note=line.note
            )
            for line in history
        ],
    )


def pairs_of(conflicts: Sequence[Conflict]) -> set[str]:
    """The ids of every claim that the conflicts' relations join."""
    return {end for conflict in conflicts for pair in conflict.divergence.relations for end in pair}


def _mention(mention: Mention | None) -> MentionOut | None:
    return MentionOut(text=mention.text, span=span_out(mention.span)) if mention else None


def _link(link: Link) -> LinkOut:
    return LinkOut(name=link.name, kind=link.kind.value, outlet_id=link.outlet_id, source=_mention(link.source), cue=_mention(link.cue))
