"""How two outlets stand to each other on one proposition."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.clusters.copies import Origin, origins
from app.conflicts.agreement import OutletPair, outlet_pairs, parted_positions
from app.conflicts.positions import Position, Standing, standing
from app.relations.relation import RelationKind
from tests.made_claims import made_claim, pair


def positions(*outlets: str) -> list[Position]:
    """A position for each word, held by the outlets its letters name."""
    return [Position(tuple(word), (), (), "A ferry left") for word in outlets]


def voices(*groups: str) -> list[Origin]:
    """An origin for each word, spoken by the outlets its letters name."""
    return [Origin(group[0], (), tuple(group)) for group in groups]


def test_outlets_of_one_position_agree_and_of_parted_ones_diverge() -> None:
    found = outlet_pairs(positions("xy", "z"), voices("x", "y", "z"), [(0, 1)])
    assert found == [OutletPair("x", "y", True, False), OutletPair("x", "z", False, True), OutletPair("y", "z", False, True)]


def test_a_third_position_that_no_contradiction_touches_diverges_from_none() -> None:
    found = outlet_pairs(positions("x", "y", "z"), voices("x", "y", "z"), [(0, 1)])
    assert [(one.a, one.b) for one in found if one.diverge] == [("x", "y")]


def test_an_outlet_alone_has_no_pair_not_even_with_itself() -> None:
    assert outlet_pairs(positions("x", "x"), voices("x"), [(0, 1)]) == []
    assert outlet_pairs(positions("x"), voices("x"), []) == []


def test_contradictions_tell_which_positions_are_parted() -> None:
    claims = [made_claim(f"clm_{name}", outlet=name) for name in ("x", "y", "z")]
    found = standing(claims, [pair("clm_x", "clm_y", RelationKind.CONTRADICTS)])
    assert parted_positions(found) == {(0, 1)}
    assert parted_positions(Standing((), ())) == frozenset()


LETTERS = st.sets(st.sampled_from("vwxyz"), min_size=1).map(lambda letters: "".join(sorted(letters)))


@given(held=st.lists(LETTERS, min_size=1, max_size=4), seed=st.integers(0, 99))
def test_the_order_of_positions_changes_nothing(held: list[str], seed: int) -> None:
    spoken = voices(*sorted(set("".join(held))))
    parted = [(0, len(held) - 1)] if len(held) > 1 else []
    order = list(range(len(held)))
    random.Random(seed).shuffle(order)
    moved = [(order.index(one), order.index(other)) for one, other in parted]
    assert outlet_pairs(positions(*(held[at] for at in order)), spoken, moved) == outlet_pairs(positions(*held), spoken, parted)


def test_a_wire_copy_is_never_two_voices_and_an_echo_stands_behind_nothing() -> None:
    claims = [made_claim("clm_a", outlet="wire"), made_claim("clm_b", outlet="copier"), made_claim("clm_c", outlet="echo", origin="wire")]
    pairs = [
        pair("clm_a", "clm_b", RelationKind.CORROBORATES, wire_copy=True),
        pair("clm_a", "clm_c", RelationKind.CORROBORATES),
    ]
    found = standing(claims, pairs)
    spoken = origins(claims, [("clm_a", "clm_b")])
    assert outlet_pairs(found.positions, spoken, parted_positions(found)) == [OutletPair("copier", "wire", False, False)]
