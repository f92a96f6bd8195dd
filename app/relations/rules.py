"""The rule judge: symbolic findings and the encoder's similarity, weighed by a small fitted model."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress
from operator import mul
from pathlib import Path

from app.articles.document import Span
from app.claims.claim import Certainty
from app.relations.alignment import Alignment
from app.relations.features import NAMES, features
from app.relations.finding import Verdict
from app.relations.frame import Frame
from app.relations.judge import Pair
from app.relations.reading import read
from app.relations.relation import Probabilities, Reason, ReasonType, Relation, RelationKind
from app.relations.symbolic import Comparison, SymbolicComparison
from app.relations.update import Change, later

WEIGHTS_FILE = Path(__file__).with_name("rules_weights.json")
_CLASSES = ("agree", "diverge", "update", "unrelated")
# A finding below this weight gives no reason by itself. Source: mini-stories.
_TELLING_WEIGHT = 0.2
# Places, parties, certainty and denials alone, and a plan against an event, mislead more often than figures do. Source: mini-stories.
_SOFT_TYPES, _SOFT_MARGIN = frozenset({ReasonType.PLACE, ReasonType.IDENTITY, ReasonType.CERTAINTY, ReasonType.NEGATION}), 0.1
# Beyond this many findings a reader is told nothing new.
_REASONS_AT_MOST = 4


@dataclass(frozen=True)
class Weights:
    """A multinomial logistic model: `rows[class]` is bias then one weight a feature; thresholds are probabilities."""

    rows: dict[str, tuple[float, ...]]
    diverge_threshold: float
    update_threshold: float
    agree_threshold: float

    @classmethod
    def load(cls, path: Path = WEIGHTS_FILE) -> "Weights":
        """Reads the fitted file; ValueError when it was fitted on other features."""
        data = json.loads(path.read_text(encoding="utf8"))
        if tuple(data["features"]) != NAMES:
            raise ValueError(f"{path.name} was fitted on other features than this judge computes")
        rows = {name: tuple(float(x) for x in data["weights"][name]) for name in _CLASSES}
        return cls(rows, data["diverge_threshold"], data["update_threshold"], data["agree_threshold"])

    def probabilities(self, values: Sequence[float]) -> Probabilities:
        """Softmax over the four classes."""
        # Most features are nought in most pairs; an exact sum is the same without them.
        told = [value for value in values if value]
        scores = {}
        for name, bias, weights in self._split:
            if len(weights) != len(values):
                raise ValueError(f"the model has {len(weights)} weights for {len(values)} features")
            scores[name] = bias + math.fsum(map(mul, compress(weights, values), told))
        top = max(scores.values())
        powers = {name: math.exp(score - top) for name, score in scores.items()}
        total = math.fsum(powers.values())
        return Probabilities(**{name: powers[name] / total for name in _CLASSES})

    @cached_property
    def _split(self) -> list[tuple[str, float, tuple[float, ...]]]:
        """Each class with its bias and its weights."""
        return [(name, row[0], row[1:]) for name, row in self.rows.items()]


# Without a content word in common only a close reading vouches for agreement. Source: decision (abstain when in doubt).
_WORDLESS_MIN_SIMILARITY = 0.6
# Source: decision; a hundredth is left for what no words show (two speakers of one phrase who mean two things).
SAME = Probabilities(agree=0.99, diverge=0.0, update=0.0, unrelated=0.01)
# The same words but for a hedge, a rounding or a unit. Source: decision, as above.
HEDGED = Probabilities(agree=0.97, diverge=0.0, update=0.0, unrelated=0.03)
# One denies outright what the other says. Source: measured, see `denial`; the rest lies about alike with the other three.
DENIED = Probabilities(agree=0.02, diverge=0.95, update=0.01, unrelated=0.02)


class RuleJudge:
    """A RelationJudge without a trained network. Deterministic and symmetric."""

    def __init__(self, weights: Weights | None = None, symbolic: SymbolicComparison | None = None):
        self._weights = weights or Weights.load()
        self._symbolic = symbolic or SymbolicComparison()

    @property
    def id(self) -> str:
        """Name and version of the rules and their weights."""
        return "rules-1"

    def judge(self, pairs: Sequence[Pair]) -> list[Relation]:
        """`result[i]` is the relation of `pairs[i]`."""
        return [self._judge(pair) for pair in pairs]

    def _judge(self, pair: Pair) -> Relation:
        if same_words(pair):
            return Relation(RelationKind.CORROBORATES, SAME.agree, SAME)
        comparison = self._symbolic.compare(pair.a, pair.b)
        likely = self._weights.probabilities(features(pair, comparison))
        return decide(pair, comparison, likely, self._weights)


def same_words(pair: Pair) -> bool:
    """Whether both say the very same words, of the same days ("on Sunday" is another day a week later), neither denying it."""
    if _folded(pair.a.text) != _folded(pair.b.text):
        return False
    same_days = [(d.start, d.end) for d in pair.a.dates] == [(d.start, d.end) for d in pair.b.dates]
    return same_days and (pair.a.certainty is Certainty.DENIED) == (pair.b.certainty is Certainty.DENIED)


@lru_cache(maxsize=16384)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def decide(
    pair: Pair,
    comparison: Comparison,
    likely: Probabilities,
    weights: Weights,
    parting: Reason | None = None,
    replacing: Reason | None = None,
) -> Relation:
    """Turns probabilities into a relation; contradictions first, and only with a reason to show.

    `parting` and `replacing` are what to show where no comparator has a reason; None for a judge that has nothing else to show.
    """
    likely = as_framed(comparison, as_aligned(pair, comparison.alignment, likely))
    likely = DENIED if comparison.outright else as_timed(comparison.change, likely)
    parted = _reasons(comparison, Verdict.PART) or ((parting,) if parting else ())
    why = comparison.change
    reason = Reason(why.type, why.a_span, why.b_span, why.detail) if why else replacing
    if reason is not None and likely.update >= weights.update_threshold and likely.update >= likely.diverge:
        return Relation(RelationKind.UPDATES, likely.update, likely, (reason,))
    types = {reason.type for reason in parted}
    soft = not comparison.outright and (types <= _SOFT_TYPES or comparison.unlike_plan)
    if parted and likely.diverge >= weights.diverge_threshold + (_SOFT_MARGIN if soft else 0.0) and not _set_apart(pair, comparison):
        return Relation(RelationKind.CONTRADICTS, likely.diverge, likely, parted)
    in_touch = comparison.overlap.shared_words > 0 or pair.similarity >= _WORDLESS_MIN_SIMILARITY
    if in_touch and likely.agree >= weights.agree_threshold and likely.agree >= likely.unrelated:
        kind = RelationKind.REFINES if _refines(pair, comparison) else RelationKind.CORROBORATES
        return Relation(kind, likely.agree, likely, _reasons(comparison, Verdict.AGREE))
    return Relation(RelationKind.UNRELATED, likely.unrelated, likely)


def as_aligned(pair: Pair, alignment: Alignment | None, likely: Probabilities) -> Probabilities:
    """The probabilities once the same words in both leave only figures, days and hedges to judge by; as they are for other words."""
    if alignment is None:
        return likely
    if alignment.same:
        return HEDGED
    if alignment.parts and not (alignment.days_part or alignment.open_ended):
        # In the same words, at one time, neither is the later one.
        update = likely.update if later(pair.a, pair.b) else 0.0
        return Probabilities(0.0, 1.0 - update - likely.unrelated, update, likely.unrelated)
    if alignment.parts and not alignment.open_ended and len(alignment.findings) == 1:
        return Probabilities(0.0, likely.diverge, likely.update, likely.unrelated + likely.agree)
    if alignment.parts or alignment.open_ended:
        # Another day and another figure: each may well be right of its own day.
        return Probabilities(0.0, 0.0, likely.update, likely.unrelated + likely.agree + likely.diverge)
    return Probabilities(likely.agree + likely.diverge, 0.0, likely.update, likely.unrelated)


def as_framed(comparison: Comparison, likely: Probabilities) -> Probabilities:
    """The probabilities once other names, or names elsewhere, rule out that two otherwise like statements say the same; or once the same
    parties do the same in the active and in the passive.
    """
    if comparison.alignment is not None or comparison.frame is None:
        return likely
    if comparison.frame is Frame.APART:
        return Probabilities(0.0, likely.diverge, likely.update, likely.unrelated + likely.agree)
    kept = any(f.type is ReasonType.IDENTITY and f.verdict is Verdict.AGREE for f in comparison.findings)
    return HEDGED if kept and comparison.strongest(Verdict.PART) is None else likely


def as_timed(change: Change | None, likely: Probabilities) -> Probabilities:
    """The probabilities once the times leave no doubt that the later figure replaces the earlier: then it parts from nothing."""
    if change is None or not change.sure:
        return likely
    return Probabilities(0.0, 0.0, likely.update + likely.diverge + likely.agree, likely.unrelated)


def _set_apart(pair: Pair, comparison: Comparison) -> bool:
    """Whether the two speak of different things on their own showing: then nothing parts them. Source: decision (abstain when in doubt)."""
    return (
        comparison.unlike_condition
        or (comparison.unlike_plan and any(f.type is ReasonType.QUANTITY and f.verdict is Verdict.PART for f in comparison.findings))
        or comparison.unlike_time
        or comparison.unlike_one
        or comparison.namesakes
        or (comparison.overlap.names_disjoint and _named_elsewhere(pair, comparison))
    )


def _named_elsewhere(pair: Pair, comparison: Comparison) -> bool:
    """Whether names that no finding holds against each other are left on both sides: then the two are about different things."""
    parted = [f for f in comparison.findings if f.verdict is Verdict.PART and f.type in (ReasonType.PLACE, ReasonType.IDENTITY)]
    left_a = read(pair.a).names - {w.stem for w in read(pair.a).tokens if any(w.span.overlaps(f.a_span) for f in parted)}
    left_b = read(pair.b).names - {w.stem for w in read(pair.b).tokens if any(w.span.overlaps(f.b_span) for f in parted)}
    return bool(left_a and left_b)


def _reasons(comparison: Comparison, verdict: Verdict) -> tuple[Reason, ...]:
    if not comparison.findings:
        return ()
    chosen = sorted(
        (f for f in comparison.findings if f.verdict is verdict and f.weight >= _TELLING_WEIGHT), key=lambda f: (-f.weight, f.type)
    )
    kept: list[Reason] = []
    for finding in chosen:
        if not any(_same_place(finding.a_span, r.a_span) and _same_place(finding.b_span, r.b_span) for r in kept):
            kept.append(finding.reason)
    return tuple(kept[:_REASONS_AT_MOST])


def _same_place(one: Span, other: Span | None) -> bool:
    return other is not None and one.overlaps(other)


def _refines(pair: Pair, comparison: Comparison) -> bool:
    """One adds what the other leaves open: much longer, or firmer, or more exact."""
    if pair.a.certainty != pair.b.certainty:
        return True
    return comparison.overlap.cover >= 0.6 and comparison.overlap.likeness < 0.6 * comparison.overlap.cover
