"""Rarities added up without rounding."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.relations.rarity import exact_rarity, rarity, total

STEMS = st.lists(st.sampled_from(["polic", "say", "mayor", "ferri", "kill", "two", "zorbl", "karumba", "ban", "offer", "vot"]), max_size=12)


@given(STEMS)
def test_exact_rarities_add_up_to_the_correctly_rounded_sum(stems: list[str]) -> None:
    assert total(sum(map(exact_rarity, stems))) == math.fsum(map(rarity, stems))


def test_every_rarity_is_told_exactly() -> None:
    assert all(total(exact_rarity(stem)) == rarity(stem) for stem in ("say", "polic", "unheard-of"))
