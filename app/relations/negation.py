"""Polarity: what one statement affirms and the other negates; words at opposite poles of one axis.

A denial contradicts what it denies; two negations cancel out; "not open" and "closed" agree.
"""

from functools import lru_cache

from app.articles.document import Span
from app.claims.claim import Certainty
from app.relations.antonyms import SOFT_AXES
from app.relations.finding import Finding, Verdict
from app.relations.rarity import rarity
from app.relations.reading import Reading, Stance, read
from app.relations.relation import ReasonType, Statement
from app.relations.subjects import nearness, predicate_nearness, subject_names, word_before
from app.relations.words import Word

_SOFT_WEIGHT = 0.55  # an axis whose poles may follow one another ("arrested", "later released"). Source: decision.

# Axes of deeds with two parties, one at each pole: the buyer's purchase is the seller's sale.
_TWO_SIDED = frozenset({"trade", "outcome"})
_OTHERS_WEIGHT = 0.4
_AGREE_BONUS = 0.15

# "Did not use cluster munitions" denies the use rather than the munitions. Source: mini-stories.
_OBJECT_WEIGHT = 0.6

_SAME_WORD_WEIGHT = 0.3  # the same word in both tells less than two words of one meaning. Source: mini-stories.


def _denied(statement: Statement) -> bool:
    """Whether the words around the text deny it; a denial inside the text is read as a negation there."""
    return statement.certainty is Certainty.DENIED and not read(statement).denies


class NegationComparator:
    """The same deed or state, affirmed here and negated there."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where a word that one negates stands affirmed in the other, agrees where both negate it; None without such a word."""
        ra, rb = read(a), read(b)
        flip = _denied(a) != _denied(b) and not (ra.negators and rb.negators)
        best: tuple[float, bool, str, Finding] | None = None
        if not (flip or ra.heads or rb.heads):
            return None
        for wa, wb in _shared(ra, rb):
            if not flip and wa.index not in ra.heads and wb.index not in rb.heads:
                continue
            negated_a, negated_b = wa.index in ra.negated, wb.index in rb.negated
            parts = (negated_a != negated_b) != flip
            if parts and ((wa.index in ra.charged and not negated_a) or (wb.index in rb.charged and not negated_b)):
                continue
            if not parts and not (negated_a and negated_b):
                continue
            said_a, said_b = with_negator(ra, wa), with_negator(rb, wb)
            weight = rarity(wa.stem) * (0.3 + 0.7 * nearness(ra, wa.index, rb, wb.index))
            if parts and not flip and not (wa.index in ra.lead or wb.index in rb.lead):
                weight *= _OBJECT_WEIGHT
            if parts:
                detail = f'"{said_a.of(a.text)}" against "{said_b.of(b.text)}": one denies what the other says'
            else:
                detail = f'both negate "{wa.text}"'
            finding = Finding(ReasonType.NEGATION, Verdict.PART if parts else Verdict.AGREE, said_a, said_b, detail, weight)
            key = (round(weight, 9), not parts, wa.stem)
            if best is None or key > best[:3]:
                best = (*key, finding)
        return best[3] if best else None


def _shared(a: Reading, b: Reading) -> list[tuple[Word, Word]]:
    """Each shared content word that is no name once, where it is negated if anywhere; sorted by stem, so that order cannot matter."""
    in_a, in_b = _places(a), _places(b)
    return [(in_a[s], in_b[s]) for s in sorted(in_a.keys() & in_b.keys())]


@lru_cache(maxsize=16384)
def _places(reading: Reading) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for word in reading.tokens:
        if word.content and not word.name and (word.stem not in found or word.index in reading.heads):
            found[word.stem] = word
    return found


def with_negator(reading: Reading, word: Word) -> Span:
    """The word with the words that negate it; the word alone where nothing does."""
    negator = reading.negator(word.index)
    if word.index not in reading.negated or negator is None:
        return word.span
    return Span(min(negator.start_char, word.span.start_char), max(negator.end_char, word.span.end_char))


class AntonymComparator:
    """Opposite words about the same thing, through the axes of the lexicon."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """The most telling axis that both touch: parts at opposite poles, agrees at the same; None when no axis is shared."""
        ra, rb = read(a), read(b)
        flip = _denied(a) != _denied(b)
        best: tuple[float, bool, str, Finding] | None = None
        for axis in sorted(ra.axes.keys() & rb.axes.keys()):
            found = _on_axis(a, b, ra, rb, axis, flip)
            if found is not None:
                key = (round(found.weight, 9), found.verdict is Verdict.AGREE, axis)
                if best is None or key > best[:3]:
                    best = (*key, found)
        return best[3] if best else None


def _on_axis(a: Statement, b: Statement, ra: Reading, rb: Reading, axis: str, flip: bool) -> Finding | None:
    options: list[tuple[float, bool, Stance, Stance, Verdict, float]] = []
    for sa in ra.axes[axis]:
        for sb in rb.axes[axis]:
            same_pole = sa.pole == sb.pole
            same_polarity = (sa.negated == sb.negated) != flip
            if not same_pole and sa.negated and sb.negated:
                continue
            agrees = same_pole == same_polarity
            near = predicate_nearness(ra, sa.index, rb, sb.index)
            weight = 0.25 + 0.75 * near
            if not agrees and axis in SOFT_AXES:
                weight *= _SOFT_WEIGHT
            if not agrees and _of_others(ra, sa, rb, sb):
                if axis in _TWO_SIDED:
                    continue
                weight *= _OTHERS_WEIGHT
            if agrees and not same_pole:
                weight *= 0.7
            if agrees and same_pole and not sa.negated and sa.span.of(a.text).lower() == sb.span.of(b.text).lower():
                weight *= _SAME_WORD_WEIGHT
            options.append((weight, agrees, sa, sb, Verdict.AGREE if agrees else Verdict.PART, near + (_AGREE_BONUS if agrees else 0.0)))
    if not options:
        return None
    # Where the two agree on the axis in like surroundings, an opposite pole elsewhere is another matter.
    weight, agrees, sa, sb, verdict, _ = max(
        options, key=lambda o: (round(o[5], 9), o[1], round(o[0], 9), o[2].pole < o[3].pole, o[2].span, o[3].span)
    )
    said_a, said_b = _said(ra, sa), _said(rb, sb)
    kind = ReasonType.NEGATION if sa.pole == sb.pole else ReasonType.ANTONYM
    words = (
        f'"{said_a.of(a.text)}" and "{said_b.of(b.text)}" say the same'
        if agrees
        else f'"{said_a.of(a.text)}" against "{said_b.of(b.text)}"'
    )
    return Finding(kind, verdict, said_a, said_b, words, weight)


def _of_others(ra: Reading, sa: Stance, rb: Reading, sb: Stance) -> bool:
    """Whether the two stances are said of different names or things ("Hadrun accepted", "Torvin rejected"; "wheat rose", "barley fell")."""
    names_a, names_b = subject_names(ra, sa.index), subject_names(rb, sb.index)
    if names_a and names_b and not names_a & names_b:
        return True
    thing_a, thing_b = word_before(ra, sa.index), word_before(rb, sb.index)
    return thing_a is not None and thing_b is not None and thing_a.stem not in rb.stems and thing_b.stem not in ra.stems


def _said(reading: Reading, stance: Stance) -> Span:
    negator = reading.negator(stance.index)
    if not stance.negated or negator is None:
        return stance.span
    return Span(min(negator.start_char, stance.span.start_char), max(negator.end_char, stance.span.end_char))
