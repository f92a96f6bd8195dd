"""Fits how the trained judge weighs its network against the rules, calibrates it, and writes the artefact's config.json.

    python -m models.relation.fit_judge --artefact models/relation --ministories DIR --public DIR --version 1

The rules' own weights come from the topics the network learnt from; all else from pairs it never saw: mini-stories of held-out
topics, and public pairs of the train file that were not drawn. First the network's temperature, then the weights: the rules' scores
for the four classes and the network's readings are the inputs of one more logistic regression, so that few weights are fitted on
few topics; as both layers are linear they fold into one. The figures kept in config.json are cross-fitted: topics are dealt into two
halves, each judged by weights and thresholds of the other half.
"""

import argparse
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from app.relations.entailment import CONFIG, LABELS, MODEL, TOKENIZER, Floats, TrainedEntailment
from app.relations.relation import Relation
from app.relations.rules import Weights
from app.relations.trained import CLASSES, NAMES, read_features, view_of, weighed, without_updates
from models.relation.fit_rules import Compared, fitted
from models.relation.logistic import Matrix, fit
from models.relation.measures import Figures
from models.relation.pairs import Example, grids, read_ministories
from models.relation.prepared import VectorFile, measured, mixed_times
from models.relation.sources import entailment_pairs
from models.relation.thresholds import chosen
from models.relation.train import MINISTORIES, PIECES_AT_MOST, draw

# Draws from the end of the public order are met by no training of the usual length.
_LAST_TURNS = 12
_PUBLIC_WEIGHT = 0.5
_UPDATE_WEIGHT = 2.0
_FREEDOM = 0.3


@dataclass(frozen=True)
class Read:
    """Compared examples with the network's log probabilities (examples, 2, labels), before temperature."""

    compared: Compared
    rows: Floats

    def part(self, chosen_rows: Sequence[int]) -> "Read":
        """Some of the examples, in the order given."""
        part = object.__new__(Compared)
        part.examples = [self.compared.examples[i] for i in chosen_rows]
        part.pairs = [self.compared.pairs[i] for i in chosen_rows]
        part.comparisons = [self.compared.comparisons[i] for i in chosen_rows]
        part.values = self.compared.values[list(chosen_rows)]
        return Read(part, self.rows[list(chosen_rows)])

    def values(self) -> Matrix:
        """(examples, READ_NAMES)."""
        both = zip(self.rows, self.compared.values, self.compared.comparisons, strict=True)
        return np.array([read_features(rows, [float(x) for x in values], comparison) for rows, values, comparison in both])

    def judged(self, weights: Weights) -> list[Relation]:
        """The trained judge's relations under these weights."""
        rules = Weights.load()
        each = zip(self.compared.pairs, self.compared.comparisons, self.compared.values, self.values(), strict=True)
        return [
            weighed(pair, view_of(pair, comparison, rules, values), [float(x) for x in readings], weights)
            for pair, comparison, values, readings in each
        ]


def network_of(artefact: Path, temperature: float = 1.0) -> TrainedEntailment:
    """The artefact's network without its config.json, which is yet to be written."""
    options = SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = InferenceSession(str(artefact / MODEL), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(artefact / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(PIECES_AT_MOST, strategy="longest_first")
    return TrainedEntailment(lambda inputs: session.run(["scores"], inputs)[0], tokenizer, "relation", temperature)


def read_all(network: TrainedEntailment, compared: Compared) -> Read:
    """What the network says of every example."""
    return Read(compared, network.read([(e.a, e.b) for e in compared.examples]))


def temperature_of(sets: Sequence[Read]) -> float:
    """The temperature under which the labels are likeliest, each set counting alike."""
    log_temperature = torch.zeros((), dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([log_temperature], max_iter=60, line_search_fn="strong_wolfe")
    given = [(torch.from_numpy(one.rows), torch.tensor([LABELS.index(e.label) for e in one.compared.examples])) for one in sets]

    def loss() -> torch.Tensor:
        search.zero_grad()
        parts = [
            torch.nn.functional.cross_entropy((rows / log_temperature.exp()).flatten(0, 1), wanted.repeat_interleave(2))
            for rows, wanted in given
        ]
        total = torch.stack(parts).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    search.step(loss)  # type: ignore[no-untyped-call]
    return float(log_temperature.detach().exp())


def cooled(read: Read, temperature: float) -> Read:
    """The same with the temperature applied."""
    rows = read.rows / temperature
    return Read(read.compared, rows - np.logaddexp.reduce(rows, axis=-1, keepdims=True))


def folded(read: Read) -> Read:
    """As a network without a label for updates would have read."""
    return Read(read.compared, without_updates(read.rows))


def rule_scores(rules: Weights, values: Matrix) -> Matrix:
    """(examples, classes): the rule judge's scores, centred."""
    scores = np.column_stack([row[0] + values @ np.array(row[1:]) for row in (rules.rows[name] for name in CLASSES)])
    return np.asarray(scores - scores.mean(1, keepdims=True))


def combined(rules: Weights, stories: Read, public: Read) -> Weights:
    """Weights over NAMES: the second layer fitted, the first folded in. Thresholds are those of the rules, yet to be chosen."""
    both = (stories, public)
    inputs = np.vstack([np.hstack([rule_scores(rules, one.compared.values), one.values()]) for one in both])
    classes = [index for one in both for index in one.compared.classes]
    # Each set as a whole counts by its share, whatever its size.
    counts = np.concatenate([np.full(len(stories.rows), 1.0), np.full(len(public.rows), _PUBLIC_WEIGHT)])
    counts[np.array(classes) == CLASSES.index("update")] *= _UPDATE_WEIGHT
    layer = fit(inputs, classes, len(CLASSES), counts, _FREEDOM)
    first = np.array([rules.rows[name] for name in CLASSES])
    first = first - first.mean(0, keepdims=True)
    through = layer[:, 1 : 1 + len(CLASSES)] @ first
    rows = np.hstack([through, layer[:, 1 + len(CLASSES) :]])
    rows[:, 0] += layer[:, 0]
    named = {name: tuple(round(float(x), 5) for x in row) for name, row in zip(CLASSES, rows, strict=True)}
    return replace(rules, rows=named)


def halves(examples: Sequence[Example], topics: dict[str, str]) -> tuple[list[int], list[int]]:
    """Indices of the examples in either half: whole topics, or by the texts where there is no story."""
    of = [zlib.crc32(topics.get(e.story, e.a).encode()) // 7 % 2 for e in examples]
    return [i for i, half in enumerate(of) if half == 0], [i for i, half in enumerate(of) if half == 1]


def crossed(rules: Weights, learnt: Read, judged: Read, public: Read, topics: dict[str, str]) -> Figures:
    """Figures on the held-out stories, each half judged by weights and thresholds of the other.

    `learnt` and `judged` are the same pairs in the same order, the former with times that tell nothing.
    """
    sides = halves(judged.compared.examples, topics)
    examples: list[Example] = []
    relations: list[Relation] = []
    for mine, other in (sides, sides[::-1]):
        part, test = learnt.part(other), judged.part(mine)
        weights, _ = chosen(combined(rules, part, public), part.compared.examples, part.judged)
        examples += test.compared.examples
        relations += test.judged(weights)
    return measured(examples, relations)


@dataclass(frozen=True)
class Material:
    """What the judge is fitted on: training topics and drawn public pairs for the rules; held-out topics and undrawn pairs for the rest.

    `timed` are the held-out grids as they are, `untimed` the same with times that tell nothing.
    """

    training: Compared
    drawn: Compared
    timed: Compared
    untimed: Compared
    undrawn: Compared
    topics: dict[str, str]


def gathered(ministories: Sequence[Path], public: Path, vectors: VectorFile, public_pairs: int = 2500, story_pairs: int = 7000) -> Material:
    """Reads and compares everything."""
    stories = read_ministories(ministories)
    held_out = [story for story in stories if story.held_out]
    pool = entailment_pairs(public / "relation-train" / "train.jsonl.gz")
    grid = grids(held_out)
    return Material(
        training=Compared(mixed_times(draw(grids(s for s in stories if not s.held_out), story_pairs, 0)), vectors),
        drawn=Compared(draw(pool, public_pairs, 0), vectors),
        timed=Compared(grid, vectors),
        untimed=Compared(mixed_times(grid), vectors),
        undrawn=Compared(draw(pool, public_pairs, _LAST_TURNS), vectors),
        topics={story.id: story.topic for story in held_out},
    )


def fit_to(material: Material, artefact: Path, version: str) -> dict[str, Any]:
    """Fits everything and writes config.json; the figures, as rows."""
    rules, network = fitted(material.training, material.drawn), network_of(artefact)
    raw, public = read_all(network, material.untimed), read_all(network, material.undrawn)
    temperature = temperature_of((raw, public))
    stories, public = cooled(raw, temperature), cooled(public, temperature)
    unseen = crossed(rules, stories, Read(material.timed, stories.rows), public, material.topics)
    weights, figures = chosen(combined(rules, stories, public), stories.compared.examples, stories.judged)
    plain = combined(rules, folded(stories), folded(public))
    write(artefact, version, temperature, weights, plain, unseen)
    return {"temperature": temperature, "held-out topics, cross-fitted": unseen.row(), "as fitted": figures.row()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--artefact", type=Path, default=Path(__file__).parent)
    parser.add_argument("--ministories", type=Path, nargs="+", default=[MINISTORIES])
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--version", default="1")
    options = parser.parse_args()
    material = gathered(options.ministories, options.public, VectorFile(options.vectors))
    print(json.dumps(fit_to(material, options.artefact, options.version), indent=1))


def write(artefact: Path, version: str, temperature: float, weights: Weights, plain: Weights, unseen: Figures) -> None:
    """Writes config.json, which names the files by their SHA-256."""
    judge: dict[str, Any] = {
        "features": list(NAMES),
        "weights": {name: list(row) for name, row in weights.rows.items()},
        "weights_without_updates": {name: list(row) for name, row in plain.rows.items()},
        "diverge_threshold": weights.diverge_threshold,
        "update_threshold": weights.update_threshold,
        "agree_threshold": weights.agree_threshold,
        "unseen_topics": unseen.row(),
    }
    config = {
        "version": version,
        "labels": LABELS,
        "pieces_at_most": PIECES_AT_MOST,
        "temperature": round(temperature, 4),
        "sha256": {name: hashlib.sha256((artefact / name).read_bytes()).hexdigest() for name in (MODEL, TOKENIZER)},
        "judge": judge,
    }
    (artefact / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
