"""A window that comes again is not read again, and says what it said."""

import numpy as np

from app.articles.document import Span
from app.claims.remembering import RememberedWindows, Rows
from app.claims.windows import Paragraph, Window


def window(*pieces: int, context_words: int = 0, start_char: int = 0) -> Window:
    words = tuple(Span(start_char + 2 * at, start_char + 2 * at + 1) for at in range(len(pieces)))
    return Window((Paragraph(0, words, pieces, (0,) * len(pieces), tuple(range(len(pieces)))),), context_words, 101, 102)


class Counting:
    """Answers rows that tell the window's pieces; counts what it read."""

    def __init__(self) -> None:
        self.read: list[tuple[int, ...]] = []

    def __call__(self, window: Window) -> Rows:
        """A row a fresh word."""
        pieces = window.pieces[window.first_piece[window.context_words :]]
        self.read.append(tuple(pieces.tolist()))
        return pieces.astype(np.float32)[:, None], np.zeros((len(pieces), 8), dtype=np.float16)


def test_the_same_words_elsewhere_in_a_text_are_read_once() -> None:
    counting = Counting()
    remembered = RememberedWindows(counting)
    first = remembered(window(1, 2, 3))
    again = remembered(window(1, 2, 3, start_char=80))
    assert counting.read == [(1, 2, 3)]
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])


def test_other_words_or_other_fresh_words_are_read() -> None:
    counting = Counting()
    remembered = RememberedWindows(counting)
    assert remembered(window(1, 2, 3))[0][:, 0].tolist() == [1, 2, 3]
    assert remembered(window(1, 2, 4))[0][:, 0].tolist() == [1, 2, 4]
    assert remembered(window(1, 2, 3, context_words=1))[0][:, 0].tolist() == [2, 3]
    assert len(counting.read) == 3


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    counting = Counting()
    a_window_bytes = 3 * 4 + 3 * 8 * 2
    remembered = RememberedWindows(counting, bytes_at_most=2 * a_window_bytes)
    one, two, three = window(1, 1, 1), window(2, 2, 2), window(3, 3, 3)
    for each in (one, two, one, three, one, two):
        remembered(each)
    assert counting.read == [(1, 1, 1), (2, 2, 2), (3, 3, 3), (2, 2, 2)]


def test_nothing_is_remembered_where_nothing_may_be() -> None:
    counting = Counting()
    remembered = RememberedWindows(counting, bytes_at_most=0)
    remembered(window(1))
    remembered(window(1))
    assert len(counting.read) == 2
