"""The figures a judge is measured by."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.relation.pairs import AGREE, DIVERGE, UNRELATED, UPDATE

_BINS = 10


@dataclass(frozen=True)
class Figures:
    """All 0..1. `macro_f1` is the mean over agree, diverge and unrelated, as far as they occur; `update_*` stand beside it.

    `kept` is the share of unrelated pairs that were not called diverge; `ece` the expected calibration error (nan without scores).
    """

    pairs: int
    accuracy: float
    macro_f1: float
    diverge_precision: float
    diverge_recall: float
    agree_precision: float
    agree_recall: float
    update_precision: float
    update_recall: float
    kept: float
    ece: float

    def row(self) -> dict[str, float]:
        """For a file, rounded."""
        return {name: round(value, 4) for name, value in vars(self).items()}


def figures(gold: Sequence[str], found: Sequence[str], scores: Sequence[float] = ()) -> Figures:
    """Figures of labels against labels; an update where the two are unrelated is no fault. nan for nothing."""
    counts = Counter(zip(gold, found, strict=True))
    right = [g == f or (g == UNRELATED and f == UPDATE) for g, f in zip(gold, found, strict=True)]
    precision, recall, f1 = {}, {}, {}
    for label in (AGREE, DIVERGE, UNRELATED, UPDATE):
        hits = counts[label, label]
        called = sum(n for (_, f), n in counts.items() if f == label)
        there = sum(n for (g, _), n in counts.items() if g == label)
        precision[label], recall[label] = hits / max(1, called), hits / max(1, there)
        f1[label] = 2 * hits / (called + there) if called + there else 0.0
    present = [label for label in (AGREE, DIVERGE, UNRELATED) if label in gold]
    unrelated = sum(g == UNRELATED for g in gold)
    return Figures(
        pairs=len(gold),
        accuracy=sum(right) / max(1, len(right)),
        macro_f1=sum(f1[label] for label in present) / max(1, len(present)),
        diverge_precision=precision[DIVERGE],
        diverge_recall=recall[DIVERGE],
        agree_precision=precision[AGREE],
        agree_recall=recall[AGREE],
        update_precision=precision[UPDATE],
        update_recall=recall[UPDATE],
        kept=1 - counts[UNRELATED, DIVERGE] / max(1, unrelated),
        ece=expected_calibration_error(right, scores) if len(scores) else float("nan"),
    )


def expected_calibration_error(right: Sequence[bool], scores: Sequence[float]) -> float:
    """Mean distance of score and accuracy over ten bins, weighted by their size."""
    bins: list[list[tuple[bool, float]]] = [[] for _ in range(_BINS)]
    for hit, score in zip(right, scores, strict=True):
        bins[min(_BINS - 1, int(score * _BINS))].append((hit, score))
    gaps = [abs(sum(h for h, _ in held) - sum(s for _, s in held)) for held in bins]
    return sum(gaps) / max(1, len(right))
