"""Wire copies and independent origins."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import StoredClaim
from app.clusters.copies import Origin, copied_articles, held, origins, verbatim, wire_groups
from tests.made_claims import FERRY, made_claim

OUTLETS = ("channel-nine", "harbor-courier", "meridian-wire", "weekly-tide")


def article(outlet: str, *contents: str, name: str = "") -> list[StoredClaim]:
    """The claims of one article."""
    return [
        made_claim(f"clm_{outlet}{name}{at}", content, outlet=outlet, article=f"art_{outlet}{name}") for at, content in enumerate(contents)
    ]


def copied(*articles: list[StoredClaim]) -> frozenset[tuple[str, str]]:
    """The copied pairs among these articles, every verbatim pair given."""
    pairs = [(a, b) for one, other in product(articles, repeat=2) for a in one for b in other if a.id < b.id and verbatim(a, b)]
    return copied_articles(pairs, {claims[0].article_id: len(claims) for claims in articles})


QUOTE = "We will rebuild every house on this shore before the winter comes"
SECOND = "The harbour master closed the northern pier shortly after noon on Sunday"
THIRD = "Divers searched the channel until dark and found neither wreck nor cargo"
FOURTH = "Insurers expect the claims to exceed the sum paid out after the last storm"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (FERRY, FERRY, True),
        (FERRY, FERRY.upper() + ".", True),
        (FERRY, FERRY.replace("on board", "aboard"), True),
        (FERRY, "45 passengers were aboard when the ferry cast off from Port Alder", False),
        ("No one was hurt.", "“No one was hurt”", True),
        ("No one was hurt.", "No one was hurt", True),
        ("No one was hurt.", "One was hurt.", False),
    ],
)
def test_light_editing_leaves_the_same_words(first: str, second: str, same: bool) -> None:
    a, b = made_claim("clm_a", first), made_claim("clm_b", second, outlet="channel-nine")
    assert verbatim(a, b) is same
    assert verbatim(b, a) is same


@given(st.text(min_size=1, max_size=80))
def test_a_claim_is_the_same_words_as_itself(content: str) -> None:
    assert verbatim(made_claim("clm_a", content), made_claim("clm_b", content))


@pytest.mark.parametrize(
    ("shorter", "longer", "within"),
    [
        (QUOTE, f"{QUOTE}, and every boat.", True),
        (QUOTE, f"He added that {QUOTE.lower()}", True),
        (FERRY, FERRY, True),
        ("Divers found 12 crates near the northern pier", "Divers found 14 crates near the northern pier, and a rope", False),
        ("No one was hurt", "No one was hurt in the harbour, said the mayor of the town", False),
        (QUOTE, SECOND, False),
    ],
)
def test_the_words_of_a_shorter_cut_stand_within_the_longer(shorter: str, longer: str, within: bool) -> None:
    a, b = made_claim("clm_a", shorter), made_claim("clm_b", longer)
    assert held(a, b) is held(b, a) is within


def test_an_article_that_shares_half_its_claims_word_for_word_is_a_copy() -> None:
    wire = article("meridian-wire", FERRY, QUOTE, SECOND, THIRD)
    assert copied(wire, article("harbor-courier", FERRY, QUOTE, "Readers may write to us", FOURTH)) == {
        ("art_harbor-courier", "art_meridian-wire")
    }


def test_one_shared_quote_is_no_copy() -> None:
    assert not copied(article("meridian-wire", QUOTE, SECOND), article("harbor-courier", QUOTE, THIRD))
    assert not copied(article("meridian-wire", QUOTE), article("harbor-courier", QUOTE))


def test_one_shared_quote_that_an_article_repeats_is_no_copy() -> None:
    repeated = article("harbor-courier", QUOTE, QUOTE + ", she said", THIRD)
    assert not copied(article("meridian-wire", QUOTE, SECOND), repeated)


def test_two_shared_quotes_in_long_articles_are_no_copy() -> None:
    wire = article("meridian-wire", QUOTE, FERRY, SECOND, THIRD, FOURTH)
    own = article(
        "harbor-courier", QUOTE, FERRY, "Fishermen mended nets all day", "Schools stay shut on Monday", "The mayor flew home early"
    )
    assert not copied(wire, own)


def test_an_outlet_does_not_copy_itself() -> None:
    assert not copied(article("harbor-courier", FERRY, QUOTE, name="1"), article("harbor-courier", FERRY, QUOTE, name="2"))


def test_a_pair_given_twice_counts_once() -> None:
    wire, courier = article("meridian-wire", FERRY, QUOTE), article("harbor-courier", FERRY, "Nobody else was seen")
    pairs = [(wire[0], courier[0]), (courier[0], wire[0])]
    assert not copied_articles(pairs, {"art_meridian-wire": 2, "art_harbor-courier": 2})


def test_wire_groups_hold_two_claims_at_least() -> None:
    assert wire_groups(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "x")]) == [("a", "b", "c")]


def test_wire_copies_and_their_wire_are_one_origin_named_after_the_earliest() -> None:
    claims = [
        made_claim("clm_a", outlet="harbor-courier", hours=2),
        made_claim("clm_b", outlet="meridian-wire", hours=1),
        made_claim("clm_c", outlet="channel-nine", hours=3),
    ]
    assert origins(claims, [("clm_a", "clm_b")]) == [
        Origin("meridian-wire", ("clm_b", "clm_a"), ("harbor-courier", "meridian-wire")),
        Origin("channel-nine", ("clm_c",), ("channel-nine",)),
    ]


def test_one_outlet_that_says_it_twice_counts_once() -> None:
    claims = [made_claim("clm_a"), made_claim("clm_b", article="art_second", hours=1)]
    assert [origin.claim_ids for origin in origins(claims, [])] == [("clm_a", "clm_b")]


def test_an_echo_goes_to_the_outlet_it_echoes() -> None:
    claims = [
        made_claim("clm_a", outlet="channel-nine"),
        made_claim("clm_b", outlet="harbor-courier", origin="channel-nine", hours=1),
        made_claim("clm_c", outlet="weekly-tide", origin="channel-nine", hours=2),
    ]
    assert [(origin.outlet_id, origin.claim_ids) for origin in origins(claims, [])] == [("channel-nine", ("clm_a", "clm_b", "clm_c"))]


def test_no_claims_have_no_origin() -> None:
    assert origins([], [("clm_a", "clm_b")]) == []


@st.composite
def voices(draw: st.DrawFn) -> tuple[list[StoredClaim], list[tuple[str, str]]]:
    """Some claims of a few outlets, and which of them copy each other."""
    claims = [
        made_claim(f"clm_{at}", outlet=outlet, hours=hours)
        for at, (outlet, hours) in enumerate(draw(st.lists(st.tuples(st.sampled_from(OUTLETS), st.integers(0, 3)), max_size=7)))
    ]
    ids = [claim.id for claim in claims] or ["clm_x"]
    return claims, draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=5))


@given(voices(), st.randoms())
def test_origins_do_not_depend_on_order(given_: tuple[list[StoredClaim], list[tuple[str, str]]], random: Random) -> None:
    claims, copies = given_
    shuffled = random.sample(claims, len(claims))
    assert origins(shuffled, [(b, a) for a, b in reversed(copies)]) == origins(claims, copies)


@given(voices())
def test_every_claim_has_one_origin_and_copies_only_ever_lower_their_number(
    given_: tuple[list[StoredClaim], list[tuple[str, str]]],
) -> None:
    claims, copies = given_
    found = origins(claims, copies)
    assert sorted(claim for origin in found for claim in origin.claim_ids) == sorted(claim.id for claim in claims)
    assert len(found) <= len(origins(claims, copies[1:])) <= len({claim.origin_outlet_id for claim in claims})
    at = {claim: number for number, origin in enumerate(found) for claim in origin.claim_ids}
    assert all(at[a] == at[b] for a, b in copies if a in at and b in at)
