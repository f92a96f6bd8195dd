"""Articles about one event, and which of their claims meet."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.articles.document import Span
from app.claims.claim import LinkKind, StoredClaim
from app.clusters.kinship import BEST_RANKS, KIN_MIN, OTHER_RANKS, Page, facing, kinship, side_by_side
from app.vectors.encoder import Vectors
from tests.made_claims import made_claim
from tests.vectors.fake_encoder import HashEncoder

ENCODER = HashEncoder()
FIRE = ("The Tarn opera house burned on Saturday night", "Nine people were hurt at the opera house", "The roof of the opera house fell in")
AGAIN = (
    "On Saturday night fire took the Tarn opera house",
    "The roof of the Tarn opera house gave way",
    "At the opera house nobody was hurt",
)
CHESS = ("Grandmaster Odo Brandt drew his last game", "The chess title stays in Harrow", "A rematch is planned for autumn")
SENTENCES = st.lists(st.sampled_from([*FIRE, *AGAIN, *CHESS]), min_size=1, max_size=12)


def vectors_of(contents: tuple[str, ...] | list[str]) -> Vectors:
    return ENCODER.encode(contents)


def page(article: str, contents: tuple[str, ...] | list[str]) -> Page:
    claims = [made_claim(f"clm_{article}{at:02}", content, article=article) for at, content in enumerate(contents)]
    return Page.of(claims, vectors_of(contents))


def met(a: Page, b: Page) -> set[tuple[str, str]]:
    return {(min(x.id, y.id), max(x.id, y.id)) for x, y, _ in facing(a, b)}


def test_two_articles_about_one_event_are_kin_and_strangers_are_not() -> None:
    assert kinship(vectors_of(FIRE), vectors_of(AGAIN)) >= KIN_MIN > kinship(vectors_of(FIRE), vectors_of(CHESS))


def test_an_article_without_claims_is_nobodys_kin() -> None:
    assert kinship(vectors_of([]), vectors_of(FIRE)) == 0.0
    assert list(facing(page("a", []), page("b", FIRE))) == []


@given(SENTENCES, SENTENCES)
def test_kinship_is_symmetric_and_finite(a: list[str], b: list[str]) -> None:
    found = kinship(vectors_of(a), vectors_of(b))
    assert found == kinship(vectors_of(b), vectors_of(a))
    assert np.isfinite(found)


def test_a_longer_article_is_no_nearer_kin_for_its_length() -> None:
    assert kinship(vectors_of(FIRE * 4), vectors_of(CHESS * 4)) < KIN_MIN


@given(SENTENCES, SENTENCES, st.randoms(use_true_random=False))
def test_who_meets_depends_neither_on_the_order_of_the_articles_nor_of_their_claims(a: list[str], b: list[str], random: object) -> None:
    first, second = page("a", a), page("b", b)
    order = list(range(len(a)))
    random.shuffle(order)  # type: ignore[attr-defined]
    again = Page.of([first.claims[at] for at in order], first.vectors[order])
    assert met(first, second) == met(second, first) == met(again, second)


@given(SENTENCES, SENTENCES)
def test_each_pair_that_meets_is_among_the_best_of_one_side_and_high_on_the_other(a: list[str], b: list[str]) -> None:
    pairs = met(page("a", sorted(set(a))), page("b", sorted(set(b))))
    assert len(pairs) <= (BEST_RANKS + OTHER_RANKS) * min(len(set(a)), len(set(b)))


def test_a_reworded_claim_meets_its_counterpart_in_an_article_about_the_same_event() -> None:
    assert ("clm_a02", "clm_b01") in met(page("a", FIRE), page("b", AGAIN))


def spoken(name: str, speaker: str | None, place: int, kind: LinkKind = LinkKind.PERSON) -> StoredClaim:
    stored = made_claim(name, speaker=speaker, kind=kind)
    return replace(stored, claim=replace(stored.claim, span=Span(place, place + 1)))


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        (("Ines Varga", "Tomas Reed"), {(0, 1)}),
        (("Ines Varga", "Ines Varga"), set()),
        (("Ines Varga", None), set()),
        (("Ines Varga", None, "Tomas Reed"), {(0, 2)}),
        (("Ines Varga", None, None, "Tomas Reed"), set()),
    ],
)
def test_speakers_who_stand_side_by_side_meet(speakers: tuple[str | None, ...], expected: set[tuple[int, int]]) -> None:
    claims = [spoken(f"clm_{9 - at}", speaker, 10 * at) for at, speaker in enumerate(speakers)]
    pairs = side_by_side(Page.of(claims, vectors_of(["the same"] * len(claims))))
    assert {(claims.index(a), claims.index(b)) for a, b, _ in pairs} == expected
