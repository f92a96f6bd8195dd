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


def test_where_it_was_said_is_no_part_of_what_was_said() -> None:
    assert sentence("the crews “have to go” in an interview with the Harbor Courier") == "The crews “have to go”."


def test_brackets_are_closed_or_left_out() -> None:
    assert sentence("the toll is hard to count)") == "The toll is hard to count."
    assert sentence("the toll rose (it had been two crowns") == "The toll rose (it had been two crowns)."
    assert sentence("the toll is low (") == "The toll is low."


def test_a_that_with_a_verb_behind_it_is_a_subject() -> None:
    assert stripped("that was wrong") == "that was wrong"
    assert stripped("that the dam was wrong") == "the dam was wrong"
    assert stripped("but that lock is old", own=True) == "that lock is old"
