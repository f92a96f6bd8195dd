"""Scores between spans."""

import numpy as np
import pytest

from app.claims.linking import product


@pytest.mark.parametrize("rows", [1, 2, 3, 41, 400])
@pytest.mark.parametrize("columns", [1, 128, 700])
def test_a_product_in_blocks_is_the_product(rows: int, columns: int) -> None:
    rng = np.random.default_rng(rows)
    left, right = rng.standard_normal((rows, 768), dtype=np.float32), rng.standard_normal((768, columns), dtype=np.float32)
    assert np.allclose(product(left, right), left @ right, rtol=1e-4, atol=1e-3)
