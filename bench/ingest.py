"""The whole pipeline and the encoder against what others pay for embedding alone; and what a wire copy saves."""

import contextlib
import gzip
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.articles.sentences import split
from app.main import encoder_of
from app.settings import Settings
from app.vectors import minilm
from app.vectors.encoder import Vectors
from bench.comparison import Comparison, in_turns
from bench.corpus import Corpus, CorpusArticle
from bench.goals import Row, row_of
from bench.service import running_service
from bench.wires import mixed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WARM_UP_ARTICLES = 5
COPIES_SHARE = 0.3
PEER = "stock SentenceTransformer.encode (float32, defaults), which embeds and does nothing else"
_WARM_UP_SENTENCES = 32
_COSINE_SENTENCES = 1_000


def articles_needed(articles: int, turns: int) -> int:
    """How many articles `pipeline_rows` posts: none twice, since a known article costs nothing."""
    return WARM_UP_ARTICLES + articles * turns


def pipeline_rows(corpus: Corpus, articles: int, turns: int) -> list[Row]:
    """Sentences a second from posting `articles` until every claim of them is linked and judged, in each of the turns.

    The peer encodes the same sentences of the same turn. The store grows from turn to turn. Raises ValueError when the corpus is
    too small.
    """
    warm_up, parts = _parts(corpus, articles, turns)
    sentences = [_sentences(part) for part in parts]
    stock = _stock(_sentences(warm_up))
    with running_service() as service:
        service.process(warm_up)
        pairs = in_turns(
            lambda turn: len(sentences[turn]) / service.process(parts[turn]),
            lambda turn: _rate(lambda texts: stock.encode(texts, show_progress_bar=False), sentences[turn]),
            turns,
        )
    note = f"{articles * turns:,} articles, {sum(map(len, sentences)):,} sentences"
    return [row_of(Comparison("whole pipeline, POST /v1/articles/batch", "sentences/s", PEER, pairs, note), 0.8)]


def encoder_rows(corpus: Corpus, sentences: int, turns: int, sts: Path | None) -> list[Row]:
    """The encoder alone: its rate, the mean cosine of its vectors to the stock ones, and with `sts` what it loses there."""
    texts = list(dict.fromkeys(_sentences(corpus.articles)))
    if len(texts) < _WARM_UP_SENTENCES + turns:
        raise ValueError(f"{corpus.name} has {len(texts)} different sentences, {_WARM_UP_SENTENCES + turns} are needed")
    # No sentence is given twice: what was encoded before may be remembered.
    warm_up, texts = texts[:_WARM_UP_SENTENCES], texts[_WARM_UP_SENTENCES:][: sentences * turns]
    parts = [texts[turn::turns] for turn in range(turns)]
    stock = _stock(warm_up)
    encoder = encoder_of(Settings())
    encoder.encode(warm_up)
    pairs = in_turns(
        lambda turn: _rate(encoder.encode, parts[turn]),
        lambda turn: _rate(lambda part: stock.encode(part, show_progress_bar=False), parts[turn]),
        turns,
    )
    rows = [row_of(Comparison("encoder alone", "sentences/s", PEER, pairs, f"{len(texts):,} sentences; {encoder.id}"), 1.5)]
    some = texts[:_COSINE_SENTENCES]
    cosine = float(np.mean(_cosines(encoder.encode(some), stock.encode(some, show_progress_bar=False))))
    rows.append(Row("encoder: mean cosine to the stock vectors", round(cosine, 6), 0.995, "cosine", note=f"{len(some):,} sentences"))
    if sts is not None:
        a, b, scores = sts_pairs(sts)
        ours = spearman(_cosines(encoder.encode(a), encoder.encode(b)), scores)
        theirs = spearman(_cosines(*(stock.encode(side, show_progress_bar=False) for side in (a, b))), scores)
        rows.append(
            Row(
                "encoder: Spearman on STS dev lost against stock",
                round(100 * (theirs - ours), 4),
                0.3,
                "points",
                at_most=True,
                note=f"{sts.name}, {len(a):,} pairs",
                ours=f"{100 * ours:.2f}",
                peer=f"{100 * theirs:.2f}, stock encode",
            )
        )
    return rows


def copies_rows(corpus: Corpus, articles: int, turns: int) -> list[Row]:
    """By how much the cost of an article falls when 30% of a stream are wire copies, against the same stream without them.

    Two services, each with a store of its own, take turns; copies are mixed in within each turn. Raises ValueError when the corpus
    is too small.
    """
    warm_up, parts = _parts(corpus, articles, turns)
    streams = [mixed(part, COPIES_SHARE, turn) for turn, part in enumerate(parts)]
    with contextlib.ExitStack() as until_done:
        plain, with_copies = (until_done.enter_context(running_service()) for _ in range(2))
        for service in (plain, with_copies):
            service.process(warm_up)
        pairs = in_turns(
            lambda turn: len(streams[turn]) / with_copies.process(streams[turn]),
            lambda turn: len(parts[turn]) / plain.process(parts[turn]),
            turns,
        )
    comparison = Comparison("", "articles/s", "the same stream without copies", pairs)
    # The cost is the inverse of the rate: what costs three quarters runs 4/3 times as fast.
    falls = sorted(100 * (1 - 1 / ratio) for ratio in comparison.ratios)
    copies = sum(map(len, streams)) - sum(map(len, parts))
    return [
        Row(
            "30% wire copies mixed in: cost per article falls by",
            100 * (1 - 1 / comparison.ratio),
            25.0,
            "%",
            note=f"{falls[0]:.1f}–{falls[-1]:.1f}% in {turns} turns; {articles * turns:,} articles and {copies:,} copies; "
            "were copies free, it would be 30%",
            ours=f"{comparison.ours:.2f} articles/s",
            peer=f"{comparison.theirs:.2f} articles/s, {comparison.peer}",
        )
    ]


def sts_pairs(path: Path) -> tuple[list[str], list[str], list[float]]:
    """Both sides and the scores of a JSON-lines file (gzipped or not) with a, b and score in each row."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return [row["a"] for row in rows], [row["b"] for row in rows], [float(row["score"]) for row in rows]


def spearman(one: ArrayLike, other: ArrayLike) -> float:
    """Spearman's rank correlation, ties sharing their mean rank."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: ArrayLike) -> NDArray[np.float64]:
    _, place, counts = np.unique(np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True)
    upto = np.cumsum(counts)
    return np.asarray((upto - (counts - 1) / 2)[place])


def _parts(corpus: Corpus, articles: int, turns: int) -> tuple[tuple[CorpusArticle, ...], list[tuple[CorpusArticle, ...]]]:
    """A few articles to warm up with, and those of each turn."""
    if len(corpus.articles) < articles_needed(articles, turns):
        raise ValueError(f"{corpus.name} has {len(corpus.articles)} articles, {articles_needed(articles, turns)} are needed")
    return corpus.articles[:WARM_UP_ARTICLES], [corpus.articles[WARM_UP_ARTICLES + at * articles :][:articles] for at in range(turns)]


def _stock(warm_up: list[str]) -> "SentenceTransformer":
    """The peer, with the same weights but none of Parallax's own batching, warmed up."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    stock = SentenceTransformer(str(minilm.bundled_folder()), device="cpu", local_files_only=True)
    stock.encode(warm_up, show_progress_bar=False)
    return stock


def _rate(encode: Callable[[list[str]], object], texts: list[str]) -> float:
    began = time.perf_counter()
    encode(texts)
    return len(texts) / (time.perf_counter() - began)


def _cosines(one: Vectors, other: Vectors) -> Vectors:
    """The cosine of each row of one with the same row of the other."""
    return np.asarray((one * other).sum(axis=1) / (np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)), dtype=np.float32)


def _sentences(articles: Sequence[CorpusArticle]) -> list[str]:
    """All sentences of the articles as the pipeline cuts them."""
    return [sentence.text for article in articles for sentence in split(article.text)]
