"""What a source's words say by themselves: which kind of source, its name, its head noun, a person's titles and gender."""

import re
from dataclasses import dataclass

from app.claims.claim import LinkKind
from app.claims.lexicon import (
    ANONYMOUS_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENT_NOUNS,
    FIRST_NAMES,
    GENDERED_ROLES,
    ORGANIZATION_WORDS,
    PLACE_WORDS,
    PREPOSITIONS,
    RELATIVES,
    TIMES,
    TITLES,
)
from app.claims.surnames import surname_like
from app.claims.word_lists import listed

_WORD = re.compile(
    r"(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|St|Jr|Sr)\.|[\w&]+(?:[-'’.][\w]+)*['’]?|,|\S"
)
_PARTICLES = frozenset(listed("""de van von der den del della di da dos bin ben al el la le ibn abu ter ten du y"""))
_MODIFIED_BY = frozenset(
    listed(
        """who which whose that quoted cited familiar briefed close involved present speaking citing asked granted interviewed reached
        seen obtained published released issued shown posted sent provided reviewed based working living conducted taken commissioned
        written signed filed led run carried prepared authored viewed aired"""
    )
)
# "candidates, including Foo and Bar": what follows are examples of those who speak.
_EXAMPLES = frozenset(["including", "such", "like", "among", "even"])
_AGENT = re.compile(r"(?:[a-z]{3}er|[a-z]{3}or|ist|ian|[a-z]{2}ant|ee)s?$")
_THINGS = frozenset(
    listed(
        """paper newspaper letter center centre carrier retailer manufacturer producer broadcaster insurer employer committee publisher
        maker automaker lender operator provider supplier developer flyer poster banner number restaurant plant chapter factor sector
        mayor's order border matter monitor tracker server"""
    )
)
# A run of capitals that ends so names an office; one that holds such a word names a document.
_OFFICES = frozenset(
    listed(
        """president secretary minister director chairman chairwoman chair ceo cfo leader speaker spokesman spokeswoman spokesperson
        senator governor representative commissioner ambassador commander attorney envoy"""
    )
)
_PAPERS = frozenset(["survey", "report", "study", "poll", "index", "statement", "memo", "census", "analysis", "assessment", "review"])
# "of Fort Halden, Md": shorter ones are abbreviated states.
_NAME_CHARS = 4
MONTH_NAMES = frozenset(["jan", "april", "may", "june", "august"])
_NUMBER_WORDS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many", "some", "few", "dozens", "both"]
)


@dataclass(frozen=True)
class Described:
    """A source as its own words describe it.

    `name` is a person's bare name, an organization's or unnamed speaker's surface phrase; `head` the head noun in lower case
    ("official"); `definite` whether it begins with "the"; `plural` whether it means several.
    """

    kind: LinkKind
    name: str
    head: str
    definite: bool
    plural: bool
    gender: str = ""
    titles: tuple[str, ...] = ()


def describe(phrase: str) -> Described:
    """Reads a source phrase. Never decides that something is an outlet: that takes a directory.

    Source: a person is a run of capitalised words with a title, a role or nothing before it and no word of an institution in it.
    """
    phrase = phrase.strip(" ,;:“”\"'‘’-–—")
    words = _WORD.findall(phrase)
    lower = [w.lower().replace("’", "'") for w in words]
    definite = bool(lower) and lower[0] in ("the", "this", "that", "these", "those")
    parts = _parts(words)
    gender = next((GENDERED_ROLES[w] for w in lower if w in GENDERED_ROLES), "")
    for n, part in enumerate(parts):
        if part[0].lower() in _EXAMPLES:
            break
        run = _person(part, single_allowed=len(parts) > 1 and n > 0)
        if run is None:
            continue
        name, titles = run
        gender = next((TITLES[t] for t in titles if TITLES.get(t)), "") or gender or FIRST_NAMES.get(name.split()[0].lower(), "")
        roles = tuple(w.lower() for other in parts for w in other if w.lower().rstrip(".") in TITLES or w.lower() in ANONYMOUS_NOUNS)
        return Described(LinkKind.PERSON, name, name.split()[-1].lower(), False, False, gender, tuple(dict.fromkeys((*titles, *roles))))
    head, head_text = _head(words, lower)
    plural = bool(lower) and (lower[0] in _NUMBER_WORDS or (head.endswith("s") and not head.endswith("ss")) or head in ("people", "police"))
    if lower and lower[0] in ("a", "an", "one", "another"):
        plural = False
    capital_head = head_text[:1].isupper() and not (head_text == words[0] if words else False)
    if head in DOCUMENT_NOUNS and not capital_head:
        kind = LinkKind.DOCUMENT
    elif (head in ANONYMOUS_NOUNS and not (capital_head and definite)) or _somebody(head, head_text, lower):
        kind = LinkKind.ANONYMOUS
    else:
        kind = LinkKind.ORGANIZATION
    return Described(kind, _surface(phrase), head, definite, plural, gender)


def _somebody(head: str, head_text: str, lower: list[str]) -> bool:
    """Whether a head that no list knows means a person: "the first daughter", "a fundraiser"; "a carrier" in general would not."""
    if not head_text[:1].islower() or head in ORGANIZATION_WORDS or head in DOCUMENT_NOUNS:
        return False
    if head in GENDERED_ROLES or head in ("lady", "ladies", "daughters", "sons", "sisters", "brothers"):
        return True
    if head.endswith(("ists", "ians")):
        return True
    one = lower[0] in ("a", "an", "one", "another") or lower[0] in _NUMBER_WORDS
    return one and _AGENT.search(head) is not None and head not in _THINGS


def _surface(phrase: str) -> str:
    """The phrase without the clause that says where it was quoted, and without a closing apposition's relative clause."""
    cut = re.split(r",?\s+(?:quoted|cited|interviewed)\s+(?:by|in|on)\s+|,\s+(?:who|which|whose|speaking|citing)\b", phrase, maxsplit=1)
    return cut[0].strip(" ,;:")


def _parts(words: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == ",":
            parts.append([])
        elif word.lower() in RELATIVES or (word.lower() in _MODIFIED_BY and parts[-1]):
            break
        elif word == "(":
            parts.append(["("])
        else:
            parts[-1].append(word)
    return [p for p in parts if p and p[0] != "("]


def _person(part: list[str], *, single_allowed: bool) -> tuple[str, tuple[str, ...]] | None:
    """The person's name in a part between commas, with the titles before it; None when it names none."""
    best: tuple[int, int] | None = None
    i = 0
    runs: list[tuple[int, int]] = []
    while i < len(part):
        if _capital(part[i]):
            j = i + 1
            while j < len(part) and (_capital(part[j]) or (part[j].lower() in _PARTICLES and j + 1 < len(part) and _capital(part[j + 1]))):
                j += 1
            runs.append((i, j))
            i = j
        else:
            i += 1
    for start, end in runs:
        titles: list[str] = []
        first = start
        while first < end - 1 and part[first].lower().rstrip(".") in TITLES:
            titles.append(part[first].lower().rstrip("."))
            first += 1
        # "Georgia Rep. John Lewis", "House Minority Leader Mary Foo": the name begins after the last title.
        later = max((k for k in range(first, end - 1) if part[k].lower().rstrip(".") in TITLES), default=-1)
        if later >= first:
            titles += [part[k].lower().rstrip(".") for k in range(first, later + 1) if part[k].lower().rstrip(".") in TITLES]
            first = later + 1
        led_by = part[start - 1].lower() if start else ""
        # "Bank of X", "Union of Y" name institutions; "Greta Holm of the Z" a person.
        name = part[first:end]
        lower = [w.lower() for w in name]
        if any(w.endswith(("'s", "’s", "s'", "s’")) for w in lower):
            keep = max(k for k, w in enumerate(lower) if w.endswith(("'s", "’s", "s'", "s’"))) + 1
            name, first = name[keep:], first + keep
            while len(name) > 1 and name[0].lower().rstrip(".") in TITLES:
                titles.append(name[0].lower().rstrip("."))
                name, first = name[1:], first + 1
            lower = [w.lower() for w in name]
            if not name:
                continue
        if (len(lower) > 1 and lower[-1] in _OFFICES) or any(w in _PAPERS for w in lower):
            continue
        timely = lower[1:] if len(lower) > 1 and lower[0] in MONTH_NAMES else lower
        if any(w.rstrip(".") in ORGANIZATION_WORDS for w in lower) or any(w in TIMES for w in timely) or lower[-1] in PLACE_WORDS:
            # "Twitter spokesman Foo Bar": the run may still end in a name after an institution's word.
            last = max(
                (k for k, w in enumerate(lower) if w.rstrip(".") in ORGANIZATION_WORDS or w in TIMES or w in PLACE_WORDS), default=-1
            )
            if last < 0 or len(name) - last - 1 < 2:
                continue
            name = name[last + 1 :]
            first += last + 1
        before = part[first - 1].lower() if first else ""
        after = part[end].lower() if end < len(part) else ""
        if (
            (before in DETERMINERS and before not in ("his", "her", "their"))
            or before in PREPOSITIONS
            or led_by in PREPOSITIONS
            or before in ("&", "and")
        ):
            continue
        if (
            after
            and after not in PREPOSITIONS
            and after not in CONJUNCTIONS
            and after not in ("himself", "herself", "jr", "(")
            and after not in _MODIFIED_BY
        ):
            # "Twitter spokesman": a name that only says whose the spokesman is.
            continue
        if first and part[first - 1].islower() and before in ORGANIZATION_WORDS:
            continue  # "the medical charity Red Lantern"
        roled = bool(titles) or (first > 0 and part[first - 1].islower() and before not in PREPOSITIONS)
        if len(name) >= 2 or ((roled or single_allowed) and len(name) == 1):
            if len(name) == 1 and not titles and not surname_like(name[0]):
                continue
            if len(name) == 1 and not roled and (name[0].isupper() or after or len(name[0]) < _NAME_CHARS):
                continue
            if len(name) > 4:
                continue
            best = (first, end)
            text = " ".join(name)
            return re.sub(r"['’]$", "", text), tuple(titles + [before] * roled if before else titles)
    del best
    return None


def _capital(word: str) -> bool:
    return (
        word[0].isupper()
        and (len(word) > 1 or word.isalpha())
        and word not in ("The", "A", "An", "One", "Two", "His", "Her", "Its", "Their", "Some", "Our")
    )


def _head(words: list[str], lower: list[str]) -> tuple[str, str]:
    """The head noun: the last word before the first preposition, relative clause, modifier or comma."""
    end = len(words)
    for i, word in enumerate(lower):
        if i and (word in PREPOSITIONS or word in _MODIFIED_BY or word == "," or word in RELATIVES or word == "("):
            end = i
            break
    if not end:
        return "", ""
    if end > 1 and lower[end - 1] in ("others",) and "and" in lower[:end]:
        end -= 2
    # "two senior people with", "one of the people": the head of "one of the X" is X.
    if (
        lower[:end]
        and lower[end - 1] in ("one", "two", "three", "some", "many", "several", "most", "all", "both")
        and end < len(words)
        and lower[end] == "of"
    ):
        return _head(words[end + 1 :], lower[end + 1 :]) if end + 1 < len(words) else (lower[end - 1], words[end - 1])
    return lower[end - 1].removesuffix("'s"), words[end - 1]
