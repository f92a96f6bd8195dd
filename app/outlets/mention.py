"""Outlets named in running text: registered ones by their spellings, others by the shape of their names."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.outlets.attributing import GENERIC, beside_cue, cue_after
from app.outlets.forms import WORD, Form
from app.outlets.outlet import Outlet
from app.outlets.reference import short_forms
from app.outlets.shape import HEADS, Likeness, likeness

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?![\w@])")
_URL_REST = re.compile(r"[/:?#][^\s<>\"')\]]*")
_DEFINED = re.compile(r"\(([A-Z]{2,6})\)")
_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-"})

_NOT_IN_A_NAME = frozenset(
    "The A An And But Or In On At By As If When While After Before Since For From With To Of That This These Those It Its He She They We I "
    "You His Her Their Our Yet So Still Then Now Also Both Neither Either Not No Yes Per Via According Former Ex Late Says Said Told Citing "
    "Quoting Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Meanwhile However Earlier Later Separately Like Unlike Even Only Just Where Who What Why How Is Are Was Were Has Had "
    "Read Watch See Follow Photo Image Picture Source Video More".split()
)
_DATES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct "
    "Nov Dec January February March April May June July August September October November December Inc".split()
)
_PART_OF_ANOTHER = re.compile(
    r"(?: Office| Compan(?:y|ies)| Co\b| Corp| Inc\b| Group| Holdings| Plc| PLC| Ltd| Foundation| Institute| Building| Cent(?:er|re)\b| Tower| Square|"
    r" Theat(?:er|re)| Studios| Entertainment| Sports| Films| Pictures| Books| Fellow| Prize| Award| Universal| Hall| Guild| Union| Trust\b|"
    r" and General Trust| & Co\b| exams?\b| class(?:es)?\b| courses?\b| Calculus| tests?\b| scores?\b)"
)
"""After a name: makes it part of another one (a company, a building) or another thing (an "AP class")."""

_APPOSITION = re.compile(rf"\b(?:{GENERIC})\s+(?=[^\W\d_a-z])")
_NAME_RUN = re.compile(r"[^\W\d_a-z][\w'-]*(?: (?:(?:of|de|del|della|du|des|da|do|dos|das|di|al|el|la|le|&) )?[^\W\d_a-z][\w'-]*){0,4}")
_SET_OFF = re.compile(
    r"'s\b|[\"”.,;:)—–]|\s+(?:that|on|in|at|after|late|early|this|last|as|and)\b|\s*\Z|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_AFTER_SORT = re.compile(
    r" (?:newspaper|news agency|newswire|magazine|daily|weekly|tabloid|TV channel|radio station|news site|news website)\b"
)
_DEMONYM = re.compile(r"\w+(?:ish|ian|ean|ese|ch|an|i|ic|ish|ab|eek|ot|utch|wiss)\Z")
_MAX_NAME_WORDS = 5


@dataclass(frozen=True)
class OutletMention:
    """An outlet named at `text[start_char:end_char]`, an article before the name left out.

    `outlet` is None for one that is not registered. `ambiguous`: the words mean other things too ("Time", "Ardent Star") and count
    only because an attributing word stands beside them; whoever knows better what the text is about may overrule it.
    """

    start_char: int
    end_char: int
    text: str
    outlet: Outlet | None
    ambiguous: bool = False


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    outlet: Outlet | None
    ambiguous: bool


def find_mentions(
    text: str, forms: Mapping[str, Sequence[Form]], domain_owner: Callable[[str], Outlet | None]
) -> tuple[OutletMention, ...]:
    """Every outlet named in the text, in text order, none overlapping another; the longest name at a place wins.

    Names are matched as capitalised in `forms`, domains in any case; `domain_owner` says whose a host is.
    """
    flat = text.translate(_SAME_LENGTH)
    words = [_Word(m.start(), m.end(), m.group()) for m in WORD.finditer(flat)]
    hits, heads = _registered(flat, words, forms, domain_owner)
    taken = [hit for hit in hits if not hit.ambiguous]
    for at in heads:
        hit = _by_shape(flat, words, at)
        if hit is not None and not _overlaps(hit, taken):
            taken.append(hit)
    for hit in (hit for hit in hits if hit.ambiguous):
        if not _overlaps(hit, taken) and not _short_for_another(hit, flat, taken):
            taken.append(hit)
    for hit in _in_apposition(flat):
        if not _overlaps(hit, taken):
            taken.append(hit)
    taken.sort(key=lambda hit: hit.start)
    return tuple(OutletMention(h.start, h.end, text[h.start : h.end], h.outlet, h.ambiguous) for h in taken)


def _registered(
    flat: str, words: Sequence[_Word], forms: Mapping[str, Sequence[Form]], domain_owner: Callable[[str], Outlet | None]
) -> tuple[list[_Hit], list[int]]:
    """The registered names and domains, and which of the other words are heads of names that look like an outlet's."""
    hits: list[_Hit] = []
    heads: list[int] = []
    refused: set[tuple[str, str]] = set()
    free_from = 0
    for at, word in enumerate(words):
        start = word.start
        if start < free_from:
            continue
        if (
            flat[word.end : word.end + 1] in (".", "-")
            and (domain := _DOMAIN.match(flat, start))
            and flat[start - 1 : start] not in ("@", ".")
        ):
            owner = domain_owner(domain.group().lower())
            rest = _URL_REST.match(flat, domain.end())
            if owner is not None:
                hits.append(_Hit(start, domain.end(), owner, False))
            if owner is not None or flat[start - 3 : start] == "://" or domain.group().startswith("www."):
                free_from = rest.end() if rest else domain.end()
                continue
        candidates = forms.get(word.text)
        form = _longest(flat, start, candidates) if candidates else None
        if form is not None and flat[start - 1 : start] not in ("@", "#", "_"):
            end = start + len(form.text)
            if _PART_OF_ANOTHER.match(flat, end):
                free_from = end
            elif not form.ambiguous:
                hits.append(_Hit(start, end, form.outlet, False))
                free_from = end
            elif _another_thing(flat, words, at, form):
                refused.add((form.outlet.id, form.text))
            elif _named_here(flat, words, at, form):
                hits.append(_Hit(start, end, form.outlet, True))
        if word.text in HEADS or (word.text[0].isupper() and len(word.text) > 8):
            heads.append(at)
    for acronym in _defined_otherwise(flat, words):
        refused.update((hit.outlet.id, acronym) for hit in hits if hit.outlet and acronym in hit.outlet.names)
    return [hit for hit in hits if hit.outlet is None or (hit.outlet.id, flat[hit.start : hit.end]) not in refused], heads


def _longest(flat: str, start: int, candidates: Sequence[Form]) -> Form | None:
    for form in candidates:
        after = flat[start + len(form.text) : start + len(form.text) + 1]
        if flat.startswith(form.text, start) and not (after.isalnum() or after == "_"):
            return form
    return None


def _article_before(flat: str, start: int) -> str:
    article = flat[max(0, start - 4) : start]
    return article if article in ("The ", "the ") else ""


def _another_thing(flat: str, words: Sequence[_Word], at: int, form: Form) -> bool:
    """A surname or a part of another name: "Michael Bloomberg" once in a text makes every bare "Bloomberg" there the man."""
    if at == 0 or form.article or " " in form.text:
        return False
    before = words[at - 1]
    joined = flat[before.end : words[at].start]
    person = (
        before.text[0].isupper()
        and before.text not in _NOT_IN_A_NAME
        and joined in (" ", ". ")
        and not (joined == ". " and len(before.text) > 3)
    )
    return person or joined == "-"


def _named_here(flat: str, words: Sequence[_Word], at: int, form: Form) -> bool:
    """Whether an ambiguous form means the outlet here: its article, no further name after it, and a cue or a title's capital "The"."""
    start, end = words[at].start, words[at].start + len(form.text)
    article = _article_before(flat, start)
    if form.article and not article:
        return False
    following = re.match(r" ([^\W\d_]\w*)", flat[end : end + 20])
    if following and following.group(1)[0].isupper() and following.group(1) not in _DATES:
        return False
    if form.article and article == "The " and flat[start - 6 : start - 4].strip(" ").isalnum():
        return True
    return beside_cue(flat, start, end)


def _defined_otherwise(flat: str, words: Sequence[_Word]) -> Iterator[str]:
    """Acronyms that the text itself spells out: "Australian Federal Police (AFP)"."""
    for found in _DEFINED.finditer(flat):
        initials = found.group(1)
        leading = [w for w in WORD.findall(flat[max(0, found.start() - 80) : found.start()]) if w[0].isupper()][-len(initials) :]
        if "".join(w[0] for w in leading) == initials:
            yield initials


def _short_for_another(hit: _Hit, flat: str, taken: Sequence[_Hit]) -> bool:
    """Whether an ambiguous hit is only the short form of an outlet named before: "the Times" after "the New York Times"."""
    short = f"the {flat[hit.start : hit.end]}"
    for earlier in taken:
        if earlier.end > hit.start:
            continue
        outlet = earlier.outlet or Outlet(id="", name=flat[earlier.start : earlier.end])
        if outlet is not hit.outlet and short in short_forms(outlet):
            return True
    return False


def _by_shape(flat: str, words: Sequence[_Word], at: int) -> _Hit | None:
    """The name around a head word, as far as capitals reach, if it looks like an outlet's and does not run on as another name."""
    first, last = at, at
    while first > 0 and at - first < _MAX_NAME_WORDS and _joins(flat, words, first - 1):
        first -= 1
    while first < at and words[first].text in _NOT_IN_A_NAME:
        first += 1
    while last + 1 < len(words) and last - at < _MAX_NAME_WORDS and _joins(flat, words, last) and words[last + 1].text not in _DATES:
        last += 1
    start, end = words[first].start, words[last].end
    name = flat[start:end]
    if name.endswith("'s"):
        end -= 2
    strength = likeness(flat[start:end].split(), article=False)
    if strength is Likeness.NONE or _PART_OF_ANOTHER.match(flat, end):
        return None
    if strength is Likeness.WEAK and not beside_cue(flat, start, end):
        return None
    return _Hit(start, end, None, strength is Likeness.WEAK)


def _joins(flat: str, words: Sequence[_Word], left: int) -> bool:
    """Whether a word and the next belong to one capitalised name: a space, hyphen or apostrophe between them."""
    a, b = words[left], words[left + 1]
    between = flat[a.end : b.start]
    if between == "'":
        return b.text == "s" or a.text in ("L", "l", "O", "D", "d")
    if between == "' ":
        return b.text[0].isupper()
    return between in (" ", "-") and (b.text[0].isupper() or b.text[0].isdigit()) and (a.text[0].isupper() or a.text == "s")


def _in_apposition(flat: str) -> Iterator[_Hit]:
    """Names that the text itself calls a newspaper: "according to the daily Al-Masar,", "Al-Rafid newspaper said"."""
    for sort in _APPOSITION.finditer(flat):
        run = _NAME_RUN.match(flat, sort.end())
        if run is None or run.group().split()[0] in _NOT_IN_A_NAME:
            continue
        end = run.end() - 2 if run.group().endswith("'s") else run.end()
        if cue_after(flat, end) or (_SET_OFF.match(flat, end) and beside_cue(flat, run.start(), end)):
            yield _Hit(run.start(), end, None, False)
    for sort in _AFTER_SORT.finditer(flat):
        run = _run_before(flat, sort.start())
        if run is not None and beside_cue(flat, run[0], sort.end()):
            yield _Hit(*run, None, False)


def _run_before(flat: str, end: int) -> tuple[int, int] | None:
    """The capitalised name that ends at `end`, unless it is only where the paper is from ("Kuwaiti newspaper")."""
    runs = [m for m in _NAME_RUN.finditer(flat, max(0, end - 60), end) if m.end() == end]
    if not runs:
        return None
    words = runs[0].group().split()
    start = runs[0].start()
    while words and words[0] in _NOT_IN_A_NAME:
        start += len(words.pop(0)) + 1
    if not words or (len(words) == 1 and (_DEMONYM.match(words[0]) or "-" not in words[0] and words[0].isupper())):
        return None
    return start, end


def _overlaps(hit: _Hit, taken: Sequence[_Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in taken)
