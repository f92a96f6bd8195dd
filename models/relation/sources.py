"""The public sets, each source with the weight it is drawn with."""

import gzip
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.relation.pairs import AGREE, DIVERGE, UNRELATED, Example

_LABELS = {"entailment": AGREE, "neutral": UNRELATED, "contradiction": DIVERGE}
# Longer premises are no single statements. Source: decision.
_CHARS_AT_MOST = 700
# What is not named here is drawn with this weight.
_USUAL = 0.3
# Sources that speak of what happened, in all three labels, count fully; balanced drills in negation, counting and comparison nearly so;
# captions and sets that lack a label little: they teach their style. Source: the sets' own descriptions and a first probe, in which
# single-label sources did harm.
_WEIGHTS = {
    "lingnli-baseline": 0.8,
    "lingnli-LotS": 0.8,
    "lingnli-LitL": 0.8,
    "mnli-mismatched-1annotator": 0.8,
    "olora-mnli-train": 1.0,
    "taxinli-mnli": 1.0,
    "semiauto-base_wiki": 1.0,
    "semiauto-sim_wiki": 1.0,
    "semiauto-translate_wiki": 1.0,
    "fm2": 1.5,
    "fever-symmetric": 1.5,
    "cb": 1.0,
    "fracas": 1.0,
    "climate-fever": 0.4,
    "conjnli-adv": 0.3,
    "curr-boolean": 0.7,
    "curr-comparative": 0.7,
    "curr-conditional": 0.7,
    "curr-counting": 0.7,
    "curr-negation": 0.7,
    "curr-quantifier": 0.7,
    "curr-control": 0.3,
    "cad-snli": 0.3,
    "snli-dev": 0.1,
    "sick": 0.1,
    "mpe": 0.3,
    "joci": 0.03,
    "covidfact": 0.05,
    "flute-sarcasm": 0.05,
    "flute-idiom": 0.05,
    "flute-simile": 0.05,
    "flute-metaphor": 0.05,
    "cannot-wikifactcheck": 0.05,
    "help-monotonicity": 0.01,
}
_FNC_WEIGHT, _CLAIMDIFF_WEIGHT = 0.6, 0.6
_FNC_PAIRS_A_BODY = 6


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as opened:
        for line in opened:
            yield json.loads(line)


def entailment_pairs(path: Path) -> list[Example]:
    """Premise and hypothesis as a and b, from a file of {premise, hypothesis, label, source}; long premises are left out."""
    return [
        Example(row["premise"], row["hypothesis"], _LABELS[row["label"]], row["source"], "", _WEIGHTS.get(row["source"], _USUAL))
        for row in _lines(path)
        if len(row["premise"]) <= _CHARS_AT_MOST
    ]


def scored_sample(path: Path, size: int, seed: int = 7) -> list[Example]:
    """The sample that figures on this set are given for: `size` pairs whose first text is under 1,500 characters."""
    rows = [row for row in _lines(path) if len(row["premise"]) < 1500]
    chosen = random.Random(seed).sample(rows, min(size, len(rows)))
    return [Example(row["premise"], row["hypothesis"], _LABELS[row["label"]], row["source"]) for row in chosen]


def headline_pairs(folder: Path, seed: int = 3) -> list[Example]:
    """Headlines on one story: two that stand with its body agree; one that stands with it and one against it diverge.

    Stances "discuss" take no side and are left out. A few pairs a body, so that no story outweighs the others.
    """
    stances: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _lines(folder / "train.jsonl.gz"):
        stances[row["body_id"]][row["stance"]].add(row["headline"])
    chance = random.Random(seed)
    found: list[Example] = []
    for body in sorted(stances):
        agree, disagree = sorted(stances[body]["agree"]), sorted(stances[body]["disagree"])
        for label, pairs in (
            (AGREE, list(itertools.combinations(agree, 2))),
            (DIVERGE, list(itertools.product(agree, disagree))),
        ):
            chance.shuffle(pairs)
            found += [Example(a, b, label, "fnc1", "", _FNC_WEIGHT) for a, b in pairs[:_FNC_PAIRS_A_BODY]]
    return found


def topic_pairs(path: Path) -> list[Example]:
    """Claims from two articles on one event that neither strengthen nor weaken each other: unrelated.

    What the set calls strengthening or weakening is argument rather than agreement or contradiction, and is left out.
    """
    return [
        Example(row["claim_a"], row["claim_b"], UNRELATED, "claimdiff", "", _CLAIMDIFF_WEIGHT)
        for row in _lines(path)
        if row["strengthen"] == 0 and row["weaken"] == 0
    ]
