"""Who is who in one article: persons by their full names, unnamed speakers by their fullest mention, what "she" stands for.

Wrong is worse than open: whatever has two answers has none.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from app.articles.document import Document
from app.claims.claim import LinkKind
from app.claims.lexicon import (
    ADVERBS,
    ANAPHORIC_NOUNS,
    ANAPHORIC_ORGANIZATIONS,
    CONJUNCTIONS,
    DETERMINERS,
    FEMININE,
    FIRST_NAMES,
    GENDERED_ROLES,
    MASCULINE,
    ORGANIZATION_WORDS,
    PLACE_WORDS,
    PLURAL,
    PREPOSITIONS,
    SUBORDINATORS,
    TIMES,
    TITLES,
)
from app.claims.passages import story
from app.claims.places import places
from app.claims.speakers import MONTH_NAMES, Described, describe
from app.claims.subjects import named_in
from app.claims.surnames import acts_alone, full_names, institution, surname_like

_NAME = re.compile(
    r"\b[A-ZÀ-ÞŠŽŁ][\w’'-]*[\w](?:\s(?:(?:de|van|von|der|del|bin|al|el|ibn)\s)?(?:[A-Z]\.\s)?[A-ZÀ-ÞŠŽŁ][\w’-]*\w(?<!['’]s)){1,3}"
)
_EVIDENCE_AFTER = re.compile(r"\s?,\s(?:who|whose|\d{1,3},|an?\s|the\s|formerly\s|\w+['’]s\s)|\s\(|\s(?:said|says|told|added|wrote|who)\b")
_POSSESSIVE = re.compile(r"(his|her|their|its)\s+(.+)", re.IGNORECASE)
_PARTITIVE = re.compile(
    r"(one|two|three|four|some|several|both|most|many|another)(?:\s+of\s+(them|the\s+\w+|those\s+\w+|these\s+\w+))?", re.IGNORECASE
)
_OF_PLACE = re.compile(r"\sof\s(?:the\s)?[A-Z][\w-]+")
_PART_OF = re.compile(r"(?:one|two|three|four|some|several|the other|the others|another|both|most|many) of (?!them)")
# What stands in passing behind a name: "Ravn, emerging from the hall", "Ravn, the chair of the board".
_APPOSITION = re.compile(r"\s(?:--|—|–|-)\s|\s\(|\sof\s(?=[A-Z])|,\s(?=\w+ing\b|\d|(?:an?|the|then|now|once|formerly|himself|herself)\s)")
_BEFORE_RELATIVE = re.compile(r"^.*[.,;:“”\"]\s(?=.)|,?\s$", re.DOTALL)
_NO_NAME_STARTS = (PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | DETERMINERS | ADVERBS) - {"will", "long"}
# How many paragraphs back a pronoun reaches for its speaker. Source: PolNeAR train, sources that are pronouns.
_PRONOUN_PARAGRAPHS = 2


@dataclass
class Person:
    """A person named in full somewhere in the article; `titles` are the titles and roles seen with the name."""

    name: str
    gender: str = ""
    titles: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        return self.name.split()[-1].lower()


@dataclass(frozen=True)
class Speaker:
    """Whom a source stands for. `name` is None where that is not clear; `anaphoric` when it points back at an earlier mention."""

    kind: LinkKind
    name: str | None
    anaphoric: bool
    head: str = ""
    plural: bool = False
    gender: str = ""


@dataclass(frozen=True)
class _Spoken:
    speaker: Speaker
    at: int
    paragraph: int


class Cast:
    """The people, offices and unnamed sources of one document, in the order in which they speak."""

    def __init__(self, document: Document):
        self._text = document.text
        self._persons: dict[str, Person] = {}
        self._spoken: list[_Spoken] = []
        self._sentences = story(document)
        self._starts = [s.span.start_char for s in self._sentences]
        self._organizations: list[tuple[str, int]] = []
        self._runs: set[str] = set()
        self._read_names()

    def _read_names(self) -> None:
        text = self._text
        for sentence in self._sentences:
            for match in _NAME.finditer(text, sentence.span.start_char, sentence.span.end_char):
                self._read_name(match.group(), match.start(), match.end())
        for match in re.finditer(r"\b(Mr|Mrs|Ms|Miss)\b\.?\s([A-Z][\w’'-]*\w)", text):
            surname = re.sub(r"['’]s$", "", match.group(2)).lower()
            same = [p for p in self._persons.values() if p.surname == surname]
            if len(same) == 1 and not same[0].gender:
                same[0].gender = TITLES[match.group(1).lower()]
        namesakes = Counter(person.surname for person in self._persons.values())
        for person in self._persons.values():
            if namesakes[person.surname] > 1:
                person.mentions = list(places(text, person.name))
            else:
                person.mentions = list(places(text, person.name.split()[-1], whole=True))

    def _read_name(self, run: str, start: int, end: int) -> None:
        words = run.split()
        lead: list[str] = []
        while words and (words[0].lower().rstrip(".") in TITLES or words[0].lower() in _NO_NAME_STARTS):
            lead.append(words.pop(0).lower().rstrip("."))
        lower = [w.lower() for w in words]
        if len(words) > 1:
            self._runs.add(" ".join(words))
        if any(w in ORGANIZATION_WORDS for w in lower) or any(w.endswith(("'s", "’s")) for w in lower):
            if lower and not any(w.endswith(("'s", "’s")) for w in lower):
                of_place = _OF_PLACE.match(self._text, end)
                self._organizations.append((" ".join(words) + (of_place.group() if of_place else ""), start))
            return
        named = lower[:-1] if lower and lower[-1] in MONTH_NAMES and (lead or lower[0] in FIRST_NAMES) else lower
        named = named[1:] if named and named[0] in MONTH_NAMES else named
        if len(words) < 2 or any(w in TIMES or w in PLACE_WORDS for w in named):
            return
        before = re.search(r"([\w-]+),?\s$", self._text[max(0, start - 24) : start])
        role = before.group(1).lower() if before else ""
        first = lower[0]
        if not (
            any(t in TITLES for t in lead)
            or role in TITLES
            or role in GENDERED_ROLES
            or first in FIRST_NAMES
            or _EVIDENCE_AFTER.match(self._text, end)
        ):
            return
        name = " ".join(words)
        person = self._persons.setdefault(name.lower(), Person(name))
        person.titles.update(t for t in (*lead, role) if t in TITLES)
        tail = self._text[end : end + 50]
        person.gender = person.gender or next(
            (
                g
                for g in (next((TITLES[t] for t in lead if TITLES.get(t)), ""), GENDERED_ROLES.get(role, ""), FIRST_NAMES.get(first, ""))
                if g
            ),
            "",
        )
        said = re.match(r",\s(?:the|a|an|\w+['’]s)\s(?:[\w-]+\s){0,3}?(" + "|".join(GENDERED_ROLES) + r")\b", tail)
        if said and not person.gender:
            person.gender = GENDERED_ROLES[said.group(1)]
        apposed = re.match(r",\s(?!who|said)([^,.]*)", tail)
        for word in re.findall(r"\w+", apposed.group(1))[:6] if apposed else ():
            if word.lower() in TITLES:
                person.titles.add(word.lower())

    def resolve(self, phrase: str, at: int, paragraph: int) -> Speaker:
        """Whom `phrase` (starting at character `at`) stands for, given who was named and who spoke before."""
        plain = phrase.strip(' ,;:“”"').replace("’", "'")
        plain = re.split(r",?\s(?:who|which|whose|speaking|quoted|cited)\b", plain, maxsplit=1)[0] or plain
        if plain in ("that", "which", "That", "Which"):
            return Speaker(describe(_BEFORE_RELATIVE.sub("", self._text[max(0, at - 40) : at])).kind, None, True)
        low = plain.lower()
        if not low.strip():
            return Speaker(LinkKind.ANONYMOUS, None, False)  # marks alone name nobody
        if low in ("he", "she", "him", "her", "they", "them", "it", "who", "i", "we", "himself", "herself"):
            return self._pronoun(low, at, paragraph)
        if low.startswith(("who ", "which ", "whose ", "that ")):
            return Speaker(LinkKind.PERSON if low.startswith("who ") else LinkKind.ORGANIZATION, None, True)
        if possessive := _POSSESSIVE.fullmatch(plain):
            return self._possessed(possessive.group(1).lower(), phrase.strip(" ,;:"), at, paragraph)
        if (part := _PARTITIVE.fullmatch(low)) or low in ("the other", "another", "the others", "the second", "a third", "a second"):
            return self._part(part.group(1) if part else low, part.group(2) if part else None)
        told = describe(phrase)
        if told.kind is LinkKind.PERSON:
            return self._named(told, at)
        if len(plain.split()) <= 3 and (person := self._surname(plain, at)) is not None:
            return person
        bare = _APPOSITION.split(plain, maxsplit=1)[0]
        if told.kind is LinkKind.ORGANIZATION and bare != plain and (person := self._surname(bare, at)) is not None:
            return person
        if told.kind is LinkKind.ORGANIZATION and (person := self._bare_surname(bare)) is not None:
            return person
        if told.kind is LinkKind.ANONYMOUS and (told.definite or not plain.split()[0][0].isupper()):
            return self._unnamed(told, low, at)
        if told.kind is LinkKind.ORGANIZATION:
            return self._organization(told, low, at)
        return Speaker(told.kind, told.name, False, told.head, told.plural)

    def spoke(self, speaker: Speaker, at: int, paragraph: int) -> None:
        """Remembers that `speaker` was the source at character `at`."""
        self._spoken.append(_Spoken(speaker, at, paragraph))

    def _named(self, told: Described, at: int) -> Speaker:
        words = told.name.split()
        if len(words) == 1:
            same = namesakes = self._introduced(words[0].lower(), at)
            if len(same) > 1 and told.gender:
                same = [p for p in same if p.gender in ("", told.gender)]
            if len(same) > 1 and told.titles:
                same = [p for p in same if p.titles & set(told.titles)]
            if len(same) == 1:
                return self._person(same[0], anaphoric=True)
            if namesakes:
                return Speaker(LinkKind.PERSON, None, True, told.head, gender=told.gender)
            return Speaker(LinkKind.PERSON, told.name, False, told.head, gender=told.gender)
        person = self._persons.setdefault(told.name.lower(), Person(told.name, told.gender))
        person.gender = person.gender or told.gender
        person.titles.update(told.titles)
        if not person.mentions:
            person.mentions = [at]
        return self._person(person)

    @staticmethod
    def _person(person: Person, *, anaphoric: bool = False) -> Speaker:
        return Speaker(LinkKind.PERSON, person.name, anaphoric, person.surname, gender=person.gender)

    def _introduced(self, surname: str, at: int) -> list[Person]:
        """The persons of that surname named in full before character `at`, else anywhere."""
        same = [p for p in self._persons.values() if p.surname == surname]
        before = [p for p in same if self._text.find(p.name) <= at]
        return before or same

    def _surname(self, plain: str, at: int) -> Speaker | None:
        words = plain.split()
        titles = [w.lower().rstrip(".") for w in words[:-1]]
        if not words[-1][0].isupper() or any(t not in TITLES for t in titles) or words[-1].lower() in ORGANIZATION_WORDS:
            return None
        same = namesakes = self._introduced(words[-1].lower(), at)
        gender = next((TITLES[t] for t in titles if TITLES.get(t)), "")
        if len(same) > 1 and gender:
            same = [p for p in same if p.gender in ("", gender)]
        if len(same) > 1 and titles:
            same = [p for p in same if p.titles & set(titles)]
        if len(same) > 1 or (namesakes and not same):
            return Speaker(LinkKind.PERSON, None, True, words[-1].lower())
        if same:
            return self._person(same[0], anaphoric=True)
        return Speaker(LinkKind.PERSON, words[-1], False, words[-1].lower(), gender=gender) if titles else None

    def _bare_surname(self, plain: str) -> Speaker | None:
        """ "Ravn called": a person, if one full name of the article ends so or nothing in it tells of a place or an organization.

        The name is the full one where the article has exactly one.
        """
        if not surname_like(plain):
            return None
        full = full_names(self._runs, plain, self._text)
        if not full and (institution(plain, self._text) or (plain.endswith("s") and not acts_alone(plain, self._text))):
            return None
        name = full.pop() if len(full) == 1 else None if full else plain
        return Speaker(LinkKind.PERSON, name, name != plain, plain.lower())

    def _unnamed(self, told: Described, low: str, at: int) -> Speaker:
        """ "the official", "the senior US official": the latest fuller mention; "the senator": the person so titled."""
        if not told.definite:
            return Speaker(told.kind, told.name, False, told.head, told.plural, told.gender)
        if told.head in TITLES and len(low.split()) <= 3:
            titled = [p for p in self._persons.values() if told.head in p.titles and self._text.find(p.name) < at]
            if len(titled) == 1:
                return self._person(titled[0], anaphoric=True)
        singular = told.head.removesuffix("s")
        bare = len(low.split()) <= 2
        mine = [s.speaker for s in self._spoken if s.speaker.kind is LinkKind.ANONYMOUS and s.speaker.name]
        same = [s for s in mine if s.head.removesuffix("s") == singular]
        if told.plural:
            whole = [s for s in same if s.plural]
            if whole and bare:
                return Speaker(told.kind, whole[-1].name, True, told.head, True)
            return Speaker(told.kind, told.name, bool(same), told.head, True)
        if bare:
            if same:
                return Speaker(told.kind, same[-1].name, True, told.head)
            here = self._sentences[max(bisect_left(self._starts, at + 1) - 1, 0)].paragraph
            spoken = [(s.speaker.name, s.paragraph) for s in self._spoken if s.speaker.kind is LinkKind.ANONYMOUS and s.speaker.name]
            names = {name for name, where in spoken if where == here} or {name for name, _ in spoken}
            if told.head in ANAPHORIC_NOUNS and len(names) == 1:
                return Speaker(told.kind, names.pop(), True, told.head)
            return Speaker(told.kind, None, True, told.head)
        return Speaker(told.kind, told.name, bool(same), told.head, told.plural)

    def _organization(self, told: Described, low: str, at: int) -> Speaker:
        """ "the bank" after "the Bank of Calvera"; "the company" only where one was named that can be it."""
        words = low.split()
        if told.definite and len(words) == 2 and words[1].islower():
            titled = [p for p in self._persons.values() if words[1] in p.titles and self._text.find(p.name) < at]
            if words[1] in TITLES and len(titled) == 1:
                return self._person(titled[0], anaphoric=True)
            named = {name for name, where in self._organizations if where < at and words[1] in name.lower().split()}
            named = {re.sub(r"^The ", "", n) for n in named}
            if len(named) == 1:
                return Speaker(LinkKind.ORGANIZATION, named.pop(), True, told.head)
            if words[1] in ANAPHORIC_ORGANIZATIONS:
                return Speaker(LinkKind.ORGANIZATION, None, True, told.head)
        return Speaker(told.kind, told.name, False, told.head, told.plural)

    def _part(self, which: str, of: str | None) -> Speaker:
        """ "one of them", "two of the people", "the other": a part of the unnamed speakers last introduced."""
        noun = of.split()[-1] if of and of != "them" else ""
        plural = which not in ("one", "the other", "another")
        for spoken in reversed(self._spoken):
            whole = spoken.speaker
            if whole.kind is not LinkKind.ANONYMOUS or not whole.name or (noun and whole.head != noun):
                continue
            inside = _PART_OF.match(whole.name)
            if whole.plural or inside:
                return Speaker(
                    LinkKind.ANONYMOUS, f"{which} of {whole.name[inside.end() :] if inside else whole.name}", True, whole.head, plural
                )
        return Speaker(LinkKind.ANONYMOUS, None, True)

    def _possessed(self, pronoun: str, phrase: str, at: int, paragraph: int) -> Speaker:
        owner = self._pronoun({"his": "he", "her": "she", "their": "they", "its": "it"}[pronoun], at, paragraph)
        told = describe("the " + phrase.split(None, 1)[1])
        if told.kind is LinkKind.PERSON:
            return self._named(told, at)
        kind = LinkKind.ORGANIZATION if told.head in ORGANIZATION_WORDS else told.kind
        known = owner.name and owner.kind in (LinkKind.PERSON, LinkKind.ORGANIZATION)
        name = f"{owner.name}'s {phrase.split(None, 1)[1]}" if known else None
        return Speaker(kind, name, True, told.head, told.plural)

    def _pronoun(self, pronoun: str, at: int, paragraph: int) -> Speaker:
        if pronoun in ("i", "we", "who"):
            return Speaker(LinkKind.PERSON, None, True)
        if pronoun in ("it", "they", "them"):
            for spoken in reversed(self._spoken):
                if paragraph - spoken.paragraph > 1:
                    break
                who = spoken.speaker
                fits = (
                    who.plural or who.kind is LinkKind.ORGANIZATION
                    if pronoun in PLURAL
                    else who.kind in (LinkKind.ORGANIZATION, LinkKind.DOCUMENT)
                )
                if fits and who.kind is not LinkKind.PERSON:
                    return Speaker(who.kind, who.name, True, who.head, who.plural)
            return Speaker(LinkKind.ORGANIZATION if pronoun == "it" else LinkKind.ANONYMOUS, None, True, plural=pronoun != "it")
        gender = "m" if pronoun in MASCULINE else "f" if pronoun in FEMININE else ""
        return self._he_or_she(gender, at, paragraph)

    def _he_or_she(self, gender: str, at: int, paragraph: int) -> Speaker:
        """The speaker that goes on, unless a person who fits became the subject since; else the one person who fits."""
        n = bisect_left(self._starts, at + 1) - 1
        fits = [p for p in self._persons.values() if p.gender in ("", gender)]
        latest = next(
            (s for s in reversed(self._spoken) if s.speaker.kind is LinkKind.PERSON or s.speaker.gender == gender),
            None,
        )
        floor = latest.at if latest else -1
        # Subjects of the sentences between, nearest first, this paragraph and the one before.
        for k in range(n - 1, -1, -1):
            sentence = self._sentences[k]
            if paragraph - sentence.paragraph > 1 or sentence.span.end_char <= floor:
                break
            if sentence.span.start_char <= floor < sentence.span.end_char:
                break
            here = sorted((m, p.name) for p in fits for m in p.mentions if sentence.span.start_char <= m < sentence.span.end_char)
            named = named_in(self._text, sentence.span.start_char, sentence.span.end_char, here)
            if named.subject is not None:
                return self._known(next(p for p in fits if p.name == named.subject), gender)
            if latest is None and len(named.others) == 1 and k == n - 1:
                return self._known(next(p for p in fits if p.name in named.others), gender)
            if named.others - {latest.speaker.name if latest else None}:
                return Speaker(LinkKind.PERSON, None, True, gender=gender)
        if latest and paragraph - latest.paragraph <= _PRONOUN_PARAGRAPHS and latest.speaker.gender in ("", gender):
            known = self._persons.get((latest.speaker.name or "").lower())
            if known is not None:
                return self._known(known, gender)
            return Speaker(latest.speaker.kind, latest.speaker.name, True, latest.speaker.head, gender=gender)
        begun = self._starts[n] if n >= 0 else at
        near = {p.name: p for p in fits if any(at - 900 < m < begun for m in p.mentions)}
        sure = [p for p in near.values() if p.gender == gender]
        if len(sure) == 1 or len(near) == 1:
            return self._known((sure or list(near.values()))[0], gender)
        return Speaker(LinkKind.PERSON, None, True, gender=gender)

    def _known(self, person: Person, gender: str) -> Speaker:
        person.gender = person.gender or gender
        return self._person(person, anaphoric=True)
