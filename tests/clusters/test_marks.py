"""What a claim can be recognised by besides its meaning."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.articles.document import Span
from app.claims.claim import DateMention, Quantity
from app.clusters.marks import marks, near_enough, nearness, shared_marks, words
from tests.made_claims import made_claim

CONTENTS = st.lists(
    st.sampled_from(["The Alder rose to 45 feet", "the river rose", "Nobody was there", "", "In Paris"]), min_size=1, max_size=4
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Rescuers pulled 45 people from the Alder's mouth", {"rescue": False, "pull": False, "45": True, "people": False}),
        ("The rejected were rejecting it", {"reject": False}),
        ("It was said of them", {}),
        ("", {}),
    ],
)
def test_words_are_stems_of_which_names_and_figures_are_telling(content: str, expected: dict[str, bool]) -> None:
    found = words(content)
    assert {word: found[word] for word in expected} == expected
    assert expected or not found


def test_a_number_is_recognised_whatever_its_wording() -> None:
    claim = made_claim("clm_a", "Two dozen were held").claim
    counted = replace(claim, quantities=(Quantity("Two dozen", Span(0, 9), 24.0, 24.0, None, "people", exact=24.0),))
    assert marks(replace(made_claim("clm_a"), claim=counted))["#24"]


def test_a_day_is_recognised_whatever_its_wording() -> None:
    day = datetime(2025, 3, 2, tzinfo=UTC)
    dated = replace(made_claim("clm_a").claim, dates=(DateMention("Sunday", Span(0, 6), day, day.replace(day=3)),))
    assert marks(replace(made_claim("clm_a"), claim=dated))["@2025-03-02"]


@given(CONTENTS, CONTENTS)
def test_shared_marks_lie_between_nothing_and_everything_and_are_symmetric(a: list[str], b: list[str]) -> None:
    first, second = [words(content) for content in a], [words(content) for content in b]
    found = shared_marks(first, second)
    assert found.shape == (len(a), len(b))
    assert np.all(found >= 0)
    assert np.all(found <= 1 + 1e-9)
    assert np.allclose(found, shared_marks(second, first).T, atol=1e-12)


def test_what_every_claim_of_a_story_has_tells_less_than_what_two_have() -> None:
    story = [words(f"the Alder {word}") for word in ("rose", "fell", "froze", "burned")]
    rare = shared_marks([words("the Alder mayor"), *story], [words("a mayor spoke"), *story])[0, 0]
    usual = shared_marks([words("the Alder mayor"), *story], [words("an Alder spoke"), *story])[0, 0]
    assert rare > usual > 0


def test_nearness_adds_what_is_shared_to_the_similarity() -> None:
    assert nearness(made_claim("clm_a", "In Paris"), made_claim("clm_b", "Nobody knows"), 0.3) == pytest.approx(0.3)
    assert nearness(made_claim("clm_a", "In Paris"), made_claim("clm_b", "In Paris"), 0.3) == pytest.approx(1.3)


PHRASES = st.lists(
    st.sampled_from(["The Alder rose", "to 45 feet", "the river rose", "in Paris", "on Monday", "nobody was there", ""]), max_size=5
).map(" ".join)


@given(PHRASES, PHRASES, st.floats(-1, 1), st.one_of(st.none(), st.floats(-1, 2)))
def test_near_enough_is_nearness_held_against_the_bound(one: str, other: str, similarity: float, bound: float | None) -> None:
    a, b = made_claim("clm_a", one), made_claim("clm_b", other)
    near = nearness(a, b, similarity)
    least = near if bound is None else bound
    assert near_enough(a, b, similarity, least) == (near >= least)
