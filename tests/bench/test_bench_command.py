"""The one command: its exit code, what it writes, and what it keeps."""

from pathlib import Path

import pytest

from bench import __main__ as command
from bench.corpus import synthetic
from bench.goals import KEPT, Row
from bench.groups import FULL, GROUPS, QUICK, Asked, Group, Measured, measured
from tests.bench.made_rows import refused

MET = Row("speed", 2.0, 1.0, "times")
MISSED = Row("latency", 9.0, 5.0, "ms", at_most=True)


def _here(group: Group, asked: Asked) -> Measured:
    """As `measured`, within this process."""
    return Measured(group(asked), 0.0)


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> dict[str, Group]:
    """Two groups that meet their goals, to be changed."""
    found: dict[str, Group] = {"pipeline": lambda _: [MET], "search": lambda _: [MET]}
    monkeypatch.setattr(command, "GROUPS", found)
    monkeypatch.setattr(command, "measured", _here)
    return found


def _run(report: Path, *more: str) -> int:
    return command.main(["--quick", "--without", "steps", "--report", str(report), *more])


def test_it_ends_well_when_every_row_meets_its_goal(groups: dict[str, Group], tmp_path: Path) -> None:
    assert _run(tmp_path / "report.md") == 0
    text = (tmp_path / "report.md").read_text()
    assert text.startswith("# Benchmarks\n")
    assert MET.markdown("pipeline") in text
    assert "--report" not in text
    assert "- Corpus: synthetic news, seed 1" in text


def test_it_ends_badly_when_a_row_falls_short(groups: dict[str, Group], tmp_path: Path) -> None:
    groups["search"] = lambda _: [MISSED]
    assert _run(tmp_path / "report.md") == 1
    assert MISSED.markdown("search") in (tmp_path / "report.md").read_text()


def test_a_group_that_was_left_out_keeps_its_rows_and_does_not_decide(groups: dict[str, Group], tmp_path: Path) -> None:
    groups["search"] = lambda _: [MISSED]
    report = tmp_path / "report.md"
    _run(report)
    assert _run(report, "--without", "search") == 0
    assert f"{KEPT}) |" in report.read_text()
    assert _run(report, "--only", "pipeline") == 0
    assert report.read_text().count(KEPT) == 1


def test_a_group_that_fails_is_told_and_costs_no_other_its_rows(
    groups: dict[str, Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = groups["search"]
    monkeypatch.setattr(command, "measured", lambda group, run: Measured((), 0.0, "it broke") if group is failing else _here(group, run))
    assert _run(tmp_path / "report.md") == 1
    assert MET.markdown("pipeline") in (tmp_path / "report.md").read_text()


def test_sections_of_other_commands_stay(groups: dict[str, Group], tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# Benchmarks\n\nold words\n\n## Pages and queries\n\nfigures\n")
    _run(report)
    assert report.read_text().endswith("## Pages and queries\n\nfigures\n")


def test_whatever_a_group_raises_in_its_process_is_told() -> None:
    assert measured(refused, Asked(synthetic(1), QUICK)).error == "ValueError: no"


def test_the_quick_sizes_are_smaller_and_every_group_has_its_place() -> None:
    assert all(getattr(QUICK, name) < getattr(FULL, name) for name in vars(FULL))
    assert set(GROUPS) >= {"pipeline", "encoder", "copies", "search", "peers", "polling"}
