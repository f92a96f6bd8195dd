"""Which contents hold another attribution, and which sources pass such a one on."""

import pytest

from app.claims.nested import inside, joined, may_pass_on
from app.claims.outlets_quoted import OutletsOf
from tests.claims.fictional import DIRECTORY, document
from tests.claims.spans import attribution, shown, span_of

TEXT = "Orbit TV reported that a senior official said the talks had collapsed."
OUTER = attribution(TEXT, "Orbit TV", "reported", "that a senior official said the talks had collapsed")


def test_an_attribution_that_fills_a_content_is_found_in_it() -> None:
    assert [shown(TEXT, a) for a in inside(TEXT, OUTER, ())] == [("a senior official", "said", ["the talks had collapsed"])]


@pytest.mark.parametrize(
    "content",
    [
        "the talks that a senior official said were hard had collapsed in the night after nine long days in Halden",
        "the rebels' claim that they shot down a drone",
        "the talks had collapsed",
    ],
)
def test_what_is_mentioned_in_passing_is_not_inside(content: str) -> None:
    text = f"Orbit TV reported {content}."
    assert inside(text, attribution(text, "Orbit TV", "reported", content), ()) == []


def test_nothing_is_inside_a_quotation() -> None:
    text = "“He told me that he said nothing of the kind,” she said."
    quotation = span_of(text, "“He told me that he said nothing of the kind,”")
    assert inside(text, attribution(text, "she", "said", quotation.of(text)), (quotation,)) == []


def test_pieces_beside_each_other_are_joined_but_not_across_the_cue() -> None:
    text = "The rebels, he wrote, that they, in fact, had won."
    near = attribution(text, "he", "wrote", "that they", "had won")
    assert shown(text, joined(text, near))[2] == ["that they, in fact, had won"]
    across = attribution(text, "he", "wrote", "The rebels", "had won")
    assert joined(text, across) == across


def test_sentences_are_not_joined() -> None:
    text = "He wrote that they won. It rained."
    apart = attribution(text, "He", "wrote", "that they won", "It rained")
    assert joined(text, apart) == apart


@pytest.mark.parametrize(
    ("source", "passes"),
    [
        ("Orbit TV", True),
        ("the report", True),
        ("The newspaper", True),
        ("Mara Lind", False),
        ("a senior official", False),
        ("the ministry", False),
        ("", True),
    ],
)
def test_outlets_documents_and_nobody_named_pass_on_what_others_say(source: str, passes: bool) -> None:
    text = f"{source} said that the talks had collapsed, as Orbit TV would know."
    found = attribution(text, source, "said", "that the talks had collapsed")
    assert may_pass_on(text, found.source, OutletsOf(document(text), DIRECTORY)) is passes
