"""The section that a run over a news stream leaves in the report."""

import json
from argparse import Namespace
from pathlib import Path

from app.settings import Settings
from bench.comparison import Comparison
from bench.corpus import drawn
from bench.extraction import Extracting, Measured, Tally
from bench.report import section, with_section
from bench.stream import HEADING, command, section_of

REPORT = "# Benchmarks\n\nA table.\n\n## Measured on\n\n- a machine\n"


def test_a_section_is_added_at_the_end_and_the_rest_stays() -> None:
    assert with_section(REPORT, "## New\n\nwords") == REPORT + "\n## New\n\nwords\n"


def test_a_section_is_replaced_where_it_stands() -> None:
    once = with_section(with_section(REPORT, "## New\n\nwords"), "## Last\n\nend")
    again = with_section(once, "## New\n\nother words")
    assert again == once.replace("\nwords", "\nother words")
    assert section(again, "New") == "## New\n\nother words\n\n"
    assert section(again, "Nothing") == ""


def test_the_section_tells_rates_ratio_failures_and_spans() -> None:
    comparison = Comparison("extraction", "sentences/s", "a peer", ((50.0, 100.0), (60.0, 100.0), (40.0, 100.0)))
    tally = Tally(articles=30, sentences=900, claims=700, attributions=300, spans=5_000, seconds=15.0, failed=1, broken=2)
    text = section_of(Measured(comparison, tally, "tagger-7"), "articles.jsonl", "python -m bench extraction", ["- Machine: one"])
    assert text.startswith(f"## {HEADING}\n")
    assert "| articles a second, one process | 2.00 |" in text
    assert "| ratio (lowest–highest of the turns) | **0.50** (0.40–0.60) |" in text
    assert "| articles that failed | 1 |" in text
    assert "| spans that do not hold their words | 2 |" in text
    assert "`tagger-7`" in text


def test_the_command_names_the_file_without_its_folder() -> None:
    asked = Namespace(articles=Path("/somewhere/news.jsonl.gz"), count=20, seed=3, turns=4)
    assert command(asked) == "python -m bench extraction --articles news.jsonl.gz --count 20 --seed 3 --turns 4"


def test_articles_are_drawn_alike_for_a_seed_and_need_no_date(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [
        {"outlet": "Radio Calder", "url": "", "date": "" if n % 2 else "2023-03-01", "title": "", "text": f"Text {n}."} for n in range(9)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"outlet": "Radio Calder", "text": " "}]), encoding="utf-8")
    some = drawn(path, 4, seed=2)
    assert some == drawn(path, 4, seed=2)
    assert some.articles != drawn(path, 4, seed=3).articles
    assert {article.text for article in drawn(path, 99).articles} == {row["text"] for row in rows}
    assert some.name == "articles.jsonl, 4 of 10 drawn with seed 2"


def test_an_article_that_cannot_be_read_is_counted_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    texts = ["The road is closed, Mara Lind said.", "A \x00 within.", "The bridge fell, the mayor said on Sunday."]
    path.write_text("".join(json.dumps({"outlet": "Radio Calder", "text": text}) + "\n" for text in texts), encoding="utf-8")
    tally = Tally()
    rate = Extracting(Settings(attribution_tagger="grammar")).run(drawn(path, 3).articles, tally)
    assert rate > 0
    assert (tally.articles, tally.failed, tally.broken, tally.claims) == (2, 1, 0, 2)
    assert "U+0000" in tally.lines[0]
