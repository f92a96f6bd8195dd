"""The symbolic half of judging, shared by every judge: all comparators over one pair, and what they found."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.relations.certainty import CertaintyComparator
from app.relations.characterisation import CharacterisationComparator
from app.relations.date import DateComparator
from app.relations.finding import Comparator, Finding, Verdict
from app.relations.identity import AgentComparator, RoleComparator, namesakes
from app.relations.negation import AntonymComparator, NegationComparator
from app.relations.ordering import InOneOrder
from app.relations.place import PlaceComparator
from app.relations.quantity import QuantityComparator
from app.relations.reading import read
from app.relations.relation import Statement
from app.relations.subjects import Overlap, overlap
from app.relations.substitution import SubstitutionComparator
from app.relations.update import Change, change

COMPARATORS: tuple[Comparator, ...] = (
    QuantityComparator(),
    DateComparator(),
    InOneOrder(NegationComparator()),
    InOneOrder(AntonymComparator()),
    InOneOrder(RoleComparator()),
    InOneOrder(AgentComparator()),
    InOneOrder(PlaceComparator()),
    InOneOrder(SubstitutionComparator()),
    CharacterisationComparator(),
    CertaintyComparator(),
)


@dataclass(frozen=True)
class Comparison:
    """Everything that rules have to say about two statements.

    `unlike_mood`: one is a plan or an unmet condition, the other an event; `unlike_time`: one speaks of an earlier occasion;
    `unlike_one`: one sets what it speaks of apart from another ("a neighbouring", "his deputy");
    `namesakes`: a surname they share belongs to different people.
    """

    findings: tuple[Finding, ...]
    overlap: Overlap
    change: Change | None
    unlike_condition: bool
    unlike_plan: bool
    unlike_time: bool
    unlike_one: bool
    namesakes: bool

    def strongest(self, verdict: Verdict) -> Finding | None:
        """The weightiest finding of a verdict; None where there is none."""
        chosen = [f for f in self.findings if f.verdict is verdict]
        return max(chosen, key=lambda f: (f.weight, f.type)) if chosen else None


class SymbolicComparison:
    """Runs the comparators; `comparators` may be a part of them, to measure what each is worth."""

    def __init__(self, comparators: Sequence[Comparator] = COMPARATORS):
        self._comparators = tuple(comparators)

    def findings(self, a: Statement, b: Statement) -> tuple[Finding, ...]:
        """What each comparator found, in the comparators' order; empty where no point arises in both."""
        return tuple(f for f in (c.compare(a, b) for c in self._comparators) if f is not None)

    def compare(self, a: Statement, b: Statement) -> Comparison:
        """Findings, overlap, signs of an update and of unlike moods."""
        found = self.findings(a, b)
        ra, rb = read(a), read(b)
        return Comparison(
            findings=found,
            overlap=overlap(a, b),
            change=change(a, b, found),
            unlike_condition=ra.conditional != rb.conditional,
            unlike_plan=ra.planned != rb.planned,
            unlike_time=ra.other_time != rb.other_time or (bool(ra.years ^ rb.years) and not (ra.years and rb.years)),
            unlike_one=bool(ra.other_one ^ rb.other_one),
            namesakes=namesakes(ra, rb),
        )
