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

    @property
    def articles(self) -> int:
        """The articles that the largest group needs, a few to warm up with included."""
        return 5 + max(self.pipeline_articles * self.pipeline_turns, self.copies_articles * self.copies_turns, self.step_articles)


FULL = Sizes(500, 4, 1_000, 5, 150, 4, 200)
QUICK = Sizes(20, 1, 150, 3, 12, 2, 16)


@dataclass(frozen=True)
class Asked:
    """What a run is about: its articles, its sizes, and the file of sentence pairs if there is one."""

    corpus: Corpus
    sizes: Sizes
    quick: bool
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


# In the order of the table.
GROUPS: Mapping[str, Group] = {"pipeline": _pipeline, "encoder": _encoder, "copies": _copies}


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
