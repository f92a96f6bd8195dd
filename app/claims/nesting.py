"""Attributions within attributions: which of them make claims, and through whom these passed."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from app.claims.tagger import Attribution

# An inner attribution stands for the outer one when it takes up this share of the outer's content. Source: read on PolNeAR train.
_INNER_SHARE = 0.6


def parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution, which other one's content most closely holds its own attributing words and some of its content.

    `attributions` are in text order.
    """
    contents = sorted((c, j) for j, a in enumerate(attributions) for c in a.content)
    starts = [c.start_char for c, _ in contents]
    longest = max((c.end_char - c.start_char for c, _ in contents), default=0)
    found: list[int | None] = []
    for i, mine in enumerate(attributions):
        anchors = mine.cue + mine.source or mine.content
        first, last = min(s.start_char for s in anchors), max(s.end_char for s in anchors)
        best: int | None = None
        size = longest + 1
        for k in range(bisect_right(starts, first) - 1, -1, -1):
            content, j = contents[k]
            if content.start_char < first - longest:
                break
            length = content.end_char - content.start_char
            fits = j != i and content.end_char >= last and length < size
            if fits and any(c.overlaps(own) for c in attributions[j].content for own in mine.content):
                best, size = j, length
        found.append(best)
    return found


def outermost(
    attributions: Sequence[Attribution], held_by: Sequence[int | None], bearing: Sequence[int], passes_on: Callable[[int], bool]
) -> dict[int, tuple[int, ...]]:
    """Of the attributions `bearing` statements, those that make claims, each with those around it that pass it on, nearest first.

    Of two that report the same words only one makes claims: the inner where the outer `passes_on` (an outlet, a document or nobody
    named) and holds little else; the outer otherwise.
    """
    candidates = set(bearing)
    dropped: set[int] = set()
    for i in bearing:
        parent = held_by[i]
        if parent is None or parent not in candidates:
            continue
        passed = passes_on(parent) and _share(attributions[i], attributions[parent]) >= _INNER_SHARE
        dropped.add(parent if passed else i)
    chosen: dict[int, tuple[int, ...]] = {}
    for i in bearing:
        around = list(_ancestors(i, held_by))
        if i in dropped or any(p in candidates and p not in dropped for p in around):
            continue
        passing = []
        for parent in around:
            if parent not in dropped:
                break
            passing.append(parent)
        chosen[i] = tuple(passing)
    return chosen


def _ancestors(i: int, held_by: Sequence[int | None]) -> Iterator[int]:
    seen = {i}
    parent = held_by[i]
    while parent is not None and parent not in seen:
        seen.add(parent)
        yield parent
        parent = held_by[parent]


def _share(inner: Attribution, outer: Attribution) -> float:
    held = sum(s.end_char - s.start_char for s in inner.source + inner.cue + inner.content)
    return held / max(1, sum(s.end_char - s.start_char for s in outer.content))
