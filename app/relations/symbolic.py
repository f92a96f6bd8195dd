"""The symbolic half of judging, shared by every judge: all comparators over one pair, and what they found."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.relations.alignment import Alignment, align
from app.relations.certainty import CertaintyComparator
from app.relations.characterisation import CharacterisationComparator
from app.relations.date import DateComparator
from app.relations.denial import outright
from app.relations.finding import Comparator, Finding, Verdict
from app.relations.frame import Frame, frame
from app.relations.identity import AgentComparator, RoleComparator, namesakes
from app.relations.negation import AntonymComparator, NegationComparator
from app.relations.ordering import InOneOrder
from app.relations.place import PlaceComparator
from app.relations.quantity import QuantityComparator
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.subjects import Overlap, overlap
from app.relations.substitution import SubstitutionComparator
from app.relations.tally import TallyComparator
from app.relations.update import Change, change

COMPARATORS: tuple[Comparator, ...] = (
    QuantityComparator(),
    InOneOrder(TallyComparator()),
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
    `unlike_one`: one sets what it speaks of apart from another ("a neighbouring", "his deputy", "the second leg");
    `namesakes`: a surname they share belongs to different people; `alignment`: what differs where the words are otherwise the same;
    `outright`: one denies the other in its own words; `frame`: other names, or active and passive, in otherwise the same words.
    """

    findings: tuple[Finding, ...]
    overlap: Overlap
    change: Change | None
    unlike_condition: bool
    unlike_plan: bool
    unlike_time: bool
    unlike_one: bool
    namesakes: bool
    alignment: Alignment | None = None
    outright: Finding | None = None
    frame: Frame | None = None

    def strongest(self, verdict: Verdict) -> Finding | None:
        """The weightiest finding of a verdict; None where there is none."""
        chosen = [f for f in self.findings if f.verdict is verdict]
        return max(chosen, key=lambda f: (f.weight, f.type)) if chosen else None


class SymbolicComparison:
    """Runs the comparators; `comparators` may be a part of them, and `word_for_word` off, to measure what each is worth."""

    def __init__(self, comparators: Sequence[Comparator] = COMPARATORS, *, word_for_word: bool = True):
        self._comparators = tuple(comparators)
        self._word_for_word = word_for_word

    def each(self, a: Statement, b: Statement) -> tuple[Finding | None, ...]:
        """What each comparator found, in the comparators' order; None where its point does not arise in both."""
        return tuple(comparator.compare(a, b) for comparator in self._comparators)

    def compare(self, a: Statement, b: Statement) -> Comparison:
        """Findings, overlap, signs of an update and of unlike moods."""
        found = tuple(finding for finding in self.each(a, b) if finding is not None)
        if not self._word_for_word:
            return comparison(a, b, found)
        return comparison(a, b, found, align(a, b), outright(a, b), frame(a, b))


def together(found: tuple[Finding, ...], alignment: Alignment | None, denied: Finding | None) -> tuple[Finding, ...]:
    """All findings, without the negations that an opposite word makes good again: "refused to lift the ban", "upheld the ban"."""
    if not found:
        return (alignment.findings if alignment else ()) + ((denied,) if denied else ())
    same = [f for f in found if f.verdict is Verdict.AGREE and f.type in (ReasonType.ANTONYM, ReasonType.NEGATION)]

    def explained(finding: Finding) -> bool:
        return any(finding.a_span.overlaps(f.a_span) and finding.b_span.overlaps(f.b_span) and f.weight >= finding.weight for f in same)

    left = tuple(f for f in found if not (f.verdict is Verdict.PART and f.type is ReasonType.NEGATION and explained(f)))
    return left + (alignment.findings if alignment else ()) + ((denied,) if denied else ())


def _another_of_the_row(a: Reading, b: Reading) -> bool:
    """Whether both name one of the same row, and not the same one: "the first leg", "the second leg"."""
    if not (a.ordinals and b.ordinals):
        return False
    for noun in {noun for _, noun in a.ordinals} & {noun for _, noun in b.ordinals}:
        if not {one for one, of in a.ordinals if of == noun} & {one for one, of in b.ordinals if of == noun}:
            return True
    return False


def comparison(
    a: Statement,
    b: Statement,
    found: tuple[Finding, ...],
    alignment: Alignment | None = None,
    denied: Finding | None = None,
    framed: Frame | None = None,
) -> Comparison:
    """Everything about two statements, once the comparators have spoken."""
    findings = together(found, alignment, denied)
    ra, rb = read(a), read(b)
    return Comparison(
        findings=findings,
        overlap=overlap(a, b),
        change=change(a, b, findings),
        unlike_condition=ra.conditional != rb.conditional,
        unlike_plan=ra.planned != rb.planned,
        unlike_time=ra.other_time != rb.other_time or (bool(ra.years ^ rb.years) and not (ra.years and rb.years)),
        unlike_one=bool(ra.other_one ^ rb.other_one) or _another_of_the_row(ra, rb),
        namesakes=namesakes(ra, rb),
        alignment=alignment,
        outright=denied,
        frame=framed,
    )
