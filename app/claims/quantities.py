"""Quantities of a sentence: figures with their unit, what they count, and their hedges as intervals."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.articles.document import Span
from app.claims.claim import Quantity
from app.claims.counted import counted, same_count, singular
from app.claims.figures import Figure, find_figures
from app.claims.intervals import Hedge, admits, hedge_after, hedge_before, interval_of
from app.claims.numbers import AMOUNTS, Number, NumberKind, find_numbers
from app.claims.units import unit_after
from app.claims.word_lists import listed

__all__ = ["admits", "find_quantities", "same_count"]

_DOWN_FROM = re.compile(
    r"\b(?:(?:up|down) from|compared (?:with|to)|as against|instead of|rather than)\s(?:the\s|some\s|about\s)?$", re.IGNORECASE
)
_MORE_THAN = re.compile(
    r"\s(?:more|fewer|less|higher|lower|longer|shorter|younger|older|worse|better|above|below|short of) than\b", re.IGNORECASE
)
_NO = re.compile(
    r"\b(?:no|zero)\s(?!longer|more|fewer|less|doubt|matter|sooner|one|comment|later|end)(?:[a-z]+\s){0,2}?(?:people|men|"
    r"women|children|(?!(?:has|was|does|is|goes|says|his|its|this|thus|yes|us|as|always|perhaps|across|towards|besides|unless)\b)"
    r"[a-z]+[^s\W]s)\b",
    re.IGNORECASE,
)
# The number one calls: "a 911 call", "dialled 999".
_EMERGENCY = re.compile(r"(?:911|999|112)\b(?=\s(?:calls?|callers?|dispatch\w*|operators?|tapes?|recordings?|systems?|emergency)\b)")
_MOST = re.compile(
    r"\b(?:(?:the |a )?(?:vast )?majority of|most of(?= (?:the|its|his|her|their|those|these|them|Hamas|[A-Z]))|(?:the )?bulk of)\b",
    re.IGNORECASE,
)
# "Of the 48,000 cots recalled, 31,000 were sold online": the whole stands first.
_WHOLE_FIRST = re.compile(
    r"(?:^|[.;:,“\"]\s?)(?:out )?of\s(?:(?:the|its|their|his|her|our|some|all|[A-Z]\w+['’]s?)\s){0,2}$", re.IGNORECASE
)
# "five penalties, three of them with her foot"
_PART_OF_THEM = re.compile(r"\sof\s(?:them|whom|which|these|those)\b", re.IGNORECASE)
# "No side may own more than 1,400": at most that many. The words of comparison themselves ("no more than") are hedges already.
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:no|not|never|nobody|none|neither|nor|without|cannot)|n[’']t)\s(?!(?:only|just|merely|less|doubt)\b)[^.;:,]{0,44}$",
    re.IGNORECASE,
)
_TURNED = {Hedge.MORE: Hedge.AT_MOST, Hedge.LESS: Hedge.AT_LEAST}
_ARTICLE_UNIT = re.compile(
    r"\b(?:(?=(?:an?|one)\s\w+\sand\sa\s(?:half|quarter)\b)|(?:about|around|roughly|nearly|almost|at least|more than|"
    r"less than|over|under|within|for|lasted|last|lasting|"
    r"takes?|took|taking|up to|half|than|after|"
    r"some|waited|spent|by|every bit of|in under|in less than|just over|just under|well over)\s)(?P<article>an?|half an?|one)\s"
    r"(?P<unit>minute|hour|day|week|fortnight|month|year|decade|mile|kilometre|kilometer|metre|meter|foot|centimetre|inch|"
    r"tonne|ton|litre|gallon|kilo|kilogram|acre|hectare)"
    r"(?P<rest>\sand\sa\s(?:half|quarter))?\b(?!\s(?:ago|later|earlier|after|before|end|old))",
    re.IGNORECASE,
)
_ARTICLE_UNITS = frozenset(
    listed(
        "minute hour day week fortnight month year decade mile kilometre kilometer metre meter foot centimetre inch tonne ton litre gallon "
        "kilo kilogram acre hectare"
    )
)
_LETTERS = re.compile("[a-z]+")
# "39 of the 46 drones": the second figure is the whole that the first is taken from.
_WHOLE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|half|third|quarter|"
    r"thirds|percent|few|several|all but \w+))\s(?:out )?of\s(?:(?:the|its|their|his|her|our|[A-Z]\w+['’]s?)\s)?$",
    re.IGNORECASE,
)


def find_quantities(text: str, taken: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order, none overlapping another or a span of `taken` (its dates); empty when there is none.

    Ordinals, years, labels and tallies are left out. Source of the interval widths: `app.claims.intervals`.
    """
    numbers = find_numbers(text, taken)
    figures = find_figures(text, numbers)
    found = [_quantity(text, figure) for figure in figures]
    found += _wordless(text, numbers)
    found.sort(key=lambda quantity: quantity.span)
    kept: list[Quantity] = []
    for quantity in found:
        if any(quantity.span.overlaps(span) for span in taken) or _EMERGENCY.match(text, quantity.span.start_char):
            continue
        if kept and kept[-1].span.overlaps(quantity.span):
            # A hedge or unit reached into the neighbour: the longer reading stays.
            if len(quantity.text) > len(kept[-1].text):
                kept[-1] = quantity
            continue
        kept.append(quantity)
    return tuple(kept)


def _quantity(text: str, figure: Figure) -> Quantity:
    start, end = figure.span.start_char, figure.span.end_char
    low: float | None = figure.low
    high: float | None = figure.high
    is_range = figure.hedged is not Hedge.EXACT
    before = hedge_before(text, start)
    after = hedge_after(text, end)
    hedge = before.hedge if before else after.hedge if after else Hedge.EXACT
    if figure.unit == "year of age" and not before and re.search(r"\b(?:over|above|older than)\s$", text[max(0, start - 12) : start]):
        hedge = Hedge.AT_LEAST
    if hedge in _TURNED and _DENIED_BEFORE.search(
        text, max(0, (before.start_char if before else start) - 50), before.start_char if before else start
    ):
        hedge = _TURNED[hedge]
    if before:
        start = before.start_char
    what = counted(text, figure.number, start, after.end_char if after else end, unit=figure.unit)
    if not before and after is None and (late := hedge_after(text, what.end_char)) and what.end_char > end:
        after = late
        hedge = late.hedge
    if after and not before:
        end = after.end_char
    step = figure.step if figure.step is not None else 1.0
    if hedge is not Hedge.EXACT:
        if figure.exact is not None and not is_range:
            low, high = interval_of(figure.exact, step, hedge, counts=figure.unit is None)
        elif hedge in (Hedge.AT_LEAST, Hedge.MORE):
            high = None
        elif hedge in (Hedge.AT_MOST, Hedge.LESS):
            low = None
        elif hedge is Hedge.ABOUT and low is not None and high is not None:
            low, high = 0.9 * low, 1.1 * high
    if figure.unit == "percent" and (figure.exact or 0.0) <= 100:
        # A share ends at the whole; an open "more than 50 percent" may be a growth.
        high = min(high, 100.0) if high is not None else 100.0 if figure.number.kind is NumberKind.FRACTION else None
    if _MORE_THAN.match(text, max(end, what.end_char)) and not figure.earlier:
        what = replace(what, event="difference")
    event = (
        "earlier"
        if figure.earlier or _DOWN_FROM.search(text, max(0, start - 24), start)
        else "whole"
        if _WHOLE.search(text, max(0, start - 40), start) or _WHOLE_FIRST.search(text, max(0, start - 16), start)
        else "part"
        if _PART_OF_THEM.match(text, end)
        else what.event
    )
    span = Span(start, end)
    of = (
        "person"
        if figure.number.kind is NumberKind.ZERO and figure.unit is None and what.of is None and _is_person(figure.number.span.of(text))
        else what.of
    )
    return Quantity(span.of(text), span, _tidy(low), _tidy(high), figure.unit, of, _tidy(figure.exact), event, _tidy(figure.step))


def _is_person(word: str) -> bool:
    return word.lower() in ("nobody", "no one", "no-one")


def _tidy(value: float | None) -> float | None:
    """Without the dust of binary fractions: twelve significant digits."""
    return None if value is None else float(f"{value:.12g}")


def _wordless(text: str, numbers: Sequence[Number]) -> list[Quantity]:
    """Amounts said without a number word: "no survivors", "most of the seats", "lasted an hour"."""
    found = []
    lower = text.lower()
    if "no " in lower:
        for match in _NO.finditer(text):
            span = Span(match.start(), match.start() + 2)
            number = Number(span, 0.0, 1.0, NumberKind.ZERO, 0.0, 0.0)
            what = counted(text, number, span.start_char, span.end_char, unit=None)
            of = what.of or singular(match.group().split()[-1])
            found.append(Quantity(match.group(), Span(*match.span()), 0.0, 0.0, None, of, 0.0, what.event, 1.0))
    if "most " in lower or "majority" in lower or "bulk" in lower:
        for match in _MOST.finditer(text):
            number = Number(Span(*match.span()), 50.0, 1.0, NumberKind.VAGUE, 50.0, 100.0)
            what = counted(text, number, match.start(), match.end() - 3, unit="percent")
            found.append(Quantity(match.group(), Span(*match.span()), 50.0, 100.0, "percent", what.of, None, what.event, None))
    for match in _ARTICLE_UNIT.finditer(text) if not _ARTICLE_UNITS.isdisjoint(_LETTERS.findall(lower)) else ():
        start = match.start("article")
        inside = [number for number in numbers if number.span.overlaps(Span(start, match.end())) and number.kind in AMOUNTS]
        if inside and not (match.group("rest") and all(number.kind is NumberKind.FRACTION for number in inside)):
            continue
        unit = unit_after(text, match.start("unit"))
        if unit is None or re.match(r"\s(?:and|or)\s(?:a\s)?(?:half|quarter)", text[match.end() : match.end() + 14]):
            continue
        value = 1.0 + (0.5 if (match.group("rest") or "").endswith("half") else 0.25 if match.group("rest") else 0.0)
        number = Number(Span(start, match.end()), value, 1.0, NumberKind.CARDINAL, value, value)
        figure = Figure(Span(start, match.end()), number, unit[0], value, value, value, 1.0 if value == 1 else 0.25)
        found.append(_quantity(text, figure))
    return found
