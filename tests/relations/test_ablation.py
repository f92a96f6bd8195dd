"""The table of what each part of the judge is worth."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.relations.entailment import Floats
from app.relations.relation import ReasonType, RelationKind
from app.relations.rules import Weights
from app.relations.symbolic import COMPARATORS, SymbolicComparison
from models.relation.ablate import ReadFile, by_rules, compared, page, parts, table, whole
from models.relation.measures import figures
from models.relation.pairs import AGREE, DIVERGE, UNRELATED, Example
from models.relation.prepared import VectorFile

EXAMPLES = [
    Example("The raid on Asmit killed 20 people.", "The raid on Asmit killed 35 people.", DIVERGE, "made"),
    Example("The raid on Asmit killed 20 people.", "The raid on Asmit killed about 20 people.", AGREE, "made"),
    Example("Hadrun accepted the plan.", "Hadrun rejected the plan.", DIVERGE, "made"),
    Example("Exports rose in May.", "The ferry sank off Lirren.", UNRELATED, "made"),
]


class Alike(VectorFile):
    """Every two texts are alike to the same degree."""

    def add(self, texts: Iterable[str]) -> None:
        pass

    def similarity(self, a: str, b: str) -> float:
        return 0.9


class Network:
    """Reads every pair as the same, and counts how many it was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def id(self) -> str:
        return "a network"

    @property
    def tells_updates(self) -> bool:
        return True

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        self.asked += len(pairs)
        return np.full((len(pairs), 2, 4), -1.5)


def test_with_nothing_off_the_rules_see_what_they_always_see() -> None:
    symbolic = SymbolicComparison()
    for one in compared(EXAMPLES, Alike()):
        assert whole(one) == symbolic.compare(one.pair.a, one.pair.b)


def test_a_part_that_is_off_finds_nothing() -> None:
    seen = compared(EXAMPLES, Alike())
    off = parts()
    assert len(off) == len(COMPARATORS) + 3
    figure, hedge, antonym, _ = seen
    without = replace(figure, whole=off["word for word"](figure))
    assert not any(f.type is ReasonType.QUANTITY for f in off["quantity"](without).findings)
    assert off["word for word"](hedge).alignment is None
    assert not any(f.type is ReasonType.ANTONYM for f in off["antonym"](antonym).findings)


def test_a_silent_part_costs_the_rules_what_only_it_sees() -> None:
    seen = compared(EXAMPLES, Alike())
    kinds = [relation.kind for relation in by_rules(seen, whole, Weights.load())]
    assert kinds[0] is RelationKind.CONTRADICTS
    assert kinds[1].agrees


def test_the_network_is_asked_once_for_each_pair(tmp_path: Path) -> None:
    network = Network()
    file = tmp_path / "read.npz"
    first = ReadFile(network, file).read(EXAMPLES)
    again = ReadFile(network, file).read(EXAMPLES)
    assert network.asked == len(EXAMPLES)
    assert np.array_equal(first, again)


def test_the_page_names_its_command_and_holds_the_table() -> None:
    row = {"held-out": figures([AGREE, DIVERGE], [AGREE, DIVERGE])}
    written = page({"rules": row}, {"held-out": 2}, None)
    assert "python -m models.relation.ablate" in written
    assert table({"rules": row}) in written
    assert "| rules | 1.000 | 1.000 | 1.000 |" in written
