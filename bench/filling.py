"""A store with many claims, written the way the pipeline writes them, without reading each article anew."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.articles.reading import read
from app.claims.claim import Claim, StoredClaim
from app.claims.extraction import ClaimExtractor
from app.claims.grammar import GrammarTagger
from app.main import migrate
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet, slug
from app.pipeline import linking
from app.pipeline.preparing import prepare
from app.relations.judged import JudgedPair
from app.relations.relation import Reason, ReasonType, RelationKind
from app.settings import Settings
from app.storage.database import Database
from app.storage.reading.articles import Waiting
from app.storage.writing import articles as articles_out
from app.storage.writing import claims as claims_out
from app.storage.writing import outlets as outlets_out
from app.storage.writing.articles import Incoming
from bench.corpus import CorpusArticle, synthetic
from bench.news_words import OUTLETS, PLACES

STORED_OUTLETS = 30
_BATCH_ARTICLES = 10
_MADE_BY = "bench"
# When the first stored articles came; each batch comes half a minute later.
BEGAN_AT = datetime(2025, 1, 1, tzinfo=UTC)
# The length of the noise added to a claim's vector. Source: chosen; about the distance of two wordings of one sentence.
_NOISE_LENGTH = 0.75

# How claims fall into clusters: half of them alone, the others two to six together. Source: chosen, so that a hundred thousand
# claims make some thousands of conflicts; a news stream makes fewer.
_ALONE_SHARE = 0.5
_SIZES = (2, 2, 2, 3, 3, 4, 6)
_PARTED_SHARE = 0.3
_COPIED_SHARE = 0.2


@dataclass(frozen=True)
class Told:
    """An article that was read once, to be stored many times."""

    outlet: Outlet
    article: CorpusArticle
    claims: tuple[Claim, ...]


def fill(
    data_dir: Path,
    claims: int,
    *,
    encoder_id: str,
    dimensions: int,
    seed: int = 1,
    read_articles: int = 150,
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
) -> int:
    """Stores at least `claims` claims of 30 outlets in a new store under `data_dir`; the number of claims stored.

    Articles, claims, chains, quantities and names are read from synthetic news; vectors are those that `encode` gives, a little off,
    or random ones without it; which claims agree or contradict each other is drawn, and clusters and conflicts follow from that as
    they always do. Each of `read_articles` articles is stored again and again under other ids.
    """
    settings = Settings(data_dir=data_dir, sample=False)
    migrate(settings)
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    told = _read(read_articles, seed)
    contents = sorted({claim.content for one in told for claim in one.claims}) if encode else []
    vector_of = dict(zip(contents, encode(contents), strict=True)) if encode else {}
    database = Database(settings.store_url)
    stored = 0
    try:
        for batch in count():
            now = BEGAN_AT + timedelta(seconds=30 * batch)
            with database.write() as session:
                added: list[StoredClaim] = []
                for number in range(batch * _BATCH_ARTICLES, (batch + 1) * _BATCH_ARTICLES):
                    one = told[number % len(told)]
                    waiting = _waiting(one, number, now)
                    articles_out.receive(session, _incoming(waiting), now)
                    prepared = prepare(waiting, one.claims, ())
                    outlets_out.ensure(session, prepared.quoted, now)
                    added += prepared.added
                    articles_out.finish(session, waiting.id)
                vectors = noise.standard_normal((len(added), dimensions), dtype=np.float32)
                if vector_of:
                    vectors *= np.float32(_NOISE_LENGTH / dimensions**0.5)
                    vectors += np.stack([vector_of[claim.claim.content] for claim in added])
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                kept = claims_out.insert(session, added, vectors, encoder_id=encoder_id, made_by=_MADE_BY)
                linking.link(session, linking.Change(kept, (), list(_pairs(kept, rng))), now, made_by=_MADE_BY)
            stored += len(kept)
            if stored >= claims:
                return stored
    finally:
        database.close()
    raise AssertionError("unreachable")


def _read(articles: int, seed: int) -> list[Told]:
    """Synthetic articles with their claims, their outlets taken in turn."""
    names = [*OUTLETS, *(f"{place[0]} {kind}" for kind in ("Herald", "Courier", "Review") for place in PLACES)]
    outlets = [Outlet(slug(name), name) for name in dict.fromkeys(names)][:STORED_OUTLETS]
    written = synthetic(articles, seed).articles
    chosen = [outlets[at % len(outlets)] for at in range(articles)]
    extractor = ClaimExtractor(GrammarTagger(), OutletDirectory.load())
    documents = [read(outlet, one.title, one.text, one.published_at) for outlet, one in zip(chosen, written, strict=True)]
    found = extractor.extract(documents)
    return [Told(outlet, one, tuple(claims.claims)) for outlet, one, claims in zip(chosen, written, found, strict=True)]


def _waiting(told: Told, number: int, now: datetime) -> Waiting:
    digest = hashlib.sha256(str(number).encode()).hexdigest()[:24]
    return Waiting(f"art_{digest}", 1, told.outlet, told.article.title, told.article.text, now)


def _incoming(waiting: Waiting) -> Incoming:
    url = f"https://{waiting.outlet.id}.example/{waiting.id}"
    return Incoming(waiting.id, waiting.outlet, url, waiting.title, waiting.text, "en", waiting.published_at, waiting.id)


def _pairs(claims: Sequence[StoredClaim], rng: random.Random) -> Iterator[JudgedPair]:
    """Relations that make clusters of a few claims each, some of them parted, some copied."""
    left = sorted(claims, key=lambda claim: claim.id)
    rng.shuffle(left)
    while left:
        size = 1 if rng.random() < _ALONE_SHARE else rng.choice(_SIZES)
        group, left = left[:size], left[size:]
        parted = rng.random() < _PARTED_SHARE
        copied = not parted and rng.random() < _COPIED_SHARE
        half = len(group) // 2
        for (at, one), (to, other) in combinations(enumerate(group), 2):
            a, b = sorted((one, other), key=lambda claim: claim.id)
            apart = parted and at < half <= to
            kind = RelationKind.CONTRADICTS if apart else RelationKind.CORROBORATES
            detail = "45 minutes against 30 minutes: 33% less"
            reasons = (Reason(ReasonType.QUANTITY, a.claim.span, b.claim.span, detail),) if apart else ()
            yield JudgedPair(a.id, b.id, kind, round(rng.uniform(0.7, 0.98), 4), reasons, copied and a.outlet_id != b.outlet_id)
