"""Groups for tests; a process of its own finds them by name."""

from collections.abc import Sequence

from bench.goals import Row
from bench.groups import Asked


def refused(asked: Asked) -> Sequence[Row]:
    """A group that cannot be measured."""
    raise ValueError("no")
