"""Figures as a sentence builds them: a number with its unit, "two hours and 15 minutes", "three in four", "20 to 25 million"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.articles.document import Span
from app.claims.intervals import Hedge, hedge_before
from app.claims.numbers import AMOUNTS, Number, NumberKind
from app.claims.units import UNITS, is_currency, named, unit_after

_RANGE_JOIN = re.compile(r"\s?(?:-|–|—|to|or)\s?$|\s(?:to|or|and|to as many as|to around|to about|and up to)\s$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|anywhere from|ranging from|range from|ranges from)\s(?:about\s|around\s|roughly\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about |around |roughly |nearly |almost |just |over |under |more than )?$", re.IGNORECASE)
_ONE_AND = re.compile(r"\b(?P<article>an?)\s(?P<unit>hour|day|week|month|year|foot|mile)(?:\sand|,)?\s$", re.IGNORECASE)
_CLOSER = re.compile(r"\bcloser to\s$", re.IGNORECASE)
_PART_OF_UNIT = re.compile(r"(?:\sof)?\s(?:an?|one|the)\s|-|\s", re.IGNORECASE)
_AGE_AROUND = re.compile(r"\b(?:aged?|ages|at the age of)\s(?:between\s)?$", re.IGNORECASE)
_AGE_APPOSITION = re.compile(r"[A-Z][\w’'.-]+,\s$")
_AGE_IN_WORDS = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?", re.IGNORECASE)
_AGE_GROUP = re.compile(
    r"\b(?:men|women|people|children|those|anyone|adults|residents|girls|boys|everyone|patients|voters)\s(?:over|under|"
    r"above|below|older than|younger than)\s(?:the age of\s)?$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s(?P<noun>[a-z]{3,}\s)?(?:in|out\sof)\s(?:every\s)?$", re.IGNORECASE)
_UNIT_LETTER = {"m": "metre"}
_OLD = re.compile(r"[\s-]year[\s-]old", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
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


def find_figures(text: str, numbers: Sequence[Number]) -> list[Figure]:
    """The figures that `numbers` (those of `text`, in order) make, in order; ranges and ratios are one figure each."""
    return _ranges(text, _drafts(text, numbers))


def _drafts(text: str, numbers: Sequence[Number]) -> list[Figure]:
    drafts: list[Figure] = []
    skip_to = 0
    for index, number in enumerate(numbers):
        if number.kind not in AMOUNTS or number.span.start_char < skip_to:
            continue
        ratio = _ratio(text, number, numbers[index + 1] if index + 1 < len(numbers) else None)
        if ratio is not None:
            drafts.append(ratio)
            skip_to = ratio.span.end_char
            continue
        draft = _one_and(text, _with_unit(text, number))
        if drafts and _composes(text, drafts[-1], draft):
            drafts[-1] = _composed(drafts[-1], draft)
        else:
            drafts.append(draft)
    return drafts


def _ratio(text: str, number: Number, following: Number | None) -> Figure | None:
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
    return Figure(span, number, "percent", share, share, round(share, 1), min(10.0, 100 / following.value))


def _with_unit(text: str, number: Number) -> Figure:
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
        # "half of the $48bn": the sign belongs to the next figure.
        if after is not None and not text[after[1] : after[1] + 1].isdigit():
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
    return Figure(Span(start, end), number, unit, low, high, exact, step if exact is not None else None)


def _one_and(text: str, draft: Figure) -> Figure:
    """ "an hour and thirty minutes": the article stands for one."""
    start = draft.span.start_char
    larger = _ONE_AND.search(text, max(0, start - 16), start)
    unit, whole = UNITS.get(draft.unit or ""), UNITS.get(larger["unit"].lower()) if larger else None
    if larger is None or unit is None or whole is None or draft.exact is None or draft.number.kind is not NumberKind.CARDINAL:
        return draft
    if unit.dimension != whole.dimension or unit.factor >= whole.factor or draft.exact * unit.factor >= whole.factor:
        return draft
    value = whole.factor / unit.factor + draft.exact
    return replace(draft, span=Span(larger.start(), draft.span.end_char), low=value, high=value, exact=value)


def _is_age(text: str, number: Number) -> bool:
    start, end = number.span.start_char, number.span.end_char
    if number.kind is not NumberKind.CARDINAL or not 0 < number.value < 120:
        return False
    hedge = hedge_before(text, start)
    before = text[max(0, start - 40) : hedge.start_char if hedge else start]
    if _AGE_AROUND.search(before) or _AGE_GROUP.search(before):
        return True
    return (
        bool(_AGE_APPOSITION.search(before))
        and bool(re.match(r"[,.;)]|\sand\b|\s?$", text[end : end + 5]))
        and (text[start].isdigit() or _AGE_IN_WORDS.fullmatch(number.span.of(text)) is not None)
    )


def _composes(text: str, first: Figure, second: Figure) -> bool:
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


def _composed(first: Figure, second: Figure) -> Figure:
    span = Span(first.span.start_char, second.span.end_char)
    if second.number.kind is NumberKind.FRACTION:
        value = (first.exact or 0.0) + second.number.value
        return replace(first, span=span, low=value, high=value, exact=value, step=second.number.step)
    value = (first.exact or 0.0) * UNITS[first.unit or ""].factor / UNITS[second.unit or ""].factor + (second.exact or 0.0)
    return replace(second, span=span, low=value, high=value, exact=value, step=second.step)


def _ranges(text: str, drafts: list[Figure]) -> list[Figure]:
    """Joins the two ends of a range, and marks the old value of a change ("from 6 percent to 6.5")."""
    joined: list[Figure] = []
    index = 0
    while index < len(drafts):
        first = drafts[index]
        second = drafts[index + 1] if index + 1 < len(drafts) else None
        pair = _pair(text, first, second) if second is not None else None
        joined.extend(pair or (first,))
        index += 2 if pair else 1
    return joined


def _pair(text: str, first: Figure, second: Figure) -> tuple[Figure, ...] | None:
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
    changed = between.strip().lower().startswith("to") and _FROM.search(before)
    if first.unit is not None and second.unit is None and not is_currency(first.unit) and not changed:
        # "dropped 12% to 2,386": by how much, and to what.
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


def _far_change(text: str, first: Figure, second: Figure, before: str, between: str) -> tuple[Figure, ...] | None:
    """ "from 12,000 crossings to about 8,000": the first is the value before."""
    if _FROM.search(before) and len(between) < 40 and re.search(r"\bto\s(?:\w+\s){0,2}$", between) and not re.search(r"[,;.]", between):
        return replace(first, earlier=True), second
    return None


def _alike(first: Figure, second: Figure) -> tuple[Figure, Figure]:
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


def _rescaled(draft: Figure, scale: float) -> Figure:
    exact = (draft.exact or 0.0) * scale
    return replace(draft, low=exact, high=exact, exact=exact, step=(draft.step or 1.0) * scale)
