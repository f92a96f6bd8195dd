"""Statements that do nothing but judge, and when two of them judge one thing in opposite ways."""

import pytest

from app.relations.judgements import judgement, opposed


def parted(a: str, b: str) -> bool:
    first, second = judgement(a), judgement(b)
    assert first is not None
    assert second is not None
    assert opposed(first, second) == opposed(second, first)
    return opposed(first, second)


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Ostrava Steel's offer is insulting and inadequate", -1),
        ("the reply sent by the steelmaker was “broadly constructive”", 1),
        ("the plan was not a success", -1),
        ("the terms are, he said, simply absurd", -1),
    ],
)
def test_a_predicate_that_praises_or_blames_is_a_judgement(text: str, tone: int) -> None:
    found = judgement(text)
    assert found is not None
    assert found.tone == tone


@pytest.mark.parametrize("text", ["gaps remain", "the bridge is 40 metres long", "it was a disaster", "talks on a good deal took long"])
def test_what_passes_no_judgement_or_names_nothing_judged_is_none(text: str) -> None:
    assert judgement(text) is None


def test_one_party_s_move_is_judged_in_opposite_ways_however_it_is_called() -> None:
    assert parted("Ostrava Steel's demands are ridiculous", "the reply given by the steelmaker was “generally positive”")


def test_like_judgements_are_not_opposed() -> None:
    assert not parted("the plan is a disaster", "the plan was not a success")


def test_different_things_and_different_parties_are_not_opposed() -> None:
    assert not parted("the weather was terrible", "the reply was generous")
    assert not parted("Ostrava Steel's offer is insulting", "Tarn Mining's offer is generous")
