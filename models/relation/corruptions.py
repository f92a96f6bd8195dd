"""Pairs made from a mini-story's statement by changing one thing in it: a figure, a hedge, a spelling, a polarity, the name it is about."""

import random
import re
from collections import Counter
from collections.abc import Iterator

from models.relation.pairs import AGREE, DIVERGE, EARLY, LATE, UNRELATED, UPDATE, Example, Ministory

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# A number that counts: not a year, a clock time, an ordinal, a score or a part of a name.
_DIGITS = re.compile(r"(?<![\w.,:/$€£%-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d:/\w]|[.,]\d|-\d|–)")
SPELLED = re.compile(
    rf"\b({'|'.join(t for t in _TENS if t != '-')})-({'|'.join(_ONES[1:10])})\b|\b({'|'.join(_ONES[2:] + _TENS[2:])})\b", re.I
)
_BOUND = (
    r"(than|least|most|about|some|nearly|almost|only|just|around|by|from|-|the|under|over|aged|and|to|below|above|exactly|every|other) ?$"
)
_AUXILIARY = re.compile(r"\b(was|were|is|are|will|has|have|had|can|would)\b(?! (?:not|never|no|been no)\b)(?!n't)", re.I)
_DENIED = re.compile(r"\b(was|were|is|are|will|has|have|had|can|would|did|does|do) not\b", re.I)
_UNSURE = re.compile(r"\b(?:if|unless|whether|would|may|might|could|not|no|never|nobody|none|nor|denied|denies)\b|n't\b", re.I)
_NAME = re.compile(r"(?<![.!?:\"“] )(?<!^)\b[A-Z][a-zé]{3,}\b")
_OTHER_NAMES = [
    "Vostrana",
    "Kelmouth",
    "Arberry",
    "Tindlehaven",
    "Osmarra",
    "Quillon",
    "Brasnik",
    "Dovrenko",
    "Halvasta",
    "Ishkuden",
    "Jorvalia",
    "Keswindle",
    "Lorrimar",
    "Maribent",
    "Norvaska",
    "Oltenmoor",
    "Pellagrin",
    "Ravistock",
    "Sundermeer",
    "Torvinia",
    "Ulmarest",
    "Vargasta",
    "Wexborough",
    "Yarrowby",
    "Zelenhof",
]


def spelled(number: int) -> str | None:
    """The number in words, 0 to 99; None beyond."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return None


def value_of(words: re.Match[str]) -> int:
    """What a match of the spelled pattern says."""
    if words[1]:
        return _TENS.index(words[1].lower()) * 10 + _ONES.index(words[2].lower())
    word = words[3].lower()
    return _ONES.index(word) if word in _ONES else _TENS.index(word) * 10


def figure(text: str, chance: random.Random) -> tuple[int, int, int] | None:
    """Start, end and value of one whole number above one in the text; None where there is none to change."""
    found = [(m.start(), m.end(), int(m[1].replace(",", ""))) for m in _DIGITS.finditer(text) if not m[2]]
    found = [one for one in found if not 1900 <= one[2] <= 2099]
    found += [(m.start(), m.end(), value_of(m)) for m in SPELLED.finditer(text)]
    found = [one for one in found if one[2] > 1 and not re.search(r"\b(?:on|of|January|March|April|May|June|July)\s$", text[: one[0]])]
    return chance.choice(found) if found else None


def in_style(number: int, old: str) -> str:
    """The number written as `old` was: in words or in digits, with thousands separated."""
    if old[0].isdigit():
        return f"{number:,}" if "," in old or number >= 10000 else str(number)
    words = spelled(number) or f"{number:,}"
    return words.capitalize() if old[0].isupper() else words


def other_number(number: int, chance: random.Random) -> int:
    """A number that nobody would take for a rounding of this one."""
    changed = chance.choice(
        (number + 1, number + 2, number - 1, number * 2, number * 3, number + 10, round(number * 1.4), round(number * 0.6))
    )
    return changed if changed not in (number, 0, 1) and changed > 0 else number + 3


def rounded_down(number: int) -> int:
    """The largest rounder number below: 412 -> 400, 37 -> 35, 12 -> 10."""
    step = 10 ** (len(str(number)) - 1) if number >= 100 else 5
    return (number - 1) // step * step


def corruptions(story: Ministory, chance: random.Random) -> Iterator[Example]:
    """What can be made from a story's statements; a few pairs each, none where a statement offers nothing."""
    statements = [(position["id"], text) for position in story.fields["positions"] for text in position["statements"]]
    mates = {name: [text for other, text in statements if other == name] for name, _ in statements}
    for name, text in statements:
        yield from _of_figure(story, text, mates[name], chance)
        yield from _of_polarity(story, text)
    yield from _of_name(story, [text for _, text in statements], chance)


def _made(story: Ministory, a: str, b: str, label: str, what: str, weight: float = 1.0) -> Example:
    return Example(a, b, label, f"made/{what}", story.id, weight, EARLY, LATE if label == UPDATE else EARLY)


def _of_figure(story: Ministory, text: str, mates: list[str], chance: random.Random) -> Iterator[Example]:
    place = figure(text, chance)
    if place is None:
        return
    start, end, number = place
    old = text[start:end]

    def with_figure(words: str) -> str:
        return (text[:start] + words + text[end:]).strip()

    corrupted = with_figure(in_style(other_number(number, chance), old))
    yield _made(story, text, corrupted, DIVERGE, "number")
    # The same false figure against another wording of what the figure came from.
    others = [mate for mate in mates if mate != text and (str(number) in mate or (spelled(number) or "-") in mate.lower())]
    if others:
        yield _made(story, chance.choice(others), corrupted, DIVERGE, "number")
    words = spelled(number) if old[0].isdigit() else str(number)
    if words:
        yield _made(story, text, with_figure(words.capitalize() if start == 0 else words), AGREE, "spelling", 0.4)
    before = text[max(0, start - 14) : start].lower()
    if (
        re.search(
            _BOUND,
            before,
        )
        or start == 0
    ):
        return
    low = rounded_down(number)
    if low >= 3:
        yield _made(story, text, with_figure(f"more than {in_style(low, '1')}"), AGREE, "hedge")
        yield _made(story, text, with_figure(f"fewer than {in_style(low, '1')}"), DIVERGE, "hedge")
        yield _made(story, text, with_figure(f"more than {in_style(number + max(2, number // 4), '1')}"), DIVERGE, "hedge")
    yield _made(
        story, text, with_figure(f"{chance.choice(('at least', 'about', 'some', 'around', 'roughly'))} {old.lower()}"), AGREE, "hedge"
    )


def _of_polarity(story: Ministory, text: str) -> Iterator[Example]:
    denied = _DENIED.search(text)
    if denied is not None:
        yield _made(story, text, text[: denied.end(1)] + text[denied.end() :], DIVERGE, "negation", 0.5)
    elif not _UNSURE.search(text):
        found = _AUXILIARY.search(text)
        if found is not None:
            yield _made(story, text, f"{text[: found.end()]} not{text[found.end() :]}", DIVERGE, "negation", 0.5)
            if text[0].isalpha():
                start = text[0].lower() if text[1:2].islower() else text[0]
                yield _made(story, text, f"It is not the case that {start}{text[1:]}", DIVERGE, "negation", 0.1)


def _of_name(story: Ministory, texts: list[str], chance: random.Random) -> Iterator[Example]:
    """The name that most statements share, changed throughout: then they speak of something else."""
    counts = Counter(name for text in texts for name in set(_NAME.findall(text)))
    if not counts:
        return
    name, times = counts.most_common(1)[0]
    if times < 3:
        return
    for text in texts[:4]:
        if name in text:
            other = text.replace(name, chance.choice(_OTHER_NAMES))
            yield _made(story, chance.choice([one for one in texts if name in one]), other, UNRELATED, "other-name", 0.7)
