"""The groups of goals: what each runs, at full size and quickly."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.alone import alone
from bench.corpus import Corpus
from bench.goals import Row


@dataclass(frozen=True)
class Sizes:
    """How much a run measures. `turns` are repeats in which both sides take their turn, each over `articles` or `sentences` of its own."""

    pipeline_articles: int
    pipeline_turns: int
    encoder_sentences: int
    encoder_turns: int
    copies_articles: int
    copies_turns: int
    step_articles: int
    searched_claims: int
    peer_claims: int
    small_claims: int
    grown_claims: int
    growth_articles: int
    growth_turns: int
    polled_claims: int
    polling_seconds: float
    polling_turns: int

    @property
    def articles(self) -> int:
        """The articles that the largest group needs, a few to warm up with included."""
        return 5 + max(self.pipeline_articles * self.pipeline_turns, self.copies_articles * self.copies_turns, self.step_articles)


FULL = Sizes(
    pipeline_articles=500,
    pipeline_turns=4,
    encoder_sentences=1_000,
    encoder_turns=5,
    copies_articles=150,
    copies_turns=4,
    step_articles=200,
    searched_claims=1_000_000,
    peer_claims=1_000_000,
    small_claims=10_000,
    grown_claims=1_000_000,
    growth_articles=16,
    growth_turns=5,
    polled_claims=3_000,
    polling_seconds=2.0,
    polling_turns=5,
)
# Source: chosen, so that all of it takes less than three minutes on two cores.
QUICK = Sizes(
    pipeline_articles=12,
    pipeline_turns=1,
    encoder_sentences=100,
    encoder_turns=3,
    copies_articles=10,
    copies_turns=1,
    step_articles=10,
    searched_claims=10_000,
    peer_claims=5_000,
    small_claims=1_000,
    grown_claims=5_000,
    growth_articles=4,
    growth_turns=2,
    polled_claims=500,
    polling_seconds=0.5,
    polling_turns=3,
)


@dataclass(frozen=True)
class Asked:
    """What a run is about: its articles and the file they are from, its sizes, and the file of sentence pairs, where there are such."""

    corpus: Corpus
    sizes: Sizes
    file: Path | None = None
    sts: Path | None = None
    seed: int = 1


Group = Callable[[Asked], Sequence[Row]]


# Each imports what it needs only when it runs: these load torch.
def _pipeline(asked: Asked) -> Sequence[Row]:
    from bench.ingest import pipeline_rows

    return pipeline_rows(asked.corpus, asked.sizes.pipeline_articles, asked.sizes.pipeline_turns)


def _encoder(asked: Asked) -> Sequence[Row]:
    from bench.ingest import encoder_rows

    return encoder_rows(asked.corpus, asked.sizes.encoder_sentences, asked.sizes.encoder_turns, asked.sts)


def _copies(asked: Asked) -> Sequence[Row]:
    from bench.ingest import copies_rows

    return copies_rows(asked.corpus, asked.sizes.copies_articles, asked.sizes.copies_turns)


def _search(asked: Asked) -> Sequence[Row]:
    from bench.million import rows

    return rows(asked.sizes.searched_claims, asked.seed, articles=asked.file)


def _peers(asked: Asked) -> Sequence[Row]:
    from bench.million import peer_rows

    return peer_rows(asked.sizes.peer_claims, asked.seed, articles=asked.file)


def _growth(asked: Asked) -> Sequence[Row]:
    from bench.growth import rows

    sizes = asked.sizes
    return rows(
        sizes.grown_claims,
        asked.seed,
        small=sizes.small_claims,
        articles=asked.file,
        count=sizes.growth_articles,
        turns=sizes.growth_turns,
    )


def _polling(asked: Asked) -> Sequence[Row]:
    from bench.serving import rows

    sizes = asked.sizes
    return rows(sizes.polled_claims, seconds=sizes.polling_seconds, repeats=sizes.polling_turns)


# In the order of the table.
GROUPS: Mapping[str, Group] = {
    "pipeline": _pipeline,
    "encoder": _encoder,
    "copies": _copies,
    "search": _search,
    "peers": _peers,
    "growth": _growth,
    "polling": _polling,
}


@dataclass(frozen=True)
class Measured:
    """A group's rows and the seconds they took; `error` says why there are none."""

    rows: Sequence[Row]
    seconds: float
    error: str = ""


def measured(group: Group, asked: Asked) -> Measured:
    """Runs the group in a process of its own; whatever it raises is told."""
    began = time.perf_counter()
    try:
        rows = alone(group, asked)
    except Exception as error:  # a group that fails must not cost what the others measured
        return Measured((), time.perf_counter() - began, f"{type(error).__name__}: {error}")
    return Measured(rows, time.perf_counter() - began)
