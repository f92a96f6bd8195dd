"""Groups that hold together."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.clusters.cohesion import Tie, cohesive

IDS = [f"c{number}" for number in range(9)]
ties = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from([0.5, 0.7, 0.9]), st.booleans()).filter(lambda t: t[0] < t[1]),
    unique_by=lambda t: t[:2],
).map(lambda found: [Tie(*values) for values in found])


def test_two_linked_claims_are_a_group() -> None:
    assert cohesive(["a", "b", "c"], [Tie("a", "b", 0.6)]) == [("a", "b"), ("c",)]


def test_a_chain_of_single_links_does_not_become_one_group() -> None:
    chain = [Tie(IDS[at], IDS[at + 1], 0.9) for at in range(8)]
    assert max(len(group) for group in cohesive(IDS, chain)) < 9


def test_two_tight_groups_with_one_link_between_them_stay_apart() -> None:
    first = [Tie(a, b, 0.9) for a in IDS[:4] for b in IDS[:4] if a < b]
    second = [Tie(a, b, 0.9) for a in IDS[4:8] for b in IDS[4:8] if a < b]
    assert cohesive(IDS[:8], [*first, *second, Tie("c0", "c4", 0.8)]) == [tuple(IDS[:4]), tuple(IDS[4:8])]


def test_a_group_in_which_half_of_the_links_are_missing_still_holds() -> None:
    found = [Tie(a, b, 0.8) for a in IDS[:6] for b in IDS[:6] if a < b and (int(a[1]) + int(b[1])) % 2]
    assert cohesive(IDS[:6], found) == [tuple(IDS[:6])]


def test_copies_always_hold() -> None:
    chain = [Tie(IDS[at], IDS[at + 1], 0.9, firm=True) for at in range(8)]
    assert cohesive(IDS, chain) == [tuple(IDS)]


@given(ties, st.randoms(use_true_random=False))
def test_the_order_of_ids_and_ties_changes_nothing(found: list[Tie], chance: random.Random) -> None:
    shuffled_ids, shuffled_ties = chance.sample(IDS, len(IDS)), chance.sample(found, len(found))
    assert cohesive(shuffled_ids, shuffled_ties) == cohesive(IDS, found)


@given(ties)
def test_every_claim_is_in_exactly_one_group_and_groups_are_linked(found: list[Tie]) -> None:
    groups = cohesive(IDS, found)
    assert sorted(item for group in groups for item in group) == IDS
    linked = {(tie.a, tie.b) for tie in found}
    for group in groups:
        assert len(group) == 1 or any((a, b) in linked for a in group for b in group)
