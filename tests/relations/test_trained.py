"""The trained judge over a fake network, and once over the real one."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import StartRefused
from app.relations.entailment import CONFIG, LABELS, MODEL, TOKENIZER, Floats, OtherEntailment, TrainedEntailment
from app.relations.judge import Pair
from app.relations.relation import ReasonType, RelationKind
from app.relations.rules import Weights
from app.relations.statements import read_statement
from app.relations.trained import CLASSES, NAMES, TrainedJudge, judge_weights, read_features, without_updates

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
ARTEFACT = Path(__file__).parents[2] / "models" / "relation"
# Each class follows the network's own reading alone.
BY_READING = Weights({name: (0.0, *(8.0 if feature == f"read_{name}" else 0.0 for feature in NAMES)) for name in CLASSES}, 0.6, 0.6, 0.45)
SENTENCES = [
    "The envoy called the opening session a step in the right direction.",
    "Delegates left the opening session convinced that nothing had been gained.",
    "Dredgers have cleared the channel to Tindlehaven.",
    "Tindlehaven's channel is open to ships once more.",
    "At least 20 people were killed when the ferry sank off Karumba on Monday.",
    "The ferry disaster off Karumba claimed 31 lives.",
    "",
]


class FixedNetwork:
    """Says the same of every pair, and counts what it is asked."""

    def __init__(self, label: str, share: float = 0.94):
        rest = (1 - share) / (len(LABELS) - 1)
        self.row = np.log([share if name == label else rest for name in LABELS])
        self.asked: list[tuple[str, str]] = []

    id = "fixed"
    tells_updates = True

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        self.asked += pairs
        return np.tile(self.row, (len(pairs), 2, 1))


class LengthNetwork(FixedNetwork):
    """Leans towards diverge by the first text's length: the two orders differ."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        rows = []
        for pair in pairs:
            for first in pair:
                scores = np.array([0.0, 0.1, (len(first) % 17) / 4, 0.2])
                rows.append(scores - np.log(np.exp(scores).sum()))
        return np.array(rows).reshape(len(pairs), 2, len(LABELS))


def pair(a: str, b: str, similarity: float = 0.7, later: timedelta = timedelta()) -> Pair:
    return Pair(read_statement(a, NOON), read_statement(b, NOON + later), similarity)


def test_a_contradiction_that_no_comparator_shows_gets_the_words_that_differ_as_its_reason() -> None:
    (relation,) = TrainedJudge(FixedNetwork("diverge"), BY_READING).judge([pair(SENTENCES[0], SENTENCES[1])])
    assert relation.kind is RelationKind.CONTRADICTS
    reason = relation.reasons[0]
    assert reason.type is ReasonType.MODEL
    assert reason.a_span is not None
    assert reason.b_span is not None
    assert reason.a_span.of(SENTENCES[0]).endswith("right direction")
    assert reason.b_span.of(SENTENCES[1]).startswith("Delegates")


def test_a_comparators_finding_stands_before_the_networks() -> None:
    (relation,) = TrainedJudge(FixedNetwork("diverge"), BY_READING).judge(
        [pair("The raid on Karumba killed 20 civilians.", "The raid on Karumba killed 31 civilians.")]
    )
    assert relation.kind is RelationKind.CONTRADICTS
    assert relation.reasons[0].type is ReasonType.QUANTITY


def test_agreement_is_taken_from_the_network() -> None:
    (relation,) = TrainedJudge(FixedNetwork("agree"), BY_READING).judge([pair(SENTENCES[2], SENTENCES[3])])
    assert relation.kind.agrees


def test_an_update_needs_two_times() -> None:
    judge = TrainedJudge(FixedNetwork("update"), BY_READING)
    same_time, apart = judge.judge([pair(SENTENCES[0], SENTENCES[1]), pair(SENTENCES[0], SENTENCES[1], later=timedelta(hours=5))])
    assert same_time.kind is not RelationKind.UPDATES
    assert apart.kind is RelationKind.UPDATES
    assert apart.reasons


def test_the_very_same_words_are_not_put_to_the_network() -> None:
    network = FixedNetwork("diverge")
    relations = TrainedJudge(network, BY_READING).judge([pair(SENTENCES[2], SENTENCES[2], 1.0), pair(SENTENCES[2], SENTENCES[3])])
    assert relations[0].kind is RelationKind.CORROBORATES
    assert len(network.asked) == 1


def test_no_pairs_no_relations() -> None:
    assert TrainedJudge(FixedNetwork("agree"), BY_READING).judge([]) == []


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.floats(-1, 1))
def test_swapping_the_statements_swaps_the_spans_and_nothing_else(a: str, b: str, similarity: float) -> None:
    judge = TrainedJudge(LengthNetwork("agree"), BY_READING)
    there, back = judge.judge([pair(a, b, similarity), pair(b, a, similarity)])
    assert (there.kind, there.score, there.probabilities) == (back.kind, back.score, back.probabilities)
    assert [(r.type, r.a_span, r.b_span) for r in there.reasons] == [(r.type, r.b_span, r.a_span) for r in back.reasons]


def test_a_network_without_a_label_for_updates_counts_them_as_diverging() -> None:
    folded = np.exp(without_updates(np.log(np.array([[0.2, 0.3, 0.1, 0.4]]))))
    assert folded[0] == pytest.approx([0.2, 0.3, 0.5, 0.0], abs=1e-4)


def artefact(folder: Path, **changed: Any) -> Path:
    for name in (MODEL, TOKENIZER):
        (folder / name).write_bytes(b"weights")
    rows = {name: [0.0] * (len(NAMES) + 1) for name in CLASSES}
    config: dict[str, Any] = {
        "version": "1",
        "labels": LABELS,
        "pieces_at_most": 96,
        "temperature": 1.0,
        "sha256": {name: hashlib.sha256(b"weights").hexdigest() for name in (MODEL, TOKENIZER)},
        "judge": {"features": NAMES, "weights": rows, "diverge_threshold": 0.6, "update_threshold": 0.6, "agree_threshold": 0.5},
    }
    (folder / CONFIG).write_text(json.dumps(config | changed), encoding="utf8")
    return folder


def test_a_missing_artefact_refuses_the_start(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="is missing"):
        TrainedJudge.load(tmp_path)


def test_a_changed_network_refuses_the_start(tmp_path: Path) -> None:
    artefact(tmp_path)
    (tmp_path / MODEL).write_bytes(b"other weights")
    with pytest.raises(StartRefused, match="is not the file"):
        TrainedJudge.load(tmp_path)


def test_other_labels_refuse_the_start(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="another version"):
        TrainedJudge.load(artefact(tmp_path, labels=["yes", "no"]))


def test_weights_for_other_features_refuse_the_start() -> None:
    with pytest.raises(StartRefused, match="other features"):
        judge_weights({"features": ["similarity"]}, "weights")


class Labelled:
    """A stand-in for a cross-encoder: labels in an order of its own, one answer for all."""

    def __init__(self, labels: list[str]):
        self.config = type("Config", (), {"id2label": dict(enumerate(labels))})()

    def predict(self, pairs: Sequence[Any], **_: Any) -> Floats:
        return np.array([[0.7, 0.2, 0.1] for _ in pairs])


def test_another_makers_labels_are_put_in_order() -> None:
    network = OtherEntailment(Labelled(["CONTRADICTION", "entailment", "neutral"]), "elsewhere/model")  # type: ignore[arg-type]
    assert np.exp(network.read([("a", "b")]))[0, 0] == pytest.approx([0.2, 0.1, 0.7, 0.0], abs=1e-4)


def test_a_model_with_other_labels_refuses_the_start() -> None:
    with pytest.raises(StartRefused, match="labels"):
        OtherEntailment(Labelled(["positive", "negative"]), "elsewhere/model")  # type: ignore[arg-type]


@pytest.mark.models
@pytest.mark.skipif(not (ARTEFACT / MODEL).exists(), reason="no trained network in this checkout")
def test_the_shipped_judge_reads_each_pair_by_itself_and_alike_in_both_orders() -> None:
    network = TrainedEntailment.load(ARTEFACT, threads=1)
    asked = [(a, b) for a in SENTENCES[:4] for b in SENTENCES[2:6]]
    together = network.read(asked)
    assert np.array_equal(together, np.concatenate([network.read([one]) for one in asked]))
    assert np.array_equal(together[:, ::-1], network.read([(b, a) for a, b in asked]))
    assert np.exp(together).sum(-1) == pytest.approx(1.0)


@pytest.mark.models
@pytest.mark.skipif(not (ARTEFACT / MODEL).exists(), reason="no trained network in this checkout")
def test_the_shipped_judge_tells_a_rewording_from_a_denial() -> None:
    judge = TrainedJudge.load(ARTEFACT, threads=1)
    same, denied = judge.judge(
        [
            pair("Workers at the Tindlehaven shipyard have ended their strike.", "The strike at Tindlehaven's shipyard is over.", 0.85),
            pair("The ministry approved the dam.", "The ministry has rejected the dam.", 0.85),
        ]
    )
    assert same.kind.agrees
    assert denied.kind is RelationKind.CONTRADICTS


def test_the_features_come_in_the_order_of_their_names() -> None:
    one = pair(SENTENCES[0], SENTENCES[1])
    from app.relations.features import NAMES as RULE_NAMES
    from app.relations.features import features
    from app.relations.symbolic import SymbolicComparison

    comparison = SymbolicComparison().compare(one.a, one.b)
    rules = features(one, comparison)
    values = read_features(FixedNetwork("diverge").read([("a", "b")])[0], rules, comparison)
    named = dict(zip(NAMES, (*rules, *values), strict=True))
    assert len(RULE_NAMES) + len(values) == len(NAMES)
    assert named["read_diverge"] == pytest.approx(0.94)
    assert named["read_agree"] == pytest.approx(0.02)
