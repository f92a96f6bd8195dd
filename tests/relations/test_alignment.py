"""Statements in the same words but for figures, days and hedges."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.claims.claim import Certainty
from app.relations.alignment import align
from app.relations.finding import Verdict
from app.relations.judge import Pair
from app.relations.relation import ReasonType, RelationKind
from app.relations.rules import RuleJudge
from app.relations.statements import read_statement

AT = datetime(2025, 3, 3, 12, tzinfo=UTC)
JUDGE = RuleJudge()


def kind(a: str, b: str, b_at: datetime = AT) -> RelationKind:
    return JUDGE.judge([Pair(read_statement(a, AT), read_statement(b, b_at), 0.97)])[0].kind


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The reactor at Velde lost 45 percent of its coolant.", "The reactor at Velde lost 54 percent of its coolant."),
        ("House Bill 1228 reached the governor of Ardal.", "House Bill 1965 reached the governor of Ardal."),
        ("The senate confirmed Ilse Marn 50-48.", "The senate confirmed Ilse Marn 57-48."),
        ("Ilse Marn, 53, joined the court with Pavel Ost, 68.", "Ilse Marn, 53, joined the court with Pavel Ost, 34."),
        ("She received $366 of aid but spent $315.", "She received $366 of aid but spent $504."),
        ("It was the third trip that Marn made to Lirren.", "It was the fifth trip that Marn made to Lirren."),
        ("The mill closed two years ago.", "The mill closed three years ago."),
        ("The tram opens next Sunday.", "The tram opens next Tuesday."),
        ("The deal was signed on Thursday, Nov. 28, 2019.", "The deal was signed on Tuesday, Nov. 28, 2019."),
        ("The rebels hold the town (population 2,500).", "The rebels hold the town (population 7,500)."),
    ],
)
def test_one_changed_figure_is_never_agreement(a: str, b: str) -> None:
    assert not kind(a, b).agrees
    assert not kind(b, a).agrees


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The storm drowned 47 sailors off Lirren.", "The storm drowned about 45 sailors off Lirren."),
        ("The storm drowned 47 sailors off Lirren.", "The storm drowned nearly 50 sailors off Lirren."),
        ("The storm drowned 47 sailors off Lirren.", "The storm drowned more than 40 sailors off Lirren."),
        ("The storm killed 20 sailors.", "The storm reportedly killed 20 sailors."),
        ("The storm was caused by warm seas.", "The storm may have been caused by warm seas."),
        ("The pass is five miles from Hollin.", "The pass is 8 kilometres from Hollin."),
        ("About half of the harvest was lost.", "About 50 percent of the harvest was lost."),
        ("Ilse Marn, 44, was charged with fraud.", "Ilse Marn, around 45, was charged with fraud."),
        ("Ilse Marn, 72, was charged with fraud.", "Ilse Marn, seventy-two, was charged with fraud."),
        ("The mill burned down 20 years ago.", "The mill burned down more than 15 years ago."),
        ("The talks ended on March 9.", "The talks ended in early March."),
        ("The storm killed 20 sailors.", "The storm killed 20 sailors, officials said."),
        ("Dr Ilse Marn runs the clinic.", "Ilse Marn runs the clinic."),
        ("The minister never signed the treaty.", "The minister didn't sign the treaty."),
    ],
)
def test_a_hedge_a_rounding_or_another_unit_is_never_a_conflict(a: str, b: str) -> None:
    assert kind(a, b) is not RelationKind.CONTRADICTS
    assert kind(b, a) is not RelationKind.CONTRADICTS


def test_one_figure_that_parts_shows_where_and_by_how_much() -> None:
    a, b = (read_statement(f"The plant in Velde, built for $7m, makes {n} engines.", AT) for n in (40, 30))
    alignment = align(a, b)
    assert alignment is not None
    (finding,) = alignment.findings
    assert finding.verdict is Verdict.PART
    assert finding.type is ReasonType.QUANTITY
    assert finding.detail == "40 against 30: 25% less"


def test_currencies_and_percentage_points_are_neither_converted_nor_confused() -> None:
    assert kind("Brannock Steel was fined 5 million euros.", "Brannock Steel was fined 5 million dollars.") is RelationKind.UNRELATED
    assert kind("Unemployment rose by two percentage points.", "Unemployment rose by 2 percent.") is RelationKind.UNRELATED


def test_figures_of_two_days_are_not_held_against_each_other() -> None:
    assert (
        kind("On Friday shells killed 20 people in Asmit.", "On Saturday shells killed 9 people in Asmit.") is not RelationKind.CONTRADICTS
    )


def test_the_same_words_a_week_later_speak_of_another_day() -> None:
    text = "The bridge was closed on Sunday."
    assert kind(text, text, AT + timedelta(days=7)) is RelationKind.UNRELATED


def test_other_words_are_left_to_the_comparators() -> None:
    assert align(read_statement("The mill burned down.", AT), read_statement("The mill did not burn down.", AT)) is None
    assert align(read_statement("The army will resume strikes.", AT), read_statement("The army resumed strikes.", AT)) is None
    assert align(read_statement("Sailors almost drowned.", AT), read_statement("Sailors drowned.", AT)) is None


def test_the_same_words_denied_are_not_the_same() -> None:
    said = read_statement("The minister met 20 envoys.", AT)
    denied = replace(read_statement("The minister met about 20 envoys.", AT), certainty=Certainty.DENIED)
    assert align(said, denied) is None
    assert align(denied, denied) is not None
