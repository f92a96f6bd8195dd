"""`python -m bench extraction`: claims drawn out of many articles of a news stream, told in a section of its own."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.corpus import drawn, synthetic
from bench.report import measured_on, with_section

if TYPE_CHECKING:
    from bench.extraction import Measured

HEADING = "Extraction from a news stream"
_TURNS = 12


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument(
        "--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles (outlet, url, date, title, text); synthetic without"
    )
    parser.add_argument("--count", type=int, default=3_000, help="articles drawn")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--turns", type=int, default=_TURNS, help="how often the sides take turns")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures, checks every span and writes the section; 1 when an article failed or a span does not hold its words."""
    load_at_start = os.getloadavg()[0]
    from bench.extraction import WARM_UP_ARTICLES, compare_extraction

    count = asked.count + WARM_UP_ARTICLES
    corpus = synthetic(count, asked.seed) if asked.articles is None else drawn(asked.articles, count, asked.seed)
    measured = compare_extraction(corpus.articles, min(asked.turns, asked.count))
    text = section_of(measured, corpus.name, command(asked), measured_on(load_at_start))
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    for line in measured.tally.lines:
        print(line, file=sys.stderr)
    print(f"written: {asked.report}")
    return 1 if measured.tally.failed or measured.tally.broken else 0


def command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    file = f" --articles {asked.articles.name}" if asked.articles else ""
    return f"python -m bench extraction{file} --count {asked.count} --seed {asked.seed} --turns {asked.turns}"


def section_of(measured: "Measured", corpus: str, command: str, machine: Sequence[str]) -> str:
    """The section as Markdown, its heading first."""
    comparison, tally = measured.comparison, measured.tally
    low, high = comparison.ratios[0], comparison.ratios[-1]
    rows = (
        ("articles read, from posted text to claims", f"{tally.articles:,}"),
        ("articles that failed", f"{tally.failed:,}"),
        ("articles a second, one process", f"{tally.articles_per_second:.2f}"),
        ("slowest article, seconds", f"{tally.slowest_seconds:.2f}"),
        ("sentences a second", f"{comparison.ours:,.1f}"),
        ("sentences a second, the peer", f"{comparison.theirs:,.1f}"),
        ("ratio (lowest–highest of the turns)", f"**{comparison.ratio:.2f}** ({low:.2f}–{high:.2f})"),
        ("sentences", f"{tally.sentences:,}"),
        ("claims", f"{tally.claims:,}"),
        ("attributions", f"{tally.attributions:,}"),
        ("spans checked", f"{tally.spans:,}"),
        ("spans that do not hold their words", f"{tally.broken:,}"),
    )
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. Extraction is all that lies between an article's",
            f"posted text and its claims: checks, sentences, the tagger (`{measured.tagger_id}`), chains, quantities, dates.",
            f"Both sides take turns, {len(comparison.pairs)} in all, on the same machine with all its cores. The peer is",
            f"{comparison.peer}; each turn it",
            "encodes sentences drawn at random from the articles of that turn. Rates and ratio are medians of the turns.",
            "Each span is checked as `text[start_char:end_char]`: sentences, claims and the pieces of their content, every link's",
            "source and cue, quantities, dates, attributions.",
            "",
            "| what | figure |",
            "|---|---:|",
            *(f"| {what} | {figure} |" for what, figure in rows),
            "",
            *machine,
            f"- Articles: {corpus}",
        ]
    )
