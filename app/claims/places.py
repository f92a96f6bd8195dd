"""Where given words stand in a text."""

from collections.abc import Iterator


def places(text: str, words: str, *, whole: bool = False) -> Iterator[int]:
    """Where `words` stand, from left to right, none overlapping the one before; only as `whole` words where asked."""
    at = text.find(words)
    while at >= 0:
        stands = not whole or (_borders(text, at) and _borders(text, at + len(words)))
        if stands:
            yield at
        at = text.find(words, at + (len(words) if stands else 1))


def _borders(text: str, at: int) -> bool:
    """Whether a word begins or ends before character `at`."""
    before, after = text[max(at - 1, 0) : at], text[at : at + 1]
    return (before.isalnum() or before == "_") != (after.isalnum() or after == "_")
