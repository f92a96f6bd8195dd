"""Outlets that nobody registered, found in running text by the shape of their names or because the text says what they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.outlets.attributing import beside_cue, cue_after, cue_before
from app.outlets.capitals import NOT_IN_A_NAME, WEEKDAYS_AND_MONTHS, Flat, word_set
from app.outlets.shape import HEADS, TAIL_SUFFIX, Likeness, likeness

_SORTS = (
    "newspaper",
    "tabloid",
    "broadsheet",
    "daily",
    "weekly",
    "magazine",
    "news agency",
    "newswire",
    "wire service",
    "news site",
    "website",
    "broadcaster",
    *(f"{air} {what}" for air in ("TV", "television", "radio", "news") for what in ("channel", "station", "network")),
)
"""What a text calls an outlet right before its name. "service", "agency" and "site" alone go before other names too."""

PART_OF_ANOTHER = re.compile(
    r"(?: (?:Office|Compan(?:y|ies)|Co|Corp|Corporation|Inc|Group|Holdings|Plc|PLC|Ltd|Foundation|Institute|Building|Cent(?:er|re)|Tower|"
    r"Square|Theat(?:er|re)|Studios|Entertainment|Sports|Films|Pictures|Books|Fellow|Fellowship|Prize|Awards?|Universal|Hall|Guild|Union|"
    r"Trust|exams?|class(?:es)?|courses?|Calculus|tests?|scores?)\b| and General Trust| & Co\b)"
)
"""After a name: makes it part of another one (a company, a building) or another thing (an "AP class")."""

_BEFORE_NAME = tuple(f" {sort} " for sort in _SORTS)
_AFTER_NAME = re.compile(
    r" (?:newspaper|news agency|newswire|magazine|tabloid|TV channel|radio station|news (?:web)?site|"
    r"(?:daily|weekly)(?= (?:newspaper|paper|said|reported|wrote)\b))"
)
_NAME_FOLLOWS = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[^\W_a-z]")
_OWN = re.compile(r"\b(?:our|your|their|his|her|my) \S+(?: \S+)? \Z", re.IGNORECASE)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?\b")
_NAME_RUN = re.compile(
    r"[^\W\d_a-z][\w'-]*(?: (?:(?:of|de|del|della|du|des|da|do|dos|das|di|al|el|la|le|&) )?[^\W\d_a-z][\w'-]*){0,4}(?:\.[a-z]{2,}\b)?"
)
_SET_OFF = re.compile(
    r"[\"”.,;:)—–]|\s+(?:that|on|in|at|after|late|early|this|last|as|and|of|about|for|to)\b|\s*\Z|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_DEMONYM = re.compile(r"(?:\w+(?:ish|ian|ean|ese)|\w{3,}(?:i|ic|ch|can|man|ek|ab|ban))\Z")
_NATIONAL = re.compile(
    r"(?:\w+(?:ish|ian|ean|ese)|French|Dutch|Swiss|Greek|Czech|German|American|Mexican|African|Afghan|Arab|Uzbek|Kazakh|Thai|Iraqi|Israeli|"
    r"Saudi|Pakistani|Kuwaiti|Qatari|Emirati|Omani|Yemeni|Bahraini|Somali|Nepali|Bangladeshi|Kurdish)\Z"
)
_TITLED = word_set("Sir Lord Lady Dame Director President Chairman Chief Minister Secretary Mr Mrs Ms Dr Prince Queen King Pope")
_STATION = re.compile(r" (?:(?:station|network|channel) [^\W\d_a-z]|(?:show|host|ads?|commercial|programme?|series|interviews?)\b)")
_INDEFINITE = (" a ", " an ", "A ", "An ")
_ON_AIR = frozenset({"TV", "Television", "Radio"})
_MAX_NAME_WORDS = 5


@dataclass(frozen=True)
class Named:
    """A name at `flat[start:end]`; `weak` where it needed an attributing cue beside it to count."""

    start: int
    end: int
    weak: bool


def named_by_shape(flat: Flat) -> Iterator[Named]:
    """Names around the head words of outlets' names, as far as capitals reach ("the Harbor Courier", "Channel Nine")."""
    for at, word in enumerate(flat.words):
        if word.text in HEADS or (len(word.text) > 8 and TAIL_SUFFIX.match(word.text)):
            found = _around(flat, at)
            if found is not None:
                yield found


def _around(flat: Flat, at: int) -> Named | None:
    first = last = at
    while first > 0 and at - first < _MAX_NAME_WORDS and flat.joins_left(first - 1):
        first -= 1
    while last + 1 < len(flat.words) and last - at < _MAX_NAME_WORDS and flat.joins_right(last):
        last += 1
    first = _after_owner(flat, first, last)
    while first < at and (flat.words[first].text in NOT_IN_A_NAME or _day_of_month(flat, first)):
        first += 1
    start, end = flat.words[first].start, flat.words[last].end
    if flat.flat[start - 3 : start] == "al-":
        start -= 3
    name = flat.flat[start:end].removeprefix("al-")
    strength = likeness(name.split(), article=False)
    if strength is Likeness.NONE or PART_OF_ANOTHER.match(flat.flat, end):
        return None
    if flat.words[last].text in _ON_AIR:
        # "Dallas TV station KXAS", "an Iowa TV reporter", "French TV interview": a place's television, not a name.
        modifier = flat.words[last - 1].text
        if (
            _STATION.match(flat.flat, end)
            or flat.flat.endswith(_INDEFINITE, 0, start)
            or (last - first == 1 and _NATIONAL.match(modifier) and "-" not in name)
        ):
            return None
        strength = Likeness.WEAK
    owned = at > first and flat.between(at - 1) == "'s "
    if strength is Likeness.WEAK and (owned or not beside_cue(flat.flat, start, end)):
        return None
    return Named(start, end, strength is Likeness.WEAK)


def _day_of_month(flat: Flat, at: int) -> bool:
    return flat.words[at].text.isdigit() and at > 0 and flat.words[at - 1].text in WEEKDAYS_AND_MONTHS


def _after_owner(flat: Flat, first: int, last: int) -> int:
    """Where the name begins after whose it is: "Mexico's Milenio TV" is Milenio TV, but "People's Daily" stays whole."""
    for left in range(last - 2, first - 1, -1):
        if flat.between(left) == "'s ":
            return left + 1
    return first


def in_apposition(flat: Flat) -> Iterator[Named]:
    """Names that the text itself calls a newspaper: "according to the daily Al-Masar,", "Al-Rafid newspaper said", "station WXYZ"."""
    text = flat.flat
    for word in flat.words:
        if text.endswith(_BEFORE_NAME, 0, word.start) and word.text not in NOT_IN_A_NAME | _TITLED:
            found = _run_after(text, word.start)
        elif after := _AFTER_NAME.match(text, word.end):
            found = _run_before(text, word.end, after.end())
        elif text.endswith((" station ", " channel "), 0, word.start) and (sign := _CALL_SIGN.match(text, word.start)):
            found = Named(word.start, sign.end(), weak=False)
        else:
            continue
        if found is not None:
            yield found


def _run_after(flat: str, start: int) -> Named | None:
    """The capitalised name that begins at `start`, where the words around it show that it says something or is cited."""
    run = _NAME_RUN.match(flat, start)
    if run is None or _OWN.search(flat[max(0, start - 40) : start]):
        return None
    end = run.end() - 2 if run.group().endswith("'s") else run.end()
    # "told the newspaper Clinton said": after a cue of its own the name must be set off, or it begins the next clause.
    cited = _SET_OFF.match(flat, end) if cue_before(flat, start, end) else cue_after(flat, end)
    return Named(start, end, weak=False) if cited else None


def _run_before(flat: str, end: int, sort_end: int) -> Named | None:
    """The capitalised name that ends at `end`, unless it only says where the paper is from ("Kuwaiti newspaper", "a Dallas magazine").

    One word says too little ("Baltimore newspaper"), unless it is joined of two ("Al-Rafid"), a head ("the Ledger newspaper") or
    a magazine's ("Vogue magazine").
    """
    run = next((m for m in _NAME_RUN.finditer(flat, max(0, end - 60), end) if m.end() == end), None)
    if run is None:
        return None
    # "Britain's Sky Post magazine", "Tom Rell of Orient Review magazine": the name begins after whose it is and who works there.
    start = max(run.start(), *(flat.rfind(sign, run.start(), end) + len(sign) for sign in ("'s ", " of ") if sign in run.group()), 0)
    words = flat[start:end].split()
    while words and words[0] in NOT_IN_A_NAME:
        start += len(words.pop(0)) + 1
    if not words or words[0] in _TITLED or _DEMONYM.match(words[-1]) or words[-1].endswith("'s"):
        return None
    place = not flat.startswith(" magazine", end) or flat.endswith(("the ", "The "), 0, start)
    if len(words) == 1 and "-" not in words[0] and words[0] not in HEADS and place:
        return None
    if _NAME_FOLLOWS.match(flat, sort_end):
        return None
    if flat.endswith(_INDEFINITE, 0, start) or not beside_cue(flat, start, sort_end):
        return None
    return Named(start, end, weak=False)
