"""How the decision thresholds follow from held-out pairs."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.relations.relation import Relation
from app.relations.rules import Weights
from models.relation.measures import Figures
from models.relation.pairs import Example
from models.relation.prepared import measured

# A false conflict costs more than a missed one: the lowest threshold at which this share of what is called diverge is so.
_DIVERGE_PRECISION = 0.85
_UPDATE_PRECISION = 0.6
_DIVERGE = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
_UPDATE = (0.4, 0.5, 0.6, 0.7, 0.8)
_AGREE = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)

Judge = Callable[[Weights], Sequence[Relation]]


def chosen(weights: Weights, examples: Sequence[Example], judge: Judge) -> tuple[Weights, Figures]:
    """The weights with thresholds set one after the other on held-out mini-story pairs, and the figures there.

    diverge: the lowest with a precision of 0.85; where none has it, the one with the best F0.5, in which precision counts double.
    update: the lowest with a precision of 0.6. agree: the one with the best macro F1, the higher where two are alike to 0.002.
    """

    def at(**thresholds: float) -> tuple[Weights, Figures]:
        tried = replace(weights, **thresholds)  # type: ignore[arg-type]
        return tried, measured(examples, judge(tried))

    options = [at(diverge_threshold=value) for value in _DIVERGE]
    weights = next((w for w, f in options if f.diverge_precision >= _DIVERGE_PRECISION), max(options, key=lambda o: _f_half(o[1]))[0])
    options = [at(update_threshold=value) for value in _UPDATE]
    weights = next((w for w, f in options if f.update_precision >= _UPDATE_PRECISION), options[-1][0])
    options = [at(agree_threshold=value) for value in _AGREE]
    best = max(f.macro_f1 for _, f in options)
    return [(w, f) for w, f in options if f.macro_f1 >= best - 0.002][-1]


def _f_half(figures: Figures) -> float:
    precision, recall = figures.diverge_precision, figures.diverge_recall
    return 1.25 * precision * recall / max(1e-9, 0.25 * precision + recall)
