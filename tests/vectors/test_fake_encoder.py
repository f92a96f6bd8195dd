"""The stand-in behaves as other tests rely on."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vectors.encoder import Encoder
from tests.vectors.fake_encoder import HashEncoder

ENCODER: Encoder = HashEncoder()


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_every_text_gets_a_unit_vector_of_its_own_whatever_its_company(texts: list[str]) -> None:
    vectors = ENCODER.encode(texts)
    assert vectors.shape == (len(texts), ENCODER.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(ENCODER.encode([text])[0], vector)


def test_near_duplicates_are_near_and_others_are_not() -> None:
    bridge, same, other = ENCODER.encode(
        [
            "The bridge over the Orlo closed on Monday after cracks were found",
            "The bridge over the Orlo was closed on Monday after cracks were found",
            "Voters in the hill towns chose a new council",
        ]
    )
    assert bridge @ same > 0.8
    assert bridge @ other < 0.5
