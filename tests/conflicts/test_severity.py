"""How grave a conflict is, and why."""

import itertools
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import Certainty, StoredClaim
from app.conflicts.severity import WEIGHT, SeverityPart, severity, severity_parts
from app.relations.judged import JudgedPair
from app.relations.relation import ReasonType, RelationKind
from tests.made_claims import made_claim, pair

ASSERTED = {name: made_claim(name, outlet=name) for name in ("clm_a", "clm_b", "clm_c")}
HEDGED = {name: made_claim(name, outlet=name, certainty=Certainty.HEDGED) for name in ASSERTED}

SCORES = st.floats(0, 1)
REASONS = st.none() | st.sampled_from(ReasonType)
ENDS = st.sampled_from(list(itertools.combinations(sorted(ASSERTED), 2)))
PARTING = st.builds(lambda ends, score, reason: pair(ends[0], ends[1], RelationKind.CONTRADICTS, score, reason), ENDS, SCORES, REASONS)
CLAIMS = st.fixed_dictionaries({name: st.sampled_from([ASSERTED[name], HEDGED[name]]) for name in ASSERTED})


def one(
    score: float = 0.8, reason: ReasonType | None = ReasonType.QUANTITY, *, hedged: bool = False, outlets: bool = True, side: int = 1
) -> float:
    """The severity of one contradiction."""
    parting = [pair("clm_a", "clm_b", RelationKind.CONTRADICTS, score, reason)]
    return severity(severity_parts(parting, HEDGED if hedged else ASSERTED, between_outlets=outlets, origins_of_sides=[side, 30]))


@given(st.lists(PARTING), CLAIMS, st.booleans(), st.integers(0, 100))
def test_severity_lies_between_0_and_1(parting: list[JudgedPair], claims: dict[str, StoredClaim], outlets: bool, side: int) -> None:
    assert 0 <= severity(severity_parts(parting, claims, between_outlets=outlets, origins_of_sides=[side, 2])) <= 1


@given(st.lists(PARTING), PARTING, CLAIMS, st.booleans(), st.integers(1, 4))
def test_one_more_contradiction_never_lowers_it(
    parting: list[JudgedPair], more: JudgedPair, claims: dict[str, StoredClaim], outlets: bool, side: int
) -> None:
    def of(pairs: list[JudgedPair]) -> float:
        return severity(severity_parts(pairs, claims, between_outlets=outlets, origins_of_sides=[side, 5]))

    assert of(parting) <= of([*parting, more])
    assert of(list(reversed(parting))) == of(parting)


@given(SCORES, SCORES, REASONS, st.booleans(), st.booleans(), st.integers(1, 4))
def test_a_surer_relation_is_at_least_as_grave(
    score: float, other: float, reason: ReasonType | None, hedged: bool, outlets: bool, side: int
) -> None:
    low, high = sorted((score, other))
    assert one(low, reason, hedged=hedged, outlets=outlets, side=side) <= one(high, reason, hedged=hedged, outlets=outlets, side=side)


@given(SCORES, st.sampled_from(ReasonType), st.sampled_from(ReasonType))
def test_a_weightier_kind_is_at_least_as_grave(score: float, reason: ReasonType, other: ReasonType) -> None:
    light, heavy = sorted((reason, other), key=lambda kind: WEIGHT[kind])
    assert one(score, light) <= one(score, heavy)


def test_every_reason_has_a_weight_above_0() -> None:
    assert all(0 < WEIGHT[reason] <= 1 for reason in ReasonType)


def test_a_hedged_side_weighs_less() -> None:
    assert one(hedged=True) < one()


def test_sources_that_diverge_weigh_less_than_outlets() -> None:
    assert one(outlets=False) < one()


def test_more_origins_on_the_smaller_side_weigh_more_up_to_three() -> None:
    assert one(side=1) < one(side=2) < one(side=3) == one(side=30)


def test_who_did_it_is_graver_than_how_many_and_that_than_how_somebody_feels_about_it() -> None:
    assert one(reason=ReasonType.IDENTITY) > one(reason=ReasonType.QUANTITY) > one(reason=ReasonType.CHARACTERISATION)


def test_no_contradiction_has_no_severity() -> None:
    assert severity(severity_parts([], {}, between_outlets=True, origins_of_sides=[])) == 0


@given(st.lists(PARTING, min_size=1), CLAIMS, st.booleans(), st.lists(st.integers(0, 100), min_size=2, max_size=4))
def test_the_parts_say_in_sentences_what_multiplies_to_the_severity(
    parting: list[JudgedPair], claims: dict[str, StoredClaim], outlets: bool, sides: list[int]
) -> None:
    parts = severity_parts(parting, claims, between_outlets=outlets, origins_of_sides=sides)
    assert [part.name for part in parts] == ["distance", "certainty", "origins", "between"]
    assert all(0 <= part.value <= 1 and part.detail[0].isupper() and part.detail.endswith(".") for part in parts)
    assert severity(parts) == round(prod(part.value for part in parts), 3)


def test_a_reader_learns_how_far_apart_how_certain_and_how_many_stand_on_each_side() -> None:
    grave = pair("clm_a", "clm_b", RelationKind.CONTRADICTS, 0.874, ReasonType.QUANTITY)
    claims = {"clm_a": ASSERTED["clm_a"], "clm_b": HEDGED["clm_b"]}
    assert severity_parts([grave], claims, between_outlets=False, origins_of_sides=[3, 1, 2]) == (
        SeverityPart("distance", 0.8, f"The figures differ: {grave.reasons[0].detail.rstrip('.')}."),
        SeverityPart("certainty", 0.874 * 0.75, "That the two cannot both be true is scored 0.87, and one side hedges."),
        SeverityPart("origins", 0.8, "Independent origins on each side: 3, 1 and 2."),
        SeverityPart("between", 0.85, "The sources differ that outlets report, not the outlets themselves."),
    )
