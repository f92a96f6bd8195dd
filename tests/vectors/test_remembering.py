"""Remembering saves encoding and changes no vector."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vectors.encoder import Encoder, Vectors
from app.vectors.remembering import RememberingEncoder
from tests.vectors.fake_encoder import HashEncoder


class CountingEncoder(HashEncoder):
    """Keeps what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the stand-in does."""
        self.asked += texts
        return super().encode(texts)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=8), st.integers(1, 5))
def test_the_vectors_are_those_of_the_encoder_whatever_was_asked_before(batches: list[list[str]], at_most: int) -> None:
    encoder: Encoder = RememberingEncoder(HashEncoder(), texts_at_most=at_most)
    for texts in batches:
        assert np.array_equal(encoder.encode(texts), HashEncoder().encode(texts))


def test_a_text_is_encoded_once() -> None:
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting)
    encoder.encode(["a", "b", "a"])
    encoder.encode(["b", "c"])
    assert counting.asked == ["a", "b", "c"]


def test_the_text_asked_for_longest_ago_is_forgotten_first() -> None:
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting, texts_at_most=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        encoder.encode([text])
    assert counting.asked == ["a", "b", "c", "b"]


def test_more_texts_than_there_is_room_for_at_first_are_remembered() -> None:
    texts = [f"text {number}" for number in range(3_000)]
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting, texts_at_most=2_500)
    assert np.array_equal(encoder.encode(texts[:2_500]), HashEncoder().encode(texts[:2_500]))
    assert np.array_equal(encoder.encode(texts), HashEncoder().encode(texts))
    assert counting.asked == texts


def test_it_goes_by_the_name_of_the_encoder() -> None:
    assert RememberingEncoder(HashEncoder()).id == HashEncoder().id
    assert RememberingEncoder(HashEncoder()).dimensions == HashEncoder().dimensions


def test_it_remembers_one_text_at_least() -> None:
    with pytest.raises(ValueError, match="positive, got 0"):
        RememberingEncoder(HashEncoder(), texts_at_most=0)
