"""Figures held against each other, where they count the same thing."""

import re
from functools import lru_cache

from app.claims.claim import Quantity
from app.claims.quantities import admits
from app.claims.units import comparable, to_base
from app.relations.finding import Finding, Verdict
from app.relations.ordering import in_own_order
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.subjects import index_at, nearness
from app.relations.words import each_word, stem, words

_PEOPLE = frozenset(
    stem(w)
    for w in each_word(
        """
    people person man woman child civilian passenger victim worker resident soldier survivor patient customer fan protester
    demonstrator hostage captive prisoner refugee evacuee migrant student pupil employee staff voter member officer miner
    fisherman crew dead death body life casualty toll user household job client policyholder villager tourist pilgrim marcher
    inmate detainee conscript troop
    """
    )
)
# Of all kinds: fewer of one kind are no other count of all.
_ANYBODY = frozenset(stem(w) for w in each_word("people person victim dead death body life casualty toll"))
# What happened to the counted: figures of different fates are different counts.
_FATES = [
    "kill die dead death toll perish body lose fatality claim",
    "injure wound hurt casualty treat",
    "miss unaccounted disappear vanish",
    "arrest detain hold jail imprison custody",
    "rescue save survive survivor pull",
    "evacuate flee displace shelter",
    "release free swap hand exchange",
    "hire recruit employ",
    "sack fire cut redundant lay",
    "scor goal",
    "vot ballot",
    "test infect case sick",
]
_FATE = {stem(w): i for i, row in enumerate(_FATES) for w in row.split()}
# Figures that a sentence mentions beside its own: the value before, the whole of which this is a part, a difference.
_ASIDE = frozenset({"earlier", "whole", "part", "difference"})
# An open end ("at most 288 tonnes") fits anything on its side: from here on that tells nothing. Source: decision.
_OPEN_TIMES = 8.0
# Beside a figure on which both agree, only one that surely counts the same thing parts them. Source: decision.
_PART_BESIDE_FITTING = 0.5
_PARTITIVE = re.compile(r"\s+of\s+(?:the|these|those|its|their|his|her|our|my|them|us)\b\s*(\w*)", re.IGNORECASE)
_SURE_WITHOUT_CONTEXT = 0.7  # with no other word in common only the counted thing itself can vouch for the comparison. Source: decision.
_NO_CONTEXT_SHARE = 0.6
# From about a slipped digit on, and from two slipped digits on. Source: mini-stories.
_TIMES_PLAIN, _TIMES_FAR = 6.0, 15.0
_UNNAMED_MEASURE_WEIGHT = 0.45  # weight of two measures (minutes, miles, euros) whose object is not named. Source: mini-stories.


@lru_cache(maxsize=16384)
def _stems(phrase: str | None) -> frozenset[str]:
    return frozenset(w.stem for w in words(phrase or "") if w.content)


@lru_cache(maxsize=16384)
def _fates(reading: Reading, at: int) -> frozenset[int]:
    return frozenset(_FATE[w.stem] for w in reading.tokens[max(0, at - 6) : at + 8] if w.stem in _FATE)


def sameness(a: Quantity, b: Quantity, ra: Reading, rb: Reading, *, fitting: bool = False) -> float:
    """How surely two quantities count the same thing, 0 (different things or units) to 1.

    `fitting`: the figures fit, so that the whole of which one speaks aside may well be the other's count.
    """
    if not _like_units(a, b) or _rate(a) != _rate(b):
        return 0.0
    if a.event != b.event and (a.event in _ASIDE or b.event in _ASIDE) and not (fitting and {a.event, b.event} & {"whole", "part"}):
        return 0.0
    if not _told_of_both(a, b, ra, rb):
        return 0.0
    of_a, of_b = _stems(a.of), _stems(b.of)
    if of_a & of_b:
        counted = 1.0
    elif of_a & _PEOPLE and of_b & _PEOPLE:
        counted = 0.0 if not fitting and _some_kind_of(a, b, of_a, of_b) else 0.75
    elif of_a and of_b:
        counted = 0.0 if a.unit is None else 0.35
    else:
        counted = 0.4 if a.unit is None else _UNNAMED_MEASURE_WEIGHT
    if not counted:
        return 0.0
    at_a, at_b = index_at(ra, a.span.start_char), index_at(rb, b.span.start_char)
    fates_a, fates_b = _fates(ra, at_a), _fates(rb, at_b)
    if fates_a and fates_b and not fates_a & fates_b:
        return 0.0
    event_a, event_b = _stems(a.event), _stems(b.event)
    if event_a & event_b:
        counted = min(1.0, counted + 0.25)
    around = nearness(ra, at_a, rb, at_b)
    if not around and counted < _SURE_WITHOUT_CONTEXT:
        counted *= _NO_CONTEXT_SHARE
    return counted * (0.4 + 0.6 * around)


def _like_units(a: Quantity, b: Quantity) -> bool:
    """Whether both are plain counts, or measures in units of one dimension."""
    return (a.unit is None) == (b.unit is None) and comparable(a.unit, b.unit)


def _some_kind_of(a: Quantity, b: Quantity, of_a: frozenset[str], of_b: frozenset[str]) -> bool:
    """Whether one counts people of a kind and the other people of all kinds, something befell them, and those of the kind are the fewer."""
    any_a, any_b = bool(of_a & _ANYBODY), bool(of_b & _ANYBODY)
    if any_a == any_b or not (a.event or b.event):
        return False
    kind, everybody = (b, a) if any_a else (a, b)
    return (_middle(kind) or 0.0) <= (_middle(everybody) or 0.0)


def _told_of_both(a: Quantity, b: Quantity, ra: Reading, rb: Reading) -> bool:
    """Whether the same is told of those counted, as far as it must be known: of some of a whole ("four of the injured", "none of its
    ships") anything may be told, also what befell the whole.
    """
    wholes = [_whole(q, r) for q, r in ((a, ra), (b, rb))]
    if wholes == [None, None]:
        return True
    if None not in wholes:
        return a.event == b.event
    whole = wholes[0] or wholes[1] or ""
    return bool(_stems(a.event) & _stems(b.event)) and stem(whole) not in _FATE


def _whole(quantity: Quantity, reading: Reading) -> str | None:
    """The first word of the whole that a figure counts some of; None where it counts a whole."""
    match = _PARTITIVE.match(reading.text, quantity.span.end_char)
    return match.group(1) if match else None


def _rate(quantity: Quantity) -> str:
    """ "person" of "3,000 euros a head", empty for a total."""
    return quantity.of.partition("per ")[2] if quantity.of and "per " in quantity.of else ""


def _open_fit(a: Quantity, b: Quantity) -> bool:
    """Whether two figures fit only because one end is open and they lie far apart."""
    value_a, value_b = _middle(a), _middle(b)
    if None not in (a.low, a.high, b.low, b.high) or not value_a or not value_b:
        return False
    return max(abs(value_a / value_b), abs(value_b / value_a)) > _OPEN_TIMES


def _likely_same(a: Quantity, b: Quantity) -> float:
    """Figures that differ many times over mostly count different things: 1 down to 0.3. Source: mini-stories."""
    value_a, value_b = _middle(a), _middle(b)
    if not value_a or not value_b or value_a < 0 or value_b < 0:
        return 1.0
    times = max(value_a / value_b, value_b / value_a)
    return 1.0 if times <= _TIMES_PLAIN else 0.6 if times <= _TIMES_FAR else 0.3


def _say(quantity: Quantity) -> str:
    return " ".join(quantity.text.split())


def difference(a: Quantity, b: Quantity) -> str:
    """What a reader is told: "45 minutes against 30 minutes: 33% less"."""
    value_a, value_b = _middle(a), _middle(b)
    words_ = f"{_say(a)} against {_say(b)}"
    if value_a and value_b and value_a > 0 and value_b > 0:
        change = value_b / value_a - 1
        if abs(change) >= 1:
            times = value_b / value_a if change > 0 else value_a / value_b
            return f"{words_}: {times:,.3g} times as {'much' if change > 0 else 'little'}"
        if abs(change) >= 0.005:
            return f"{words_}: {abs(change):.0%} {'more' if change > 0 else 'less'}"
    return f"{words_}: the figures do not fit together"


def _middle(quantity: Quantity) -> float | None:
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    said = quantity.exact if quantity.exact is not None else (sum(ends) / len(ends) if ends else None)
    if said is None or quantity.unit is None:
        return said
    return to_base(said, quantity.unit)[0]


class QuantityComparator:
    """Quantities as intervals with a unit and what they count."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where figures that found no fitting partner count the same thing, else agrees on the best-matched figures.

        A figure that fits one on the other side answers to that one alone: "the two ministers" of both sides do not hide that
        their call lasted 45 minutes here and 30 there. None where nothing counts the same thing.
        """
        pairs = [(qa, qb, admits(qa, qb)) for qa in a.quantities for qb in b.quantities if _like_units(qa, qb)]
        if not pairs:
            return None
        ra, rb = read(a), read(b)
        weighed = [(sameness(qa, qb, ra, rb, fitting=fits), qa, qb, fits) for qa, qb, fits in pairs if not (fits and _open_fit(qa, qb))]
        fitting = [(weight, qa, qb) for weight, qa, qb, fits in weighed if weight and fits]
        settled = {id(q) for _, qa, qb in fitting for q in (qa, qb)}
        parting = [
            (weight * _likely_same(qa, qb), qa, qb)
            for weight, qa, qb, _ in weighed
            if weight and id(qa) not in settled and id(qb) not in settled
        ]

        if not (fitting or parting):
            return None
        forward = in_own_order(a, b)

        def order(found: tuple[float, Quantity, Quantity]) -> tuple[float, tuple[int, int]]:
            # Among equals the place decides, told from the same side whichever statement comes first.
            weight, qa, qb = found
            places = qa.span.start_char, qb.span.start_char
            return -round(weight, 9), places if forward else places[::-1]

        best = min(parting, key=order, default=None)
        if best is not None and (not fitting or best[0] >= _PART_BESIDE_FITTING):
            weight, qa, qb = best
            return Finding(ReasonType.QUANTITY, Verdict.PART, qa.span, qb.span, difference(qa, qb), weight)
        if not fitting:
            return None
        weight, qa, qb = min(fitting, key=order)
        return Finding(ReasonType.QUANTITY, Verdict.AGREE, qa.span, qb.span, f"{_say(qa)} and {_say(qb)} fit together", weight)
