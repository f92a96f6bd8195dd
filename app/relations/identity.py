"""Who did what to whom: swapped roles, another agent for the same deed, namesakes."""

from dataclasses import dataclass
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


def _party(tokens: list[Word], eligible: frozenset[str]) -> list[Word]:
    """The nearest eligible noun or name with what stands next to it ("Hadrun's army"); `tokens` run outward from the verb."""
    for at, word in enumerate(tokens):
        if word.content and word.stem in eligible and word.stem not in _TITLES and word.stem not in _DAYS:
            group = [word]
            for further in tokens[at + 1 :]:
                if further.stem in _DAYS or not further.content or not (_possessed(group[-1], further) or (word.name and further.name)):
                    break
                group.append(further)
            return group
    return []


def _possessed(one: Word, following: Word) -> bool:
    """Whether the two, met in either direction, are owner and owned or name and noun: "Hadrun's army", "the Saro marathon"."""
    first, second = sorted((one, following), key=lambda word: word.index)
    return first.text.endswith(("'s", "’s", "s'", "s’")) or (first.name and second.text.islower() and not second.text.endswith("ed"))


def _clause(reading: Reading, at: int) -> tuple[list[Word], list[Word]]:
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


def _apart(verb: Word, party: list[Word]) -> int:
    return min(abs(word.index - verb.index) for word in party)


def _span(party: list[Word]) -> Span | None:
    return Span(min(w.span.start_char for w in party), max(w.span.end_char for w in party)) if party else None


def deed(reading: Reading, verb: Word, eligible: frozenset[str]) -> Deed:
    """Agents and patients of a verb among the eligible stems; nearest first on each side."""
    before, after = _clause(reading, verb.index)
    near_before, near_after = _party(before, eligible), _party(after, eligible)
    if any(w.text.lower() in _BE for w in before[:3]) and not verb.text.lower().endswith("ing"):
        # Without "by" a passive names nobody who did it: "were injured in the landslide".
        by = next((at for at, w in enumerate(after[:6]) if w.text.lower() == "by"), None)
        near_before, near_after = _party(after[by:], eligible) if by is not None else [], near_before
    side = _DEED.get(verb.stem)
    if side is not None and side[2] == 1 and verb.text.lower() not in ("hit",):
        near_before, near_after = near_after, near_before
    cleft = _is_cleft(before)
    agent, patient = near_before, near_after
    return Deed(
        verb,
        frozenset(w.stem for w in agent),
        frozenset(w.stem for w in patient),
        _span(agent),
        _span(patient),
        cleft,
        any(_apart(verb, party) > _REACH_OF_VERB for party in (agent, patient) if party),
    )


def _is_cleft(before: list[Word]) -> bool:
    """Whether "It was X who" stands before a verb; `before` runs outward from it."""
    low = [w.text.lower() for w in before]
    pronoun = next((at for at, word in enumerate(low[:3]) if word in ("who", "that", "which")), None)
    return pronoun is not None and any(one in ("was", "is") and two == "it" for one, two in pairwise(low[pronoun:]))


def _is_verb(reading: Reading, word: Word) -> bool:
    """Whether a word can be the verb of a deed: nothing that makes a noun of it stands before it."""
    before = reading.tokens[word.index - 1] if word.index else None
    return before is None or before.text.lower() not in _NOUN_MARKERS


def _after_be(reading: Reading, word: Word) -> bool:
    """Whether a form of "be" makes a verb of the word for sure: "were arrested"."""
    return word.index > 0 and reading.tokens[word.index - 1].text.lower() in _BE


def _same_deed(a: Word, b: Word) -> bool:
    if a.stem == b.stem:
        return True
    da, db = _DEED.get(a.stem), _DEED.get(b.stem)
    return da is not None and db is not None and da[1] == db[1]


class RoleComparator:
    """The same two parties in the same deed, roles swapped or kept."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where agent and patient change places, agrees where both keep theirs; None where no deed joins two shared parties."""
        ra, rb = read(a), read(b)
        shared = ra.stems & rb.stems
        # The same words throughout: who stands where is all that can differ.
        alike = len(shared) >= _ALIKE_WORDS and len(ra.stems ^ rb.stems) <= 1
        found: list[tuple[bool, bool, float, Finding]] = []
        for va in ra.tokens:
            if not va.content or va.name or va.stem in _TITLES:
                continue
            for vb in rb.tokens:
                if not vb.content or vb.name or not _same_deed(va, vb) or not (_is_verb(ra, va) and _is_verb(rb, vb)):
                    continue
                eligible = shared - {va.stem, vb.stem}
                da, db = deed(ra, va, eligible), deed(rb, vb, eligible)
                if not (da.agents and da.patients and db.agents and db.patients) or da.agents == da.patients or da.far or db.far:
                    continue
                spans = (da.agent_span or va.span, db.agent_span or vb.span)
                known = va.stem in _DEED
                named = all(party & (ra.names | rb.names) for party in (da.agents, da.patients))
                if not (named or known or alike) or va.stem in SYMMETRIC:
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
    for va in (w for w in ra.tokens if w.stem in _EXCLUSIVE and not w.name):
        for vb in (w for w in rb.tokens if w.stem == va.stem and not w.name):
            da, db = deed(ra, va, ra.stems - {va.stem}), deed(rb, vb, rb.stems - {vb.stem})
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
    best: tuple[float, Finding] | None = None
    for va in ra.tokens:
        for vb in rb.tokens:
            if not (va.content and vb.content) or va.name or vb.name or va.stem != vb.stem:
                continue
            if not (_is_verb(ra, va) and _is_verb(rb, vb)):
                continue
            da, db = deed(ra, va, ra.stems - {va.stem}), deed(rb, vb, rb.stems - {vb.stem})
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


def namesakes(a: Reading, b: Reading) -> bool:
    """Whether one surname stands for different people: different given names before it ("Pavel Dorn", "Stefan Dorn")."""
    given_a, given_b = _given(a), _given(b)
    return any(given_a[s] and given_b[s] and not _compatible(given_a[s], given_b[s]) for s in sorted(given_a.keys() & given_b.keys()))


def _given(reading: Reading) -> dict[str, frozenset[str]]:
    given: dict[str, set[str]] = {}
    for left, right in zip(reading.tokens, reading.tokens[1:], strict=False):
        if right.name and left.text[:1].isupper() and not left.stop and left.stem not in _TITLES and not left.mark and not left.number:
            given.setdefault(right.stem, set()).add(left.text.lower())
    return {surname: frozenset(names) for surname, names in given.items()}


def _compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    return any((x[0] == y[0] and (len(x) == 1 or len(y) == 1)) or x == y for x in one for y in other)
