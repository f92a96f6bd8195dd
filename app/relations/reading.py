"""A statement read once for all comparators: its words, what they negate, and the mood it stands in."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from app.articles.document import Span
from app.claims.certainty import conditional, planned
from app.relations.antonyms import poles_at
from app.relations.rarity import common, exact_rarity
from app.relations.relation import Statement
from app.relations.words import Word, each_word, stem, words

_NEGATORS = frozenset(
    each_word(
        """
    not never no none nobody nothing neither nor without cannot hardly barely scarcely nowhere
    """
    )
)
# Verbs that turn what follows into its opposite.
_TURNERS = frozenset(
    stem(w)
    for w in each_word(
        """
    deny refuse fail decline untrue false disprove refute rebut lack avoid unfounded baseless exclude forget
    """
    )
)
_DENIALS = frozenset(stem(w) for w in each_word("deny untrue false refute rebut unfounded baseless reject dispute"))
# What follows these is somebody's charge, neither affirmed nor denied: "is accused of having planned a coup".
_CHARGES = frozenset(stem(w) for w in each_word("accuse accusation allege allegation charge suspect suspicion rumour rumor"))
_CHARGE_REACH_WORDS = 7
_HEAD_WORDS = 2  # content words behind a negation that it bears on first of all
_REACH_WORDS = 9  # how far a negation reaches at most. Source: clause length in headlines and short reports.
_CLAUSE_MARKS = frozenset(';:.!?—–"“”')
_TURNING_PAIRS = {
    ("rul", "out"),
    ("far", "from"),
    ("no", "longer"),
    ("free", "of"),
    ("instead", "of"),
    ("rather", "than"),
    ("short", "of"),
    ("yet", "to"),
}
_NOT_NEGATING = {
    ("not", "onli"),
    ("not", "just"),
    ("no", "doubt"),
    ("nothing", "but"),
    ("no", "fewer"),
    ("no", "less"),
    ("no", "mor"),
    ("not", "least"),
    ("no", "later"),
    ("not", "fewer"),
    ("not", "mor"),
    ("not", "less"),
}

# Moods that make what follows no event; "could" and "would" are added to what the claims room takes for a condition.
_MODAL = re.compile(r"\b(?:could|would|might|whether|in case|in the event|as long as|unless)\b", re.I)
_OTHER_TIME = re.compile(
    r"\b(?:previous(?:ly)?|earlier\s+(?:this|truce|deal|strike|vote|plan|attempt)|(?:an|the|its|his|her|their)\s+earlier"
    r"|last\s+(?:year|month|season|time|spring|summer|autumn|winter|march|april|may|june|july|january|february|august"
    r"|september|october|november|december)"
    r"|(?:\w+|\d+)\s+(?:years?|decades?|months?)\s+(?:ago|before|earlier)|in\s+(?:19|20)\d\d|former(?:ly)?"
    r"|in\s+the\s+past|before\s+the|once\s+before|the\s+year\s+before|by\s+then|back\s+in|until\s+now|a\s+year\s+earlier"
    r"|in\s+the\s+spring|during\s+last)\b",
    re.I,
)
_OTHER_ONE = re.compile(
    r"\b(?:another|separate(?:ly)?|neighbou?ring|nearby|sister|rival|different|unrelated|across\s+the\s+(?:border|river|bay|strait)"
    r"|elsewhere|predecessor|successor|besides|adjacent|namesake|no\s+relation|not\s+related|counterpart|along\s+the\s+coast|next\s+door"
    r"|opening\s+match|sibling|brother|sister|daughter|son|wife|husband|father|mother|widow|deputy|women's|men's|junior)\b",
    re.I,
)
# Which of a row: "the first leg" is not the second.
_ORDINALS = frozenset(
    stem(w) for w in each_word("first second third fourth fifth sixth seventh eighth ninth tenth opening last final previous next")
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_CHANGE = re.compile(
    r"\b(?:now|since(?!\s+(?:an?|the|last|early|late|mid|\d|(?-i:[A-Z]))(?!(?:\W+\w+){0,7}?\W+(?:was|were|had|has)\b))|any\s?more"
    r"|revis(?:ed?|es|ing)|revers(?:ed?|es|ing)|climbed\s+to|raised\s+(?:\w+\s+){0,4}to|rose\s+to"
    r"|risen\s+to|rises\s+to|grown?\s+(?:from|to)|up\s+from|down\s+from|corrected|correction|amend(?:ed|s)|changed"
    r"|withdr[ae]wn?|overturn(?:ed|s)?|annulled"
    r"|quashed|called\s+off|scrapped|cancelled|canceled|abandoned|dropped|moved\s+(?:\w+\s+){0,5}(?:from|to)"
    r"|brought\s+(?:\w+\s+){0,5}forward|pushed\s+back|put\s+back|postponed|cut\s+(?:\w+\s+){0,6}from|lowered|trimmed"
    r"|restored|reinstated|resumed|no\s+longer|given\s+up|replaced"
    r"|later|after\s+all|backed\s+down|relented|retracted|u-turn|instead|recount(?:ed|s)?|reconsidered|reopened"
    r"|a\s+second\s+time|again|initial(?:ly)?|earlier\s+(?:figure|report|account|statement|date|verdict|ruling|decision)"
    r"|previous(?:ly)?|then|updated|swapped|increased\s+(?:\w+\s+){0,4}to|latest|new(?!\s+(?-i:[A-Z]))|today|fresh|finally"
    r"|by\s+(?:the\s+end|monday|tuesday|wednesday|thursday|friday|saturday|sunday|evening|nightfall))\b",
    re.I,
)
# The half of _CHANGE that hardly ever stands in a first report.
_STRONG_CHANGE = re.compile(
    r"\b(?:(?:has|have|had|was|were)\s+since|since\s+(?:been|revised|changed|then)|revis(?:ed?|es|ing)|revers(?:ed?|es"
    r"|ing)|climbed\s+to|risen\s+to|rose\s+to|rises\s+to|grown\s+(?:from|to)|up\s+from|down\s+from|corrected|amended"
    r"|withdrawn\s+(?:its|his|her|their)|overturned|annulled|quashed|called\s+off"
    r"|now\s+(?:says?|known|puts?|gives?|stands?|at|been|has|have|expects?|plans?|to|in|accepts?|admits?)|(?:is|are|has"
    r"|have|had)\s+now|no\s+longer|relented|retracted|u-turn|after\s+all|changed\s+(?:its|his|her|their)\s+mind"
    r"|backed\s+down|reinstated|a\s+second\s+time|brought\s+forward|pushed\s+back|put\s+back"
    r"|from\s+[\d$€£][^.]{0,30}\s+to\s+[\d$€£])\b",
    re.I,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:not|never|yet)\s+(?:yet\s+)?(?:been\s+)?(?:known|clear|certain|confirmed|established|proven|proved|settled"
    r"|decided|determined|final|been\s+(?:confirmed|established|proven|decided|settled))|unclear|(?<!an\s)(?<!the\s)(?<!by\s)unknown|unproven|unsolved|mystery|riddle|either\s+way"
    r"|unconfirmed|undecided|uncertain|unresolved|unsettled|open\s+question|remains\s+(?:open|to\s+be)|too\s+early"
    r"|cannot\s+(?:yet\s+)?be\s+(?:established|confirmed|said|ruled)|no\s+(?:proof|evidence|final|verdict|decision"
    r"|conclusion|confirmation|certainty|sign)|nobody\s+(?:knows|has\s+(?:yet\s+)?been\s+able)|no\s+one\s+knows|awaited|pending"
    r"|could\s+(?:yet|still|go\s+either)|may\s+or\s+may\s+not|suspicion|jury\s+is\s+still\s+out|does\s+not\s+know"
    r"|do\s+not\s+know|don't\s+know|still\s+(?:open|unclear|unknown|weighing)|(?:has|have|had)\s+yet\s+to|yet\s+to\s+(?:choose|decide|be\s+(?:decided|confirmed|settled)))\b",
    re.I,
)
_SETTLED = re.compile(
    r"\b(?:confirm(?:ed|s)?|certain(?:ly)?|beyond\s+(?:any\s+)?doubt|established|proven|proved|proof|settled"
    r"|definite(?:ly)?|no\s+(?:longer\s+any\s+)?(?:question|doubt|room)|ruled\s+out|cleared|exonerated|identified"
    r"|conclusive(?:ly)?|sealed|final)\b",
    re.I,
)


@dataclass(frozen=True)
class Stance:
    """A word or phrase that takes a pole on an axis of the antonym lexicon; `negated` when a negation reaches it."""

    axis: str
    pole: str
    span: Span
    negated: bool
    index: int


@dataclass(frozen=True, eq=False)
class Reading:
    """What a statement's words tell the comparators. `tokens` leave out its asides (attribution words).

    Two readings are equal only where they are one, so that what follows from one can be kept by it at no cost.

    `negated`: indices under an odd number of negations; `heads`: of those, what is negated first of all (the verb or noun right behind),
    and `lead` the very first of them. `charged`: indices behind a word of accusation. `denies`: a word of denial stands in the text
    itself; `unsettled`: a word of settling is negated. `ordinals`: which of a row is spoken of, with the row's noun ("first", "leg").
    """

    text: str
    tokens: tuple[Word, ...]
    negated: frozenset[int]
    charged: frozenset[int]
    negators: tuple[Span, ...]
    negator_of: tuple[tuple[int, Span], ...]
    heads: frozenset[int]
    lead: frozenset[int]
    denies: bool
    stances: tuple[Stance, ...]
    stems: frozenset[str]
    names: frozenset[str]
    conditional: bool
    planned: bool
    other_time: bool
    other_one: frozenset[str]
    ordinals: frozenset[tuple[str, str]]
    years: frozenset[str]
    change: Span | None
    strong_change: Span | None
    unknown: Span | None
    settled: Span | None
    unsettled: bool

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each token ends, in code points of the text; rising."""
        return tuple(word.span.end_char for word in self.tokens)

    @cached_property
    def rarity(self) -> int:
        """The exact rarities of `stems` added up."""
        return sum(map(exact_rarity, self.stems))

    @cached_property
    def axes(self) -> dict[str, tuple[Stance, ...]]:
        """The stances by axis, in order; none for a text that takes none."""
        found: dict[str, list[Stance]] = {}
        for stance in self.stances:
            found.setdefault(stance.axis, []).append(stance)
        return {axis: tuple(stances) for axis, stances in found.items()}

    def negator(self, index: int) -> Span | None:
        """The nearest negating words over the token with this `index`; None where nothing negates it."""
        return next((span for at, span in reversed(self.negator_of) if at == index), None)


def blank(statement: Statement) -> str:
    """The text with its asides as spaces, so that offsets stay what they are."""
    text = statement.text
    for span in statement.asides:
        text = text[: span.start_char] + " " * (span.end_char - span.start_char) + text[span.end_char :]
    return text


def _negations(tokens: tuple[Word, ...]) -> tuple[dict[int, int], list[Span], list[tuple[int, Span]], set[int], set[int]]:
    count: dict[int, int] = {}
    spans: list[Span] = []
    reached: list[tuple[int, Span]] = []
    heads: set[int] = set()
    lead: set[int] = set()
    for i, word in enumerate(tokens):
        low = word.text.lower().replace("’", "'")
        following = tokens[i + 1].stem if i + 1 < len(tokens) else ""
        last = word
        if (low if low in ("not", "no", "nothing") else word.stem, following) in _NOT_NEGATING:
            continue
        if (low if low in ("no", "far", "free", "short", "instead", "rather", "yet") else word.stem, following) in _TURNING_PAIRS:
            last = tokens[i + 1]
        elif not (low in _NEGATORS or low.endswith("n't") or word.stem in _TURNERS):
            continue
        span = Span(word.span.start_char, last.span.end_char)
        spans.append(span)
        reach = met = 0
        for later in tokens[last.index + 1 :]:
            if later.mark and later.text in _CLAUSE_MARKS:
                break
            if later.text.lower() in ("but", "although", "while", "because", "and") and reach >= 2:
                break
            if later.text == "," and (reach >= 3 or met):
                break
            if not later.mark:
                count[later.index] = count.get(later.index, 0) + 1
                reached.append((later.index, span))
                reach += 1
                if later.content and not later.name and met < _HEAD_WORDS:
                    heads.add(later.index)
                    if not met:
                        lead.add(later.index)
                    met += 1
            if reach >= _REACH_WORDS:
                break
    return count, spans, reached, heads, lead


def _rare_opener(word: Word) -> bool:
    """A capitalised first word that is no common word and has no common ending is most likely a name."""
    low = word.text.lower()
    return (
        word.content
        and word.text[0].isupper()
        and len(low) > 3
        and common(word.stem) == 0
        and not low.endswith(("s", "ing", "ed", "ly", "er", "ers"))
    )


def _where(pattern: re.Pattern[str], text: str) -> Span | None:
    match = pattern.search(text)
    return Span(match.start(), match.end()) if match else None


def _ahead(statement: Statement) -> bool:
    """Whether the matter is dated after the day of publishing ("takes place on 9 June"): that day's own news may be told in its past."""
    published_at = statement.published_at
    return published_at is not None and any(date.bound is None and date.start.date() > published_at.date() for date in statement.dates)


@lru_cache(maxsize=16384)
def read(statement: Statement) -> Reading:
    """Reads a statement; the same statement gives the same Reading, kept for the next pair it stands in."""
    text = blank(statement)
    tokens = words(text)
    count, negators, reached, heads, lead = _negations(tokens)
    negated = frozenset(index for index, times in count.items() if times % 2)
    stances: list[Stance] = []
    taken: set[tuple[str, int]] = set()
    for at in range(len(tokens)):
        for axis, pole, used in poles_at(tokens, at):
            if (axis, at) in taken:
                continue
            taken.update((axis, at + k) for k in range(used))
            span = Span(tokens[at].span.start_char, tokens[at + used - 1].span.end_char)
            inside = any(stem_ in ("not", "no") for stem_ in (tokens[at + k].stem for k in range(used)))
            stances.append(Stance(axis, pole, span, tokens[at].index in negated and not inside, tokens[at].index))
    settled = _where(_SETTLED, text)
    undone = settled is not None and any(w.index in negated and w.span.overlaps(settled) for w in tokens)
    return Reading(
        text=text,
        tokens=tokens,
        negated=negated,
        charged=frozenset(
            later.index
            for word in tokens
            if word.stem in _CHARGES
            for later in tokens[word.index + 1 : word.index + 1 + _CHARGE_REACH_WORDS]
        ),
        negators=tuple(negators),
        negator_of=tuple(reached),
        heads=frozenset(heads) & negated,
        lead=frozenset(lead) & negated,
        denies=any(w.stem in _DENIALS for w in tokens),
        stances=tuple(stances),
        stems=frozenset(w.stem for w in tokens if w.content and len(w.stem) > 1),
        names=frozenset(w.stem for w in tokens if w.name or _rare_opener(w)),
        conditional=conditional(text.strip()) or _MODAL.search(text) is not None,
        planned=planned(text.strip()) or _ahead(statement),
        other_time=_OTHER_TIME.search(text) is not None,
        other_one=frozenset(" ".join(m.group().lower().split()) for m in _OTHER_ONE.finditer(text)),
        ordinals=frozenset((one.stem, noun.stem) for one, noun in pairwise(tokens) if one.stem in _ORDINALS and noun.content),
        years=frozenset(_YEAR.findall(text)),
        change=_where(_CHANGE, text),
        strong_change=_where(_STRONG_CHANGE, text),
        unknown=_where(_UNKNOWN, text),
        settled=settled if not undone else None,
        unsettled=undone,
    )
