"""A figure and its peer."""

from bench.comparison import Comparison, in_turns
from bench.corpus import synthetic
from bench.report import PREAMBLE, comparison_table, described, measured_on, with_first


def test_the_sides_take_turns_at_going_first() -> None:
    calls: list[str] = []
    in_turns(lambda at: calls.append(f"ours {at}") or 1.0, lambda at: calls.append(f"theirs {at}") or 1.0, 3)  # type: ignore[func-returns-value]
    assert calls == ["ours 0", "theirs 0", "theirs 1", "ours 1", "ours 2", "theirs 2"]


def test_the_ratio_is_the_median_of_the_repeats_ratios() -> None:
    comparison = Comparison("speed", "things/s", "a peer", ((10.0, 5.0), (100.0, 100.0), (30.0, 10.0)))
    assert comparison.ratio == 2.0
    assert comparison.ratios == (1.0, 2.0, 3.0)
    assert (comparison.ours, comparison.theirs) == (30.0, 10.0)


def test_the_table_names_measure_both_figures_ratio_spread_and_peer() -> None:
    comparison = Comparison("speed", "things/s", "a peer", ((10.0, 5.0),), "a note")
    assert "| speed | 10.0 | 5.0 | **2.00** | 2.00–2.00 | things/s | a peer | a note; repeats: 1 |" in comparison_table([comparison])


def test_the_machine_is_told_with_its_versions_and_the_corpus_with_its_size() -> None:
    assert any("torch 2." in line for line in measured_on(0.5))
    assert "synthetic news, seed 1: 3 articles" in described(synthetic(3))


def test_sections_come_on_top_and_those_of_other_commands_follow_as_they_were() -> None:
    before = "# Benchmarks\n\nwords\n\n## Pages\n\nold pages\n\n## Measured on\n\n- one\n\n## Goals\n\nold goals\n"
    after = with_first(before, ["## Goals\n\nnew goals", "## Where\n\nnew shares"])
    assert after.startswith(PREAMBLE)
    assert after.removeprefix(PREAMBLE) == "## Goals\n\nnew goals\n\n## Where\n\nnew shares\n\n## Pages\n\nold pages\n"
    assert with_first(after, ["## Goals\n\nnew goals", "## Where\n\nnew shares"]) == after
