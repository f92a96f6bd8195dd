"""Measures the rules, the network and both together on pairs that none of them learnt from.

    python -m models.relation.evaluate --ministories DIR --public DIR --stories DIR --json models/relation/metrics.json

Three sets: grids of mini-story topics that were held out ("both" cross-fitted, see fit_judge), a sample of relation-train/dev, and
the gold pairs of whole stories (JSON files with `articles` and `pairs`).
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.relations.entailment import LABELS, TrainedEntailment, read_config
from app.relations.rules import Weights
from app.relations.trained import judge_weights
from models.relation.fit_judge import Read, network_of, read_all
from models.relation.fit_rules import Compared
from models.relation.measures import Figures, figures
from models.relation.pairs import Example, grids, read_ministories
from models.relation.prepared import VectorFile, measured
from models.relation.sources import scored_sample
from models.relation.train import MINISTORIES

UNSEEN = "unseen mini-story topics"


def story_pairs(folder: Path) -> list[Example]:
    """The gold pairs of each story in the folder, with the times their articles appeared."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.json")):
        story: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        published = {article["key"]: article["published_at"] for article in story["articles"]}
        for pair in story["pairs"]:
            a, b = pair["a"], pair["b"]
            times = published[a["article"]], published[b["article"]]
            found.append(Example(a["quote"], b["quote"], pair["gold"], f"{pair['gold']}/{pair['kind']}", story["story"], 1.0, *times))
    return found


def network_alone(read: Read) -> Figures:
    """The likeliest label, both orders counting alike, and its probability as the score."""
    shares = np.exp(read.rows).mean(1)
    gold = [e.label for e in read.compared.examples]
    return figures(gold, [LABELS[i] for i in shares.argmax(1)], [float(x) for x in shares.max(1)])


def compared(read: Read, rules: Weights, both: Weights) -> dict[str, Figures]:
    """Figures of the three judges on one set."""
    examples = read.compared.examples
    return {
        "rules only": measured(examples, read.compared.judged(rules)),
        "network only": network_alone(read),
        "both": measured(examples, read.judged(both)),
    }


def table(named: dict[str, dict[str, Figures]]) -> str:
    """A Markdown table of the figures."""
    lines = ["| set | judge | macro F1 | diverge P | diverge R | agree P | agree R | update P | update R | kept | ECE |", "|---" * 11 + "|"]
    for name, judges in named.items():
        for judge, f in judges.items():
            cells = (f.macro_f1, f.diverge_precision, f.diverge_recall, f.agree_precision, f.agree_recall)
            more = (f.update_precision, f.update_recall, f.kept, f.ece)
            lines.append(f"| {name} | {judge} | " + " | ".join(f"{value:.3f}" for value in (*cells, *more)) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--artefact", type=Path, default=Path(__file__).parent)
    parser.add_argument("--ministories", type=Path, nargs="+", default=[MINISTORIES])
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    config, vectors, rules = read_config(options.artefact), VectorFile(options.vectors), Weights.load()
    both = judge_weights(config["judge"], "weights")
    network: TrainedEntailment = network_of(options.artefact, config["temperature"])
    held_out = [story for story in read_ministories(options.ministories) if story.held_out]
    folder: Path = options.public / "relation-train"
    sets = {
        UNSEEN: grids(held_out),
        "relation-train/dev": scored_sample(folder / "dev.jsonl.gz", options.sample),
        "stories": story_pairs(options.stories),
    }
    read = {name: read_all(network, Compared(examples, vectors)) for name, examples in sets.items()}
    named = {name: compared(one, rules, both) for name, one in read.items()}
    # The weights as they stand were fitted on these very pairs: the cross-fitted figures say what they are worth elsewhere.
    unseen = config["judge"]["unseen_topics"]
    named[UNSEEN]["both"] = Figures(**{**unseen, "pairs": int(unseen["pairs"])})
    print(table(named))
    if options.json:
        rows = {name: {judge: f.row() for judge, f in judges.items()} for name, judges in named.items()}
        options.json.write_text(json.dumps({"network": config["sha256"]["model.onnx"], **rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
