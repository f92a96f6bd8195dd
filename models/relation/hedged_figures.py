"""A sentence put more carefully, or in other units, so that both versions say the same: no editor would call them a conflict."""

import random
import re
from collections.abc import Callable, Iterator

from models.relation.changed_figures import Changed, figures_of
from models.relation.corruptions import SPELLED, rounded_down, spelled, value_of

_ABOUT = ("about", "around", "roughly", "approximately", "some")
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
# Unit, its pattern, the other unit and how many of it one is. Source: the international yard and pound, the SI brochure.
_UNITS = (
    (r"miles?(?! per| an)", "kilometers", 1.609344),
    (r"kilomet(?:er|re)s?(?! per| an)", "miles", 0.621371),
    (r"feet", "meters", 0.3048),
    (r"met(?:er|re)s", "feet", 3.28084),
    (r"acres", "hectares", 0.404686),
    (r"pounds(?= of)", "kilograms", 0.453592),
    (r"inches", "centimeters", 2.54),
    (r"mph|miles (?:per|an) hour", "kilometers per hour", 1.609344),
    (r"weeks", "days", 7),
    (r"(?<=[2-6] )hours", "minutes", 60),
)
_SHARES = {
    25: ("a quarter", "about a quarter"),
    33: ("a third", "about one-third"),
    34: ("about a third", "more than a third"),
    48: ("almost half", "nearly half"),
    49: ("almost half", "about half"),
    50: ("half", "about half"),
    51: ("more than half", "just over half"),
    52: ("more than half", "just over half"),
    55: ("more than half", "over half"),
    60: ("three-fifths", "more than half"),
    66: ("two-thirds", "nearly two-thirds"),
    67: ("two-thirds", "about two-thirds"),
    70: ("more than two-thirds", "seven in ten"),
    75: ("three-quarters", "three in four"),
    80: ("four in five", "four-fifths"),
    90: ("nine in ten", "nine out of ten"),
}
_MONTH = "January|February|March|April|June|July|August|September|October|November|December"
# A hedge here would be no English: "the about 31", "90 of about 100", "Caption about 7".
_NO_HEDGE_BEFORE = re.compile(
    r"(?:\b(?:the|other|last|next|first|every|each|these|those|your|our|my|his|her|its|their|another|more|less|fewer|just|only)|[’']s"
    r"|(?-i:[A-Z])\w*\.?|\d (?:out )?of) [$€£]?$",
    re.IGNORECASE,
)
_NO_HEDGE_AFTER = re.compile(rf"-|\s(?:(?:out )?of (?:every )?\d|in \w|[ap]\.?m\b|years? old|(?-i:{_MONTH}))", re.IGNORECASE)
_DAY = re.compile(rf"\bon (?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?![\d,:-])")
_YEAR = re.compile(r"\bin (?P<year>(?:19|20)\d\d)(?=[ ,.;])(?!-)")
_PASSIVE = re.compile(r"\b(?P<be>was|were|is|are|has|have|had)(?= (?:been )?[a-z]{3,}ed\b)")
_STATE = re.compile(r"(?<=[a-z] )(?P<be>was|were|will)(?= (?!not\b|never\b|no\b)[a-z])")
_UNSURE = re.compile(r"\?|\b(?:if|whether|may|might|could|would|reportedly|allegedly|apparently|not|never|no)\b|n[’']t\b", re.IGNORECASE)
_CREDITED = re.compile(r"\b(?:said|says?|told|according|announced|added|reported|wrote|tweeted|asked)\b|[“”\"]")
_CREDITS = ("officials said", "according to officials", "a spokesman said", "people familiar with the matter said", "authorities reported")


def hedged_figures(text: str, chance: random.Random) -> list[Changed]:
    """Versions of the text that say the same with a hedge, a rounding, another spelling or another unit; empty where there is none."""
    found = []
    for kind, make in _KINDS:
        options = [changed for changed in make(text, chance) if changed != text]
        if options:
            found.append(Changed(kind, text, chance.choice(options)))
    return found


def _put(text: str, start: int, end: int, words: str) -> str:
    if not text[:start].strip(" “\"'"):
        words = words[:1].upper() + words[1:]
    return text[:start] + words + text[end:]


def _whole_counts(text: str, at_least: int) -> Iterator[tuple[int, int, int, str]]:
    """Start and end of each figure with its sign, its value, and the sign; decimals and figures before a scale word left out."""
    for match in figures_of(text):
        start, end = match.span("n")
        number = match["n"]
        sign = text[start - 1] if text[start - 1 : start] in ("$", "€", "£") else ""
        if "." not in number and not re.match(r" (?:thousand|million|billion|trillion)\b|[a-zA-Z]", text[end:]):
            value = int(number.replace(",", ""))
            if value >= at_least:
                yield start - len(sign), end, value, sign


def _hedgeable(text: str, at_least: int) -> Iterator[tuple[int, int, int, str]]:
    """Of these the ones that a hedge may stand before."""
    for start, end, value, sign in _whole_counts(text, at_least):
        if not (_NO_HEDGE_BEFORE.search(text, 0, start) or _NO_HEDGE_AFTER.match(text, end)):
            yield start, end, value, sign


def _figure(value: int, sign: str) -> str:
    return f"{sign}{value:,}" if value >= 1000 else f"{sign}{value}"


def _about(text: str, chance: random.Random) -> Iterator[str]:
    for start, end, _, _ in _hedgeable(text, 5):
        yield _put(text, start, end, f"{chance.choice(_ABOUT)} {text[start:end]}")


def _rounded(text: str, chance: random.Random) -> Iterator[str]:
    for start, end, value, sign in _hedgeable(text, 21):
        step = 5 if value < 60 else 10 ** (len(str(value)) - 1) // (2 if value >= 100 else 1)
        near = round(value / step) * step
        if near not in (value, 100) and abs(near - value) <= 0.06 * value:
            yield _put(text, start, end, f"{chance.choice(_ABOUT)} {_figure(near, sign)}")


def _nearly(text: str, chance: random.Random) -> Iterator[str]:
    for start, end, value, sign in _hedgeable(text, 17):
        step = 5 if value < 60 else 10 ** (len(str(value)) - 1)
        above = (value // step + 1) * step
        if above - value <= 0.08 * value and not (above == 100 and re.match(r"\s?(?:%|per)", text[end:])):
            yield _put(text, start, end, f"{chance.choice(('nearly', 'almost', 'close to', 'just under'))} {_figure(above, sign)}")


def _more(text: str, chance: random.Random) -> Iterator[str]:
    for start, end, value, sign in _hedgeable(text, 12):
        below = rounded_down(value)
        if below >= 0.7 * value:
            yield _put(text, start, end, f"{chance.choice(('more than', 'over', 'at least', 'upwards of'))} {_figure(below, sign)}")


def _bounded(text: str, chance: random.Random) -> Iterator[str]:
    for start, end, _, _ in _hedgeable(text, 3):
        yield _put(text, start, end, f"{chance.choice(('at least', 'no fewer than', 'up to', 'as many as'))} {text[start:end]}")


def _spelling(text: str, chance: random.Random) -> Iterator[str]:
    for start, end, value, sign in _whole_counts(text, 2):
        words = spelled(value)
        if words and not sign and not re.match(r"\s?%", text[end:]):
            yield _put(text, start, end, words)
    for match in SPELLED.finditer(text):
        if re.match(r" [a-z]{3,}s\b", text[match.end() :]) and match.start():
            yield _put(text, match.start(), match.end(), str(value_of(match)))


def _share(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w.,–-])(?<!than )(\d\d)(?: ?%| percent| per cent)(?= of\b)", text):
        if int(match[1]) in _SHARES and not re.search(
            r"\b(?:about|around|nearly|almost|least|to|over|under|up|the|other|than) $", text[: match.start()]
        ):
            yield _put(text, match.start(), match.end(), chance.choice(_SHARES[int(match[1])]))


def _percent_sign(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<=\d)(?:%|(?: percent\b| per cent\b)(?! ?point))", text):
        yield _put(text, match.start(), match.end(), " percent" if match.group() == "%" else "%")


def _scaled(text: str, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<![\w.,–-])([$€£]?)(\d{1,3}(?:\.\d+)?) (thousand|million|billion)\b", text):
        if re.search(r"\b(?:to|and|or|than|about|nearly|least|over|almost|some|between|the|topped) $", text[: match.start()]):
            continue
        value = float(match[2]) * _SCALE[match[3]]
        if match[3] != "billion":
            yield _put(text, match.start(), match.end(), f"{match[1]}{round(value):,}")
        places = len(match[2].partition(".")[2])
        if places:
            coarse = f"{float(match[2]):.{places - 1}f}"
            if float(coarse) and abs(float(coarse) / float(match[2]) - 1) <= 0.06:
                yield _put(text, match.start(), match.end(), f"{chance.choice(_ABOUT)} {match[1]}{coarse} {match[3]}")
    for start, end, value, sign in _whole_counts(text, 1_000_000):
        yield _put(text, start, end, f"{sign}{value / 1e6:.3g} million" if value < 1e9 else f"{sign}{value / 1e9:.3g} billion")


def _unit(text: str, chance: random.Random) -> Iterator[str]:
    for forms, other, factor in _UNITS:
        for match in re.finditer(rf"(?<![\w.,$–/-])(\d{{1,3}}(?:,\d{{3}})+|\d+) (?:{forms})\b", text):
            if re.search(r"\b(?:to|and|or|than|about|nearly|least|over|almost|some|between|every|per) $", text[: match.start()]):
                continue
            value = int(match[1].replace(",", "")) * factor
            exact = factor == int(factor)
            if exact and value > 200:
                continue
            about = "" if exact or chance.random() < 0.5 else "about "
            yield _put(text, match.start(), match.end(), f"{about}{value:,.0f} {other}" if value >= 3 else f"{about}{value:.1f} {other}")


def _part_of_month(text: str, chance: random.Random) -> Iterator[str]:
    for match in _DAY.finditer(text):
        part = "early" if int(match["day"]) <= 9 else "mid" if int(match["day"]) <= 20 else "late"
        yield _put(text, match.start(), match.end(), f"in {part}{'-' if part == 'mid' else ' '}{match['month']}")


def _about_year(text: str, chance: random.Random) -> Iterator[str]:
    for match in _YEAR.finditer(text):
        yield _put(text, match.start(), match.end(), f"around {match['year']}" if chance.random() < 0.5 else f"in about {match['year']}")


def _reportedly(text: str, chance: random.Random) -> Iterator[str]:
    if not _UNSURE.search(text):
        for match in _PASSIVE.finditer(text):
            yield _put(text, match.end(), match.end(), f" {chance.choice(('reportedly', 'apparently', 'allegedly'))}")


def _may(text: str, chance: random.Random) -> Iterator[str]:
    if not _UNSURE.search(text):
        for match in _STATE.finditer(text):
            firm = match["be"] == "will"
            if firm or not re.match(r" [a-z]+ing\b", text[match.end() :]):
                yield _put(text, match.start(), match.end(), chance.choice(("is likely to", "may")) if firm else "may have been")


def _credited(text: str, chance: random.Random) -> Iterator[str]:
    if not _CREDITED.search(text) and text.endswith("."):
        yield f"{text[:-1]}, {chance.choice(_CREDITS)}."


_KINDS: tuple[tuple[str, Callable[[str, random.Random], Iterator[str]]], ...] = (
    ("about", _about),
    ("rounded", _rounded),
    ("nearly", _nearly),
    ("more than", _more),
    ("at least, up to", _bounded),
    ("spelling", _spelling),
    ("share in words", _share),
    ("percent sign", _percent_sign),
    ("millions", _scaled),
    ("unit", _unit),
    ("part of month", _part_of_month),
    ("about a year", _about_year),
    ("reportedly", _reportedly),
    ("may have been", _may),
    ("credited", _credited),
)
