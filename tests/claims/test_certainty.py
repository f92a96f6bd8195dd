"""How a statement is put forward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.certainty import certainty_of, conditional, negated, negation_spans, planned, question
from app.claims.claim import Certainty


@pytest.mark.parametrize(
    ("content", "cue", "certainty"),
    [
        ("The barge hit the ferry", None, Certainty.ASSERTED),
        ("the barge hit the ferry", "said", Certainty.ASSERTED),
        ("The toll may rise", None, Certainty.HEDGED),
        ("He reportedly left the country", None, Certainty.HEDGED),
        ("It is thought that the radar was off", None, Certainty.HEDGED),
        ("He was allegedly paid", "said", Certainty.HEDGED),
        ("the radar was off", "denied that", Certainty.DENIED),
        ("both points", "rejected", Certainty.DENIED),
        ("the claim", "dismissed", Certainty.DENIED),
        ("the radar was off", "did not deny that", Certainty.ASSERTED),
        ("Brandvik denied that the radar was off", None, Certainty.DENIED),
        ("Brandvik did not deny having met him", None, Certainty.ASSERTED),
        ("On May 5 it passed", None, Certainty.ASSERTED),
        ("the vote was rigged", "suggested", Certainty.HEDGED),
    ],
)
def test_the_cue_and_the_words_say_how_firm_it_is(content: str, cue: str | None, certainty: Certainty) -> None:
    assert certainty_of(content, cue) is certainty


@pytest.mark.parametrize(
    "text",
    [
        "The talks did not resume",
        "They didn't meet",
        "Nobody is missing any more",
        "The crossing is no longer open",
        "The bill failed to pass",
        "The bill passed without debate",
        "They never met",
        "He refused to sign",
    ],
)
def test_one_negation_negates(text: str) -> None:
    assert negated(text)


@pytest.mark.parametrize(
    "text",
    [
        "The talks resumed",
        "He did not deny it",
        "It is not impossible",
        "I wouldn't say he isn't ready",
        "Not only he but she won",
        "There is no doubt that it sank",
        "No more than 20 people were hurt",
        "No. 10 confirmed it",
        "Her record is second to none",
        "Those who did not vote were fined",
        "Although he did not vote, he won",
        "She asked whether or not he came",
    ],
)
def test_an_even_number_an_idiom_or_a_side_clause_does_not(text: str) -> None:
    assert not negated(text)


def test_negations_are_pointed_at() -> None:
    text = "It did not rain and nobody slept"
    assert [span.of(text) for span in negation_spans(text)] == ["not", "nobody"]


@given(st.text(max_size=60))
def test_negation_spans_lie_inside_any_text(text: str) -> None:
    assert all(0 <= span.start_char < span.end_char <= len(text) for span in negation_spans(text))


@pytest.mark.parametrize(
    "text",
    [
        "A full inquiry, should one be called, would take at least a year",
        "If the radar was off, the owner could face prison",
        "The truce ends on Friday unless a deal is reached",
        "The deal would collapse if the militia refused",
        "Provided the parliament agrees, the law takes effect in May",
    ],
)
def test_a_condition_is_seen(text: str) -> None:
    assert conditional(text)


@pytest.mark.parametrize(
    "text", ["He asked if it was true", "The owner faces prison", "It is as if nothing had happened", "Police said he should resign"]
)
def test_no_condition_is_invented(text: str) -> None:
    assert not conditional(text)


@pytest.mark.parametrize(
    "text",
    [
        "Talks are to be held on Friday",
        "The ministry plans to publish it",
        "The vote is due on Monday",
        "Ministers will meet",
        "Central bank to raise rates",
        "He is expected to resign",
    ],
)
def test_a_plan_is_no_event(text: str) -> None:
    assert planned(text)


@pytest.mark.parametrize("text", ["The bank raised rates", "He went to the shop", "The talks took place on Friday"])
def test_an_event_is_no_plan(text: str) -> None:
    assert not planned(text)


def test_a_question_asks() -> None:
    assert question("Was the radar on?")
    assert question("“Was the radar on?”")
    assert not question("The radar was on.")
