"""Rows to the rooms' types and back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from app.articles.document import Span
from app.claims.claim import Certainty, Claim, ClaimType, DateMention, Link, LinkKind, Mention, Quantity, StoredClaim, Voice
from app.conflicts.conflict import Between, Conflict, Divergence, Ground, Status
from app.conflicts.positions import Position
from app.conflicts.severity import SeverityPart
from app.outlets.outlet import Outlet
from app.relations.judged import JudgedPair
from app.relations.relation import Reason, ReasonType, RelationKind
from app.storage.tables import ClaimRow, ConflictRow, OutletRow, RelationRow


def outlet_of(row: OutletRow) -> Outlet:
    """The outlet in a row."""
    return Outlet(row.id, row.name, tuple(row.aliases), tuple(row.domains), row.wire)


def claim_row(stored: StoredClaim, made_by: str) -> ClaimRow:
    """A row for a claim that is not stored yet (number is given by the database)."""
    return ClaimRow(**claim_values(stored, made_by))


def claim_values(stored: StoredClaim, made_by: str) -> dict[str, Any]:
    """The columns of a claim that is not stored yet, by name; all but its number, and not withdrawn."""
    claim = stored.claim
    return {
        "id": stored.id,
        "article_id": stored.article_id,
        "revision": stored.revision,
        "outlet_id": stored.outlet_id,
        "origin_outlet_id": stored.origin_outlet_id,
        "text": claim.text,
        "content": claim.content,
        "start_char": claim.span.start_char,
        "end_char": claim.span.end_char,
        "voice": claim.voice.value,
        "quoted": claim.quoted,
        "certainty": claim.certainty.value,
        "type": claim.type.value,
        "detail": claim_detail(claim),
        "published_at": stored.published_at,
        "cluster_id": stored.cluster_id,
        "withdrawn_at": None,
        "made_by": made_by,
    }


def claim_detail(claim: Claim) -> dict[str, Any]:
    """What of a claim is never searched by SQL, as JSON."""
    return {
        "content_spans": [_span(span) for span in claim.content_spans],
        "chain": [_link(link) for link in claim.chain],
        "quantities": [{**_values(quantity), "span": _span(quantity.span)} for quantity in claim.quantities],
        "dates": [
            {**_values(date), "span": _span(date.span), "start": date.start.isoformat(), "end": date.end.isoformat()}
            for date in claim.dates
        ],
    }


def stored_claim(row: Any) -> StoredClaim:
    """The claim in a row: a ClaimRow, or all columns of one as they were selected."""
    detail = row.detail
    claim = Claim(
        text=row.text,
        span=Span(row.start_char, row.end_char),
        content=row.content,
        content_spans=tuple(Span(*ends) for ends in detail["content_spans"]),
        chain=tuple(_link_of(link) for link in detail["chain"]),
        voice=Voice(row.voice),
        quoted=row.quoted,
        certainty=Certainty(row.certainty),
        quantities=tuple(_quantity_of(value) for value in detail["quantities"]),
        dates=tuple(_date_of(value) for value in detail["dates"]),
        type=ClaimType(row.type),
    )
    return StoredClaim(
        id=row.id,
        number=row.number or 0,
        article_id=row.article_id,
        revision=row.revision,
        outlet_id=row.outlet_id,
        origin_outlet_id=row.origin_outlet_id,
        published_at=row.published_at,
        claim=claim,
        cluster_id=row.cluster_id,
    )


def relation_row(pair: JudgedPair, made_by: str) -> RelationRow:
    """A row for a judged pair."""
    return RelationRow(**relation_values(pair, made_by))


def relation_values(pair: JudgedPair, made_by: str) -> dict[str, Any]:
    """The columns of a judged pair, by name."""
    return {
        "a": pair.a,
        "b": pair.b,
        "kind": pair.kind.value,
        "score": pair.score,
        "wire_copy": pair.wire_copy,
        "made_by": made_by,
        "reasons": [
            {
                "type": reason.type.value,
                "a_span": _span(reason.a_span) if reason.a_span else None,
                "b_span": _span(reason.b_span) if reason.b_span else None,
                "detail": reason.detail,
            }
            for reason in pair.reasons
        ],
    }


def judged_pair(row: Any) -> JudgedPair:
    """The judged pair in a row: a RelationRow, or all columns of one as they were selected."""
    return JudgedPair(
        a=row.a,
        b=row.b,
        kind=RelationKind(row.kind),
        score=row.score,
        wire_copy=row.wire_copy,
        reasons=tuple(
            Reason(
                ReasonType(reason["type"]),
                Span(*reason["a_span"]) if reason["a_span"] else None,
                Span(*reason["b_span"]) if reason["b_span"] else None,
                reason["detail"],
            )
            for reason in row.reasons
        ),
    )


def position_json(position: Position) -> dict[str, Any]:
    """A position as JSON."""
    return {
        "outlet_ids": list(position.outlet_ids),
        "sources": list(position.sources),
        "claim_ids": list(position.claim_ids),
        "summary": position.summary,
    }


def position_of(value: Mapping[str, Any]) -> Position:
    """The position in JSON."""
    return Position(tuple(value["outlet_ids"]), tuple(value["sources"]), tuple(value["claim_ids"]), value["summary"])


def conflict_of(row: ConflictRow) -> Conflict:
    """The conflict in a row."""
    return Conflict(
        id=row.id,
        cluster_id=row.cluster_id,
        divergence=Divergence(
            headline=row.headline,
            kind=row.kind,
            between=Between(row.between),
            severity=row.severity,
            positions=tuple(position_of(value) for value in row.positions),
            relations=tuple((a, b) for a, b in row.relations),
            parts=tuple(SeverityPart(part["name"], float(part["value"]), part["detail"]) for part in row.severity_parts),
        ),
        status=Status(row.status),
        diverging=row.diverging,
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        settled=Ground(tuple(row.settled["kinds"]), tuple(row.settled["claim_ids"])) if row.settled else None,
    )


def _values(told: Quantity | DateMention) -> dict[str, Any]:
    """The fields by name; `asdict` copies each value deeply and costs ten times as much."""
    return {field.name: getattr(told, field.name) for field in fields(told)}


def _span(span: Span) -> list[int]:
    return [span.start_char, span.end_char]


def _quantity_of(value: Mapping[str, Any]) -> Quantity:
    # PostgreSQL gives a whole number back as an integer, however it was written.
    numbers = {name: None if value[name] is None else float(value[name]) for name in ("low", "high", "exact", "step")}
    return Quantity(**{**value, **numbers, "span": Span(*value["span"])})


def _date_of(value: Mapping[str, Any]) -> DateMention:
    ends = {name: datetime.fromisoformat(value[name]) for name in ("start", "end")}
    return DateMention(**{**value, **ends, "span": Span(*value["span"])})


def _mention(mention: Mention | None) -> dict[str, Any] | None:
    return {"text": mention.text, "span": _span(mention.span)} if mention else None


def _mention_of(value: Mapping[str, Any] | None) -> Mention | None:
    return Mention(value["text"], Span(*value["span"])) if value else None


def _link(link: Link) -> dict[str, Any]:
    return {
        "name": link.name,
        "kind": link.kind.value,
        "outlet_id": link.outlet_id,
        "source": _mention(link.source),
        "cue": _mention(link.cue),
    }


def _link_of(value: Mapping[str, Any]) -> Link:
    return Link(value["name"], LinkKind(value["kind"]), value["outlet_id"], _mention_of(value["source"]), _mention_of(value["cue"]))
