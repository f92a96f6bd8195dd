"""Fits the rule judge's weights and thresholds: `app/relations/rules_weights.json`.

    python -m models.relation.fit_rules --ministories DIR --pairs relation-train/train.jsonl.gz [--write]

A multinomial logistic regression over the judge's features, on mini-stories whose topics are not held out and on a sample of
public pairs at half weight; thresholds on the held-out topics, see thresholds.py. Without --write it only shows the figures.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.relations.features import NAMES, features
from app.relations.judge import Pair
from app.relations.relation import Relation
from app.relations.rules import WEIGHTS_FILE, Weights, decide
from app.relations.symbolic import Comparison, SymbolicComparison
from models.relation.logistic import Matrix, fit
from models.relation.pairs import Example, grids, read_ministories
from models.relation.prepared import VectorFile, measured, mixed_times, prepared
from models.relation.sources import entailment_pairs
from models.relation.thresholds import chosen
from models.relation.train import MINISTORIES, draw

CLASSES = ("agree", "diverge", "update", "unrelated")
SOURCE = "multinomial logistic regression, fitted on mini-stories of topics not held out and a sample of public sentence pairs"
# Updates are few. Source: mini-stories, held-out topics.
_UPDATE_WEIGHT = 4.0
_PUBLIC_WEIGHT = 0.5


class Compared:
    """Examples with everything that the rules compute of them, in the examples' order."""

    def __init__(self, examples: Sequence[Example], vectors: VectorFile):
        self.examples = list(examples)
        self.pairs: list[Pair] = prepared(self.examples, vectors)
        symbolic = SymbolicComparison()
        self.comparisons: list[Comparison] = [symbolic.compare(pair.a, pair.b) for pair in self.pairs]
        rows = [features(pair, comparison) for pair, comparison in zip(self.pairs, self.comparisons, strict=True)]
        self.values: Matrix = np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))

    @property
    def classes(self) -> list[int]:
        return [CLASSES.index(e.label) for e in self.examples]

    def judged(self, weights: Weights) -> list[Relation]:
        """What the rules make of each pair under these weights."""
        return [
            decide(pair, comparison, weights.probabilities([float(x) for x in row]), weights)
            for pair, comparison, row in zip(self.pairs, self.comparisons, self.values, strict=True)
        ]


def fitted(stories: Compared, public: Compared, freedom: float = 1.0) -> Weights:
    """Weights of the training pairs, with thresholds yet to be chosen."""
    classes = stories.classes + public.classes
    counts = np.concatenate([np.ones(len(stories.examples)), np.full(len(public.examples), _PUBLIC_WEIGHT)])
    counts[np.array(classes) == CLASSES.index("update")] *= _UPDATE_WEIGHT
    rows = fit(np.vstack([stories.values, public.values]), classes, len(CLASSES), counts, freedom)
    return Weights({name: tuple(round(float(x), 4) for x in row) for name, row in zip(CLASSES, rows, strict=True)}, 0.65, 0.6, 0.45)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ministories", type=Path, nargs="+", default=[MINISTORIES])
    parser.add_argument("--pairs", type=Path, required=True, help="public pairs, {premise, hypothesis, label, source} a line")
    parser.add_argument("--story-pairs", type=int, default=9000)
    parser.add_argument("--public-pairs", type=int, default=2500)
    parser.add_argument("--vectors", type=Path, help="keeps the sentences' vectors between runs (.npz)")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    stories = read_ministories(options.ministories)
    vectors = VectorFile(options.vectors)
    seen = draw(grids(s for s in stories if not s.held_out), options.story_pairs, 0)
    training = Compared(mixed_times(seen), vectors)
    public = Compared(draw(entailment_pairs(options.pairs), options.public_pairs, 0), vectors)
    unseen = Compared(grids(s for s in stories if s.held_out), vectors)
    weights, figures = chosen(fitted(training, public), unseen.examples, unseen.judged)
    print(json.dumps({"held-out topics": figures.row(), "training": measured(training.examples, training.judged(weights)).row()}, indent=1))
    print(weights.diverge_threshold, weights.update_threshold, weights.agree_threshold)
    if options.write:
        write(weights, WEIGHTS_FILE)


def write(weights: Weights, path: Path) -> None:
    """Writes what `Weights.load` reads."""
    data = {
        "source": SOURCE,
        "features": list(NAMES),
        "weights": {name: list(row) for name, row in weights.rows.items()},
        "diverge_threshold": weights.diverge_threshold,
        "update_threshold": weights.update_threshold,
        "agree_threshold": weights.agree_threshold,
    }
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
