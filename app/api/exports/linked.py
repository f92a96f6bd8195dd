"""Claims, clusters and conflicts as JSON-LD nodes in the terms of `vocabulary`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.api.exports.records import ClaimRecord, ClusterRecord, ConflictRecord
from app.api.exports.vocabulary import context
from app.api.presenting import NameOf
from app.articles.document import Span
from app.claims.claim import Claim, Link, LinkKind
from app.conflicts.positions import Position
from app.relations.judged import JudgedPair
from app.relations.relation import Reason
from app.storage.mapping import position_of
from app.storage.reading.exporting import Header

Node = dict[str, Any]

_SPEAKERS: Mapping[LinkKind, str] = {
    LinkKind.PERSON: "Person",
    LinkKind.ORGANIZATION: "Organization",
    LinkKind.ANONYMOUS: "AnonymousSource",
    LinkKind.DOCUMENT: "CreativeWork",
    LinkKind.OUTLET: "NewsMediaOrganization",
    LinkKind.PUBLISHER: "NewsMediaOrganization",
}
# So that an export can stand inside a page without ending the element it stands in.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def iri(kind: str, id: str) -> str:
    """What names a thing in every export: the same claim has the same name in every store."""
    return f"urn:parallax:{kind}:{id}"


def opening() -> str:
    """How a document begins; nodes follow, joined by SEPARATOR, then CLOSING."""
    return '{"@context": ' + _json(context()) + ',\n"@graph": [\n'


SEPARATOR = ",\n"
CLOSING = "\n]}\n"


def written(nodes: Iterable[Node]) -> str:
    """Nodes as they stand in a document, joined."""
    return SEPARATOR.join(map(_json, nodes))


def claim_node(record: ClaimRecord, name_of: NameOf) -> Node:
    """A claim with its author, its appearance in an article and its relations to other claims."""
    stored, claim = record.claim, record.claim.claim
    outlet = _outlet(stored.outlet_id, name_of)
    speaker = claim.speaker
    kinds: dict[str, list[Node]] = {}
    for pair in record.relations:
        kinds.setdefault(pair.kind.value, []).append({"@id": iri("claim", _other(pair, stored.id))})
    return _told(
        {
            "@id": iri("claim", stored.id),
            "@type": "Claim",
            "identifier": stored.id,
            "text": claim.content,
            "author": _source(speaker, name_of) if speaker else outlet,
            "datePublished": _time(stored.published_at),
            "appearance": _article(record.article, stored.article_id, outlet),
            "originOutlet": _outlet(stored.origin_outlet_id, name_of),
            "revision": stored.revision,
            "words": claim.text,
            "startChar": claim.span.start_char,
            "endChar": claim.span.end_char,
            "voice": claim.voice.value,
            "quoted": claim.quoted,
            "certainty": claim.certainty.value,
            "claimType": claim.type.value,
            "chain": [_link(link, name_of) for link in claim.chain],
            **_read(claim),
            "cluster": {"@id": iri("cluster", stored.cluster_id)} if stored.cluster_id else None,
            "similarity": None if record.similarity is None else round(record.similarity, 4),
            **kinds,
            "relations": [_relation_from(pair, stored.id) for pair in record.relations],
        }
    )


def cluster_node(record: ClusterRecord, name_of: NameOf) -> Node:
    """A cluster with its claims whole."""
    row = record.row
    summary = row.summary
    return _told(
        {
            "@id": iri("cluster", row.id),
            "@type": ["Collection", "Cluster"],
            "identifier": row.id,
            "name": row.headline,
            "dateCreated": _time(row.created_at),
            "dateModified": _time(row.updated_at),
            "independentOrigins": row.independent_origins,
            "diverging": row.diverging,
            "conflict": [{"@id": iri("conflict", one)} for one in record.conflict_ids],
            "positions": [_position(position_of(value), name_of) for value in summary.get("positions", [])],
            "origins": [
                {"@type": "Origin", "outlet": _outlet(origin["outlet_id"], name_of), "claim": _claims(origin["claim_ids"])}
                for origin in summary.get("origins", [])
            ],
            "wireCopies": [{"claim": _claims(group)} for group in summary.get("wire_copies", [])],
            "hasPart": [claim_node(claim, name_of) for claim in record.claims],
        }
    )


def conflict_node(record: ConflictRecord, name_of: NameOf) -> Node:
    """A conflict as a review of its claims that rates none of them: Parallax says where they part, not which is true."""
    conflict, found = record.conflict, record.conflict.divergence
    details = dict.fromkeys(reason.detail for pair in record.relations for reason in pair.reasons)
    return _told(
        {
            "@id": iri("conflict", conflict.id),
            "@type": ["ClaimReview", "Conflict"],
            "identifier": conflict.id,
            "claimReviewed": found.headline,
            "reviewAspect": found.kind,
            "reviewBody": "\n".join(details) or None,
            "datePublished": _time(conflict.opened_at),
            "dateModified": _time(conflict.updated_at),
            "between": found.between.value,
            "severity": found.severity,
            "status": conflict.status.value,
            "cluster": {"@id": iri("cluster", conflict.cluster_id)},
            "itemReviewed": [claim_node(claim, name_of) for claim in record.claims],
            "positions": [_position(position, name_of) for position in found.positions],
            "relations": [_relation_between(pair) for pair in record.relations],
            "history": [
                _told(
                    {
                        "@type": "StatusChange",
                        "at": _time(line.at),
                        "from": line.from_status.value if line.from_status else None,
                        "to": line.to_status.value,
                        "by": line.by,
                        "note": line.note,
                    }
                )
                for line in record.history
            ],
        }
    )


def _told(node: Node) -> Node:
    """The node without what is not known or empty."""
    return {name: value for name, value in node.items() if value is not None and value != []}


def _outlet(outlet_id: str, name_of: NameOf) -> Node:
    return {"@id": iri("outlet", outlet_id), "@type": "NewsMediaOrganization", "name": name_of(outlet_id)}


def _source(link: Link, name_of: NameOf) -> Node:
    """Who speaks: an outlet by its name in the store, everybody else as the article calls him."""
    if link.outlet_id is not None:
        return _outlet(link.outlet_id, name_of)
    return _told({"@type": _SPEAKERS[link.kind], "name": link.name or (link.source.text if link.source else None)})


def _link(link: Link, name_of: NameOf) -> Node:
    return _told({"@type": "Link", "source": _source(link, name_of), "cue": link.cue.text if link.cue else None})


def _article(header: Header | None, article_id: str, publisher: Node) -> Node:
    named = {"@id": iri("article", article_id), "@type": "NewsArticle", "publisher": publisher}
    if header is None:
        return named
    return _told(
        {
            **named,
            "identifier": article_id,
            "headline": header.title or None,
            "url": header.url,
            "inLanguage": header.language,
            "datePublished": _time(header.published_at),
        }
    )


def _read(claim: Claim) -> Node:
    """Quantities and dates."""
    return {
        "quantities": [
            _told(
                {
                    "@type": "QuantitativeValue",
                    "name": said.text,
                    "minValue": said.low,
                    "maxValue": said.high,
                    "unitText": said.unit,
                    "counted": said.of,
                }
            )
            for said in claim.quantities
        ],
        "dates": [
            {"@type": "DateMention", "name": said.text, "startDate": _time(said.start), "endDate": _time(said.end)} for said in claim.dates
        ],
    }


def _position(position: Position, name_of: NameOf) -> Node:
    return _told(
        {
            "@type": "Position",
            "text": position.summary,
            "outlet": [_outlet(outlet, name_of) for outlet in position.outlet_ids],
            "source": list(position.sources),
            "claim": _claims(position.claim_ids),
        }
    )


def _relation_from(pair: JudgedPair, own: str) -> Node:
    """A relation as one of its claims tells it."""
    swapped = own != pair.a
    reasons = [_reason(reason, swapped=swapped) for reason in pair.reasons]
    other = {"@id": iri("claim", _other(pair, own))}
    return _told({"@type": "Relation", "kind": pair.kind.value, "with": other, "score": pair.score, "reasons": reasons})


def _relation_between(pair: JudgedPair) -> Node:
    """A relation told from outside."""
    reasons = [_told({"@type": "Reason", "reasonType": reason.type.value, "detail": reason.detail}) for reason in pair.reasons]
    return _told(
        {"@type": "Relation", "kind": pair.kind.value, "claim": _claims([pair.a, pair.b]), "score": pair.score, "reasons": reasons}
    )


def _reason(reason: Reason, *, swapped: bool) -> Node:
    own, other = (reason.b_span, reason.a_span) if swapped else (reason.a_span, reason.b_span)
    spans = {"ownSpan": _span(own), "otherSpan": _span(other)}
    return _told({"@type": "Reason", "reasonType": reason.type.value, "detail": reason.detail, **spans})


def _other(pair: JudgedPair, own: str) -> str:
    return pair.b if own == pair.a else pair.a


def _claims(ids: Sequence[str]) -> list[Node]:
    return [{"@id": iri("claim", one)} for one in ids]


def _span(span: Span | None) -> Node | None:
    return {"startChar": span.start_char, "endChar": span.end_char} if span else None


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
