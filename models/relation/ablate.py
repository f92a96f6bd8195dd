"""What each part of the judge is worth: a table of figures with one part off at a time, written to docs/relation-ablation.md.

    python -m models.relation.ablate --pairs relation-train/dev.jsonl.gz

Two sets: the grids of mini-story topics that were held out, and a sample of public pairs. A comparator that is off finds nothing, so that
its features are zero; the weights stay those that were fitted with all of them on. Without a trained network in the artefact's folder
there are the rules' rows alone. What the network says of a pair is asked once and, with --cache, kept between runs.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.relations.entailment import CONFIG, LABELS, Entailment, Floats, TrainedEntailment, read_config
from app.relations.features import features
from app.relations.finding import Finding
from app.relations.judge import Pair
from app.relations.relation import Relation
from app.relations.rules import Weights, decide
from app.relations.symbolic import COMPARATORS, Comparison, SymbolicComparison, together
from app.relations.trained import judge_weights, read_features, view_of, weighed
from app.relations.update import change
from models.relation.measures import Figures, figures
from models.relation.pairs import Example, grids, read_ministories
from models.relation.prepared import VectorFile, measured, prepared
from models.relation.sources import scored_sample
from models.relation.train import MINISTORIES

OUT = Path("docs/relation-ablation.md")
_UNSEEN, _PUBLIC = "held-out mini-stories", "public pairs"


@dataclass(frozen=True)
class Found:
    """A pair with all that was found in it: `each[i]` is what the i-th comparator says, `whole` everything together."""

    pair: Pair
    each: tuple[Finding | None, ...]
    whole: Comparison


Off = Callable[[Found], Comparison]


def compared(examples: Sequence[Example], vectors: VectorFile) -> list[Found]:
    """The examples with what the rules find, in their order."""
    symbolic, found = SymbolicComparison(), []
    for pair in prepared(examples, vectors):
        each = symbolic.each(pair.a, pair.b)
        found.append(Found(pair, each, symbolic.compare(pair.a, pair.b)))
    return found


def without_comparator(index: int) -> Off:
    """The comparison as it is when the comparator at this place finds nothing."""

    def off(found: Found) -> Comparison:
        if found.each[index] is None:
            return found.whole
        others = tuple(finding for at, finding in enumerate(found.each) if at != index and finding is not None)
        left = together(others, found.whole.alignment, found.whole.outright)
        return replace(found.whole, findings=left, change=change(found.pair.a, found.pair.b, left))

    return off


def without_alignment(found: Found) -> Comparison:
    """The comparison without what the same words in both make plain."""
    left = together(tuple(finding for finding in found.each if finding is not None), None, None)
    changed = change(found.pair.a, found.pair.b, left)
    return replace(found.whole, findings=left, change=changed, alignment=None, outright=None, frame=None)


def without_change(found: Found) -> Comparison:
    """The comparison without updates."""
    return replace(found.whole, change=None)


def without_moods(found: Found) -> Comparison:
    """The comparison without plans, conditions, other times, other ones and namesakes."""
    return replace(found.whole, unlike_condition=False, unlike_plan=False, unlike_time=False, unlike_one=False, namesakes=False)


def parts() -> dict[str, Off]:
    """Everything that can be off, by the name it has in the table."""
    by_comparator = {_name(each): without_comparator(at) for at, each in enumerate(COMPARATORS)}
    return {**by_comparator, "word for word": without_alignment, "updates by time": without_change, "plans and conditions": without_moods}


def _name(comparator: object) -> str:
    inner = getattr(comparator, "_comparator", comparator)
    return type(inner).__name__.removesuffix("Comparator").lower()


def whole(found: Found) -> Comparison:
    """Nothing off."""
    return found.whole


def by_rules(found: Sequence[Found], off: Off, weights: Weights) -> list[Relation]:
    """What the rules say with a part off."""
    relations = []
    for one in found:
        seen = off(one)
        relations.append(decide(one.pair, seen, weights.probabilities(features(one.pair, seen)), weights))
    return relations


def by_both(found: Sequence[Found], rows: Floats, off: Off, rules: Weights, weights: Weights) -> list[Relation]:
    """What rules and network say with a part of the rules off."""
    relations = []
    for one, read_both in zip(found, rows, strict=True):
        seen = off(one)
        view = view_of(one.pair, seen, rules)
        relations.append(weighed(one.pair, view, read_features(read_both, view.values, seen), weights))
    return relations


def by_network(examples: Sequence[Example], rows: Floats) -> Figures:
    """Figures of the network's likeliest label, both orders counting alike."""
    shares = np.exp(rows).mean(1)
    return figures([e.label for e in examples], [LABELS[at] for at in shares.argmax(1)], [float(x) for x in shares.max(1)])


class ReadFile:
    """What a network said of pairs of texts; with a file, kept for the next run. A network with another id starts anew."""

    def __init__(self, network: Entailment, file: Path | None):
        self._network = network
        self._file = file
        self._rows: dict[tuple[str, str], Floats] = {}
        if file is not None and file.exists():
            with np.load(file) as held:
                if str(held["id"]) == network.id:
                    self._rows = {(a, b): row for (a, b), row in zip(json.loads(str(held["texts"])), held["rows"], strict=True)}

    def read(self, examples: Sequence[Example]) -> Floats:
        """(examples, 2, labels)."""
        missing = list({(e.a, e.b): None for e in examples if (e.a, e.b) not in self._rows})
        if missing:
            self._rows.update(zip(missing, self._network.read(missing), strict=True))
            if self._file is not None:
                rows = np.stack(list(self._rows.values()))
                np.savez(self._file, id=np.array(self._network.id), texts=np.array(json.dumps(list(self._rows))), rows=rows)
        return np.stack([self._rows[e.a, e.b] for e in examples])


def table(rows: dict[str, dict[str, Figures]]) -> str:
    """A Markdown table: a row a judge, for each set macro F1 and the precision and recall of diverge."""
    sets = list(next(iter(rows.values())))
    heads = [f"{name}: {figure}" for name in sets for figure in ("macro F1", "diverge P", "diverge R")]
    lines = ["| judge | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for judge, by_set in rows.items():
        cells = [f"{x:.3f}" for name in sets for x in (by_set[name].macro_f1, by_set[name].diverge_precision, by_set[name].diverge_recall)]
        lines.append(f"| {judge} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def page(rows: dict[str, dict[str, Figures]], sizes: dict[str, int], network: str | None) -> str:
    """The document."""
    counted = ", ".join(f"{size:,} of {name}" for name, size in sizes.items())
    judged = f"The network is {network}." if network else "No trained network was there: the rows are the rules' alone."
    return f"""# What each part of the relation judge is worth

    python -m models.relation.ablate --pairs relation-train/dev.jsonl.gz

Pairs: {counted}. "Without" means that a part finds nothing, its features being zero; the weights stay those fitted with every part on, so
a part's row says what the judge loses when that part falls silent, not what a judge fitted without it would reach. Where two parts
see the same thing, either alone costs little. {judged} The weights of "both" were fitted on the held-out stories too (in halves, for the
model card's figures): compare its rows with one another.

{table(rows)}
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ministories", type=Path, nargs="+", default=[MINISTORIES])
    parser.add_argument("--pairs", type=Path, required=True, help="public pairs, {premise, hypothesis, label, source} a line")
    parser.add_argument("--sample", type=int, default=3000)
    parser.add_argument("--artefact", type=Path, default=Path(__file__).parent)
    parser.add_argument("--vectors", type=Path, help="keeps the sentences' vectors between runs (.npz)")
    parser.add_argument("--cache", type=Path, help="keeps what the network says between runs (.npz)")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    vectors, rules = VectorFile(options.vectors), Weights.load()
    sets = {
        _UNSEEN: grids(story for story in read_ministories(options.ministories) if story.held_out),
        _PUBLIC: scored_sample(options.pairs, options.sample),
    }
    found = {name: compared(examples, vectors) for name, examples in sets.items()}

    def ruled(off: Off) -> dict[str, Figures]:
        return {name: measured(sets[name], by_rules(one, off, rules)) for name, one in found.items()}

    rows = {"rules": ruled(whole), **{f"rules without {name}": ruled(off) for name, off in parts().items()}}
    network = None
    if (options.artefact / CONFIG).is_file():
        loaded = TrainedEntailment.load(options.artefact)
        network = loaded.id
        kept = ReadFile(loaded, options.cache)
        read = {name: kept.read(examples) for name, examples in sets.items()}
        weights = judge_weights(read_config(options.artefact)["judge"], "weights")

        def joined(off: Off) -> dict[str, Figures]:
            return {name: measured(sets[name], by_both(one, read[name], off, rules, weights)) for name, one in found.items()}

        rows["network"] = {name: by_network(examples, read[name]) for name, examples in sets.items()}
        rows |= {"both": joined(whole), **{f"both without {name}": joined(off) for name, off in parts().items()}}
    options.out.write_text(page(rows, {name: len(examples) for name, examples in sets.items()}, network), encoding="utf-8")
    print(table(rows))


if __name__ == "__main__":
    main()
