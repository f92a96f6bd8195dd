"""Statements, predictions and opinions; all names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import ClaimType
from app.claims.claim_types import claim_type
from app.claims.main_clause import leads, main_clause
from tests.claims.fictional import claim


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("The economy will shrink next year.", ""),
        ("Rents are going to double.", "said"),
        ("The storm is expected to weaken.", ""),
        ("Inflation is set to rise.", "said"),
        ("The merger is likely to cost 500 jobs.", "told reporters"),
        ("Inflation would fall below 2%.", "said"),
        ("Unemployment to reach 6% by spring.", "forecast"),
        ("The dam bursts within a decade.", "predicted that"),
        ("If the talks fail, fuel will run out.", "warned"),
        ("I think we’ll win this election.", "said"),
        ("Analysts expect prices to keep rising.", ""),
        ("It won't work.", "said"),
        ("We will never surrender the valley.", "said"),
        ("We will not allow it.", "said"),
        ("The cuts will lead to strikes.", "said"),
    ],
)
def test_what_will_happen_is_a_prediction(content: str, cue: str) -> None:
    assert claim_type(content, cue) is ClaimType.PREDICTION


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("The summit will be held on Friday.", ""),
        ("The ministers will meet in Halden.", "said"),
        ("The vote is expected to take place on Monday.", ""),
        ("The museum will open on 3 May.", ""),
        ("The law will require a licence.", "said"),
        ("It will close two mills.", "announced that"),
        ("The report would be published in June.", "said"),
        ("The talks are due to resume.", ""),
        ("The law will not allow it.", ""),
    ],
)
def test_an_appointment_or_a_measure_decided_on_is_a_statement(content: str, cue: str) -> None:
    assert claim_type(content, cue) is ClaimType.STATEMENT


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("The mayor should resign.", "said"),
        ("We must act now.", "said"),
        ("The nurses deserve better.", "said"),
        ("The safety record is a disgrace.", ""),
        ("The plan is a joke.", "called"),
        ("It is unfair and cruel.", "said"),
        ("In my view the council acted in haste.", "said"),
        ("The policy is a disaster.", "believes"),
        ("There is no excuse for the delay.", "said"),
        ("I'm proud of this team.", "said"),
        ("It makes no sense.", "said"),
    ],
)
def test_an_evaluation_or_what_ought_to_be_is_an_opinion(content: str, cue: str) -> None:
    assert claim_type(content, cue) is ClaimType.OPINION


@pytest.mark.parametrize(
    ("content", "cue"),
    [
        ("The ferry left at nine.", ""),
        ("The man drowned.", "believes"),
        ("It was the worst flood since 1953.", "said"),
        ("Prices could fall.", "said"),
        ("The bank raised rates on fears that prices will rise.", ""),
        ("The crew, which will be tried in May, denied it.", ""),
        ("Will Arnesen read the will of his father.", ""),
        ("He went to the good school in Halden.", ""),
        ("We are pleased to announce that the school opened.", "said"),
        ("The bill would ban fishing in the strait.", ""),
        ("Applicants must be 18.", ""),
        ("The delivery should arrive by noon.", "said"),
        ("The minister said taxes should fall.", ""),
        ("There is a great hall in the castle.", ""),
        ("Private investment has been weak.", ""),
        ("She is proud of the team.", ""),
        ("The sweets are likely to have helped them.", ""),
        ("", ""),
    ],
)
def test_what_is_not_clear_stays_a_statement(content: str, cue: str) -> None:
    assert claim_type(content, cue) is ClaimType.STATEMENT


def test_would_in_a_speakers_own_words_foretells_nothing() -> None:
    assert claim_type("A fence would cost more.", "said", quoted=True) is ClaimType.STATEMENT
    assert claim_type("A fence would cost more.", "said") is ClaimType.PREDICTION


@given(st.text(max_size=80), st.text(max_size=20), st.booleans())
def test_any_text_has_a_type(content: str, cue: str, quoted: bool) -> None:
    assert claim_type(content, cue, quoted=quoted) in ClaimType


def test_frames_and_clauses_beside_are_no_part_of_the_main_clause() -> None:
    assert main_clause("i think that rents will rise, which worries me") == "rents will rise"
    assert main_clause("if it rains, the match is off") == "the match is off"
    assert leads("the proposed law has been a failure", 21)
    assert not leads("officials said it was bad", 18)


def test_a_claim_carries_its_type() -> None:
    text = "Mayor Ines Varga said the bridge will collapse within a decade. “The harbour is a disgrace to the town,” said Varga."
    assert claim(text, "The bridge").type is ClaimType.PREDICTION
    assert claim(text, "The harbour").type is ClaimType.OPINION
