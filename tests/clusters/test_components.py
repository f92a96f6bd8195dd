"""Connected parts."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.clusters.components import DisjointSets, components

ITEMS = st.sets(st.sampled_from("abcdefgh"))
LINKS = st.lists(st.tuples(st.sampled_from("abcdefghxy"), st.sampled_from("abcdefghxy")), max_size=12)


def reachable(start: str, items: set[str], links: list[tuple[str, str]]) -> set[str]:
    """Everything that steps over links within `items` lead to."""
    found = {start}
    while True:
        more = {b for a, b in [*links, *((b, a) for a, b in links)] if a in found and b in items} - found
        if not more:
            return found
        found |= more


@given(ITEMS, LINKS)
def test_a_part_holds_exactly_what_can_be_reached(items: set[str], links: list[tuple[str, str]]) -> None:
    found = components(items, links)
    assert sorted(item for part in found for item in part) == sorted(items)
    assert all(set(part) == reachable(part[0], items, links) for part in found)


@given(ITEMS, LINKS)
def test_parts_and_their_members_come_sorted(items: set[str], links: list[tuple[str, str]]) -> None:
    found = components(items, links)
    assert found == sorted(found)
    assert all(list(part) == sorted(part) for part in found)


@given(ITEMS, LINKS, st.randoms())
def test_the_order_of_items_and_links_changes_nothing(items: set[str], links: list[tuple[str, str]], random: Random) -> None:
    shuffled = [(b, a) for a, b in links]
    random.shuffle(shuffled)
    assert components(sorted(items, reverse=True), shuffled) == components(items, links)


@given(LINKS)
def test_a_set_is_represented_by_its_smallest_member(links: list[tuple[str, str]]) -> None:
    sets = DisjointSets("abcdefghxy")
    for a, b in links:
        sets.join(a, b)
    assert all(sets.find(item) == group[0] for group in sets.groups() for item in group)


def test_nothing_has_no_parts() -> None:
    assert components([], [("a", "b")]) == []


def test_a_long_chain_is_one_part() -> None:
    items = [f"{number:05}" for number in range(5_000)]
    assert len(components(items, pairwise(items))) == 1
