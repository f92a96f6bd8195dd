import pytest

from app.articles.document import Span
from app.claims.leftovers import leftovers


def left(text: str, *covered: str) -> list[str]:
    spans = [Span(text.index(c), text.index(c) + len(c)) for c in covered]
    return [s.of(text) for s in leftovers(text, Span(0, len(text)), spans)]


def test_the_clause_beside_a_report_stands_alone() -> None:
    text = "The bank raised its rate to 4 percent on Thursday, saying that prices had risen."
    assert left(text, "saying", "that prices had risen") == ["The bank raised its rate to 4 percent on Thursday"]


def test_a_clause_ends_before_the_words_that_lead_on() -> None:
    text = "Mara Lind was glad of the money for only nine months until a friend explained that it was a loan."
    assert left(text, "a friend", "explained", "that it was a loan") == ["Mara Lind was glad of the money for only nine months"]
    text = "The harbour is blamed for the spill on Friday, in which the guard said two boats sank."
    assert left(text, "the guard", "said", "two boats sank") == ["The harbour is blamed for the spill on Friday"]


def test_reported_words_that_fill_a_place_leave_the_sentence_whole() -> None:
    text = "Others challenged a vote by Lind years earlier, and a comment about the “ferry lobby” that critics said was crude."
    assert left(text, "the “ferry lobby”", "critics", "said", "was crude") == [text]
    text = "Her words came a day after Calvera said it wished to try the crew."
    assert left(text, "Calvera", "said", "it wished to try the crew") == [text]


def test_a_subject_that_is_reported_leaves_the_sentence_whole() -> None:
    text = "Accusations that Lind is removed from the work are somewhat surprising given her early years."
    assert left(text, "Accusations", "that Lind is removed from the work") == [text]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Lind told “Valley Morning” on Wednesday said the vote was close.", ["said", "the vote was close"]),
        (
            "The hint was that it was time for a change, the two oarsmen who stood at the front.",
            ["The hint was that it was time for a change"],
        ),
        ("A day after the bridge fell into the river Lind said it was safe.", ["Lind", "said", "it was safe"]),
        ("Lind said the toll was fair and refused to say whether it would rise.", ["Lind", "said", "the toll was fair"]),
    ],
)
def test_frames_fragments_and_verbs_without_a_subject_are_no_statements(text: str, covered: list[str]) -> None:
    assert left(text, *covered) == []


def test_the_main_clause_behind_a_reported_side_clause_is_the_outlets() -> None:
    text = "While Lind has promised to repay the sum, there is no way to hold her to it."
    assert left(text, "Lind", "has promised", "to repay the sum") == ["there is no way to hold her to it."]
