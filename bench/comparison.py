"""One figure against its peer: measured in turns, told as a ratio."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Comparison:
    """A measure taken in pairs: `pairs[i]` are (ours, the peer's) of one repeat, in `unit`, higher is better for both."""

    measure: str
    unit: str
    peer: str
    pairs: tuple[tuple[float, float], ...]
    note: str = ""

    @property
    def ours(self) -> float:
        """Our median."""
        return median(ours for ours, _ in self.pairs)

    @property
    def theirs(self) -> float:
        """The peer's median."""
        return median(theirs for _, theirs in self.pairs)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over the peer's within each repeat, rising."""
        return tuple(sorted(ours / theirs for ours, theirs in self.pairs))

    @property
    def ratio(self) -> float:
        """The median of the repeats' ratios: what drifts between repeats (a busy machine) falls out."""
        return median(self.ratios)


def in_turns(ours: Callable[[int], float], theirs: Callable[[int], float], repeats: int) -> tuple[tuple[float, float], ...]:
    """Measures both sides `repeats` times, one right after the other; who begins changes from repeat to repeat.

    Each side is called with the repeat's number, 0..repeats-1, and returns its figure.
    """
    pairs = []
    for repeat in range(repeats):
        if repeat % 2:
            second = theirs(repeat)
            first = ours(repeat)
        else:
            first = ours(repeat)
            second = theirs(repeat)
        pairs.append((first, second))
    return tuple(pairs)
