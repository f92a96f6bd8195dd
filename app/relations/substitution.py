"""Two statements that are word for word the same but for one place: what stands there is what they part on."""

from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

from app.articles.document import Span
from app.relations.finding import Finding, Verdict
from app.relations.place import MANY_PLACES
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.words import Word, each_word

_SAME_SHARE = 0.6  # of the longer statement's tokens that must stand in both, in order. Source: relation-train and mini-stories.
_CHANGED_WORDS = 4  # the longest exchanged piece
# What stands before the verb is mostly what the sentence is about: with another one it speaks of something else. Source: mini-stories.
_SUBJECT_SHARE, _SUBJECT_WEIGHT = 0.45, 0.3
_AUXILIARIES = frozenset(each_word("is are was were be been has have had will would did does do can could may might must should"))
_PLACE_PREPOSITIONS = frozenset(
    each_word(
        """
    in at near from to into off outside on
    """
    )
)


class SubstitutionComparator:
    """One name or noun put in another's place, all else equal."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts on the one exchanged piece; None where none, several or only figures are exchanged."""
        (ta, stems_a), (tb, stems_b) = _unmarked(read(a)), _unmarked(read(b))
        if min(len(ta), len(tb)) < 4 or not _may_be_alike(stems_a, stems_b):
            return None
        if (stems_a, a.text) > (stems_b, b.text):  # difflib is not symmetric: one order for both
            swapped = self._ordered(b, a, tb, ta)
            return swapped and Finding(
                swapped.type, swapped.verdict, swapped.b_span, swapped.a_span, _detail(a, b, swapped.b_span, swapped.a_span), swapped.weight
            )
        return self._ordered(a, b, ta, tb)

    def _ordered(self, a: Statement, b: Statement, ta: tuple[Word, ...], tb: tuple[Word, ...]) -> Finding | None:
        blocks = SequenceMatcher(None, [w.stem for w in ta], [w.stem for w in tb], autojunk=False).get_opcodes()
        same = sum(i2 - i1 for tag, i1, i2, _, _ in blocks if tag == "equal")
        changed = [(ta[i1:i2], tb[j1:j2], i1) for tag, i1, i2, j1, j2 in blocks if tag != "equal"]
        share = same / max(len(ta), len(tb))
        if len(changed) != 1 or share < _SAME_SHARE:
            return None
        mine, yours, start = changed[0]
        if not mine or not yours or max(len(mine), len(yours)) > _CHANGED_WORDS:
            return None
        if (
            any(w.number for w in mine)
            or any(w.number for w in yours)
            or not (any(w.content for w in mine) and any(w.content for w in yours))
        ):
            return None
        before = ta[start - 1].low if start else ""
        named = any(w.name for w in mine) and any(w.name for w in yours)
        kind = ReasonType.PLACE if named and before in _PLACE_PREPOSITIONS else ReasonType.IDENTITY
        if kind is ReasonType.PLACE and read(a).stems & MANY_PLACES:
            return None
        span_a = Span(mine[0].span.start_char, mine[-1].span.end_char)
        span_b = Span(yours[0].span.start_char, yours[-1].span.end_char)
        subject = start < _SUBJECT_SHARE * len(ta) and not any(w.low in _AUXILIARIES for w in ta[:start])
        return Finding(
            kind,
            Verdict.PART,
            span_a,
            span_b,
            _detail(a, b, span_a, span_b),
            share * (1.0 if named else 0.5) * (_SUBJECT_WEIGHT if subject else 1.0),
        )


@lru_cache(maxsize=16384)
def _unmarked(reading: Reading) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words without punctuation, and their stems."""
    kept = tuple(w for w in reading.tokens if not w.mark)
    return kept, tuple(w.stem for w in kept)


def _may_be_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one exchanged piece may be all that parts the two: then what they share stands before and behind it."""
    longer = max(len(a), len(b))
    if longer - min(len(a), len(b)) >= _CHANGED_WORDS:
        return False
    same = sum(1 for _ in takewhile(bool, map(str.__eq__, a, b))) + sum(1 for _ in takewhile(bool, map(str.__eq__, a[::-1], b[::-1])))
    return same >= longer - _CHANGED_WORDS and same / longer >= _SAME_SHARE


def _detail(a: Statement, b: Statement, span_a: Span, span_b: Span) -> str:
    return f'"{span_a.of(a.text)}" against "{span_b.of(b.text)}", all else being the same'
