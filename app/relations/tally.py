"""The two sides of a vote or a score held against each other: "61 votes to 58", "3-1"."""

from functools import lru_cache

from app.articles.document import Span
from app.claims.numbers import NumberKind, find_numbers
from app.relations.finding import Finding, Verdict
from app.relations.reading import read
from app.relations.relation import ReasonType, Statement
from app.relations.subjects import index_at, near, nearness
from app.relations.words import each_word, stem

# A match and a vote have many tallies; these words say which one is meant.
_WHICH = frozenset(
    stem(w)
    for w in each_word(
        """
    first second third fourth fifth opening final half-time halftime half leg set period quarter aggregate penalties penalty shoot-out
    shootout overtime extra-time semi-final quarter-final committee lower upper previous earlier last amendment recount
    """
    )
)
_LEAST_WEIGHT = 0.4


@lru_cache(maxsize=16384)
def tallies(statement: Statement) -> tuple[tuple[frozenset[float], Span], ...]:
    """Each tally of a statement: its two figures, whichever stands first, and the span over both. Empty for none."""
    text = read(statement).text
    sides = [number for number in find_numbers(text, [d.span for d in statement.dates]) if number.kind is NumberKind.TALLY]
    return tuple(
        (frozenset((one.value, other.value)), Span(one.span.start_char, other.span.end_char))
        for one, other in zip(sides[::2], sides[1::2], strict=False)
    )


class TallyComparator:
    """Votes and scores."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Agrees where both give the same tally, parts where each gives one and they differ; None without a tally in both."""
        here, there = tallies(a), tallies(b)
        if not (here and there):
            return None
        ra, rb = read(a), read(b)
        for sides_a, span_a in here:
            for sides_b, span_b in there:
                if sides_a == sides_b:
                    said_a, said_b = span_a.of(a.text), span_b.of(b.text)
                    return Finding(ReasonType.QUANTITY, Verdict.AGREE, span_a, span_b, f"{said_a} and {said_b} are one tally", 1.0)
        which = ({w.stem for w in ra.tokens} ^ {w.stem for w in rb.tokens}) & _WHICH
        if len(here) > 1 or len(there) > 1 or which:
            return None
        (_, span_a), (_, span_b) = here[0], there[0]
        at_a, at_b = index_at(ra, span_a.start_char), index_at(rb, span_b.start_char)
        if not (near(ra, at_a) & near(rb, at_b) or ra.names & rb.names):
            return None
        weight = _LEAST_WEIGHT + (1 - _LEAST_WEIGHT) * nearness(ra, at_a, rb, at_b)
        return Finding(ReasonType.QUANTITY, Verdict.PART, span_a, span_b, f'"{span_a.of(a.text)}" against "{span_b.of(b.text)}"', weight)
