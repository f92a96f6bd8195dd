"""Multinomial logistic regression, small and exact: L-BFGS on the penalised likelihood."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_ITERATIONS = 400


def fit(values: Matrix, classes: Sequence[int], class_count: int, weights: Matrix, freedom: float = 1.0) -> Matrix:
    """Rows of (class_count, 1 + features): the bias, then one weight a feature.

    Args:
        values: (examples, features), each about 0..1.
        classes: each example's class, 0..class_count - 1.
        class_count: how many classes there are.
        weights: (examples,), how much each example counts.
        freedom: the inverse of the penalty on squared weights; the bias goes free.
    """
    x = torch.from_numpy(np.hstack([np.ones((len(values), 1)), values]))
    y, w = torch.tensor(classes), torch.from_numpy(np.asarray(weights, dtype=np.float64))
    rows = torch.zeros((class_count, x.shape[1]), dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([rows], max_iter=_ITERATIONS, line_search_fn="strong_wolfe", tolerance_change=1e-10)

    def loss() -> torch.Tensor:
        search.zero_grad()
        lost = torch.nn.functional.cross_entropy(x @ rows.T, y, reduction="none")
        total: torch.Tensor = (lost * w).sum() + 0.5 / freedom * (rows[:, 1:] ** 2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    search.step(loss)  # type: ignore[no-untyped-call]
    return rows.detach().numpy()
