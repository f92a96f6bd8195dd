"""The whole pipeline through HTTP against what others pay for embedding alone."""

import time

from sentence_transformers import SentenceTransformer
from transformers.utils import logging

from app.articles.sentences import split
from app.vectors import minilm
from bench.comparison import Comparison, in_turns
from bench.corpus import Corpus, CorpusArticle
from bench.service import running_service

_WARM_UP_ARTICLES = 5


def articles_needed(articles: int, repeats: int) -> int:
    """How many articles `compare_ingest` posts: none twice, since a known article costs nothing."""
    return _WARM_UP_ARTICLES + articles * repeats


def compare_ingest(corpus: Corpus, articles: int, repeats: int) -> list[Comparison]:
    """Sentences a second from posting until every claim is linked and judged, and of our encoder alone.

    The peer is `SentenceTransformer.encode` with its defaults, in float32, on the same sentences of the same `articles` a repeat.
    Raises ValueError when the corpus is too small.
    """
    if len(corpus.articles) < articles_needed(articles, repeats):
        raise ValueError(f"{corpus.name} has {len(corpus.articles)} articles, {articles_needed(articles, repeats)} are needed")
    warm_up = corpus.articles[:_WARM_UP_ARTICLES]
    parts = [corpus.articles[_WARM_UP_ARTICLES + at * articles :][:articles] for at in range(repeats)]
    sentences = [_sentences(part) for part in parts]
    # The service loads the same weights; here they are read without any of Parallax's own batching.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    stock = SentenceTransformer(str(minilm.bundled_folder()), device="cpu", local_files_only=True)
    stock.encode(_sentences(warm_up), show_progress_bar=False)
    encoder = minilm.MiniLmEncoder.load()
    encoder.encode(_sentences(warm_up))

    def stock_rate(repeat: int) -> float:
        began = time.perf_counter()
        stock.encode(sentences[repeat], show_progress_bar=False)
        return len(sentences[repeat]) / (time.perf_counter() - began)

    def encoder_rate(repeat: int) -> float:
        began = time.perf_counter()
        encoder.encode(sentences[repeat])
        return len(sentences[repeat]) / (time.perf_counter() - began)

    with running_service() as service:
        service.process(warm_up)
        pipeline = in_turns(lambda repeat: len(sentences[repeat]) / service.process(parts[repeat]), stock_rate, repeats)
    alone = in_turns(encoder_rate, stock_rate, repeats)
    note = f"{articles} articles, {round(sum(map(len, sentences)) / repeats):,} sentences a repeat"
    peer = "stock SentenceTransformer.encode (float32, defaults), which embeds and does nothing else"
    return [
        Comparison("whole pipeline, POST /v1/articles/batch", "sentences/s", peer, pipeline, note),
        Comparison("encoder alone", "sentences/s", peer, alone, note),
    ]


def _sentences(articles: tuple[CorpusArticle, ...]) -> list[str]:
    """All sentences of the articles as the pipeline cuts them."""
    return [sentence.text for article in articles for sentence in split(article.text)]
