"""Before linking: reading articles into claims with identities, and finding what a revision kept, dropped and added."""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.articles.reading import read
from app.claims.claim import Claim, Link, LinkKind, StoredClaim
from app.claims.extraction import ClaimExtractor
from app.outlets.outlet import Outlet, slug
from app.storage.reading.articles import Waiting

ID_CHARS = 20


@dataclass(frozen=True)
class Prepared:
    """An article's claims sorted by what becomes of them. `quoted` are the outlets that its chains name."""

    article_id: str
    revision: int
    added: tuple[StoredClaim, ...] = ()
    kept: tuple[StoredClaim, ...] = ()
    gone: tuple[StoredClaim, ...] = ()
    quoted: tuple[Outlet, ...] = ()
    error: str | None = None


def claims_of(waiting: Sequence[Waiting], extractor: ClaimExtractor) -> list[tuple[Claim, ...]]:
    """`result[i]` are the claims of `waiting[i]`, each assertion once."""
    documents = [read(item.outlet, item.title, item.text, item.published_at) for item in waiting]
    return [_distinct(extraction.claims) for extraction in extractor.extract(documents)]


def prepare(item: Waiting, claims: Sequence[Claim], stored: Sequence[StoredClaim]) -> Prepared:
    """Gives `claims` their identities and compares them with what is `stored` of the article.

    A claim keeps its identity while its assertion, its chain and the article's time stay the same, wherever in the text it
    moved; saying the same twice is told apart by counting.
    """
    before = {claim.id: claim for claim in stored}
    now = [_identified(item, claim, key) for claim, key in zip(claims, _keys(item, claims), strict=True)]
    ids = {claim.id for claim in now}
    return Prepared(
        item.id,
        item.revision,
        added=tuple(claim for claim in now if claim.id not in before),
        kept=tuple(
            replace(claim, number=before[claim.id].number, cluster_id=before[claim.id].cluster_id) for claim in now if claim.id in before
        ),
        gone=tuple(claim for claim in stored if claim.id not in ids),
        quoted=tuple(_quoted(claims)),
    )


def _identified(item: Waiting, claim: Claim, key: str) -> StoredClaim:
    digest = base64.b32encode(hashlib.sha256(key.encode()).digest()).decode().lower()
    return StoredClaim(
        id="clm_" + digest[:ID_CHARS],
        number=0,
        article_id=item.id,
        revision=item.revision,
        outlet_id=item.outlet.id,
        origin_outlet_id=claim.origin.outlet_id or item.outlet.id,
        published_at=item.published_at,
        claim=claim,
    )


def _keys(item: Waiting, claims: Sequence[Claim]) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for claim in claims:
        chain = "\x1f".join(f"{link.kind.value}:{_shown(link)}" for link in claim.chain)
        key = "\x1e".join((item.id, item.published_at.isoformat(), claim.content, chain, claim.certainty.value))
        seen[key] += 1
        keys.append(f"{key}\x1e{seen[key]}")
    return keys


def _distinct(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Each assertion by each speaker once: an article that repeats a sentence makes the claim once."""
    first: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        first.setdefault((claim.content.casefold(), "\x1f".join(_shown(link) for link in claim.chain)), claim)
    return tuple(first.values())


def _shown(link: Link) -> str:
    return link.name or (link.source.text if link.source else "")


def _quoted(claims: Sequence[Claim]) -> list[Outlet]:
    found = {}
    for claim in claims:
        for link in claim.chain:
            if link.kind is LinkKind.OUTLET and link.name and link.outlet_id:
                found[link.outlet_id] = Outlet(link.outlet_id, link.name)
    return [outlet for outlet in found.values() if slug(outlet.name)]
