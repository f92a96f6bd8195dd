"""Claims and relations made for tests of what comes after reading; everything about them is invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.articles.document import Span
from app.claims.claim import Certainty, Claim, Link, LinkKind, Mention, StoredClaim, Voice
from app.relations.judged import JudgedPair
from app.relations.relation import Reason, ReasonType, RelationKind

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
FERRY = "The ferry left Port Alder with 45 passengers on board"


def made_claim(
    claim_id: str,
    content: str = FERRY,
    *,
    outlet: str = "harbor-courier",
    origin: str | None = None,
    article: str | None = None,
    speaker: str | None = None,
    kind: LinkKind = LinkKind.PERSON,
    named: bool = True,
    certainty: Certainty = Certainty.ASSERTED,
    hours: float = 0,
    cluster: str | None = None,
) -> StoredClaim:
    """A claim of `outlet`, published `hours` after noon; `origin` is an outlet it quotes, `speaker` whom it reports.

    The article is the outlet's only one unless `article` names it. A speaker who is not `named` has words in the text only.
    """
    chain: list[Link] = []
    if speaker is not None:
        chain.append(Link(speaker if named else None, kind, source=Mention(speaker, Span(0, len(speaker)))))
    if origin is not None:
        chain.append(Link(origin.title(), LinkKind.OUTLET, origin))
    chain.append(Link(outlet.title(), LinkKind.PUBLISHER, outlet))
    claim = Claim(
        text=content,
        span=Span(0, len(content)),
        content=content,
        content_spans=(Span(0, len(content)),),
        chain=tuple(chain),
        voice=Voice.REPORTED if len(chain) > 1 else Voice.OWN,
        quoted=False,
        certainty=certainty,
    )
    return StoredClaim(
        id=claim_id,
        number=0,
        article_id=article or f"art_{outlet}",
        revision=1,
        outlet_id=outlet,
        origin_outlet_id=origin or outlet,
        published_at=NOON + timedelta(hours=hours),
        claim=claim,
        cluster_id=cluster,
    )


def with_chain(stored: StoredClaim, *chain: Link) -> StoredClaim:
    """The claim with another chain, spoken by its first link."""
    return replace(stored, claim=replace(stored.claim, chain=chain, voice=Voice.REPORTED if len(chain) > 1 else Voice.OWN))


def pair(
    a: str, b: str, kind: RelationKind, score: float = 0.9, reason: ReasonType | None = ReasonType.QUANTITY, *, wire_copy: bool = False
) -> JudgedPair:
    """A judged pair with its ends in order; `reason` is given only to those that part or update."""
    wants = reason is not None and kind in (RelationKind.CONTRADICTS, RelationKind.UPDATES)
    reasons = (Reason(reason, None, None, "One says this, the other says that."),) if wants and reason else ()
    return JudgedPair(min(a, b), max(a, b), kind, score, reasons, wire_copy)
