"""Claim extraction, tagger included, against embedding the same sentences; and whether every span found holds its words."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.articles.document import Document
from app.articles.reading import read
from app.articles.sentences import split
from app.articles.submission import check_text
from app.claims.extraction import ClaimExtractor, Extraction
from app.main import tagger_of
from app.outlets.directory import OutletDirectory
from app.pipeline.outletbook import OutletBook
from app.settings import Settings
from app.vectors import minilm
from bench.comparison import Comparison, in_turns
from bench.corpus import CorpusArticle
from bench.round_trip import broken

WARM_UP_ARTICLES = 2
# Enough to settle the peer's speed: its batches of 32 are sorted by length, so a few hundred sentences hold every length.
PEER_SENTENCES = 400
_SHOWN = 20


@dataclass
class Tally:
    """What one run over many articles found. `failures` and `broken` say each in a line, the first few of them."""

    articles: int = 0
    sentences: int = 0
    claims: int = 0
    attributions: int = 0
    spans: int = 0
    seconds: float = 0.0
    slowest_seconds: float = 0.0
    failed: int = 0
    broken: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def articles_per_second(self) -> float:
        return self.articles / self.seconds if self.seconds else 0.0

    def note(self, line: str) -> None:
        """Remembers a line for the report's end; only the first few are kept."""
        if len(self.lines) < _SHOWN:
            self.lines.append(line)


class Extracting:
    """The way of an article from posted to claims, as the service goes it, timed; everything found is checked afterwards."""

    def __init__(self, settings: Settings | None = None):
        """Loads the tagger that the settings name (by default what the service starts with).

        Raises:
            StartRefused: its artefact is missing or is not the one it should be.
        """
        self._settings = settings or Settings()
        self._tagger = tagger_of(self._settings)
        self._book = OutletBook(OutletDirectory.load())

    @property
    def tagger_id(self) -> str:
        """Names the tagger and its version."""
        return self._tagger.id

    def run(self, articles: Sequence[CorpusArticle], tally: Tally) -> float:
        """Extracts the articles one by one and adds what was found to the tally; sentences a second, checks left out."""
        # The service knows an article's outlet from when it was received.
        outlets = [self._book.directory.for_article(article.outlet, article.url or None) for article in articles]
        self._book.learn(outlets)
        sentences, seconds = 0, 0.0
        for article, outlet in zip(articles, outlets, strict=True):
            began = time.perf_counter()
            try:
                text = check_text("text", article.text, self._settings.max_article_chars)
                document = read(outlet, article.title, text, article.published_at)
                extraction = ClaimExtractor(self._tagger, self._book.directory).extract([document])[0]
            except Exception as error:  # whatever it is, it is counted, and the run goes on to the next article
                tally.failed += 1
                tally.note(f"{article.url or article.title}: {type(error).__name__}: {error}")
                continue
            took = time.perf_counter() - began
            seconds += took
            sentences += len(document.sentences)
            _add(tally, document, extraction, took)
        return sentences / seconds if seconds else 0.0


def _add(tally: Tally, document: Document, extraction: Extraction, took: float) -> None:
    count, lines = broken(document, extraction)
    tally.articles += 1
    tally.sentences += len(document.sentences)
    tally.claims += len(extraction.claims)
    tally.attributions += len(extraction.attributions)
    tally.spans += count
    tally.broken += len(lines)
    tally.seconds += took
    tally.slowest_seconds = max(tally.slowest_seconds, took)
    for line in lines:
        tally.note(line)


@dataclass(frozen=True)
class Measured:
    """The comparison, what was found in all its turns, and the tagger that found it."""

    comparison: Comparison
    tally: Tally
    tagger_id: str


def compare_extraction(articles: Sequence[CorpusArticle], turns: int, peer_sentences: int = PEER_SENTENCES) -> Measured:
    """Sentences a second of extraction, in turns with stock encoding; every article is read once.

    The first few articles only warm both sides up; the others are shared out among the turns. The peer encodes `peer_sentences`
    of a turn's sentences, drawn at random, or all where there are no more. Raises ValueError when there are too few articles.
    """
    warm_up, read_on = tuple(articles[:WARM_UP_ARTICLES]), articles[WARM_UP_ARTICLES:]
    if len(read_on) < turns:
        raise ValueError(f"{len(articles)} articles, {turns + WARM_UP_ARTICLES} are needed")
    borders = [at * len(read_on) // turns for at in range(turns + 1)]
    parts = [tuple(read_on[begin:end]) for begin, end in pairwise(borders)]
    samples = [_sample(part, peer_sentences, at) for at, part in enumerate(parts)]
    # Only here: it takes seconds, and who counts spans needs no peer.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    stock = SentenceTransformer(str(minilm.bundled_folder()), device="cpu", local_files_only=True)
    stock.encode(_sample(warm_up, peer_sentences, 0), show_progress_bar=False)
    extracting = Extracting()
    extracting.run(warm_up, Tally())
    tally = Tally()

    def stock_rate(turn: int) -> float:
        began = time.perf_counter()
        stock.encode(samples[turn], show_progress_bar=False)
        return len(samples[turn]) / (time.perf_counter() - began)

    pairs = in_turns(lambda turn: extracting.run(parts[turn], tally), stock_rate, turns)
    note = (
        f"{tally.articles:,} articles, {tally.articles_per_second:.1f} a second; the peer encodes {sum(map(len, samples)):,} of their "
        f"{tally.sentences:,} sentences, drawn at random; failed: {tally.failed}; spans that do not hold their words: {tally.broken} of "
        f"{tally.spans:,}; {extracting.tagger_id}"
    )
    peer = "stock SentenceTransformer.encode (float32, defaults), which embeds and does nothing else"
    comparison = Comparison("claim extraction, tagger included", "sentences/s", peer, pairs, note)
    return Measured(comparison, tally, extracting.tagger_id)


def _sample(articles: Sequence[CorpusArticle], count: int, seed: int) -> list[str]:
    """Up to `count` of the articles' sentences, drawn at random, in random order."""
    sentences = [sentence.text for article in articles for sentence in split(article.text)]
    return random.Random(seed).sample(sentences, min(count, len(sentences)))
