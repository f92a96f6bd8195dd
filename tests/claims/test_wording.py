import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.wording import joined, sentence, stripped


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the mayor “has the most to lose,”", "The mayor “has the most to lose.”"),
        ('the mayor "has the most to lose,"', 'The mayor "has the most to lose."'),
        ("they shout, ‘Give us bread,’", "They shout, ‘Give us bread.’"),
        ("the dam had burst", "The dam had burst."),
        ("The dam had burst!", "The dam had burst!"),
        ("We paid the toll. ...", "We paid the toll."),
    ],
)
def test_a_content_ends_as_a_sentence_does(words: str, expected: str) -> None:
    assert sentence(words) == expected


def test_a_mark_that_a_cut_left_open_is_closed() -> None:
    assert sentence('the council might "dredge the canal') == 'The council might "dredge the canal."'
    assert sentence("the council might “dredge the canal") == "The council might “dredge the canal.”"
    assert sentence("dredge the canal” next year") == "Dredge the canal next year."


def test_a_broken_sentence_is_mended_without_a_comma_where_it_goes_on() -> None:
    assert joined(["“The question,”", "“is whether the dam holds.”"]) == "The question is whether the dam holds."
    assert joined(["“Well,”", "“we tried everything.”"]) == "Well, we tried everything."
    assert joined(["the dam", "had burst"]) == "The dam had burst."


@given(st.text(max_size=60))
def test_any_words_become_a_sentence_or_nothing(words: str) -> None:
    made = sentence(stripped(words))
    assert made == "" or made.strip(" ")
