"""Hedges as intervals, and whether two quantities can both be true of the same thing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.claims.claim import Quantity
from app.claims.units import UNITS, comparable, dimension


class Hedge(StrEnum):
    """How the words beside a figure widen it."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    AT_LEAST = "at least"
    MORE = "more than"
    AT_MOST = "at most"
    LESS = "less than"


# Source: decision, after the finding that approximators are read wider on round figures (M. Krifka, "Approximate interpretation of
# number words", 2007): a tenth either way, half the last step said if that is wider, yet never more than 15%. So "about 45" reaches
# from 40.5 to 49.5, "about 20" from 17 to 23, "about 140" from 126 to 154.
_ABOUT_SHARE = 0.10
_ABOUT_MOST_SHARE = 0.15
# "Nearly 50" and "a little over 400" stay on their side of the figure; how far they reach is decided like "about".
_BESIDE_SHARE = 0.10
# A converted or coarser figure was rounded: half its last step, at most this share of it. Source: 5 miles for 8 km is off by 0.6%,
# 3 miles for 5 km by 3.4%, a whole-number conversion of small distances by up to 6%.
_CONVERTED_SHARE = 0.06
# Two plain figures in one unit, one of them coarser ("1.2 million" and "1.23 million"): half the coarser one's last step.
# Source: decision: shares, measures and figures from a million up are rounded as a matter of course, small counts are not.
_ROUNDED_SHARE = 0.03

_DETERMINERS = r"(?:(?:a further|a total of|an additional|another|an extra|the|its|his|her|their|a|an|only|just|every)\s)?"
_BEFORE: tuple[tuple[Hedge, str], ...] = (
    (
        Hedge.JUST_OVER,
        r"just (?:over|above|more than|under a)|(?:a (?:little|bit|shade|touch|fraction) |slightly |marginally |"
        r"a few \w+ )(?:over|above|more than|better than|past)|upward of just",
    ),
    (
        Hedge.NEARLY,
        r"nearly|almost|close to|closing in on|approaching|just (?:under|below|short of|shy of|less than|fewer than)|"
        r"(?:a (?:little|bit|shade|touch|fraction) |slightly |marginally )(?:under|below|less than|fewer than|short of|shy of)|"
        r"not quite|verging on|short of|shy of",
    ),
    (
        Hedge.AT_LEAST,
        r"at least|a minimum of|minimum of|no (?:fewer|less) than|not (?:fewer|less) than|from as few as|at the very least|"
        r"not under|not below",
    ),
    (
        Hedge.MORE,
        r"(?:well |far |much |considerably |significantly |substantially )?(?:more than|greater than|higher than|larger than|"
        r"bigger than|longer than|in excess of|upwards? of|exceeding|exceeded|exceeds?|"
        r"(?:well|far|way) past(?: the)?|(?:strong|fast|long|tall|deep|heavi|old|"
        r"wid|steep|hott?|costli)er than|better than|topping|topped|tops|north of|beyond|"
        r"(?<!all )over|above|surpass(?:ed|ing|es))",
    ),
    (
        Hedge.AT_MOST,
        r"at most|a maximum of|up to|no (?:more|greater|higher|longer|later) than|not (?:more|over|above) than|not over|"
        r"not above|as (?:many|much|high|long|far|late) as|capped at|at the most|not exceeding|within",
    ),
    (
        Hedge.LESS,
        r"(?:well |far |much |considerably |significantly )?(?:less than|fewer than|lower than|smaller than|(?:short|near|slow|"
        r"weak|young|clos|cheap|light|cold|narrow)er than|(?:did not|didn['’]t|failed to|has not|not) reach(?:ed)?(?: the)?|"
        r"under|"
        r"below|south of|short of)",
    ),
    (
        Hedge.ABOUT,
        r"about|around|roughly|approximately|approx\.?|circa|some|an estimated|estimated(?: at)?|in the region of|"
        r"in the order of|on the order of|somewhere around|something like|more or less|give or take|just about|believed to be|"
        r"anything like|of the order of|in the vicinity of|or around|~",
    ),
)
_HEDGE_BEFORE = re.compile(
    r"(?:(?<=^)|(?<=[\s(“\"'‘—–,]))(?:"
    + "|".join(f"(?P<h{index}>{forms})" for index, (_, forms) in enumerate(_BEFORE))
    + rf")\s?{_DETERMINERS}$",
    re.IGNORECASE,
)
# "hand over 33 hostages", "spread over five days": "over" belongs to the verb.
_PARTICLE = re.compile(
    r"\b(?:hand|turn|sign|tak|took|gave|giv|spread|span|run|ran|vot|fell|fall|fight|fought|row|clash|disput)\w*\s$", re.IGNORECASE
)
_MAYBE_BEFORE = re.compile(r"[a-z~.]\s?$", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:\s|,\s|-)(?:(?P<about>or so|or thereabouts|give or take|odd\b|ish\b|more or less)|(?P<least>or (?:more|over|above|"
    r"older|higher|longer|greater|better)|and (?:above|over|older|up|upwards?|more)|at (?:the very )?least|plus\b)|"
    r"(?P<most>or (?:less|fewer|under|below|younger|lower)|and (?:under|below|younger)|at (?:the )?most|at the latest|"
    r"tops\b))|(?P<plus>\+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HedgeFound:
    """A hedge and how far it reaches: to the left from `start_char`, or to the right up to `end_char`."""

    hedge: Hedge
    start_char: int
    end_char: int


def hedge_before(text: str, position: int) -> HedgeFound | None:
    """The hedge whose words end right before `position`."""
    if not _MAYBE_BEFORE.search(text, max(0, position - 2), position):
        return None
    low = max(0, position - 34)
    match = _HEDGE_BEFORE.search(text, low, position)
    if match is None or match.lastgroup is None:
        return None
    if match.group().lower().startswith("over") and _PARTICLE.search(text, max(0, match.start() - 10), match.start()):
        return None
    return HedgeFound(_BEFORE[int(match.lastgroup[1:])][0], match.start(), position)


def hedge_after(text: str, position: int) -> HedgeFound | None:
    """The hedge whose words begin right at `position`: "or so", "or more", "and above", "+"."""
    match = _AFTER.match(text, position)
    if match is None:
        return None
    kind = match.lastgroup
    hedge = Hedge.ABOUT if kind == "about" else Hedge.AT_MOST if kind == "most" else Hedge.AT_LEAST
    return HedgeFound(hedge, position, match.end())


def interval_of(value: float, step: float, hedge: Hedge, *, counts: bool) -> tuple[float | None, float | None]:
    """The closed interval that a hedged figure admits; an open end is None.

    `counts`: whole things are counted, so that "more than 20" starts at 21; of a measure the figure itself stays inside, since
    "more than 20 minutes" of 20.2 is nobody's error.
    """
    size = abs(value)
    one = 1.0 if counts and value == int(value) and size < 1e6 else 0.0
    if hedge is Hedge.ABOUT:
        width = max(_ABOUT_SHARE * size, min(step / 2, _ABOUT_MOST_SHARE * size))
        return value - width, value + width
    if hedge in (Hedge.NEARLY, Hedge.JUST_OVER) and round(size / step) % 5:
        # "Almost 53 percent" is no round figure: it stands for the last step before it.
        return (value - step, value) if hedge is Hedge.NEARLY else (value, value + step)
    if hedge is Hedge.NEARLY:
        return value - max(_BESIDE_SHARE * size, min(step / 2, _ABOUT_MOST_SHARE * size), one), value - (one or min(0.001 * size, step / 2))
    if hedge is Hedge.JUST_OVER:
        return value + one, value + max(_BESIDE_SHARE * size, one)
    if hedge is Hedge.AT_LEAST:
        return value, None
    if hedge is Hedge.MORE:
        return value + one, None
    if hedge is Hedge.AT_MOST:
        return None, value
    if hedge is Hedge.LESS:
        return None, value - one
    return value, value


def admits(a: Quantity, b: Quantity) -> bool:
    """Whether both can be true of one and the same thing: their intervals, in one unit and widened by rounding, meet.

    Figures in units that cannot be compared never exclude each other, nor do they admit each other: False. Symmetric, and
    reflexive. The same figure with a one-sided hedge and without one ("a little under 70m", "70 million") is one round figure: True;
    with opposite hedges ("more than 50", "fewer than 50") it is not.
    """
    if not comparable(a.unit, b.unit):
        return False
    factor_a, offset_a = _scale(a.unit)
    factor_b, offset_b = _scale(b.unit)
    low_a, high_a = _ends(a, factor_a, offset_a)
    low_b, high_b = _ends(b, factor_b, offset_b)
    slack_a, slack_b = _slack(a, b)
    if _opposed(a, b):
        return False
    if _apart(low_a, high_a, low_b, high_b, slack_a * factor_a + slack_b * factor_b):
        return _same_round_figure(a, b)
    return True


def _scale(unit: str | None) -> tuple[float, float]:
    known = UNITS.get(unit) if unit is not None else None
    return (known.factor, known.offset) if known else (1.0, 0.0)


def _ends(quantity: Quantity, factor: float, offset: float) -> tuple[float, float]:
    low = float("-inf") if quantity.low is None else quantity.low * factor + offset
    high = float("inf") if quantity.high is None else quantity.high * factor + offset
    return low, high


def _apart(low_a: float, high_a: float, low_b: float, high_b: float, slack: float) -> bool:
    ends = [abs(end) for end in (low_a, high_a, low_b, high_b) if abs(end) != float("inf")]
    slack += 1e-9 * max(ends, default=0.0)
    return high_a + slack < low_b or high_b + slack < low_a


def _slack(a: Quantity, b: Quantity) -> tuple[float, float]:
    """How far each figure may be off by rounding, in its own unit."""
    if a.exact is None or b.exact is None:
        return 0.0, 0.0
    if a.unit != b.unit:
        share = _CONVERTED_SHARE
        return min(_half_step(a), share * abs(a.exact)), min(_half_step(b), share * abs(b.exact))
    slack = [0.0, 0.0]
    step_a, step_b = a.step or 0.0, b.step or 0.0
    for index, (one, coarser) in enumerate(((a, step_a > step_b), (b, step_b > step_a))):
        if coarser and one.low == one.high and _is_rounded(one):
            slack[index] = min(_half_step(one), _ROUNDED_SHARE * abs(one.exact or 0.0))
    return slack[0], slack[1]


def _half_step(quantity: Quantity) -> float:
    return (quantity.step or 0.0) / 2


def _is_rounded(quantity: Quantity) -> bool:
    """Whether a plain figure may well be a rounded one: a share, a measure, a big number ending in noughts."""
    if quantity.unit is None:
        return abs(quantity.exact or 0.0) >= 1_000 and (quantity.step or 1.0) >= 100
    return dimension(quantity.unit) not in ("age", "percentage point")


def _same_round_figure(a: Quantity, b: Quantity) -> bool:
    if a.exact is None or b.exact is None or a.unit != b.unit or abs(a.exact - b.exact) > 1e-9 * abs(a.exact):
        return False
    sides = {_side(a), _side(b)}
    return not {"above", "below"} <= sides


def _opposed(a: Quantity, b: Quantity) -> bool:
    """Whether one bounds from above what the other bounds from below, at the same figure: "below a million", "at least a million"."""
    same = a.exact is not None and a.exact == b.exact and a.unit == b.unit
    return same and a.low != a.high and b.low != b.high and {_side(a), _side(b)} == {"above", "below"}


def _side(quantity: Quantity) -> str:
    exact = quantity.exact or 0.0
    if quantity.low is not None and quantity.low >= exact and (quantity.high is None or quantity.high > exact):
        return "above"
    if quantity.high is not None and quantity.high <= exact and (quantity.low is None or quantity.low < exact):
        return "below"
    return "at"
