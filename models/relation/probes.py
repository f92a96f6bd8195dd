"""Two probes of a judge on sentences of real articles, which stay where they are.

    python -m models.relation.probes --sentences FILE... [--judge rules|trained]

The first changes one figure of a sentence so that both versions cannot hold, and counts how many pairs are let through as agreeing.
The second adds a hedge, rounds, respells or converts, and counts how many pairs are called a conflict. The same seed and files give the
same pairs; half of them are shown to the judge in the other order.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.relations.judge import Pair, RelationJudge
from app.relations.relation import Relation
from app.relations.rules import RuleJudge
from app.relations.statements import read_statement
from models.relation.changed_figures import Changed, changed_figures
from models.relation.hedged_figures import hedged_figures
from models.relation.news_sentences import NewsSentence, news_sentences
from models.relation.pairs import AGREE, DIVERGE, UNRELATED, UPDATE
from models.relation.prepared import VectorFile, label_of

# Each kind is filled in turn, so that no kind that every other sentence offers drowns the rest.
_SENTENCES_READ = 60_000


@dataclass(frozen=True)
class Probe:
    """A made pair and the sentence's time."""

    changed: Changed
    sentence: NewsSentence


def probes(sentences: Sequence[NewsSentence], make: Callable[[str, random.Random], list[Changed]], count: int, seed: int) -> list[Probe]:
    """`count` pairs, of each kind as nearly alike as the sentences offer; a sentence serves once. Fewer where they offer fewer."""
    by_kind: dict[str, list[Probe]] = defaultdict(list)
    for sentence in sentences:
        for changed in make(sentence.text, random.Random(f"{seed} {sentence.text}")):
            by_kind[changed.kind].append(Probe(changed, sentence))
    for kind in sorted(by_kind):
        random.Random(f"{seed} {kind}").shuffle(by_kind[kind])
    chosen: list[Probe] = []
    used: set[str] = set()
    while len(chosen) < count and any(by_kind.values()):
        # The scarcest first, so that another kind does not take its sentences.
        for kind in sorted(by_kind, key=lambda kind: (len(by_kind[kind]), kind)):
            while by_kind[kind]:
                probe = by_kind[kind].pop()
                if probe.sentence.text not in used:
                    used.add(probe.sentence.text)
                    chosen.append(probe)
                    break
            if len(chosen) == count:
                break
    return chosen


def judged(found: Sequence[Probe], judge: RelationJudge, vectors: VectorFile) -> list[Relation]:
    """The judge's relations, every other pair swapped."""
    vectors.add(text for probe in found for text in (probe.changed.a, probe.changed.b))
    pairs = []
    for at, probe in enumerate(found):
        a, b = (read_statement(text, probe.sentence.published_at) for text in (probe.changed.a, probe.changed.b))
        pair = Pair(a, b, vectors.similarity(a.text, b.text))
        pairs.append(pair if at % 2 else Pair(b, a, pair.similarity))
    return judge.judge(pairs)


def table(found: Sequence[Probe], relations: Sequence[Relation], wrong: str) -> str:
    """A Markdown table: each kind's pairs by what they are called, and the share that is called `wrong`."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for probe, relation in zip(found, relations, strict=True):
        counts[probe.changed.kind][label_of(relation)] += 1
        counts["all"][label_of(relation)] += 1
    lines = [f"| kind | pairs | agree | diverge | update | unrelated | {wrong} |", "|---" * 7 + "|"]
    for kind, called in sorted(counts.items(), key=lambda row: (row[0] == "all", row[0])):
        each = " | ".join(str(called[label]) for label in (AGREE, DIVERGE, UPDATE, UNRELATED))
        lines.append(f"| {kind} | {called.total()} | {each} | {called[wrong] / called.total():.1%} |")
    return "\n".join(lines)


def errors(found: Sequence[Probe], relations: Sequence[Relation], wrong: str, at_most: int) -> str:
    """The first wrong pairs of each kind, with the judge's reasons."""
    shown: Counter[str] = Counter()
    lines = []
    for probe, relation in zip(found, relations, strict=True):
        kind = probe.changed.kind
        if label_of(relation) == wrong and shown[kind] < at_most:
            shown[kind] += 1
            lines += [f"{kind} {relation.score:.2f}", f"  {probe.changed.a}", f"  {probe.changed.b}"]
            lines += [f"  {reason.type}: {reason.detail}" for reason in relation.reasons]
    return "\n".join(lines)


def chosen_judge(name: str, artefact: Path) -> RelationJudge:
    """The judge by the name that the service's setting gives it."""
    if name == "rules":
        return RuleJudge()
    from app.relations.trained import TrainedJudge

    return TrainedJudge.load(artefact)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, nargs="+", required=True, help="JSON Lines of articles (text, date), plain or gzipped")
    parser.add_argument("--judge", choices=("rules", "trained"), default="rules")
    parser.add_argument("--artefact", type=Path, default=Path(__file__).parent)
    parser.add_argument("--pairs", type=int, default=1200, help="of each probe")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--vectors", type=Path, help="keeps the sentences' vectors between runs (.npz)")
    parser.add_argument("--errors", type=int, default=0, help="how many wrong pairs of each kind to show")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    judge, vectors = chosen_judge(options.judge, options.artefact), VectorFile(options.vectors)
    sentences = news_sentences(options.sentences, _SENTENCES_READ, options.seed)
    figures = {"judge": judge.id, "sentences": len(sentences)}
    for name, make, wrong in (("one figure changed", changed_figures, AGREE), ("hedged or rounded", hedged_figures, DIVERGE)):
        found = probes(sentences, make, options.pairs, options.seed)
        relations = judged(found, judge, vectors)
        print(f"\n{name}\n\n{table(found, relations, wrong)}")
        if options.errors:
            print(errors(found, relations, wrong, options.errors))
        figures[name] = {
            "pairs": len(found),
            f"called {wrong}": round(sum(label_of(r) == wrong for r in relations) / max(1, len(found)), 4),
        }
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
