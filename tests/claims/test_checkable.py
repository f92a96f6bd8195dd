import pytest

from app.claims.checkable import checkable, leads_with_clause


@pytest.mark.parametrize("text", ["The dam burst on Sunday and flooded Halden.", "It was over.", "Not one cent.", "He didn’t go."])
def test_assertions_are_checkable(text: str) -> None:
    assert checkable(text)


@pytest.mark.parametrize(
    "text",
    ["Who did this?", "Thank you all so much.", "Read more about the dam.", "Vandalism.", "A dark day", "", "Let's see how he sleeps."],
)
def test_questions_greetings_and_fragments_are_not(text: str) -> None:
    assert not checkable(text)


def test_a_clause_inside_a_phrase_does_not_make_it_a_clause() -> None:
    assert leads_with_clause("the dam was weak")
    assert not leads_with_clause("a boycott of the mill that was sold")
