"""Each comparator on invented statements."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.claims.claim import Certainty
from app.relations.certainty import CertaintyComparator
from app.relations.characterisation import CharacterisationComparator
from app.relations.date import DateComparator
from app.relations.finding import Comparator, Finding, Verdict
from app.relations.identity import AgentComparator, RoleComparator, namesakes
from app.relations.negation import AntonymComparator, NegationComparator
from app.relations.place import PlaceComparator
from app.relations.quantity import QuantityComparator
from app.relations.reading import read
from app.relations.statements import read_statement

AT = datetime(2025, 3, 3, 12, tzinfo=UTC)


def found(comparator: Comparator, a: str, b: str) -> Finding | None:
    return comparator.compare(read_statement(a, AT), read_statement(b, AT))


def verdict(comparator: Comparator, a: str, b: str) -> Verdict | None:
    finding = found(comparator, a, b)
    return finding.verdict if finding else None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The call lasted about 45 minutes.", "The call lasted 47 minutes.", Verdict.AGREE),
        ("The call lasted 45 minutes.", "The call lasted 30 minutes.", Verdict.PART),
        ("At least 20 people were killed.", "The raid killed 27 people.", Verdict.AGREE),
        ("The raid killed 20 people.", "At least 27 people were killed in the raid.", Verdict.PART),
        ("The crash was five miles from the harbour.", "The crash was 8 kilometres from the harbour.", Verdict.AGREE),
        ("The raid killed 12 people.", "The raid injured 40 people.", None),
        ("The line employs 1,200 people.", "The line makes 1,200 cars.", None),
        ("The fine was 5 million euros.", "The fine was 6 million dollars.", None),
    ],
)
def test_quantities_are_held_together_only_where_they_count_the_same(a: str, b: str, expected: Verdict | None) -> None:
    assert verdict(QuantityComparator(), a, b) is expected


def test_a_quantity_finding_tells_the_reader_by_how_much() -> None:
    finding = found(QuantityComparator(), "The call lasted 45 minutes.", "The call lasted 30 minutes.")
    assert finding is not None
    assert finding.detail == "45 minutes against 30 minutes: 33% less"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The company paid a ransom.", "The company did not pay a ransom.", Verdict.PART),
        ("The company did not pay a ransom.", "The company never paid any ransom.", Verdict.AGREE),
        ("Nobody denied that the radar failed.", "The harbour is open.", None),
    ],
)
def test_what_one_affirms_and_the_other_negates_parts_them(a: str, b: str, expected: Verdict | None) -> None:
    assert verdict(NegationComparator(), a, b) is expected


def test_a_denial_contradicts_the_claim_it_denies() -> None:
    claim = read_statement("The minister met the envoy.", AT)
    denial = replace(claim, certainty=Certainty.DENIED)
    finding = NegationComparator().compare(claim, denial)
    assert finding is not None
    assert finding.verdict is Verdict.PART


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Exports rose in October.", "Exports fell in October.", Verdict.PART),
        ("Exports rose in October.", "Exports climbed in October.", Verdict.AGREE),
        ("The crossing is closed.", "The crossing is not open.", Verdict.AGREE),
        ("The crossing is closed.", "The crossing is open.", Verdict.PART),
        ("The jury found him guilty.", "The jury acquitted him.", Verdict.PART),
        ("She did not rule out a rise.", "She ruled out a rise.", Verdict.PART),
        ("Members rejected the offer.", "The ferry sank.", None),
    ],
)
def test_opposites_part_and_synonyms_agree(a: str, b: str, expected: Verdict | None) -> None:
    assert verdict(AntonymComparator(), a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("On Monday Orrin Tal beat Maris Venn.", "On Monday Maris Venn beat Orrin Tal.", Verdict.PART),
        ("On Monday Orrin Tal beat Maris Venn.", "On Monday Maris Venn was beaten by Orrin Tal.", Verdict.AGREE),
        ("On Monday Orrin Tal beat Maris Venn.", "On Monday Maris Venn lost to Orrin Tal.", Verdict.AGREE),
    ],
)
def test_swapped_roles_part_and_the_passive_does_not(a: str, b: str, expected: Verdict) -> None:
    assert verdict(RoleComparator(), a, b) is expected


def test_a_cleft_names_another_agent() -> None:
    assert verdict(AgentComparator(), "It was the driver who fired first.", "It was the trooper who fired first.") is Verdict.PART


def test_one_surname_may_be_two_people() -> None:
    one, other = read_statement("Deputy governor Pavel Dorn wanted to wait."), read_statement("Opposition leader Stefan Dorn was angry.")
    assert namesakes(read(one), read(other))
    assert not namesakes(read(one), read(read_statement("They asked P Dorn to wait.")))


def test_two_places_of_one_event_part() -> None:
    assert verdict(PlaceComparator(), "The tanker ran aground near Cape Zanele.", "The tanker ran aground near Port Wuli.") is Verdict.PART


def test_places_of_list_valued_facts_do_not() -> None:
    assert verdict(PlaceComparator(), "The envoy visited troops in Zanele.", "The envoy visited troops in Wuli.") is None


def test_an_open_question_parts_from_a_settled_one_and_a_hedge_does_not() -> None:
    comparator = CertaintyComparator()
    assert verdict(comparator, "It is not known who leaked the tape.", "It is certain that the clerk leaked the tape.") is Verdict.PART
    assert verdict(comparator, "The clerk may have leaked the tape.", "The clerk leaked the tape.") is None


def test_praise_parts_from_blame() -> None:
    comparator = CharacterisationComparator()
    assert verdict(comparator, "The answer was generally positive.", "The answer was ridiculous.") is Verdict.PART
    assert verdict(comparator, "The answer was superb.", "The answer was excellent.") is Verdict.AGREE


def test_dates_part_by_day_and_agree_by_part_of_month() -> None:
    comparator = DateComparator()
    assert verdict(comparator, "The vote is on 12 March.", "The vote is on 21 March.") is Verdict.PART
    assert verdict(comparator, "The raid was in early March.", "The raid was on 3 March.") is Verdict.AGREE


def test_a_figure_both_share_does_not_hide_the_one_that_parts_them() -> None:
    first = read_statement("The call between the two ministers lasted 45 minutes.")
    second = read_statement("The call between the two ministers lasted 30 minutes.")
    finding = QuantityComparator().compare(first, second)
    assert finding is not None
    assert finding.verdict is Verdict.PART
    assert finding.detail == "45 minutes against 30 minutes: 33% less"


def test_a_verb_and_its_particle_may_stand_apart() -> None:
    assert verdict(AntonymComparator(), "Hadrun accepted the plan.", "Hadrun turned the plan down.") is Verdict.PART


def test_what_rose_is_not_held_against_what_else_fell() -> None:
    comparator = AntonymComparator()
    assert verdict(comparator, "Imports rose while exports fell.", "Exports rose.") is Verdict.PART
    assert verdict(comparator, "Imports rose while exports fell.", "Exports fell.") is Verdict.AGREE


def test_a_purchase_is_the_other_side_of_a_sale() -> None:
    assert verdict(AntonymComparator(), "Corran bought the stake in the port.", "Fenwick sold the stake in the port.") is None


def test_owner_and_owned_are_one_party() -> None:
    comparator = RoleComparator()
    attack = "Hadrun's army attacked Torvin's convoy."
    assert verdict(comparator, attack, "Torvin's convoy was attacked by Hadrun's army.") is Verdict.AGREE
    assert verdict(comparator, attack, "Torvin's convoy attacked Hadrun's army.") is Verdict.PART


def test_one_prize_has_one_winner() -> None:
    comparator = AgentComparator()
    assert verdict(comparator, "Lena Kovarik won the Saro marathon.", "Ida Munthe won the Saro marathon.") is Verdict.PART
    assert verdict(comparator, "Lena Kovarik won the Saro marathon.", "The Saro marathon was won by Ida Munthe.") is Verdict.PART
    assert verdict(comparator, "Lena Kovarik won the first stage.", "Ida Munthe won the second stage.") is None


def test_to_win_in_one_place_is_not_to_lose_in_another() -> None:
    assert verdict(PlaceComparator(), "Brenna Holt wins in Ostrel province.", "Brenna Holt wins in Ardal province.") is None
