"""The table of goals: when a row is met, how it reads, and what stays of an earlier run."""

import math

import pytest

from bench.comparison import Comparison
from bench.goals import HEADER, KEPT, Row, lines_of, printed, row_of, shortfalls, table

SPEED = Row("speed", 0.91, 0.8, "times", note="3 turns", ours="91 things/s", peer="100 things/s, a peer")
LATENCY = Row("p99", 7.25, 5.0, "ms", at_most=True)


@pytest.mark.parametrize(
    ("got", "at_most", "met"),
    [(0.8, False, True), (0.79, False, False), (0.8, True, True), (0.81, True, False), (math.nan, False, False), (math.nan, True, False)],
)
def test_a_row_is_met_from_its_goal_on(got: float, at_most: bool, met: bool) -> None:
    assert Row("speed", got, 0.8, "times", at_most=at_most).met is met


def test_a_row_reads_as_group_measure_sides_value_goal_and_whether_it_is_met() -> None:
    line = "| pipeline | speed | 91 things/s | 100 things/s, a peer | **0.91** times | ≥ 0.8 times | yes | 3 turns |"
    assert SPEED.markdown("pipeline") == line
    assert LATENCY.markdown("search") == "| search | p99 |  |  | **7.25** ms | ≤ 5 ms | **no** |  |"


def test_a_note_cannot_break_the_table() -> None:
    assert Row("a|b", 1.0, 1.0, "times", note="c|d").markdown("x").count("|") == 9


def test_large_figures_are_readable_and_what_was_not_measured_says_so() -> None:
    assert "**1,234,568** claims" in Row("size", 1_234_567.8, 1.0, "claims").markdown("x")
    assert "**12.3** s" in Row("start", 12.34, 15.0, "s", at_most=True).markdown("x")
    assert "**not measured** s" in Row("start", math.nan, 15.0, "s", at_most=True).markdown("x")


def test_nothing_lost_is_nought() -> None:
    assert "**0** points" in Row("lost", -0.00001, 0.3, "points", at_most=True).markdown("x")


def test_rows_of_groups_that_were_not_run_are_kept_and_say_so_once() -> None:
    first = table({"pipeline": [SPEED], "search": [LATENCY]}, {}, ["pipeline", "search"])
    kept = lines_of("## Goals\n\nwords\n\n" + "\n".join(first) + "\n\n- Machine: one\n")
    assert kept == {"pipeline": [SPEED.markdown("pipeline")], "search": [LATENCY.markdown("search")]}
    second = table({"pipeline": [SPEED]}, kept, ["pipeline", "search"])
    assert second[:3] == [*HEADER, SPEED.markdown("pipeline")]
    assert second[3].endswith(f"({KEPT}) |")
    third = table({"pipeline": [SPEED]}, lines_of("\n".join(second)), ["pipeline", "search"])
    assert third == second


def test_a_report_without_the_table_keeps_nothing() -> None:
    assert lines_of("") == {}
    assert lines_of("| another | table |\n|---|---|\n| a | b |\n") == {}


def test_only_rows_of_this_run_count_as_shortfalls() -> None:
    assert shortfalls({"pipeline": [SPEED], "search": [LATENCY]}) == [LATENCY]
    assert shortfalls({"pipeline": [SPEED]}) == []


def test_a_comparison_makes_a_row_of_its_median_ratio() -> None:
    row = row_of(Comparison("speed", "things/s", "a peer", ((10.0, 5.0), (9.0, 3.0), (4.0, 4.0)), "12 things"), 1.5, "why")
    assert (row.got, row.goal, row.met) == (2.0, 1.5, True)
    assert row.note == "1.00–3.00 in 3 turns; 12 things; why"
    assert (row.ours, row.peer) == ("9.0 things/s", "4.0 things/s, a peer")


def test_the_terminal_says_what_is_missed() -> None:
    assert printed(LATENCY) == "MISSED p99: 7.25 ms (goal at most 5)"
    assert printed(SPEED) == "met    speed: 0.91 times (goal at least 0.8; 91 things/s against 100 things/s, a peer)"
