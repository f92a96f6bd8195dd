"""The reckoning for the world's news: from the report's own tables, by formulas shown, and silent about what was not measured."""

from pathlib import Path

import pytest

from bench.goals import Row, table
from bench.scaling import BEGIN, END, UNKNOWN, Figures, figures_of, with_table
from bench.scaling import table as reckoned
from tests.bench.test_stream import REPORT

ROOT = Path(__file__).resolve().parents[2]
PIPELINE = Row("whole pipeline, POST /v1/articles/batch", 0.8, 0.8, "times", ours="80.0 sentences/s", peer="100.0 sentences/s, stock")
MEMORY = Row(
    "resident memory with 1,000,000 claims stored", 2.0, 2.5, "GB", at_most=True, ours="2.01 GB", peer="1.02 GB, 10,000 claims stored"
)
EXTRACTION = (
    "## Extraction from a news stream\n\n| what | figure |\n|---|---:|\n| articles read, from posted text to claims | 1,000 |\n"
    "| sentences a second | 99.0 |\n| sentences | 40,000 |\n| claims | 30,000 |\n"
)


def _report() -> str:
    rows = "\n".join(table({"pipeline": [PIPELINE], "growth": [MEMORY]}, {}, ["pipeline", "growth"]))
    return f"# Benchmarks\n\n## Goals\n\n{rows}\n\n- Machine: some, 2 cores, 24 GiB; load\n\n{EXTRACTION}"


def test_figures_are_read_from_the_reports_tables() -> None:
    figures = figures_of(_report())
    assert figures == Figures(40.0, 30.0, 80.0, 2.0, figures.memory_bytes_a_claim)
    assert figures.memory_bytes_a_claim == pytest.approx(1_000.0)


def test_the_table_shows_formula_and_figure() -> None:
    lines = "\n".join(reckoned(figures_of(_report())))
    assert "| articles a second, the day's average | 300,000 / 86,400 | 3.47 |" in lines
    assert "| claims a day | 300,000 × C | 9,000,000 |" in lines
    assert "| claims in the window | claims a day × 14 | 126,000,000 |" in lines
    # 3.47 articles of 40 sentences, at 40 sentences a second and core
    assert "| **cores**, the day's average | articles a second × S / R | 3.5 |" in lines
    assert "| claims in the window × M | 126 |" in lines


def test_what_was_not_measured_is_not_guessed() -> None:
    assert figures_of(REPORT) == Figures(None, None, None, None, None)
    assert "\n".join(reckoned(figures_of(REPORT))).count(UNKNOWN) == 11


def test_only_the_table_is_replaced() -> None:
    once = with_table(f"before\n{BEGIN}\nold\n{END}\nafter\n", ["| new |"])
    assert once == f"before\n{BEGIN}\n| new |\n{END}\nafter\n"
    assert with_table(once, ["| new |"]) == once
    with pytest.raises(ValueError, match="has no"):
        with_table("before", [])


def test_the_document_has_a_place_for_the_table() -> None:
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    assert BEGIN in text
    assert END in text
