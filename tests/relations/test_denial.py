"""Outright denials: sure contradictions, and what only looks like one."""

from datetime import UTC, datetime, timedelta

import pytest

from app.relations.denial import outright
from app.relations.judge import Pair
from app.relations.relation import RelationKind
from app.relations.rules import RuleJudge
from app.relations.statements import read_statement

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


def denied(a: str, b: str) -> bool:
    one, other = read_statement(a, NOON), read_statement(b, NOON)
    found, turned = outright(one, other), outright(other, one)
    assert (found is None) == (turned is None)
    if found and turned:
        assert (found.a_span, found.b_span) == (turned.b_span, turned.a_span)
    return found is not None


@pytest.mark.parametrize(
    ("said", "denial"),
    [
        ("Tarn Water paid a ransom of $6 million in cryptocurrency on Monday.", "Tarn Water did not pay any ransom."),
        ("The harbour master resigned on Friday.", "The harbour master did not resign."),
        ("The radar was running all night.", "The radar was not running."),
    ],
)
def test_a_denial_without_a_word_of_its_own_contradicts_what_it_denies(said: str, denial: str) -> None:
    assert denied(said, denial)
    relation = RuleJudge().judge([Pair(read_statement(said, NOON), read_statement(denial, NOON), 0.5)])[0]
    assert relation.kind is RelationKind.CONTRADICTS
    assert relation.reasons


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("Tarn Water paid a ransom.", "Tarn Water did not pay a ransom of $6 million."),
        ("The harbour master resigned.", "The deputy harbour master did not resign."),
        ("The harbour master will resign on Friday.", "The harbour master did not resign."),
        ("The bank paid the mayor.", "The mayor did not pay the bank."),
        ("The mayor would resign if the bridge closed.", "The mayor did not resign."),
    ],
)
def test_a_denial_of_more_of_another_or_of_a_plan_is_none(said: str, other: str) -> None:
    assert not denied(said, other)


def test_what_had_not_happened_yet_may_happen_later() -> None:
    before = read_statement("Vessia has not signed the treaty.", NOON)
    after = read_statement("Vessia signed the treaty in Pohn.", NOON + timedelta(days=1))
    assert outright(before, after) is None
    assert outright(after, before) is None
    assert denied("Vessia has not signed the treaty.", "Vessia signed the treaty in Pohn.")
