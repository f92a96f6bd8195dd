"""Quantities of a sentence: figures with their unit, what they count, and their hedges as intervals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.articles.document import Span
from app.claims.claim import Quantity
from app.claims.counted import counted, same_count, singular
from app.claims.intervals import Hedge, admits, hedge_after, hedge_before, interval_of
from app.claims.numbers import AMOUNTS, Number, NumberKind, find_numbers
from app.claims.units import UNITS, is_currency, named, unit_after
from app.claims.word_lists import listed

__all__ = ["admits", "find_quantities", "same_count"]

_RANGE_JOIN = re.compile(r"\s?(?:-|–|—|to|or)\s?$|\s(?:to|or|and|to as many as|to around|to about|and up to)\s$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|anywhere from|ranging from|range from|ranges from)\s(?:about\s|around\s|roughly\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about |around |roughly |nearly |almost |just |over |under |more than )?$", re.IGNORECASE)
_CLOSER = re.compile(r"\bcloser to\s$", re.IGNORECASE)
_PART_OF_UNIT = re.compile(r"(?:\sof)?\s(?:an?|one|the)\s|-|\s", re.IGNORECASE)
_AGE_AROUND = re.compile(r"\b(?:aged?|ages|at the age of)\s(?:between\s)?$", re.IGNORECASE)
_AGE_APPOSITION = re.compile(r"[A-Z][\w’'.-]+,\s$")
_AGE_GROUP = re.compile(
    r"\b(?:men|women|people|children|those|anyone|adults|residents|girls|boys|everyone|patients|voters)\s(?:over|under|"
    r"above|below|older than|younger than)\s(?:the age of\s)?$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s(?P<noun>[a-z]{3,}\s)?(?:in|out\sof)\s(?:every\s)?$", re.IGNORECASE)
_NO = re.compile(
    r"\b(?:no|zero)\s(?!longer|more|fewer|less|doubt|matter|sooner|one|comment|later|end)(?:[a-z]+\s){0,2}?(?:people|men|"
    r"women|children|[a-z]+[^s\W]s)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:(?:the |a )?(?:vast )?majority of|most of(?= (?:the|its|his|her|their|those|these|them|Hamas|[A-Z]))|(?:the )?bulk of)\b",
    re.IGNORECASE,
)
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
_UNIT_LETTER = {"m": "metre"}
_OLD = re.compile(r"[\s-]year[\s-]old", re.IGNORECASE)


@dataclass(frozen=True)
class _Draft:
    """A figure with its unit, before hedges and nouns are looked at: `span` covers number and unit."""

    span: Span
    number: Number
    unit: str | None
    low: float
    high: float
    exact: float | None
    step: float | None
    hedged: Hedge = Hedge.EXACT
    earlier: bool = False


def find_quantities(text: str, taken: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order, none overlapping another or a span of `taken` (its dates); empty when there is none.

    Ordinals, years, labels and tallies are left out. Source of the interval widths: `app.claims.intervals`.
    """
    numbers = find_numbers(text, taken)
    drafts = _ranges(text, _drafts(text, numbers))
    found = [_quantity(text, draft) for draft in drafts]
    found += _wordless(text, numbers)
    found.sort(key=lambda quantity: quantity.span)
    kept: list[Quantity] = []
    for quantity in found:
        if any(quantity.span.overlaps(span) for span in taken):
            continue
        if kept and kept[-1].span.overlaps(quantity.span):
            # A hedge or unit reached into the neighbour: the longer reading stays.
            if len(quantity.text) > len(kept[-1].text):
                kept[-1] = quantity
            continue
        kept.append(quantity)
    return tuple(kept)


def _drafts(text: str, numbers: Sequence[Number]) -> list[_Draft]:
    drafts: list[_Draft] = []
    skip_to = 0
    for index, number in enumerate(numbers):
        if number.kind not in AMOUNTS or number.span.start_char < skip_to:
            continue
        ratio = _ratio(text, number, numbers[index + 1] if index + 1 < len(numbers) else None)
        if ratio is not None:
            drafts.append(ratio)
            skip_to = ratio.span.end_char
            continue
        draft = _with_unit(text, number)
        if drafts and _composes(text, drafts[-1], draft):
            drafts[-1] = _composed(drafts[-1], draft)
        else:
            drafts.append(draft)
    return drafts


def _ratio(text: str, number: Number, following: Number | None) -> _Draft | None:
    """ "three in four", "one out of every ten": a share in percent."""
    if following is None or number.kind is not NumberKind.CARDINAL or following.kind is not NumberKind.CARDINAL:
        return None
    link = _OUT_OF.fullmatch(text, number.span.end_char, following.span.start_char)
    if link is None or (link["noun"] and re.match(r"[\s-][a-z]+s\b", text[following.span.end_char : following.span.end_char + 20])):
        return None
    if not 0 < number.value < following.value <= 1000:
        return None
    if (following.value > 12 and following.value not in (20, 50, 100, 1000)) or unit_after(text, following.span.end_char):
        return None
    share = 100 * number.value / following.value
    span = Span(number.span.start_char, following.span.end_char)
    return _Draft(span, number, "percent", share, share, round(share, 1), min(10.0, 100 / following.value))


def _with_unit(text: str, number: Number) -> _Draft:
    start, end = number.span.start_char, number.span.end_char
    low, high, unit = number.low, number.high, None
    step: float | None = number.step
    if number.currency:
        unit = named(number.currency)
    elif text[end : end + 1] == "m" and number.span.of(text)[-1:].isdigit():
        unit, end = _UNIT_LETTER["m"], end + 1
    elif number.kind is not NumberKind.ZERO:
        position = end
        if number.kind is NumberKind.FRACTION:
            link = _PART_OF_UNIT.match(text, end)
            position = link.end() - 1 if link else end
        elif number.kind is NumberKind.VAGUE and text.startswith(" of ", end):
            position = end + 3
        after = unit_after(text, position)
        if after is not None:
            unit, end = after
    if unit in ("year",) and _OLD.match(text, number.span.end_char):
        unit = "year of age"
    if unit is None and text[max(0, start - 10) : start].lower() == "magnitude ":
        unit, start = "magnitude", start - 10
    if unit is None and _is_age(text, number):
        unit = "year of age"
    if number.kind is NumberKind.FRACTION and unit is None:
        # A share of something. Source: decision: it is said for anything within a point and a half of it.
        low, high, unit, step = 100 * low, 100 * high, "percent", 3.0
    exact = None if number.kind is NumberKind.VAGUE else low
    if exact is not None and step == 3.0:
        low = high = exact = round(exact, 1)
    return _Draft(Span(start, end), number, unit, low, high, exact, step if exact is not None else None)


def _is_age(text: str, number: Number) -> bool:
    start, end = number.span.start_char, number.span.end_char
    if number.kind is not NumberKind.CARDINAL or not 0 < number.value < 120:
        return False
    before = text[max(0, start - 40) : start]
    if _AGE_AROUND.search(before) or _AGE_GROUP.search(before):
        return True
    return bool(_AGE_APPOSITION.search(before)) and bool(re.match(r"[,.;)]|\sand\b|\s?$", text[end : end + 5])) and text[start].isdigit()


def _composes(text: str, first: _Draft, second: _Draft) -> bool:
    """ "two hours and 15 minutes", "6ft 2in", "two hours and a half": a larger and a smaller unit of one dimension, or a part of it."""
    if (
        second.number.kind is NumberKind.FRACTION
        and second.unit == "percent"
        and first.unit not in (None, "percent")
        and first.exact is not None
    ):
        return text[first.span.end_char : second.span.start_char] == " and " and not text.startswith((" of", "-"), second.span.end_char)
    if first.unit is None or second.unit is None or first.exact is None or second.exact is None or is_currency(first.unit):
        return False
    one, two = UNITS.get(first.unit), UNITS.get(second.unit)
    if (
        one is None
        or two is None
        or one.dimension != two.dimension
        or one.factor <= two.factor
        or one.dimension not in ("time", "length", "mass")
    ):
        return False
    return (
        re.fullmatch(r",?\s(?:and\s)?", text[first.span.end_char : second.span.start_char]) is not None
        and second.exact * two.factor < one.factor
    )


def _composed(first: _Draft, second: _Draft) -> _Draft:
    span = Span(first.span.start_char, second.span.end_char)
    if second.number.kind is NumberKind.FRACTION:
        value = (first.exact or 0.0) + second.number.value
        return replace(first, span=span, low=value, high=value, exact=value, step=second.number.step)
    value = (first.exact or 0.0) * UNITS[first.unit or ""].factor / UNITS[second.unit or ""].factor + (second.exact or 0.0)
    return replace(second, span=span, low=value, high=value, exact=value, step=second.step)


def _ranges(text: str, drafts: list[_Draft]) -> list[_Draft]:
    """Joins the two ends of a range, and marks the old value of a change ("from 6 percent to 6.5")."""
    joined: list[_Draft] = []
    index = 0
    while index < len(drafts):
        first = drafts[index]
        second = drafts[index + 1] if index + 1 < len(drafts) else None
        pair = _pair(text, first, second) if second is not None else None
        joined.extend(pair or (first,))
        index += 2 if pair else 1
    return joined


def _pair(text: str, first: _Draft, second: _Draft) -> tuple[_Draft, ...] | None:
    if (
        first.number.kind is not NumberKind.CARDINAL
        or second.number.kind is not NumberKind.CARDINAL
        or first.exact is None
        or second.exact is None
    ):
        return None
    between = text[first.span.end_char : second.span.start_char]
    before = text[max(0, first.span.start_char - 30) : first.span.start_char]
    if len(between) > 14:
        return _far_change(text, first, second, before, between)
    closer = re.fullmatch(r"\s(?:\w+\s)?than\s", between) and _CLOSER.search(before)
    if not closer and not _RANGE_JOIN.fullmatch(between):
        return None
    first, second = _alike(first, second)
    if first.unit != second.unit or first.exact is None or second.exact is None:
        return None
    if closer:
        start = first.span.start_char - len("closer to ")
        middle = (first.exact + second.exact) / 2
        far = first.exact + (first.exact - middle)
        low, high = sorted((middle, far))
        return (replace(first, span=Span(start, second.span.end_char), low=low, high=high, hedged=Hedge.ABOUT),)
    word = between.strip().lower()
    ranged = _BETWEEN.search(before)
    if word == "and" and not (ranged or re.search(r"\b(?:aged|ages)\s$", before)):
        return None
    if word.startswith("to") and _FROM.search(before) and not ranged:
        return (replace(first, earlier=True), second)
    if not first.exact < second.exact or (word == "or" and second.exact > 2 * first.exact + 2):
        return None
    start = first.span.start_char
    if ranged and ranged.group().lower().startswith("between"):
        start -= len(ranged.group())
    return (
        replace(
            first,
            span=Span(start, second.span.end_char),
            low=first.exact,
            high=second.exact,
            exact=None,
            step=None,
            unit=second.unit,
            hedged=Hedge.ABOUT,
        ),
    )


def _far_change(text: str, first: _Draft, second: _Draft, before: str, between: str) -> tuple[_Draft, ...] | None:
    """ "from 12,000 crossings to about 8,000": the first is the value before."""
    if _FROM.search(before) and len(between) < 40 and re.search(r"\bto\s(?:\w+\s){0,2}$", between) and not re.search(r"[,;.]", between):
        return replace(first, earlier=True), second
    return None


def _alike(first: _Draft, second: _Draft) -> tuple[_Draft, _Draft]:
    """Gives the end of a range that lacks it the other's multiplier or unit: "20 to 25 million", "$20-25"."""
    if second.number.scale > 1 and first.number.scale == 1 and (first.exact or 0) < 1000 and first.unit != "percent":
        first = _rescaled(first, second.number.scale)
    elif first.number.scale > 1 and second.number.scale == 1 and (second.exact or 0) < 1000:
        second = _rescaled(second, first.number.scale)
    if first.unit is None and second.unit is not None:
        first = replace(first, unit=second.unit)
    elif second.unit is None and first.unit is not None:
        second = replace(second, unit=first.unit)
    return first, second


def _rescaled(draft: _Draft, scale: float) -> _Draft:
    exact = (draft.exact or 0.0) * scale
    return replace(draft, low=exact, high=exact, exact=exact, step=(draft.step or 1.0) * scale)


def _quantity(text: str, draft: _Draft) -> Quantity:
    start, end = draft.span.start_char, draft.span.end_char
    low: float | None = draft.low
    high: float | None = draft.high
    is_range = draft.hedged is not Hedge.EXACT
    before = hedge_before(text, start)
    after = hedge_after(text, end)
    hedge = before.hedge if before else after.hedge if after else Hedge.EXACT
    if draft.unit == "year of age" and not before and re.search(r"\b(?:over|above|older than)\s$", text[max(0, start - 12) : start]):
        hedge = Hedge.AT_LEAST
    if before:
        start = before.start_char
    what = counted(text, draft.number, start, after.end_char if after else end, unit=draft.unit)
    if not before and after is None and (late := hedge_after(text, what.end_char)) and what.end_char > end:
        after = late
        hedge = late.hedge
    if after and not before:
        end = after.end_char
    step = draft.step if draft.step is not None else 1.0
    if hedge is not Hedge.EXACT:
        if draft.exact is not None and not is_range:
            low, high = interval_of(draft.exact, step, hedge, counts=draft.unit is None)
        elif hedge in (Hedge.AT_LEAST, Hedge.MORE):
            high = None
        elif hedge in (Hedge.AT_MOST, Hedge.LESS):
            low = None
        elif hedge is Hedge.ABOUT and low is not None and high is not None:
            low, high = 0.9 * low, 1.1 * high
    if draft.unit == "percent" and (draft.exact or 0.0) <= 100:
        # A share ends at the whole; an open "more than 50 percent" may be a growth.
        high = min(high, 100.0) if high is not None else 100.0 if draft.number.kind is NumberKind.FRACTION else None
    event = "earlier" if draft.earlier else "whole" if _WHOLE.search(text, max(0, start - 40), start) else what.event
    span = Span(start, end)
    of = (
        "person"
        if draft.number.kind is NumberKind.ZERO and draft.unit is None and what.of is None and _is_person(draft.number.span.of(text))
        else what.of
    )
    return Quantity(span.of(text), span, _tidy(low), _tidy(high), draft.unit, of, _tidy(draft.exact), event, _tidy(draft.step))


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
        draft = _Draft(Span(start, match.end()), number, unit[0], value, value, value, 1.0 if value == 1 else 0.25)
        found.append(_quantity(text, draft))
    return found
