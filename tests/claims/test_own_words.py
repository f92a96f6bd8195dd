"""What of an article is a claim at all, and whose."""

import pytest

from app.claims.claim import Certainty, Voice
from tests.claims.fictional import claim, extract, links


def contents(text: str) -> list[str]:
    return [c.content for c in extract(text).claims]


def test_a_sentence_of_a_quotation_has_the_speaker_of_the_others() -> None:
    text = "“We came by boat. Halden is full and nights are cold there. Nobody sleeps,” Mara Lind said."
    assert all(links(c) == [("Mara Lind", "person")] for c in extract(text).claims)


def test_a_reporters_question_is_no_part_of_the_answer() -> None:
    text = '"What do you say of the missing grain?," a reporter asked. "I never touched the grain," Lind replied.'
    assert contents(text) == ["I never touched the grain."]


def test_to_say_so_would_be_wrong_is_the_outlets_own() -> None:
    text = "To say that Mara Lind sank the ferry is an exaggeration."
    assert [(c.content, c.voice) for c in extract(text).claims] == [(text, Voice.OWN)]


@pytest.mark.parametrize(
    "text", ["Five things to know about the lock", "You may opt-out at any time.", "The question is whether the dam holds."]
)
def test_labels_notices_and_open_questions_are_no_claims(text: str) -> None:
    assert contents(f"The lock was shut on Sunday.\n\n{text}") == ["The lock was shut on Sunday."]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The crew poured into the town while they could.", Certainty.ASSERTED),
        ("They tried to make it not seem grand.", Certainty.ASSERTED),
        ("Half of likely voters know her name.", Certainty.ASSERTED),
        ("They are more likely to drown than to starve.", Certainty.ASSERTED),
        ("The board is looking into whether the lock might have failed.", Certainty.ASSERTED),
        ("She appeared before the court on Monday.", Certainty.ASSERTED),
        ("It appears that the dam was mined.", Certainty.HEDGED),
        ("The dam could burst if it rains.", Certainty.HEDGED),
        ("There are fears that the dam may burst.", Certainty.HEDGED),
    ],
)
def test_only_a_hedge_of_the_main_statement_hedges_it(text: str, certainty: Certainty) -> None:
    assert extract(text).claims[0].certainty is certainty


def test_who_does_not_believe_denies() -> None:
    assert claim("Mara Lind does not believe that the dam was mined.", "The dam").certainty is Certainty.DENIED


def test_a_verb_behind_no_is_not_counted() -> None:
    assert extract("He did what no other sailor has done well.").claims[0].quantities == ()


def test_players_and_buttons_on_the_page_are_no_part_of_the_story() -> None:
    text = "CLOSE The board shut the lock on Sunday.\n\nMUST WATCH Lind: We tried everything 01:43"
    assert contents(text) == ["The board shut the lock on Sunday."]


def test_a_command_is_no_claim() -> None:
    assert contents("“Just keep on praying for us,” said Mara Lind.") == []


def test_an_office_before_a_name_is_no_part_of_it() -> None:
    assert links(claim("“The dam is lost,” Secretary-General Lena Holm said.", "The dam")) == [("Lena Holm", "person")]


def test_a_place_behind_a_surname_is_no_name() -> None:
    text = "Mara Lind lost the boat. “It is no good,” said Lind of Fort Halden, Md."
    assert links(claim(text, "It is no good")) == [("Mara Lind", "person")]


def test_he_stays_open_where_another_may_be_meant() -> None:
    text = (
        "“The dam holds,” said Tomas Brill.\n\nIt is a sign of Minister Karl Lind's appeal that the hall was full. “I am sorry,” he said."
    )
    assert links(claim(text, "I am sorry")) == [(None, "person")]


def test_words_that_lead_on_to_nothing_are_cut() -> None:
    text = "Police said they arrested Karl Lind in 2004 for sinking a barge in what he later told detectives was a joke."
    assert not any(c.content.endswith(("in what.", "what.")) for c in extract(text).claims)
