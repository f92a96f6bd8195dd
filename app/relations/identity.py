"""Who did what to whom: swapped roles, another agent for the same deed, namesakes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.articles.document import Span
from app.relations.finding import Finding, Verdict
from app.relations.frame import SYMMETRIC
from app.relations.rarity import rarity
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.words import Word, each_word, stem

# Verbs that say one deed from its two sides; the second set names it from the patient's.
_CONVERSE = [
    ("beat defeat overcome topple trounce edge best", "lose concede"),
    ("sell supply", "buy purchase acquire"),
    ("lend", "borrow"),
    ("telephone call ring phone", "field"),
    ("hit ram strike", "hit"),
    ("sue", "sued"),
    ("employ hire", "joined"),
]
_DEED = {stem(v): ("converse", i, side) for i, pair in enumerate(_CONVERSE) for side, verbs in enumerate(pair) for v in verbs.split()}
_BE = frozenset(
    each_word(
        """
    is are was were be been being got
    """
    )
)
_TITLES = frozenset(
    stem(w)
    for w in each_word(
        """
    president minister prime chancellor king queen prince princess pope senator governor mayor judge general colonel captain
    major lieutenant sergeant inspector superintendent detective officer constable professor doctor dr mr mrs ms sir lady lord
    dame bishop councillor councilwoman deputy chief secretary ambassador envoy commissioner chairman chairwoman chair director
    manager coach forward defender winger
    """
    )
)
# How many clauses are kept between pairs, one a verb: those of the statements of a batch. Bounds the memory, at about 50 MB.
_CLAUSES_KEPT = 32768
_ALIKE_WORDS = 3
_NOUN_MARKERS = frozenset(each_word("the a an this that these those of its his her their our my your no any every each"))
_REACH_OF_VERB = 6  # tokens between a verb and a party named beside it at most
# Deeds that only one can have done to one object.
_EXCLUSIVE = frozenset(
    stem(v) for v in each_word("win found assassinate murder invent compose write paint discover topple succeed replace")
)


@dataclass(frozen=True)
class Deed:
    """One clause boiled down: the deed's stem, who stands before it and who after, passives already turned round.

    `far`: a party stands so far off that it may belong to another verb.
    """

    verb: Word
    agents: frozenset[str]
    patients: frozenset[str]
    agent_span: Span | None
    patient_span: Span | None
    cleft: bool
    far: bool


_DAYS = frozenset(
    stem(w)
    for w in each_word(
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
        november december"""
    )
)


@dataclass(frozen=True, slots=True)
class _Party:
    """A noun or name with what stands next to it ("Hadrun's army"); `words_off`: how far from the verb it stands at the nearest."""

    stems: frozenset[str]
    span: Span
    words_off: int


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The words on one side of a verb, running outward from it; `parties`: the places of those that may be a party, with their stems,
    which are `stems`.
    """

    verb: Word
    words: Sequence[Word]
    parties: tuple[tuple[str, int], ...]
    stems: frozenset[str]

    @classmethod
    def of(cls, verb: Word, words: Sequence[Word]) -> "_Side":
        """The side that these words make."""
        may = ((word.stem, at) for at, word in enumerate(words) if word.content and word.stem not in _TITLES)
        parties = tuple((stem_, at) for stem_, at in may if stem_ not in _DAYS)
        return cls(verb, words, parties, frozenset(stem_ for stem_, _ in parties))

    def party(self, eligible: frozenset[str]) -> _Party | None:
        """The nearest eligible noun or name with what stands next to it; None when none stands here."""
        for stem_, at in self.parties:
            if stem_ in eligible:
                return _party(self, at)
        return None


@lru_cache(maxsize=_CLAUSES_KEPT)
def _party(side: _Side, at: int) -> _Party:
    word = side.words[at]
    group = [word]
    for further in side.words[at + 1 :]:
        if further.stem in _DAYS or not further.content or not (_possessed(group[-1], further) or (word.name and further.name)):
            break
        group.append(further)
    span = Span(min(w.span.start_char for w in group), max(w.span.end_char for w in group))
    return _Party(frozenset(w.stem for w in group), span, min(abs(w.index - side.verb.index) for w in group))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb's clause: on which side its agents stand, on which its patients, passives turned round; and whether it is a cleft."""

    agents: _Side
    patients: _Side
    cleft: bool


def _possessed(one: Word, following: Word) -> bool:
    """Whether the two, met in either direction, are owner and owned or name and noun: "Hadrun's army", "the Saro marathon"."""
    first, second = sorted((one, following), key=lambda word: word.index)
    return first.text.endswith(("'s", "’s", "s'", "s’")) or (first.name and second.text.islower() and not second.text.endswith("ed"))


def _around(reading: Reading, at: int) -> tuple[list[Word], list[Word]]:
    before: list[Word] = []
    for word in reversed(reading.tokens[:at]):
        if (word.mark and word.text in ";:.!?") or len(before) > 12:
            break
        before.append(word)
    after: list[Word] = []
    for word in reading.tokens[at + 1 :]:
        if (word.mark and word.text in ";:.!?") or len(after) > 12:
            break
        after.append(word)
    return before, after


@lru_cache(maxsize=_CLAUSES_KEPT)
def _clause(reading: Reading, at: int) -> _Clause:
    verb = reading.tokens[at]
    before, after = _around(reading, at)
    agents, patients = _Side.of(verb, before), _Side.of(verb, after)
    if any(w.low in _BE for w in before[:3]) and not verb.low.endswith("ing"):
        # Without "by" a passive names nobody who did it: "were injured in the landslide".
        by = next((at for at, w in enumerate(after[:6]) if w.low == "by"), None)
        agents, patients = _Side.of(verb, after[by:] if by is not None else []), agents
    side = _DEED.get(verb.stem)
    if side is not None and side[2] == 1 and verb.low not in ("hit",):
        agents, patients = patients, agents
    return _Clause(agents, patients, _is_cleft(before))


def deed(reading: Reading, verb: Word, eligible: frozenset[str]) -> Deed:
    """Agents and patients of a verb among the eligible stems; nearest first on each side."""
    clause = _clause(reading, verb.index)
    agent, patient = clause.agents.party(eligible), clause.patients.party(eligible)
    return Deed(
        verb,
        agent.stems if agent else frozenset(),
        patient.stems if patient else frozenset(),
        agent.span if agent else None,
        patient.span if patient else None,
        clause.cleft,
        any(party.words_off > _REACH_OF_VERB for party in (agent, patient) if party),
    )


def _between(reading: Reading, verb: Word, eligible: frozenset[str]) -> bool:
    """Whether eligible parties stand on both sides of a verb."""
    clause = _clause(reading, verb.index)
    return not (eligible.isdisjoint(clause.agents.stems) or eligible.isdisjoint(clause.patients.stems))


@lru_cache(maxsize=_CLAUSES_KEPT)
def _own_deed(reading: Reading, at: int) -> Deed:
    """The deed of the verb at a place, among all parties that its own statement names."""
    verb = reading.tokens[at]
    return deed(reading, verb, reading.stems - {verb.stem})


def _is_cleft(before: list[Word]) -> bool:
    """Whether "It was X who" stands before a verb; `before` runs outward from it."""
    low = [w.low for w in before]
    pronoun = next((at for at, word in enumerate(low[:3]) if word in ("who", "that", "which")), None)
    return pronoun is not None and any(one in ("was", "is") and two == "it" for one, two in pairwise(low[pronoun:]))


def _is_verb(reading: Reading, word: Word) -> bool:
    """Whether a word can be the verb of a deed: nothing that makes a noun of it stands before it."""
    before = reading.tokens[word.index - 1] if word.index else None
    return before is None or before.low not in _NOUN_MARKERS


def _after_be(reading: Reading, word: Word) -> bool:
    """Whether a form of "be" makes a verb of the word for sure: "were arrested"."""
    return word.index > 0 and reading.tokens[word.index - 1].low in _BE


def _deed_of(verb: Word) -> str | int:
    """What verbs of one deed share: their stem, or the number of their converse pair ("beat", "lost to")."""
    known = _DEED.get(verb.stem)
    return verb.stem if known is None else known[1]


@lru_cache(maxsize=16384)
def _verbs(reading: Reading) -> dict[str | int, tuple[Word, ...]]:
    """The words that can be the verb of a deed, in order, by what verbs of one deed share."""
    found: dict[str | int, list[Word]] = {}
    for word in reading.tokens:
        if word.content and not word.name and _is_verb(reading, word):
            found.setdefault(_deed_of(word), []).append(word)
    return {key: tuple(verbs) for key, verbs in found.items()}


@lru_cache(maxsize=16384)
def _clefts(reading: Reading) -> frozenset[str]:
    """Stems of the verbs behind an "It was X who"; empty for a statement without those words."""
    if not any(word.low == "it" for word in reading.tokens):
        return frozenset()
    return frozenset(verb.stem for verbs in _verbs(reading).values() for verb in verbs if _clause(reading, verb.index).cleft)


@lru_cache(maxsize=16384)
def _exclusives(reading: Reading) -> tuple[Word, ...]:
    """The words of deeds that only one can have done, in order."""
    return tuple(w for w in reading.tokens if w.stem in _EXCLUSIVE and not w.name)


class RoleComparator:
    """The same two parties in the same deed, roles swapped or kept."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where agent and patient change places, agrees where both keep theirs; None where no deed joins two shared parties."""
        ra, rb = read(a), read(b)
        verbs_a, verbs_b = _verbs(ra), _verbs(rb)
        both = verbs_a.keys() & verbs_b.keys()
        if not both:
            return None
        shared = ra.stems & rb.stems
        # The same words throughout: who stands where is all that can differ.
        alike = len(shared) >= _ALIKE_WORDS and len(ra.stems ^ rb.stems) <= 1
        found: list[tuple[bool, bool, float, Finding]] = []
        for va in _in_order(verb for key in both for verb in verbs_a[key]):
            if va.stem in _TITLES or va.stem in SYMMETRIC:
                continue
            for vb in verbs_b[_deed_of(va)]:
                eligible = shared - {va.stem, vb.stem}
                if not eligible:
                    continue
                if not (_between(ra, va, eligible) and _between(rb, vb, eligible)):
                    continue
                da, db = deed(ra, va, eligible), deed(rb, vb, eligible)
                if not (da.agents and da.patients and db.agents and db.patients) or da.agents == da.patients or da.far or db.far:
                    continue
                spans = (da.agent_span or va.span, db.agent_span or vb.span)
                known = va.stem in _DEED
                named = all(party & (ra.names | rb.names) for party in (da.agents, da.patients))
                if not (named or known or alike):
                    continue
                sure = _after_be(ra, va) or _after_be(rb, vb)
                base = (0.9 if named else 0.8 if alike else 0.5) * (1.0 if known or alike else 0.8)
                if da.agents & db.agents and da.patients & db.patients:
                    detail = f'both have "{spans[0].of(a.text)}" as the one who did it'
                    found.append((sure, True, base, Finding(ReasonType.IDENTITY, Verdict.AGREE, *spans, detail, base)))
                elif da.agents & db.patients and da.patients & db.agents:
                    detail = f'"{spans[0].of(a.text)}" against "{spans[1].of(b.text)}" as the one who did it: the roles are swapped'
                    found.append((sure, False, base, Finding(ReasonType.IDENTITY, Verdict.PART, *spans, detail, base)))
        if not found:
            return None
        return max(found, key=lambda f: (*f[:3], f[3].a_span.start_char + f[3].b_span.start_char))[3]


class AgentComparator:
    """One deed ascribed to two different parties: by a cleft ("It was X who called first"), or where only one can have done it."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where the agent of such a deed is another one here than there; None without such a deed."""
        return _cleft(a, b) or _exclusive(a, b)


def _exclusive(a: Statement, b: Statement) -> Finding | None:
    """The same prize, victim or work with two names for who won, killed or made it."""
    ra, rb = read(a), read(b)
    if ra.other_one or rb.other_one:
        return None
    for va in _exclusives(ra):
        for vb in (w for w in _exclusives(rb) if w.stem == va.stem):
            da, db = _own_deed(ra, va.index), _own_deed(rb, vb.index)
            objects = da.patients & db.patients
            if not (da.agent_span and db.agent_span and objects) or da.agents & rb.stems or db.agents & ra.stems:
                continue
            if not (da.agents <= ra.names and db.agents <= rb.names) or va.index in ra.negated or vb.index in rb.negated:
                continue
            if ra.ordinals != rb.ordinals or ra.years != rb.years:
                continue
            weight = min(1.0, 0.5 + sum(sorted(rarity(s) for s in objects)) / 3.0)
            detail = f'"{da.agent_span.of(a.text)}" against "{db.agent_span.of(b.text)}" as the one who did it'
            return Finding(ReasonType.IDENTITY, Verdict.PART, da.agent_span, db.agent_span, detail, weight)
    return None


def _cleft(a: Statement, b: Statement) -> Finding | None:
    ra, rb = read(a), read(b)
    clefts = _clefts(ra) | _clefts(rb)
    if not clefts:
        return None
    verbs_a, verbs_b = _verbs(ra), _verbs(rb)
    best: tuple[float, Finding] | None = None
    for va in _in_order(verb for key in verbs_a.keys() & verbs_b.keys() for verb in verbs_a[key] if verb.stem in clefts):
        for vb in verbs_b[_deed_of(va)]:
            if va.stem != vb.stem:
                continue
            da, db = _own_deed(ra, va.index), _own_deed(rb, vb.index)
            if (
                not (da.cleft or db.cleft)
                or not (da.agent_span and db.agent_span)
                or (da.agents & rb.stems and not db.cleft)
                or (db.agents & ra.stems and not da.cleft)
            ):
                continue
            if da.agents & db.agents:
                continue
            rest = (ra.stems & rb.stems) - da.agents - db.agents - {va.stem}
            weight = min(1.0, 0.4 + sum(sorted(rarity(s) for s in rest)) / 4.0)
            detail = f'"{da.agent_span.of(a.text)}" against "{db.agent_span.of(b.text)}" as the one who did it'
            finding = Finding(ReasonType.IDENTITY, Verdict.PART, da.agent_span, db.agent_span, detail, weight)
            if best is None or weight > best[0]:
                best = (weight, finding)
    return best[1] if best else None


def _in_order(found: Iterable[Word]) -> list[Word]:
    return sorted(found, key=lambda word: word.index)


def namesakes(a: Reading, b: Reading) -> bool:
    """Whether one surname stands for different people: different given names before it ("Pavel Dorn", "Stefan Dorn")."""
    given_a, given_b = _given(a), _given(b)
    return any(given_a[s] and given_b[s] and not _compatible(given_a[s], given_b[s]) for s in sorted(given_a.keys() & given_b.keys()))


@lru_cache(maxsize=16384)
def _given(reading: Reading) -> dict[str, frozenset[str]]:
    given: dict[str, set[str]] = {}
    for left, right in zip(reading.tokens, reading.tokens[1:], strict=False):
        if right.name and left.text[:1].isupper() and not left.stop and left.stem not in _TITLES and not left.mark and not left.number:
            given.setdefault(right.stem, set()).add(left.low)
    return {surname: frozenset(names) for surname, names in given.items()}


def _compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    return any((x[0] == y[0] and (len(x) == 1 or len(y) == 1)) or x == y for x in one for y in other)
