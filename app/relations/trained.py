"""The trained judge: what the rules find and what a network reads in both orders, weighed together by a small fitted model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from app.articles.document import Span
from app.errors import StartRefused
from app.relations.entailment import Entailment, Floats, OtherEntailment, TrainedEntailment, read_config
from app.relations.features import NAMES as RULE_NAMES
from app.relations.features import features as rule_features
from app.relations.judge import Pair
from app.relations.reading import read
from app.relations.relation import Probabilities, Reason, ReasonType, Relation, RelationKind, Statement
from app.relations.rules import DENIED, HEDGED, SAME, Weights, decide, same_words
from app.relations.symbolic import Comparison, SymbolicComparison

CLASSES = ("agree", "diverge", "update", "unrelated")
READ_NAMES: tuple[str, ...] = (
    *(f"read_{name}" for name in ("agree", "unrelated", "diverge", "update")),
    *(f"read_log_{name}" for name in ("agree", "unrelated", "diverge", "update")),
    "read_agree_least",
    "read_diverge_most",
    "read_diverge_least",
    "read_agree_times_similarity",
    "read_diverge_times_similarity",
    "read_diverge_times_parts_most",
    "read_diverge_times_agrees_most",
    "read_diverge_times_unlike",
    "read_diverge_times_names_disjoint",
    "read_unrelated_times_parts_most",
    "read_agree_times_parts_most",
    "read_agree_times_agrees_most",
    "read_update_times_change",
    "read_diverge_times_change",
)
NAMES: tuple[str, ...] = (*RULE_NAMES, *READ_NAMES)
# Log probabilities are cut here and divided by it, so that the features stay about 0..1.
_LOG_FLOOR = -5.0
_QUOTED_CHARS = 80
# Below this the network doubts a contradiction that only the rules see. Source: held-out mini-stories.
_DOUBTED_DIVERGE = 0.3
# From here on the two are strangers and the network is not asked. Source: held-out mini-stories; it changes no figure by more than 0.001.
_PLAINLY_UNRELATED = 0.6


def read_features(read_both: Floats, rules: Sequence[float], comparison: Comparison) -> tuple[float, ...]:
    """One value for each of READ_NAMES, the same when the statements are swapped.

    Args:
        read_both: (2, labels) log probabilities, one row an order.
        rules: the values of RULE_NAMES.
        comparison: what the rules found.
    """
    shares = np.exp(read_both)
    agree, unrelated, diverge, update = (float(x) for x in shares.mean(0))
    logs = [float(x) / _LOG_FLOOR for x in np.maximum(read_both, _LOG_FLOOR).mean(0)]
    by_name = dict(zip(RULE_NAMES, rules, strict=True))
    similarity, parts, agrees = by_name["similarity"], by_name["parts_most"], by_name["agrees_most"]
    unlike = float(
        comparison.unlike_condition or comparison.unlike_plan or comparison.unlike_time or comparison.namesakes or comparison.unlike_one
    )
    change = by_name["change"]
    return (
        agree,
        unrelated,
        diverge,
        update,
        *logs,
        float(shares[:, 0].min()),
        float(shares[:, 2].max()),
        float(shares[:, 2].min()),
        agree * similarity,
        diverge * similarity,
        diverge * parts,
        diverge * agrees,
        diverge * unlike,
        diverge * by_name["names_disjoint"],
        unrelated * parts,
        agree * parts,
        agree * agrees,
        update * change,
        diverge * change,
    )


def without_updates(read_both: Floats) -> Floats:
    """The same as a network without that label would put it: what it gave to update counts as diverge."""
    folded = read_both.copy()
    folded[..., 2] = np.logaddexp(folded[..., 2], folded[..., 3])
    folded[..., 3] = -12.0
    return folded


class TrainedJudge:
    """`RelationJudge` over a network and the rules. Symmetric and deterministic; one pair's result does not depend on the others."""

    def __init__(self, network: Entailment, weights: Weights, rules: Weights | None = None, symbolic: SymbolicComparison | None = None):
        """Wraps loaded parts; `load` is the usual way in. `weights` are over NAMES, `rules` are the rule judge's own."""
        self._network = network
        self._weights = weights
        self._rules = rules or Weights.load()
        self._symbolic = symbolic or SymbolicComparison()

    @classmethod
    def load(cls, directory: Path, *, other: str | None = None, threads: int | None = None) -> Self:
        """Loads the artefact in `directory`; `other` (a folder or hub name): a cross-encoder with entailment labels in its place.

        Raises StartRefused when a file is missing, is not the one that config.json names, or was made for other features.
        """
        judge: dict[str, Any] = read_config(directory)["judge"]
        if other is None:
            return cls(TrainedEntailment.load(directory, threads=threads), judge_weights(judge, "weights"))
        return cls(OtherEntailment.load(other), judge_weights(judge, "weights_without_updates"))

    @property
    def id(self) -> str:
        """Names the network and its version."""
        return self._network.id

    def judge(self, pairs: Sequence[Pair]) -> list[Relation]:
        """`result[i]` is the relation of `pairs[i]`. The network reads only what the rules leave open."""
        views = [None if same_words(pair) else self._view(pair) for pair in pairs]
        asked = [pair for pair, view in zip(pairs, views, strict=True) if view is not None and not plain(view.by_rules)]
        rows = iter(self._network.read([(pair.a.text, pair.b.text) for pair in asked]))
        relations = []
        for pair, view in zip(pairs, views, strict=True):
            if view is None:
                relations.append(Relation(RelationKind.CORROBORATES, SAME.agree, SAME))
            elif plain(view.by_rules):
                relations.append(view.by_rules)
            else:
                readings = read_features(next(rows), view.values, view.comparison)
                relations.append(weighed(pair, view, readings, self._weights))
        return relations

    def _view(self, pair: Pair) -> "View":
        return view_of(pair, self._symbolic.compare(pair.a, pair.b), self._rules)


@dataclass(frozen=True)
class View:
    """What the rules make of a pair: `values` belong to RULE_NAMES."""

    comparison: Comparison
    values: tuple[float, ...]
    by_rules: Relation


def view_of(pair: Pair, comparison: Comparison, rules: Weights, values: Sequence[float] | None = None) -> View:
    """The rules' view of a pair; `values` where they are known already."""
    known = tuple(float(x) for x in values) if values is not None else rule_features(pair, comparison)
    return View(comparison, known, decide(pair, comparison, rules.probabilities(known), rules))


def plain(by_rules: Relation) -> bool:
    """Whether the rules need no network: plainly unrelated, or the same words but for what they can tell for sure."""
    plainly = by_rules.kind is RelationKind.UNRELATED and by_rules.probabilities.unrelated >= _PLAINLY_UNRELATED
    return plainly or by_rules.probabilities in (HEDGED, DENIED)


def weighed(pair: Pair, view: View, readings: Sequence[float], both: Weights) -> Relation:
    """The relation by the rules alone and by rules and network together; `readings` belong to READ_NAMES."""
    if plain(view.by_rules):
        return view.by_rules
    likely = both.probabilities((*view.values, *readings))
    return either(view.by_rules, settle(pair, view.comparison, likely, both), likely)


def either(by_rules: Relation, by_both: Relation, likely: Probabilities) -> Relation:
    """What the rules alone, or rules and network together, are sure of: an update before a contradiction, else what both together say.

    `likely` is what both together think of the pair: a contradiction that the rules see alone stands unless the network all but rules it
    out. Source: measured; each finds what the other misses, and the doubt cuts false contradictions by a fifth (see the model's card).
    """
    if RelationKind.UPDATES in (by_rules.kind, by_both.kind):
        return by_rules if by_rules.kind is RelationKind.UPDATES else by_both
    if by_rules.kind is RelationKind.CONTRADICTS and likely.diverge >= _DOUBTED_DIVERGE:
        return by_rules
    return by_both


def settle(pair: Pair, comparison: Comparison, likely: Probabilities, weights: Weights) -> Relation:
    """The rules' decision on these probabilities; where no comparator shows the place, the words that differ stand as the reason."""
    parting = differing(pair.a, pair.b, "read together, the two cannot both hold")
    replacing = differing(pair.a, pair.b, "read together, the later replaces the earlier") if _apart_in_time(pair) else None
    return decide(pair, comparison, likely, weights, parting, replacing)


def _apart_in_time(pair: Pair) -> bool:
    times = (pair.a.published_at, pair.b.published_at)
    return None not in times and times[0] != times[1]


def differing(a: Statement, b: Statement, why: str) -> Reason:
    """A reason over the words that each statement has and the other has not; over all of it where there are none."""
    ra, rb = read(a), read(b)
    a_span, b_span = _own(ra.tokens, rb.stems, a.text), _own(rb.tokens, ra.stems, b.text)
    return Reason(ReasonType.MODEL, a_span, b_span, f"“{_short(a_span.of(a.text))}” against “{_short(b_span.of(b.text))}”: {why}")


def _own(tokens: Sequence[Any], others: frozenset[str], text: str) -> Span:
    own = [word.span for word in tokens if word.content and word.stem not in others]
    return Span(own[0].start_char, own[-1].end_char) if own else Span(0, len(text))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED_CHARS else f"{text[:_QUOTED_CHARS].rsplit(' ', 1)[0]} …"


def judge_weights(judge: dict[str, Any], key: str) -> Weights:
    """The combining weights and thresholds of an artefact's config.json. Raises StartRefused when they are for other features."""
    if tuple(judge["features"]) != NAMES:
        raise StartRefused("The relation judge cannot be loaded: its config.json was fitted on other features than this judge computes")
    rows = {name: tuple(float(x) for x in judge[key][name]) for name in CLASSES}
    return Weights(rows, judge["diverge_threshold"], judge["update_threshold"], judge["agree_threshold"])
