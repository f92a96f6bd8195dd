"""One figure of a sentence put otherwise, so that both versions cannot be true: counts, money, shares, ages, scores, days, years."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.relations.statements import asides
from models.relation.corruptions import SPELLED, in_style, value_of

_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)"
    r"|Dec(?:ember|\.))"
)
_VOTING = "vot|won|win|beat|lost|lose|scor|majorit|advantage|lead|ruling|decision|defeat|passed|confirmed|victory|margin|tie"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# Beside these a figure leaves room for the other: both "more than 20" and "more than 30" are true of 35.
_OPEN_BEFORE = re.compile(
    r"(?:\b(?:than|least|most|over|under|above|below|to|through|maximum|minimum|many as|much as|long as|exceed\w*|surpass\w*|top\w*|within"
    r"|until|by|before|after|since|past|nearly|almost|about|around|some|roughly|approximately|estimated|circa|between|or|beyond|excess of"
    r"|upwards? of|close to|another|every|from|and)(?: (?:the|a|its|his|her))?|[-–—/])\s?[$€£]?$",
    re.IGNORECASE,
)
_OPEN_AFTER = re.compile(
    r"(?:[ -](?:million|billion|trillion|percent|thousand|years[ -]old))?\s?"
    r"(?:\+|-plus|or (?:more|so|less|fewer|older|younger)|and (?:over|under|up)"
    r"|plus\b|[-–—]\s?\$?\d|to \$?\d|percent to|or \d|and \d|in \w)",
    re.I,
)


@dataclass(frozen=True)
class Changed:
    """A sentence as it was (`a`) and with one thing put otherwise (`b`); `kind` names the sort of change."""

    kind: str
    a: str
    b: str


def changed_figures(text: str, chance: random.Random) -> list[Changed]:
    """One version for each figure of the text that can be changed so that both cannot hold; empty where there is none."""
    found: list[Changed] = []
    # When something was said is no part of what was said: a judge reads past it.
    taken: list[tuple[int, int]] = [(span.start_char, span.end_char) for span in asides(text)]
    for kind, pattern, other in _KINDS:
        for match in pattern.finditer(text):
            start, end = match.span("n")
            if any(start < held_end and held_start < end for held_start, held_end in taken):
                continue
            taken.append((start, end))
            if kind == "day" and text[end : end + 1] in ("-", "–"):
                continue
            if kind not in _NEVER_OPEN and (_OPEN_BEFORE.search(text, 0, match.start()) or _OPEN_AFTER.match(text, match.end())):
                continue
            new = other(match, chance)
            if new is not None and new != match["n"]:
                found.append(Changed(kind, text, text[:start] + new + text[end:]))
    return found


def _apart(number: float, chance: random.Random) -> float:
    """A number at least a quarter away, whole where the old one is."""
    return number * chance.choice((0.4, 0.5, 0.6, 0.7, 1.4, 1.6, 2.0, 3.0))


def _figure(match: re.Match[str], chance: random.Random) -> str | None:
    old = match["n"]
    places = len(old.partition(".")[2])
    number = float(old.replace(",", ""))
    if number <= 1 and not places:
        return None
    if places:
        return f"{_apart(number, chance):.{places}f}"
    new = round(_apart(number, chance)) if number > 4 else int(number) + chance.choice((1, 2, 3))
    step = 10 ** (len(old) - len(old.rstrip("0"))) if number >= 100 and old.endswith("0") else 1
    new = max(step, round(new / step) * step)
    return in_style(new if new != number else int(number) + 2 * step, old)


def _in_words(match: re.Match[str], chance: random.Random) -> str | None:
    old = match["n"]
    word = SPELLED.fullmatch(old)
    if word is None:
        return None
    number = value_of(word)
    new = number + chance.choice((1, 2, 3)) if number <= 4 else round(_apart(number, chance))
    return in_style(new if new not in (0, 1, number) else number + 2, old)


def _day(match: re.Match[str], chance: random.Random) -> str | None:
    day = int(match["n"])
    return str(chance.choice([other for other in range(1, 29) if abs(other - day) >= 2])) if 1 <= day <= 31 else None


def _year(match: re.Match[str], chance: random.Random) -> str:
    year = int(match["n"])
    return str(year + chance.choice((-12, -7, -4, -3, -2, 2, 3, 5)))


def _age(match: re.Match[str], chance: random.Random) -> str | None:
    age = int(match["n"])
    return str(age + chance.choice([shift for shift in (-17, -9, -5, 4, 8, 13) if age + shift > 1])) if age > 1 else None


def _side(match: re.Match[str], chance: random.Random) -> str:
    number = int(match["n"])
    return str(number + chance.choice((1, 2, 3)) if number < 10 else number + chance.choice((4, 7, 11)))


def _clock(match: re.Match[str], chance: random.Random) -> str:
    hour, minute = match["n"].split(":")
    return f"{(int(hour) + chance.choice((2, 3, 4))) % 12 or 12}:{minute}"


def _weekday(match: re.Match[str], chance: random.Random) -> str:
    return chance.choice([day for day in _WEEKDAYS if day != match["n"]])


def _ordinal(match: re.Match[str], chance: random.Random) -> str:
    at = _ORDINALS.index(match["n"])
    return _ORDINALS[(at + chance.choice((1, 2, 3))) % len(_ORDINALS)]


_AMOUNT = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\d,]*\d|\.\d|[:/])"
# Each kind, where its figure `n` stands, and what is put there. The more special ones come first.
_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], random.Random], str | None]], ...] = (
    ("money", re.compile(rf"[$€£]{_AMOUNT}"), _figure),
    ("share", re.compile(rf"(?<![\w.,$]){_AMOUNT}(?=\s?%|\s?-?per\s?cent\b| percentage point)"), _figure),
    ("age", re.compile(r"(?<![\w.,-])(?P<n>\d{1,2})(?=-year-old\b)"), _age),
    ("age", re.compile(r"(?:\baged? |[a-z], )(?P<n>\d{2})(?=[,.])"), _age),
    ("day", re.compile(rf"\b{_MONTH} (?P<n>\d{{1,2}})(?![\d:])"), _day),
    ("day", re.compile(rf"(?<![\d:.,-])(?P<n>\d{{1,2}}) {_MONTH}\b"), _day),
    (
        "score",
        re.compile(
            rf"(?:{_VOTING})[^.;]{{0,30}}?(?<![\w.,$-])(?P<n>\d{{1,3}})(?=[-–]\d{{1,3}}\b(?!-|\s?percent|%|\s(?:years|days|hours|minutes|people)))"
        ),
        _side,
    ),
    ("year", re.compile(r"(?:\b(?:in|of|since|early|late|mid) |, )(?P<n>(?:19|20)\d\d)(?![\w%-]|,\d| (?:people|votes))"), _year),
    ("clock", re.compile(r"\b(?P<n>(?:1[0-2]|[1-9]):[0-5]\d)(?=\s?[ap]\.?m)"), _clock),
    ("weekday", re.compile(rf"(?:\b(?:on|late|early|last|next|said)|,) (?P<n>{'|'.join(_WEEKDAYS)})\b(?!\s(?:Night|Times))"), _weekday),
    ("ordinal", re.compile(rf"\bthe (?P<n>{'|'.join(_ORDINALS[2:])})\b(?= [a-z]+)"), _ordinal),
    ("scaled", re.compile(rf"(?<![\w.,$€£/-]){_AMOUNT}(?= (?:million|billion|trillion)\b)"), _figure),
    ("spelled", re.compile(rf"(?<!-)(?P<n>{SPELLED.pattern})(?!-(?:star|state|point))(?! (?:or|and|of the))", re.IGNORECASE), _in_words),
    ("digits", re.compile(rf"(?<![\w.,:/$€£%#-])(?!(?:19|20)\d\d\b){_AMOUNT}(?![\w–]|-\d)"), _figure),
)
# What names a day, a side or a place in a row leaves no room by itself.
_NEVER_OPEN = frozenset({"age", "score", "ordinal", "weekday"})


def figures_of(text: str) -> Iterator[re.Match[str]]:
    """Plain counts and amounts of the text that no word beside them widens; `n` is the figure."""
    for kind, pattern, _ in _KINDS:
        if kind in ("money", "share", "scaled", "digits"):
            for match in pattern.finditer(text):
                if not (_OPEN_BEFORE.search(text, 0, match.start()) or _OPEN_AFTER.match(text, match.end())):
                    yield match
