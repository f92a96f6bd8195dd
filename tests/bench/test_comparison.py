"""A figure and its peer."""

from bench.comparison import Comparison, in_turns
from bench.corpus import synthetic
from bench.report import written


def test_the_sides_take_turns_at_going_first() -> None:
    calls: list[str] = []
    in_turns(lambda at: calls.append(f"ours {at}") or 1.0, lambda at: calls.append(f"theirs {at}") or 1.0, 3)  # type: ignore[func-returns-value]
    assert calls == ["ours 0", "theirs 0", "theirs 1", "ours 1", "ours 2", "theirs 2"]


def test_the_ratio_is_the_median_of_the_repeats_ratios() -> None:
    comparison = Comparison("speed", "things/s", "a peer", ((10.0, 5.0), (100.0, 100.0), (30.0, 10.0)))
    assert comparison.ratio == 2.0
    assert comparison.ratios == (1.0, 2.0, 3.0)
    assert (comparison.ours, comparison.theirs) == (30.0, 10.0)


def test_the_report_names_measure_peer_machine_versions_and_corpus() -> None:
    comparison = Comparison("speed", "things/s", "a peer", ((10.0, 5.0),), "a note")
    text = written([comparison], synthetic(3), "python -m bench", 0.5)
    assert "| speed | 10.0 | 5.0 | **2.00** | 2.00–2.00 | things/s | a peer | a note; repeats: 1 |" in text
    assert "torch 2." in text
    assert "synthetic news, seed 1: 3 articles" in text
