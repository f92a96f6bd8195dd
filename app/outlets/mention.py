"""Outlets named in running text: registered ones by their spellings and domains, others by the shape of their names."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.outlets.attributing import beside_cue
from app.outlets.capitals import NOT_IN_A_NAME, WEEKDAYS_AND_MONTHS, Flat
from app.outlets.forms import Form, Forms
from app.outlets.outlet import Outlet
from app.outlets.reference import short_forms
from app.outlets.unregistered import PART_OF_ANOTHER, in_apposition, named_by_shape

_DOT = re.compile(r"\.(?=[^\W\d_]{2})")
_HOST_BEFORE = re.compile(r"[\w-]+(?:\.[\w-]+)*\Z")
_HOST_AFTER = re.compile(r"(?:\.[\w-]+)+(?![\w@])")
_URL_REST = re.compile(r"[/:?#][^\s<>\"')\]]*")
_MAX_HOST_CHARS = 253
_DEFINED = re.compile(r"\(([A-Z]{2,6})\)")
_NEXT_WORD = re.compile(r"(?: (?:d[aeiou]|del|della|des))? ([^\W\d_a-z]\w*)")
_LED_BY = re.compile(r"\b([^\W\d_a-z]\w*) [Tt]he \Z")
_INITIAL = re.compile(r"(?:Mr|Ms|Mrs|Dr|Sen|Gov|Rep|St|[A-Z])\Z")


@dataclass(frozen=True)
class OutletMention:
    """An outlet named at `text[start_char:end_char]`, an article before the name left out.

    `outlet` is None for one that is not registered. `ambiguous`: the words mean other things too ("Time", "Coast Star") and count
    only because an attributing word stands beside them; whoever knows better what the text is about may overrule it.
    """

    start_char: int
    end_char: int
    text: str
    outlet: Outlet | None
    ambiguous: bool = False


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    outlet: Outlet | None
    ambiguous: bool = False


def find_mentions(text: str, forms: Forms, owner_of: Callable[[str], Outlet | None]) -> tuple[OutletMention, ...]:
    """Every outlet named in the text, in text order, none overlapping another; the longest name at a place wins.

    Names are matched as capitalised in `forms`, domains in any case; `owner_of` says whose a host is.
    """
    flat = Flat.of(text)
    taken, links = _domains(flat.flat, owner_of)
    certain: list[_Hit] = []
    doubtful: list[_Hit] = []
    for hit in _registered(flat, forms):
        if not any(hit.start < end and start < hit.end for start, end in links):
            (doubtful if hit.ambiguous else certain).append(hit)
    _add(taken, certain)
    known = {(hit.start, hit.end): hit for hit in doubtful}
    by_shape = ((n.start, n.end, n.weak) for n in named_by_shape(flat) if not _in_any(n.start, links))
    _add(taken, (known.get((start, end)) or _Hit(start, end, None, weak) for start, end, weak in by_shape))
    _add(taken, (hit for hit in doubtful if not _short_for_another(hit, flat.flat, taken)))
    _add(taken, (_Hit(n.start, n.end, None, n.weak) for n in in_apposition(flat)))
    taken.sort(key=lambda hit: hit.start)
    return tuple(OutletMention(h.start, h.end, text[h.start : h.end], h.outlet, h.ambiguous) for h in taken)


def _add(taken: list[_Hit], hits: Iterator[_Hit] | list[_Hit]) -> None:
    for hit in hits:
        if not any(hit.start < other.end and other.start < hit.end for other in taken):
            taken.append(hit)


def _in_any(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in ranges)


def _domains(flat: str, owner_of: Callable[[str], Outlet | None]) -> tuple[list[_Hit], list[tuple[int, int]]]:
    """The hosts that belong to a registered outlet, and where whole links and hosts lie: no name is looked for in them."""
    hits: list[_Hit] = []
    links: list[tuple[int, int]] = []
    done = 0
    for dot in _DOT.finditer(flat):
        if dot.start() < done:
            continue
        before = _HOST_BEFORE.search(flat, max(done, dot.start() - _MAX_HOST_CHARS), dot.start())
        after = _HOST_AFTER.match(flat, dot.start())
        if before is None or after is None or flat[before.start() - 1 : before.start()] == "@":
            continue
        start, end = before.start(), after.end()
        done = end
        host = flat[start:end].lower()
        owner = owner_of(host)
        if owner is not None:
            hits.append(_Hit(start, end, owner))
        if owner is not None or flat[start - 3 : start] == "://" or host.startswith("www."):
            rest = _URL_REST.match(flat, end)
            done = rest.end() if rest else end
            links.append((start, done))
    return hits, links


def _registered(flat: Flat, forms: Forms) -> list[_Hit]:
    """The registered names, from left to right, without those that mean another thing in this text."""
    text = flat.flat
    hits: list[_Hit] = []
    refused: set[tuple[str, str]] = set()
    free_from = 0
    for at, word in enumerate(flat.words):
        form = forms.longest_at(text, word.start, word.text)
        if form is None or word.start < free_from or text[word.start - 1 : word.start] in ("@", "#"):
            continue
        start, end = word.start, word.start + len(form.text)
        if PART_OF_ANOTHER.match(text, end):
            free_from = end
        elif not form.ambiguous:
            hits.append(_Hit(start, end, form.outlet))
            free_from = end
        elif _a_surname(flat, at, form):
            refused.add((form.outlet.id, form.text))
        elif _means_outlet(text, start, end, form):
            hits.append(_Hit(start, end, form.outlet, ambiguous=True))
    hits.extend(_lower_case(text, forms))
    for acronym, before in _defined(flat):
        # "Australian Federal Police (AFP)" makes every AFP of the text the police; "Agence France-Presse (AFP)" does not.
        others = (hit.outlet for hit in hits if hit.outlet and acronym in hit.outlet.names)
        refused.update((outlet.id, acronym) for outlet in others if not before.endswith(outlet.names))
    return [hit for hit in hits if hit.outlet and (hit.outlet.id, text[hit.start : hit.end]) not in refused]


def _lower_case(text: str, forms: Forms) -> Iterator[_Hit]:
    """Names that begin with a small letter ("dpa", "n-tv"): few, so each is looked for by itself."""
    for form in forms.small:
        start = text.find(form.text)
        while start >= 0:
            end = start + len(form.text)
            before = text[start - 1 : start]
            whole = form.stands_at(text, start) and not (before.isalnum() or before in tuple("_@#.-"))
            if whole and (not form.ambiguous or beside_cue(text, start, end)):
                yield _Hit(start, end, form.outlet, form.ambiguous)
            start = text.find(form.text, end)


def _a_surname(flat: Flat, at: int, form: Form) -> bool:
    """A surname or a part of another name: "Michael Bloomberg" once in a text makes every bare "Bloomberg" there the man."""
    if at == 0 or form.article or " " in form.text:
        return False
    before, joined = flat.words[at - 1].text, flat.between(at - 1)
    if joined == ". ":
        return _INITIAL.match(before) is not None
    return joined == "-" or (joined == " " and before not in NOT_IN_A_NAME)


def _means_outlet(text: str, start: int, end: int, form: Form) -> bool:
    """Whether an ambiguous form means the outlet here: no further name after it, and a cue beside it or a title's capital "The"."""
    before = text[max(0, start - 8) : start]
    if form.article and not before.endswith((" The ", " the ", "'s ", "\nThe ", '"The ', "“The ")) and start > len("The "):
        return False
    following = _NEXT_WORD.match(text, end)
    if following and following.group(1) not in WEEKDAYS_AND_MONTHS:
        return False
    if form.article:
        led_by = _LED_BY.search(text, max(0, start - 24), start)
        if led_by and led_by.group(1) not in NOT_IN_A_NAME:
            # A programme's name runs up to it: "Face the Nation".
            return False
        if before.endswith(" The ") and before[:-5][-1:].isalnum():
            # Capital "The" within a sentence is a title's.
            return True
    return beside_cue(text, start, end)


def _defined(flat: Flat) -> Iterator[tuple[str, str]]:
    """Acronyms that the text itself spells out, each with the text that leads up to its parenthesis."""
    for found in _DEFINED.finditer(flat.flat):
        before = flat.flat[max(0, found.start() - 80) : found.start()].rstrip()
        if "".join(re.findall(r"\b[^\W\d_a-z]", before)).endswith(found.group(1)):
            yield found.group(1), before


def _short_for_another(hit: _Hit, text: str, taken: Sequence[_Hit]) -> bool:
    """Whether an ambiguous hit is only the short form of an outlet named before: "the Times" after "the New York Times"."""
    short = f"the {text[hit.start : hit.end]}"
    for earlier in taken:
        if earlier.end <= hit.start:
            outlet = earlier.outlet or Outlet(id="", name=text[earlier.start : earlier.end])
            if outlet is not hit.outlet and short in short_forms(outlet):
                return True
    return False
