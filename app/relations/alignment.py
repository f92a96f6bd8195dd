"""Two statements in the same words but for their figures, days and hedges: there it is plain whether they can both hold.

Elsewhere a shared figure, a name or the likeness of the whole may outweigh one changed number. Here all else is the same, so the figures
decide: one that cannot fit rules out agreement, and where all fit, as where a hedge is all that differs, there is nothing to part on.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from app.articles.document import Span
from app.claims.claim import Certainty, DateMention, Quantity
from app.claims.dates import dates_compatible
from app.claims.numbers import Number, find_numbers
from app.claims.quantities import admits
from app.claims.units import comparable
from app.relations.finding import Finding, Verdict
from app.relations.ordering import in_own_order
from app.relations.quantity import difference
from app.relations.reading import read
from app.relations.relation import ReasonType, Statement
from app.relations.words import each_word

_FIGURE = "#"
# Words that say how sure or how exact, never what: with or without them a sentence asserts the same.
_HEDGES = frozenset(
    each_word(
        """
    a an the reportedly apparently allegedly supposedly purportedly seemingly possibly perhaps probably presumably evidently about around
    roughly approximately some just only circa even so far already now did do does mr mrs ms dr sir dame prof
    """
    )
)
# Verb phrases of doubt, and the auxiliaries that change with them ("was", "may have been", "is thought to be").
_DOUBT = frozenset(each_word("may might could likely appears appear seems seem believed thought said understood feared presumed expected"))
_AUXILIARY = frozenset(each_word("was is has be been being have had to will would"))
_ONE_FORM = {"were": "was", "are": "is", "have": "has", "never": "not"}
# Before a day or a span of time they only place or widen it, which its figure tells.
_BEFORE_DAYS = frozenset(each_word("on in at during of more than least over under less nearly almost"))
_AGO = re.compile(r"(.+?)\s+((?:minute|hour|day|week|month|year|decade)s?)\s+ago", re.IGNORECASE)
_WEEKDAY = re.compile("(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_KEYS_APART_AT_MOST = 8  # a sentence that differs in more words than a verb phrase of doubt takes is not the same sentence
_ONE_TIME = timedelta(hours=12)


class Fit(StrEnum):
    """What two figures at the same place say of each other."""

    SAME = "same"
    FITS = "fits"
    PARTS = "parts"
    OPEN = "open"


@dataclass(frozen=True)
class Alignment:
    """What differs between two statements that are otherwise the same.

    `findings`: a PART for each figure that cannot fit, an AGREE for each that fits though it is put otherwise. `open_ended`: days that
    bound the matter differ ("since March", "since May"), the same words mean another day, or the units cannot be compared: neither
    agreement nor conflict.
    `doubted`: the verbs differ in how sure they are. `days_part`: the day is another, so that the figures may well be too.
    """

    findings: tuple[Finding, ...] = ()
    open_ended: bool = False
    doubted: bool = False
    days_part: bool = False

    @property
    def parts(self) -> bool:
        """Whether a figure or a day rules out that both say the same."""
        return any(finding.verdict is Verdict.PART for finding in self.findings)

    @property
    def same(self) -> bool:
        """Whether both assert the same, as surely and as exactly or less so."""
        return not (self.parts or self.open_ended or self.doubted)


@dataclass(frozen=True)
class _Item:
    key: str
    span: Span
    figure: Quantity | DateMention | Number | None = None


def align(a: Statement, b: Statement) -> Alignment | None:
    """How the two differ where they differ in nothing but figures, days and hedges; None where other words differ or one is denied."""
    if (a.certainty is Certainty.DENIED) != (b.certainty is Certainty.DENIED):
        return None
    if _firm_keys(a) != _firm_keys(b):
        return None
    turned = not in_own_order(a, b)
    paired = _paired(_items(b), _items(a)) if turned else _paired(_items(a), _items(b))
    if paired is None:
        return None
    pairs, doubted = paired
    if turned:
        pairs = [(other, one) for one, other in pairs]
    findings: list[Finding] = []
    open_ended = days_part = False
    for one, other in pairs:
        fit = _fit(one, other, a, b)
        if fit is Fit.OPEN:
            open_ended = True
        elif fit is not Fit.SAME:
            finding = _finding(one, other, a, b, fit)
            findings.append(finding)
            days_part = days_part or (fit is Fit.PARTS and finding.type is ReasonType.DATE)
    return Alignment(tuple(findings), open_ended, doubted, days_part)


@lru_cache(maxsize=16384)
def _items(statement: Statement) -> tuple[_Item, ...]:
    """The statement's words in order, each figure and day as one item, hedges left out."""
    reading = read(statement)
    figures: list[tuple[Span, Quantity | DateMention | Number]] = [
        *((q.span, q) for q in statement.quantities),
        *((d.span, d) for d in statement.dates),
    ]
    figures += [(number.span, number) for number in find_numbers(reading.text, [span for span, _ in figures])]
    figures.sort(key=lambda held: held[0])
    found: list[_Item] = []
    at = 0
    for word in reading.tokens:
        while at < len(figures) and figures[at][0].end_char <= word.span.start_char:
            at += 1
        if at < len(figures) and figures[at][0].overlaps(word.span):
            span, figure = figures[at]
            if not found or found[-1].figure is not figure:
                while isinstance(figure, DateMention) and found and found[-1].key in _BEFORE_DAYS:
                    found.pop()
                found.append(_Item(_FIGURE, span, figure))
            continue
        low = word.text.lower().replace("’", "'")
        if low.endswith("n't"):
            stub = {"ca": "can", "wo": "will"}.get(low[:-3], low[:-3])
            if stub not in _HEDGES:
                found.append(_Item(_ONE_FORM.get(stub, stub), word.span))
            low = "not"
        if not word.mark and low not in _HEDGES:
            found.append(_Item(_ONE_FORM.get(low, low if word.stop else word.stem), word.span))
    return tuple(found)


@lru_cache(maxsize=16384)
def _firm_keys(statement: Statement) -> tuple[str, ...]:
    """What no doubt changes: the keys but for verb phrases of doubt, sorted. Two statements that differ in one are not the same."""
    return tuple(sorted(item.key for item in _items(statement) if item.key not in _DOUBT and item.key not in _AUXILIARY))


def _paired(a: tuple[_Item, ...], b: tuple[_Item, ...]) -> tuple[list[tuple[_Item, _Item]], bool] | None:
    """The figures of both in pairs, and whether the verbs differ in doubt; None when the words differ."""
    keys_a, keys_b = [item.key for item in a], [item.key for item in b]
    if keys_a == keys_b:
        return [(one, other) for one, other in zip(a, b, strict=True) if one.figure is not None], False
    counts_a, counts_b = Counter(keys_a), Counter(keys_b)
    apart = (counts_a - counts_b) + (counts_b - counts_a)
    if apart.total() > _KEYS_APART_AT_MOST or not apart.keys() <= _DOUBT | _AUXILIARY or apart.keys().isdisjoint(_DOUBT):
        return None
    pairs = []
    for tag, from_a, to_a, from_b, to_b in SequenceMatcher(None, keys_a, keys_b, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [(one, other) for one, other in zip(a[from_a:to_a], b[from_b:to_b], strict=True) if one.figure is not None]
        elif not {*keys_a[from_a:to_a], *keys_b[from_b:to_b]} <= _DOUBT | _AUXILIARY:
            return None
    return pairs, True


def _fit(one: _Item, other: _Item, a: Statement, b: Statement) -> Fit:
    words_a, words_b = (" ".join(item.span.of(of.text).casefold().split()) for item, of in ((one, a), (other, b)))
    if isinstance(one.figure, DateMention) and isinstance(other.figure, DateMention):
        return _days_fit(one.figure, other.figure, words_a == words_b, a, b)
    if words_a == words_b:
        return Fit.SAME
    if isinstance(one.figure, Quantity) and isinstance(other.figure, Quantity):
        # A unit that only one side writes out is the other's too: all else is the same.
        unit_a, unit_b = one.figure.unit or other.figure.unit, other.figure.unit or one.figure.unit
        if not comparable(unit_a, unit_b):
            return Fit.OPEN
        return Fit.FITS if admits(replace(one.figure, unit=unit_a), replace(other.figure, unit=unit_b)) else Fit.PARTS
    if isinstance(one.figure, DateMention) or isinstance(other.figure, DateMention):
        return Fit.OPEN
    value_a, value_b = _value(one.figure), _value(other.figure)
    return Fit.FITS if value_a is not None and value_a == value_b else Fit.PARTS


def _value(figure: Quantity | DateMention | Number | None) -> float | None:
    if isinstance(figure, Number):
        return figure.value or None
    return figure.exact if isinstance(figure, Quantity) and figure.unit is None else None


def _days_fit(one: DateMention, other: DateMention, same_words: bool, a: Statement, b: Statement) -> Fit:
    weekdays_a, weekdays_b = (set(_WEEKDAY.findall(date.text.lower())) for date in (one, other))
    together = a.published_at is None or b.published_at is None or abs(a.published_at - b.published_at) <= _ONE_TIME
    if together and weekdays_a and weekdays_b and weekdays_a != weekdays_b:
        return Fit.PARTS
    if (one.start, one.end, one.bound) == (other.start, other.end, other.bound):
        return Fit.SAME
    if same_words:
        # "On Sunday", said in two weeks: each has its own.
        return Fit.OPEN
    ago_a, ago_b = _AGO.fullmatch(one.text), _AGO.fullmatch(other.text)
    hedged = one.bound is not None or other.bound is not None
    if together and not hedged and ago_a and ago_b and ago_a[2].rstrip("s").lower() == ago_b[2].rstrip("s").lower():
        return Fit.PARTS
    if one.bound is not None and other.bound is not None:
        return Fit.OPEN
    return Fit.FITS if dates_compatible(one, other) else Fit.PARTS


def _finding(one: _Item, other: _Item, a: Statement, b: Statement, fit: Fit) -> Finding:
    said_a, said_b = (" ".join(item.span.of(of.text).split()) for item, of in ((one, a), (other, b)))
    days = isinstance(one.figure, DateMention) and isinstance(other.figure, DateMention)
    if fit is Fit.FITS:
        detail = f"{said_a} and {said_b} fit together"
    elif isinstance(one.figure, Quantity) and isinstance(other.figure, Quantity):
        detail = difference(one.figure, other.figure)
    else:
        detail = f"{said_a} against {said_b}, all else being the same"
    kind = ReasonType.DATE if days else ReasonType.QUANTITY
    return Finding(kind, Verdict.AGREE if fit is Fit.FITS else Verdict.PART, one.span, other.span, detail, 1.0)
