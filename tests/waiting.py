"""Waiting for what another process does."""

import time
from collections.abc import Callable

DEADLINE_SECONDS = 180
LOOK_SECONDS = 0.05


def until(happened: Callable[[], bool]) -> None:
    """Returns once it happened; fails when it does not in a time that no working machine needs."""
    end = time.monotonic() + DEADLINE_SECONDS
    while not happened():
        assert time.monotonic() < end, "waited too long"
        time.sleep(LOOK_SECONDS)
