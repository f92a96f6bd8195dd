"""Who did what to whom: swapped roles, another agent for the same deed, namesakes."""

from dataclasses import dataclass

from app.articles.document import Span
from app.relations.finding import Finding, Verdict
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
_NAMESAKE_GAP = 3  # tokens between the parts of one name at most


@dataclass(frozen=True)
class Deed:
    """One clause boiled down: the deed's stem, who stands before it and who after, passives already turned round."""

    verb: Word
    agents: frozenset[str]
    patients: frozenset[str]
    agent_span: Span | None
    patient_span: Span | None
    cleft: bool


_DAYS = frozenset(
    stem(w)
    for w in each_word(
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
        november december"""
    )
)


def _party(tokens: list[Word], eligible: frozenset[str]) -> list[Word]:
    """The nearest eligible noun or name, a name with all its parts; `tokens` run outward from the verb. Empty for none."""
    for at, word in enumerate(tokens):
        if word.content and word.stem in eligible and word.stem not in _TITLES and word.stem not in _DAYS:
            group = [word]
            for further in tokens[at + 1 :]:
                if not (word.name and further.name and further.stem not in _DAYS):
                    break
                group.append(further)
            return group
    return []


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


def _span(party: list[Word]) -> Span | None:
    return Span(min(w.span.start_char for w in party), max(w.span.end_char for w in party)) if party else None


def deed(reading: Reading, verb: Word, eligible: frozenset[str]) -> Deed:
    """Agents and patients of a verb among the eligible stems; nearest first on each side."""
    before, after = _clause(reading, verb.index)
    near_before, near_after = _party(before, eligible), _party(after, eligible)
    passive = any(w.text.lower() in _BE for w in before[:3]) and any(w.text.lower() == "by" for w in after[:6])
    if passive:
        by = next(i for i, w in enumerate(after) if w.text.lower() == "by")
        near_before, near_after = _party(after[by:], eligible), near_before
    side = _DEED.get(verb.stem)
    if side is not None and side[2] == 1 and verb.text.lower() not in ("hit",):
        near_before, near_after = near_after, near_before
    cleft = any(w.text.lower() in ("it", "that") for w in before) and any(w.text.lower() in ("who", "that", "which") for w in before[:4])
    agent, patient = near_before, near_after
    return Deed(
        verb,
        frozenset(w.stem for w in agent),
        frozenset(w.stem for w in patient),
        _span(agent),
        _span(patient),
        cleft,
    )


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
        found: list[tuple[bool, float, Finding]] = []
        for va in ra.tokens:
            if not va.content or va.name or va.stem in _TITLES:
                continue
            for vb in rb.tokens:
                if not vb.content or vb.name or not _same_deed(va, vb):
                    continue
                eligible = shared - {va.stem, vb.stem}
                da, db = deed(ra, va, eligible), deed(rb, vb, eligible)
                if not (da.agents and da.patients and db.agents and db.patients) or da.agents == da.patients:
                    continue
                spans = (da.agent_span or va.span, db.agent_span or vb.span)
                known = va.stem in _DEED
                named = (da.agents | da.patients) <= (ra.names | rb.names)
                if not (named or known):
                    continue
                base = (0.9 if named else 0.5) * (1.0 if known else 0.8)
                if da.agents & db.agents and da.patients & db.patients:
                    detail = f'both have "{spans[0].of(a.text)}" as the one who did it'
                    found.append((True, base, Finding(ReasonType.IDENTITY, Verdict.AGREE, *spans, detail, base)))
                elif da.agents & db.patients and da.patients & db.agents:
                    detail = f'"{spans[0].of(a.text)}" against "{spans[1].of(b.text)}" as the one who did it: the roles are swapped'
                    found.append((False, base, Finding(ReasonType.IDENTITY, Verdict.PART, *spans, detail, base)))
        if not found:
            return None
        return max(found, key=lambda f: (f[0], f[1], f[2].a_span.start_char + f[2].b_span.start_char))[2]


class AgentComparator:
    """One deed ascribed to two different parties by a cleft: "It was X who called first" against "It was Y who ..."."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where a cleft names the agent of a deed and the other names another; None without a cleft."""
        ra, rb = read(a), read(b)
        best: tuple[float, Finding] | None = None
        for va in ra.tokens:
            for vb in rb.tokens:
                if not (va.content and vb.content) or va.name or vb.name or va.stem != vb.stem:
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
