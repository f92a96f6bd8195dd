"""The bench of a growing store: what its figures are held against, and the vectors it stores."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.storage.database import Database
from app.storage.reading import claims as claims_in
from bench.filling import fill
from bench.growth import Grown, rows_of, section_of


def test_speed_is_the_median_of_the_turns_ratios_and_the_large_store_is_held_against_the_bounds() -> None:
    small = Grown(10_000, 4.0, 0.6, (10.0, 10.0, 30.0))
    large = Grown(1_000_000, 16.0, 2.5, (10.0, 20.0, 30.0))
    speed, ready, memory = rows_of(small, large, count=20)
    assert (speed.got, speed.met) == (1.0, True)
    assert (ready.got, ready.met) == (16.0, False)
    assert (memory.got, memory.met) == (2.5, True)
    assert "1,000,000 claims stored" in speed.measure
    assert speed.ours == "1.00 articles/s"


def test_the_section_shows_both_stores_and_every_goal() -> None:
    small, large = Grown(10, 4.0, 0.6, (10.0,)), Grown(1_000, 4.5, 0.7, (20.0,))
    text = section_of(small, large, rows_of(small, large, 5), 5, "python -m bench growth", ["- Machine: none"])
    assert "| 10 | 0.50 | 4.0 | 0.60 |" in text
    assert "| 1,000 | 0.25 | 4.5 | 0.70 |" in text
    assert "| articles a second with 1,000 claims stored | 0.50 times | ≥ 0.85 times | **no** |" in text


def test_a_store_is_filled_with_vectors_near_those_of_its_claims(tmp_path: Path) -> None:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(2_000, 64, dtype=np.float32)[[len(text) % 64 for text in texts]]

    fill(tmp_path, 60, encoder_id="fake", dimensions=64, read_articles=4, encode=encode)
    database = Database(f"sqlite:///{tmp_path / 'parallax.db'}")
    with database.read() as session:
        for _, numbers, vectors in claims_in.vectors(session):
            said = encode([claim.claim.content for _, claim in sorted(claims_in.by_numbers(session, numbers).items())])
            similarities = (vectors * said).sum(axis=1)
            assert similarities.mean() == pytest.approx(0.8, abs=0.05)
            assert np.unique(vectors, axis=0).shape == vectors.shape
    database.close()
