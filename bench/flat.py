"""`python -m bench flat`: exact search among some claims against FAISS's own, told in a section of its own."""

import argparse
import os
from pathlib import Path

from bench.corpus import from_file, synthetic
from bench.report import comparison_table, measured_on, with_section

HEADING = "Exact search"
_ARTICLES = 60


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles; synthetic ones without")
    parser.add_argument("--claims", type=int, default=100_000, help="claims searched among")
    parser.add_argument("--repeats", type=int, default=5, help="measurements of each figure")
    parser.add_argument("--seed", type=int, default=1, help="of the synthetic articles")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures and writes the section; 0."""
    load_at_start = os.getloadavg()[0]
    from bench.search import compare_search

    corpus = synthetic(_ARTICLES, asked.seed) if asked.articles is None else from_file(asked.articles, _ARTICLES)
    comparisons = compare_search(corpus, asked.claims, asked.repeats)
    file = f" --articles {asked.articles.name}" if asked.articles else ""
    text = "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `python -m bench flat{file} --claims {asked.claims} --repeats {asked.repeats} --seed {asked.seed}`; do not edit.",
            "Every figure is measured in turns with its peer and is the median of its repeats; the ratio is ours over the peer's within a",
            "repeat: above 1 Parallax is ahead.",
            "",
            *comparison_table(comparisons),
            "",
            *measured_on(load_at_start),
            f"- Sentences: {corpus.name}",
        ]
    )
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    print(f"written: {asked.report}")
    return 0
