"""The terms of the JSON-LD exports: schema.org as far as it reaches, our own vocabulary beyond. docs/exports.md tells what each means."""

from collections.abc import Mapping
from typing import Any

SCHEMA = "https://schema.org/"
OWN = "urn:parallax:vocab:"

_SCHEMA_TYPES = (
    *("Claim", "ClaimReview", "Collection", "CreativeWork", "NewsArticle", "NewsMediaOrganization", "Organization", "Person"),
    "QuantitativeValue",
)
_SCHEMA_TERMS = (
    *("appearance", "author", "claimReviewed", "hasPart", "headline", "identifier", "inLanguage", "itemReviewed", "maxValue", "minValue"),
    *("name", "publisher", "reviewAspect", "reviewBody", "text", "unitText"),
)
_SCHEMA_TIMES = ("dateCreated", "dateModified", "datePublished", "endDate", "startDate")
_OWN_TYPES = ("AnonymousSource", "Cluster", "Conflict", "DateMention", "Link", "Origin", "Position", "Reason", "Relation", "StatusChange")
_OWN_TERMS = (
    *("between", "by", "certainty", "claimType", "counted", "cue", "detail", "diverging", "endChar", "from", "independentOrigins"),
    *("note", "otherSpan", "ownSpan", "quoted", "reasonType", "revision", "score", "severity", "similarity", "source", "startChar"),
    *("status", "to", "voice", "words"),
)
# Between two claims, the same read from either end: datePublished tells which of two that update each other is the later.
KINDS = ("corroborates", "refines", "contradicts", "updates")
_OWN_LINKS = ("claim", "cluster", "conflict", "originOutlet", "outlet", "with", *KINDS)


def context() -> Mapping[str, Any]:
    """The @context of every export; complete in itself, nothing is fetched to read it."""
    return {
        "@version": 1.1,
        "schema": SCHEMA,
        "parallax": OWN,
        **{term: f"schema:{term}" for term in (*_SCHEMA_TYPES, *_SCHEMA_TERMS)},
        **{term: {"@id": f"schema:{term}", "@type": "schema:DateTime"} for term in _SCHEMA_TIMES},
        # An address is told as it was posted, as text: it need not be one that a link can follow.
        "url": {"@id": "schema:url", "@type": "schema:URL"},
        **{term: f"parallax:{term}" for term in (*_OWN_TYPES, *_OWN_TERMS, "history", "origins", "positions", "reasons", "relations")},
        "at": {"@id": "parallax:at", "@type": "schema:DateTime"},
        "chain": {"@id": "parallax:chain", "@container": "@list"},
        "dates": "parallax:dates",
        "quantities": "parallax:quantities",
        "wireCopies": "parallax:wireCopies",
        "kind": {"@id": "parallax:kind", "@type": "@vocab"},
        **{term: {"@id": f"parallax:{term}", "@type": "@id"} for term in _OWN_LINKS},
    }
