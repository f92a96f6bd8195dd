"""Votes and scores."""

import pytest

from app.relations.finding import Verdict
from app.relations.statements import read_statement
from app.relations.tally import TallyComparator, tallies


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The assembly passed the budget by 61 votes to 58.", "The budget passed the assembly by 64 votes to 55.", Verdict.PART),
        ("Corran beat Fenwick 3-1 on Saturday.", "Fenwick lost 1-3 to Corran on Saturday.", Verdict.AGREE),
        ("Corran beat Fenwick 3-1 in the first leg.", "Corran beat Fenwick 2-0 in the second leg.", None),
        ("Corran led Fenwick 1-0 at half-time.", "Corran beat Fenwick 3-1.", None),
        ("Corran beat Fenwick 3-1.", "Corran beat Fenwick.", None),
    ],
)
def test_tallies_of_one_vote_or_match_agree_or_part(a: str, b: str, expected: Verdict | None) -> None:
    there = TallyComparator().compare(read_statement(a), read_statement(b))
    back = TallyComparator().compare(read_statement(b), read_statement(a))
    assert (there.verdict if there else None) is expected
    assert (back.verdict if back else None) is expected


def test_a_score_behind_a_name_is_a_tally() -> None:
    statement = read_statement("Corran beat Fenwick 3-1.")
    ((sides, span),) = tallies(statement)
    assert sides == {3.0, 1.0}
    assert span.of(statement.text) == "3-1"
