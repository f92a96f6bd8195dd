"""Times the pipeline's steps while it works in this process."""

import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from app import main
from app.api.receiving import incoming
from app.api.requests import ArticleIn
from app.claims.extraction import ClaimExtractor
from app.claims.grammar import GrammarTagger
from app.claims.trained import TrainedTagger
from app.pipeline import linking, preparing, story
from app.pipeline.meeting import Meeting
from app.settings import read_settings
from app.storage.writing import articles as articles_out
from app.vectors import minilm
from app.vectors.faiss_index import FaissClaimIndex
from bench.corpus import CorpusArticle
from bench.limit import CLAIMS, ENCODE, GRAMMAR, JUDGE, LINK, MEET, REST, SEARCH, SENTENCES, STORE, TAGGER, Steps
from bench.service import posted

# What is timed, by the step it belongs to. A step's own time leaves out the steps that it calls.
WATCHED: tuple[tuple[str, Any, str], ...] = (
    (SENTENCES, preparing, "read"),
    (TAGGER, TrainedTagger, "read"),
    (TAGGER, TrainedTagger, "link"),
    (GRAMMAR, GrammarTagger, "tag"),
    (CLAIMS, ClaimExtractor, "extract"),
    (ENCODE, minilm.MiniLmEncoder, "encode"),
    (SEARCH, FaissClaimIndex, "nearest"),
    (MEET, Meeting, "candidates"),
    (JUDGE, story, "judge_all"),
    (LINK, linking, "link"),
    (STORE, DefaultDialect, "do_execute"),
    (STORE, DefaultDialect, "do_executemany"),
    (STORE, DefaultDialect, "do_commit"),
    (REST, story.Pipeline, "process"),
)


class Stopwatch:
    """Own seconds by step: while a step runs, the one that called it does not count. Threads are told apart."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        """`clock` gives seconds that only grow."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._clock = clock
        self._local = threading.local()

    @contextmanager
    def during(self, step: str) -> Iterator[None]:
        """Counts the block for the step."""
        running: list[str] = self._local.__dict__.setdefault("running", [])
        self._charge(running)
        running.append(step)
        try:
            yield
        finally:
            self._charge(running)
            running.pop()

    def _charge(self, running: Sequence[str]) -> None:
        """Gives the time since the last look to the innermost step."""
        now = self._clock()
        if running:
            self.seconds[running[-1]] += now - self._local.since
        self._local.since = now

    @contextmanager
    def watching(self, watched: Sequence[tuple[str, Any, str]]) -> Iterator[None]:
        """Counts each call of the named functions or methods for its step, until the block ends."""
        before = [(owner, name, getattr(owner, name)) for _, owner, name in watched]
        for step, owner, name in watched:
            setattr(owner, name, self._counted(step, getattr(owner, name)))
        try:
            yield
        finally:
            for owner, name, function in before:
                setattr(owner, name, function)

    def _counted(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            with self.during(step):
                return function(*given, **named)

        return counted


def steps_of(articles: Sequence[CorpusArticle], warm_up: int) -> Steps:
    """Processes the articles in this process as the service does, into an empty store, the first few unmeasured.

    Raises ValueError when an article is refused.
    """
    texts: dict[str, None] = {}
    pairs = claims = 0

    def listened(owner: Any, name: str, hear: Callable[..., None]) -> tuple[Any, str, Any]:
        inner = getattr(owner, name)

        def hearing(*given: Any, **named: Any) -> Any:
            hear(*given)
            return inner(*given, **named)

        setattr(owner, name, hearing)
        return owner, name, inner

    def encoded(_: object, given: Sequence[str]) -> None:
        nonlocal claims
        texts.update(dict.fromkeys(given))
        claims += len(given)

    def judged(given: Sequence[object], *_: object) -> None:
        nonlocal pairs
        pairs += len(given)

    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        settings = read_settings({"PARALLAX_DATA_DIR": folder, "PARALLAX_SAMPLE": "false"})
        main.migrate(settings)
        services = main.services_of(settings, main.Models.of(settings))

        def process(some: Sequence[CorpusArticle]) -> float:
            now = datetime.now(UTC)
            with services.parts.database.write() as session:
                for article in some:
                    articles_out.receive(session, incoming(ArticleIn.model_validate(posted(article)), services, now), now)
            began = time.perf_counter()
            while services.pipeline.process(settings.batch_articles):
                pass
            return time.perf_counter() - began

        try:
            process(articles[:warm_up])
            before = [listened(minilm.MiniLmEncoder, "encode", encoded), listened(story, "judge_all", judged)]
            watch = Stopwatch()
            try:
                with watch.watching(WATCHED):
                    wall_seconds = process(articles[warm_up:])
            finally:
                for owner, name, inner in before:
                    setattr(owner, name, inner)
        finally:
            services.parts.database.close()
    read = [article.text for article in articles[warm_up:]]
    return Steps(len(read), claims, pairs, dict(watch.seconds), wall_seconds, tokens_of(read), tokens_of(list(texts)))


def tokens_of(texts: Sequence[str]) -> int:
    """The tokens that the bundled encoder's vocabulary makes of the texts, those that open and close each included."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(minilm.bundled_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return sum(len(found.ids) for found in tokenizer.encode_batch(list(texts)))
