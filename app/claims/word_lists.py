"""Word lists as one writes them: in a row, parted by spaces."""


def listed(words: str) -> tuple[str, ...]:
    """The words of `words` in order; an empty string gives none."""
    return tuple(words.split())
