"""Two statements in one frame: other names, names elsewhere, active and passive."""

import pytest

from app.relations.frame import Frame, frame
from app.relations.judge import Pair
from app.relations.relation import RelationKind
from app.relations.rules import RuleJudge
from app.relations.statements import read_statement


def framed(a: str, b: str) -> Frame | None:
    one, other = read_statement(a), read_statement(b)
    assert frame(one, other) == frame(other, one)
    return frame(one, other)


def kind(a: str, b: str, similarity: float = 0.8) -> RelationKind:
    return RuleJudge().judge([Pair(read_statement(a), read_statement(b), similarity)])[0].kind


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Brandt wins Tarn", "Brandt wins Harrow"),
        ("The flight from Tarn to Harrow was delayed.", "The flight from Harrow to Tarn was delayed."),
        ("Safia Benslama gave her sister Nour a kidney.", "Nour Benslama gave her sister Safia a kidney."),
    ],
)
def test_other_names_and_names_elsewhere_never_agree(a: str, b: str) -> None:
    assert framed(a, b) is Frame.APART
    assert kind(a, b) not in (RelationKind.CORROBORATES, RelationKind.REFINES)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Vestria and Oland signed the pact.", "Oland and Vestria signed the pact."),
        ("Ines Kolar met Odo Brandt on the pier.", "Odo Brandt met Ines Kolar on the pier."),
        ("Lena Varga opened the bridge.", "Varga opened the bridge."),
    ],
)
def test_what_two_do_together_and_a_shorter_name_are_not_apart(a: str, b: str) -> None:
    assert framed(a, b) is None
    assert kind(a, b) is not RelationKind.CONTRADICTS


def test_active_and_passive_of_one_deed_agree() -> None:
    active, passive = "Tarn police arrested Harrow's mayor.", "Harrow's mayor was arrested by Tarn police."
    assert framed(active, passive) is Frame.TURNED
    assert kind(active, passive) is RelationKind.CORROBORATES
    assert kind(active, "Tarn police were arrested by Harrow's mayor.") is RelationKind.CONTRADICTS


def test_some_of_a_whole_are_not_held_against_the_whole() -> None:
    assert kind("Nine people were injured.", "None of the injured was in danger.", 0.5) is not RelationKind.CONTRADICTS
    assert kind("Four of the passengers were children.", "None of the passengers was seriously hurt.", 0.5) is not RelationKind.CONTRADICTS
    assert kind("Three of the passengers were injured.", "Nine passengers were injured.") is RelationKind.CONTRADICTS


def test_fewer_of_one_kind_are_no_other_count_of_all() -> None:
    everybody = "Nine people were injured in the fire on Saturday."
    assert kind(everybody, "Five members of the orchestra went to hospital during the night.", 0.5) is not RelationKind.CONTRADICTS
    assert kind(everybody, "Five pupils were injured in the fire on Saturday.") is not RelationKind.CONTRADICTS
    assert kind(everybody, "Twelve pupils were injured in the fire on Saturday.") is RelationKind.CONTRADICTS
