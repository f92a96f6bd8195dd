import pytest

from app.claims.checkable import checkable, leads_with_clause


@pytest.mark.parametrize(
    "text",
    [
        "The dam burst on Sunday and flooded Halden.",
        "It was over.",
        "Not one cent.",
        "He didn’t go.",
        "We cut fares twice.",
        "It penalizes small farms.",
        "Let me tell you that the dam was weak.",
        "We hope to open in May.",
        "I hope so; but the dam was weak.",
    ],
)
def test_assertions_are_checkable(text: str) -> None:
    assert checkable(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who did this?",
        "Thank you all so much.",
        "Read more about the dam.",
        "Vandalism.",
        "A dark day",
        "",
        "Let's see how he sleeps.",
        "I hope the children come home.",
        "Our thoughts are with the families.",
        "What a shame for this town!",
        "How sad!",
    ],
)
def test_questions_greetings_and_fragments_are_not(text: str) -> None:
    assert not checkable(text)


def test_a_clause_inside_a_phrase_does_not_make_it_a_clause() -> None:
    assert leads_with_clause("the dam was weak")
    assert not leads_with_clause("a boycott of the mill that was sold")
