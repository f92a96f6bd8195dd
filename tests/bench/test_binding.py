"""What is said to bind."""

import os

from bench.binding import Binding


def test_what_is_used_up_is_what_binds() -> None:
    cores = len(os.sched_getaffinity(0))
    assert Binding(10, {"workers": 9.5 * cores}, 0.1, 0.0).binds == "the cores"
    assert Binding(10, {"workers": 1.0}, 0.95, 12.0).binds == "the writers' lock"
    assert Binding(10, {"workers": 9.5 * cores}, 0.95, 12.0).binds == "the writers' lock and the cores"
    assert Binding(10, {"workers": 1.0}, 0.1, 0.0).binds == "neither cores nor lock alone"


def test_the_cell_tells_each_kinds_share() -> None:
    told = Binding(10, {"workers": 3.0, "PostgreSQL": 1.0}, 0.2, 4.0).told()
    assert "workers 3 s (75%), PostgreSQL 1 s (25%)" in told
    assert "lock held 20% of the time, waited for 4 s in all" in told
