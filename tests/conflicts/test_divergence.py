"""From positions to the divergence of a cluster."""

import pytest

from app.claims.claim import LinkKind, StoredClaim
from app.conflicts.conflict import Between, Divergence
from app.conflicts.divergence import between, divergence
from app.conflicts.positions import standing
from app.relations.judged import JudgedPair
from app.relations.relation import ReasonType, RelationKind
from tests.made_claims import made_claim, pair

AGREE, PART, UPDATE = RelationKind.CORROBORATES, RelationKind.CONTRADICTS, RelationKind.UPDATES


def diverging(claims: list[StoredClaim], *pairs: JudgedPair) -> Divergence:
    """How they diverge; they must."""
    found = divergence(claims, standing(claims, pairs), [(p.a, p.b) for p in pairs if p.wire_copy])
    assert found is not None
    return found


def test_a_cluster_that_agrees_does_not_diverge() -> None:
    claims = [made_claim("clm_a"), made_claim("clm_b", outlet="channel-nine"), made_claim("clm_c", outlet="weekly-tide")]
    pairs = [pair("clm_a", "clm_b", AGREE), pair("clm_b", "clm_c", UPDATE)]
    assert divergence(claims, standing(claims, pairs), []) is None
    assert divergence([], standing([], []), []) is None


def test_two_outlets_that_contradict_in_their_own_voice_diverge_as_outlets() -> None:
    claims = [made_claim("clm_a", "It lasted 45 minutes"), made_claim("clm_b", "It lasted 30 minutes", outlet="channel-nine", hours=1)]
    found = diverging(claims, pair("clm_a", "clm_b", PART))
    assert found.between is Between.OUTLETS
    assert found.kind == "quantity"
    assert found.relations == (("clm_a", "clm_b"),)
    assert [position.outlet_ids for position in found.positions] == [("harbor-courier",), ("channel-nine",)]


def test_only_positions_that_part_are_shown() -> None:
    claims = [made_claim(f"clm_{name}", name, outlet=outlet) for name, outlet in zip("abcd", ("o1", "o2", "o3", "o4"), strict=True)]
    found = diverging(claims, pair("clm_a", "clm_b", AGREE, 0.9), pair("clm_b", "clm_c", PART, 0.8), pair("clm_c", "clm_d", AGREE, 0.2))
    assert [position.claim_ids for position in found.positions] == [("clm_a", "clm_b"), ("clm_c", "clm_d")]
    alone = diverging([*claims, made_claim("clm_e", "e", outlet="o5")], pair("clm_b", "clm_c", PART))
    assert [position.claim_ids for position in alone.positions] == [("clm_b",), ("clm_c",)]


def test_three_rival_figures_are_three_positions() -> None:
    claims = [made_claim(f"clm_{name}", name, outlet=f"outlet-{name}") for name in "abc"]
    found = diverging(claims, pair("clm_a", "clm_b", PART), pair("clm_b", "clm_c", PART), pair("clm_a", "clm_c", PART))
    assert len(found.positions) == 3
    assert found.relations == (("clm_a", "clm_b"), ("clm_a", "clm_c"), ("clm_b", "clm_c"))


def test_the_headline_is_what_the_larger_position_says() -> None:
    claims = [made_claim(f"clm_{name}", f"says {name}", outlet=f"outlet-{name}", hours=at) for at, name in enumerate("abc")]
    assert diverging(claims, pair("clm_a", "clm_b", PART), pair("clm_b", "clm_c", AGREE)).headline == "says b"
    assert diverging(claims, pair("clm_a", "clm_b", PART)).headline == "says a"


def test_two_named_sources_diverge_as_sources() -> None:
    ours, theirs = made_claim("clm_a", speaker="Ines Varga"), made_claim("clm_b", outlet="channel-nine", speaker="Tomas Reed")
    assert between(ours, theirs) is Between.SOURCES
    assert between(ours, made_claim("clm_c", outlet="channel-nine")) is Between.SOURCES
    assert diverging([ours, theirs], pair("clm_a", "clm_b", PART)).between is Between.SOURCES


@pytest.mark.parametrize("kind", [LinkKind.PERSON, LinkKind.ORGANIZATION, LinkKind.DOCUMENT])
def test_two_outlets_that_report_one_named_source_differently_diverge_as_outlets(kind: LinkKind) -> None:
    ours = made_claim("clm_a", speaker="Ines Varga", kind=kind)
    theirs = made_claim("clm_b", outlet="channel-nine", speaker="ines varga", kind=kind)
    assert between(ours, theirs) is Between.OUTLETS


def test_two_outlets_that_echo_a_third_differently_diverge_as_outlets() -> None:
    claims = [made_claim(f"clm_{outlet}", outlet=outlet, origin="meridian-wire", speaker="Ines Varga") for outlet in ("a", "b")]
    assert between(*claims) is Between.OUTLETS


def test_one_outlet_that_reports_a_source_twice_does_not_diverge_from_itself_as_an_outlet() -> None:
    ours = made_claim("clm_a", speaker="Ines Varga")
    assert between(ours, made_claim("clm_b", speaker="Ines Varga", article="art_second")) is Between.SOURCES


@pytest.mark.parametrize("named", [True, False])
def test_officials_of_two_outlets_may_be_different_people(named: bool) -> None:
    claims = [made_claim(f"clm_{o}", outlet=o, speaker="a senior official", kind=LinkKind.ANONYMOUS, named=named) for o in ("a", "b")]
    assert between(*claims) is Between.SOURCES


def test_one_contradiction_between_outlets_makes_it_theirs() -> None:
    claims = [made_claim("clm_a"), made_claim("clm_b", outlet="channel-nine"), made_claim("clm_c", outlet="o3", speaker="Ines Varga")]
    found = diverging(claims, pair("clm_a", "clm_b", PART), pair("clm_a", "clm_c", PART))
    assert found.between is Between.OUTLETS


def test_the_kind_is_that_of_the_weightiest_reason() -> None:
    claims = [made_claim(f"clm_{name}", outlet=f"outlet-{name}") for name in "abc"]
    first = pair("clm_a", "clm_b", PART, 0.9, ReasonType.CHARACTERISATION)
    assert diverging(claims, first, pair("clm_b", "clm_c", PART, 0.9, ReasonType.DATE)).kind == "date"
    assert diverging(claims, first, pair("clm_b", "clm_c", PART, 0.3, ReasonType.DATE)).kind == "characterisation"


def test_a_contradiction_without_a_reason_is_the_models() -> None:
    claims = [made_claim("clm_a"), made_claim("clm_b", outlet="channel-nine")]
    assert diverging(claims, pair("clm_a", "clm_b", PART, reason=None)).kind == "model"


def test_a_wire_copy_does_not_make_its_side_weigh_more() -> None:
    claims = [made_claim(f"clm_{name}", outlet=f"outlet-{name}") for name in "abcd"]
    part = (pair("clm_a", "clm_b", PART), pair("clm_a", "clm_d", AGREE, 0.8))
    own = diverging(claims, *part, pair("clm_b", "clm_c", AGREE, 0.8))
    copied = diverging(claims, *part, pair("clm_b", "clm_c", AGREE, 0.8, wire_copy=True))
    assert copied.positions == own.positions
    assert copied.severity < own.severity
