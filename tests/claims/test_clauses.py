import pytest

from app.articles.document import Span
from app.claims.clauses import heading, stands


@pytest.mark.parametrize(
    "text",
    [
        "The dam burst on Sunday.",
        'The mayor "has the most to lose."',
        "When members resign, they can evade the inquiry.",
        "If that were the case, then that would be worse.",
        "Those who ferry grain are paid by the ton.",
        "It enhances our lives.",
        "They blunt every edge.",
        "Lena Holm, the envoy to Calvera, resigned.",
        "The councillors fiercely reject the toll.",
        "The question whether the dam holds is open.",
        "The idea that women must row is old.",
    ],
)
def test_a_clause_has_a_verb_of_its_own(text: str) -> None:
    assert stands(text, Span(0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        'The "targeting of any ferry or any crew (that) has a licence"',
        "the two oarsmen who were standing at the front",
        "Wholesale violation of the harbour rules",
        "a bill that would have banned lamps on the quay",
        "Housing the crews in overcrowded, unheated sheds",
        "claims that the barge was in the lock last year",
    ],
)
def test_a_verb_inside_a_relative_clause_makes_no_clause(text: str) -> None:
    assert not stands(text, Span(0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "legislation to end the emergency she declared at the lock",
        "the record of the probe to be admitted as evidence",
        "something it would not consider without a toll",
        "staying with what's expected to be a long night",
    ],
)
def test_a_verb_of_a_clause_without_its_that_makes_no_clause(text: str) -> None:
    assert not stands(text, Span(0, len(text)))


def test_a_heading_asserts_with_a_name_and_a_verb() -> None:
    for text, asserts in (("Ravn picks Mara Lind for the board", True), ("Five things to know about the new lock", False)):
        assert heading(text, Span(0, len(text))) is asserts
