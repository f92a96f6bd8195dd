"""Stateless tools: reading a text, comparing statements."""

from datetime import UTC, datetime

from fastapi import APIRouter

from app.api.presenting import claim_out, reason_out, span_out
from app.api.requests import CompareIn, ExtractIn, StatementIn
from app.api.responses import AttributionOut, CompareOut, ComparisonOut, ExtractOut, ProbabilitiesOut
from app.api.services import Services, Use
from app.articles.reading import read
from app.articles.submission import check_text
from app.claims.extraction import ClaimExtractor
from app.outlets.outlet import Outlet
from app.pipeline.preparing import prepare
from app.relations.judge import Pair
from app.relations.relation import Relation, Statement
from app.relations.statements import read_statement
from app.storage.reading.articles import Waiting

router = APIRouter(tags=["tools"])
NOBODY = Outlet("unknown", "Unknown outlet")
STATEMENT_CHARS = 5_000


@router.post("/extract")
def extract(posted: ExtractIn, use: Use) -> ExtractOut:
    """The claims and attributions of a text, nothing stored."""
    text = check_text("text", posted.text, use.bounds.article_chars, stored=False)
    outlet = use.parts.book.directory.for_article(posted.outlet, None) if posted.outlet else NOBODY
    published_at = posted.published_at or datetime.now(UTC)
    extractor = ClaimExtractor(use.parts.tagger, use.parts.book.directory)
    found = extractor.extract([read(outlet, posted.title, text, published_at)])[0]
    claims = prepare(Waiting("", 1, outlet, posted.title, text, published_at), found.claims, ()).added
    quoted = {link.outlet_id: link.name for claim in claims for link in claim.claim.chain if link.outlet_id and link.name}

    def name_of(outlet_id: str) -> str:
        return outlet.name if outlet_id == outlet.id else quoted.get(outlet_id) or use.name_of(outlet_id)

    return ExtractOut(
        claims=[claim_out(claim, name_of) for claim in claims],
        attributions=[
            AttributionOut(
                source=[span_out(span) for span in item.attribution.source],
                cue=[span_out(span) for span in item.attribution.cue],
                content=[span_out(span) for span in item.attribution.content],
                name=item.name,
                kind=item.kind.value if item.kind else None,
            )
            for item in found.attributions
        ],
    )


@router.post("/compare")
def compare(posted: CompareIn, use: Use) -> CompareOut:
    """The relation of each pair of statements."""
    pairs = [(_statement(pair.a, "pairs", at, "a"), _statement(pair.b, "pairs", at, "b")) for at, pair in enumerate(posted.pairs)]
    relations = use.comparing.judge(_with_similarity(pairs, use))
    return CompareOut(relations=[_shown(relation) for relation in relations])


def _statement(posted: StatementIn, *loc: str | int) -> Statement:
    check_text(".".join(map(str, (*loc, "text"))), posted.text, STATEMENT_CHARS, stored=False)
    return read_statement(posted.text, posted.published_at)


def _with_similarity(pairs: list[tuple[Statement, Statement]], use: Services) -> list[Pair]:
    vectors = use.parts.encoder.encode([side.text for pair in pairs for side in pair])
    return [Pair(a, b, float(vectors[2 * at] @ vectors[2 * at + 1])) for at, (a, b) in enumerate(pairs)]


def _shown(relation: Relation) -> ComparisonOut:
    likely = relation.probabilities
    return ComparisonOut(
        kind=relation.kind.value,
        score=relation.score,
        probabilities=ProbabilitiesOut(agree=likely.agree, diverge=likely.diverge, update=likely.update, unrelated=likely.unrelated),
        reasons=[reason_out(reason) for reason in relation.reasons],
    )
