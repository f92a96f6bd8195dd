"""Which pairs are worth judging wherever they stand."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import LinkKind, StoredClaim
from app.clusters.gate import ALIKE_MIN_NEARNESS, ALIKE_MIN_SIMILARITY, Gate
from tests.made_claims import made_claim

GATE = Gate(timedelta(hours=48))
NAMED = "Rescuers pulled 45 people from the Alder"

CLAIMS = st.builds(
    made_claim,
    st.sampled_from(["clm_a", "clm_b"]),
    st.sampled_from([NAMED, "the 45 were saved", "nobody was hurt at all", ""]),
    outlet=st.sampled_from(["harbor-courier", "channel-nine"]),
    speaker=st.sampled_from([None, "Ines Varga", "officials"]),
    named=st.booleans(),
    hours=st.sampled_from([0, 24, 48, 49]),
)


@given(CLAIMS, CLAIMS, st.floats(-1, 1))
def test_the_gate_is_symmetric(a: StoredClaim, b: StoredClaim, similarity: float) -> None:
    assert GATE.admits(a, b, similarity) == GATE.admits(b, a, similarity)


@given(CLAIMS, CLAIMS, st.floats(-1, 1), st.floats(0, 1))
def test_a_nearer_pair_is_never_shut_out_where_a_farther_one_passes(a: StoredClaim, b: StoredClaim, near: float, less: float) -> None:
    assert GATE.admits(a, b, near) or not GATE.admits(a, b, near - less)


@given(CLAIMS, st.floats(-1, 1))
def test_a_claim_is_never_compared_with_itself(claim: StoredClaim, similarity: float) -> None:
    assert not GATE.admits(claim, claim, similarity)


def test_claims_within_the_window_are_compared_and_later_ones_are_not() -> None:
    first = made_claim("clm_a", NAMED)
    assert GATE.admits(first, made_claim("clm_b", NAMED, outlet="channel-nine", hours=48), 0.9)
    assert not GATE.admits(first, made_claim("clm_b", NAMED, outlet="channel-nine", hours=48.01), 0.9)


def test_a_pair_below_the_least_similarity_is_left_alone_whatever_it_shares() -> None:
    other = made_claim("clm_b", NAMED, outlet="channel-nine")
    assert GATE.admits(made_claim("clm_a", NAMED), other, ALIKE_MIN_SIMILARITY)
    assert not GATE.admits(made_claim("clm_a", NAMED), other, ALIKE_MIN_SIMILARITY - 0.001)


def test_a_middling_pair_needs_names_or_figures_in_common() -> None:
    first, other = made_claim("clm_a", "The crew of 45 was saved"), made_claim("clm_b", "All hands survived", outlet="channel-nine")
    middling = ALIKE_MIN_NEARNESS - 0.1
    assert not GATE.admits(first, other, middling)
    assert GATE.admits(first, made_claim("clm_b", "Rescuers took the 45 off", outlet="channel-nine"), middling)
    assert GATE.admits(first, other, ALIKE_MIN_NEARNESS)


def test_one_article_in_its_own_voice_is_not_compared_with_itself() -> None:
    assert not GATE.admits(made_claim("clm_a"), made_claim("clm_b"), 0.99)
    assert GATE.admits(made_claim("clm_a"), made_claim("clm_b", article="art_second"), 0.99)


def test_one_speaker_within_an_article_is_not_compared_with_himself() -> None:
    assert not GATE.admits(made_claim("clm_a", speaker="Ines Varga"), made_claim("clm_b", speaker="Ines Varga"), 0.99)
    assert GATE.admits(made_claim("clm_a", speaker="Ines Varga"), made_claim("clm_b", speaker="Tomas Reed"), 0.99)


def test_two_speakers_whom_nobody_names_may_be_two_people() -> None:
    a, b = (made_claim(name, speaker="an official", kind=LinkKind.ANONYMOUS, named=False) for name in ("clm_a", "clm_b"))
    assert GATE.admits(a, b, 0.99)


def test_an_article_is_compared_with_those_it_reports() -> None:
    assert GATE.admits(made_claim("clm_a"), made_claim("clm_b", speaker="Ines Varga"), 0.99)
