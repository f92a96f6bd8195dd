"""`python -m bench steps`: where the time goes, each step's share, and the arithmetic of the limit that the machine sets."""

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

from bench.alone import alone
from bench.corpus import CorpusArticle, postable
from bench.report import measured_on, with_section

HEADING = "Where the time goes"
SENTENCES, TAGGER, GRAMMAR, CLAIMS = "sentences", "tagger", "grammar", "claims, figures, dates"
ENCODE, SEARCH, MEET, JUDGE, LINK, STORE, REST = "encode", "search", "meet", "judge", "link", "store", "the rest, waiting included"
WARM_UP_ARTICLES = 5
# Two operations for each weight of six layers: four products of 384 x 384 and two of 384 x 1,536. The attention itself adds little
# at sentence length. Source: the published configuration of all-MiniLM-L6-v2.
ENCODER_MFLOP_A_TOKEN = 2 * 6 * (4 * 384 * 384 + 2 * 384 * 1536) / 1e6


@dataclass(frozen=True)
class Steps:
    """What a run over some articles found: own seconds by step (all threads), by the clock, and how much was read and encoded."""

    articles: int
    claims: int
    pairs: int
    seconds: dict[str, float]
    wall_seconds: float
    read_tokens: int
    encoded_tokens: int


@dataclass(frozen=True)
class Machine:
    """What the machine can do, and what the tagger's network asks of it a token, in millions of operations."""

    peak_gflops: float
    tagger_mflop_a_token: float


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument(
        "--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles (outlet, url, date, title, text); synthetic without"
    )
    parser.add_argument("--count", type=int, default=200, help="articles processed")
    parser.add_argument("--seed", type=int, default=1, help="of the articles")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures and writes the section; 0."""
    corpus = postable(asked.articles, asked.count + WARM_UP_ARTICLES, asked.seed)
    file = f" --articles {asked.articles.name}" if asked.articles else ""
    text = measured_section(corpus.articles, corpus.name, f"python -m bench steps{file} --count {asked.count} --seed {asked.seed}")
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    print(f"written: {asked.report}")
    return 0


def measured_section(articles: Sequence[CorpusArticle], corpus: str, command: str) -> str:
    """Measures the articles, the first few only to warm up, and tells the section."""
    load_at_start = os.getloadavg()[0]
    steps, machine = alone(_measured, articles)
    return section_of(steps, machine, command, corpus, measured_on(load_at_start))


def _measured(articles: Sequence[CorpusArticle]) -> tuple[Steps, Machine]:
    # Only here, so that --help answers at once: these load torch.
    from app.main import MODELS
    from bench.steps import steps_of

    steps = steps_of(articles, WARM_UP_ARTICLES)
    return steps, Machine(peak_gflops(), network_mflop_a_token(MODELS / "attribution" / "model.onnx"))


def section_of(steps: Steps, machine: Machine, command: str, corpus: str, where: Sequence[str]) -> str:
    """The section as Markdown, its heading first."""
    own = sorted(steps.seconds.items(), key=lambda step: -step[1])
    busy_seconds = sum(steps.seconds.values())
    per_article = steps.claims / steps.articles
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. The service's own parts process the articles in one process, each step timed by",
            "itself, those it calls left out (the tagger is called while claims are drawn, the store by all who read or write).",
            "Steps on several threads at once add up to more than the clock.",
            f"{steps.articles:,} articles, {steps.claims:,} claims ({per_article:.1f} an article), {steps.pairs:,} pairs judged"
            f" ({steps.pairs / max(steps.claims, 1):.2f} a claim), into an empty store.",
            "",
            "| step | ms an article | share |",
            "|---|---:|---:|",
            *(f"| {name} | {1000 * seconds / steps.articles:.1f} | {seconds / busy_seconds:.1%} |" for name, seconds in own),
            f"| **all** | {1000 * busy_seconds / steps.articles:.1f} | 100% |",
            f"| by the clock | {1000 * steps.wall_seconds / steps.articles:.1f} | |",
            "",
            "The limit by arithmetic: a network takes two operations a token for each of its weights, and float32 matrix products reach",
            f"{machine.peak_gflops:,.1f} GFLOP/s here with all cores, measured in the same run.",
            "",
            "| network | MFLOP a token | tokens an article | tokens/s | GFLOP/s | of the peak | ms an article at the peak |",
            "|---|---:|---:|---:|---:|---:|---:|",
            _network(ENCODE, ENCODER_MFLOP_A_TOKEN, steps.encoded_tokens, steps, machine),
            _network(TAGGER, machine.tagger_mflop_a_token, steps.read_tokens, steps, machine),
            "",
            "The encoder reads what claims assert, each wording once; the tagger reads whole articles, with 8-bit weights, for which the",
            "float32 peak is a yardstick and no bound.",
            "",
            *where,
            f"- Articles: {corpus}",
        ]
    )


def _network(name: str, mflop_a_token: float, tokens: int, steps: Steps, machine: Machine) -> str:
    seconds = steps.seconds.get(name, 0.0)
    gflop = mflop_a_token * tokens / 1000
    reached = gflop / seconds if seconds else 0.0
    at_peak = 1000 * gflop / machine.peak_gflops / steps.articles
    cells = (
        name,
        f"{mflop_a_token:.1f}",
        f"{tokens / steps.articles:,.0f}",
        f"{tokens / seconds if seconds else 0:,.0f}",
        f"{reached:,.1f}",
        f"{reached / machine.peak_gflops:.0%}",
        f"{at_peak:,.1f}",
    )
    return f"| {' | '.join(cells)} |"


def peak_gflops(seconds: float = 1.0) -> float:
    """The most that float32 matrix products reach here, all cores, in thousand million operations a second.

    `seconds` are spent on each of a few shapes.
    """
    import torch

    best = 0.0
    # The encoder's own shapes, a batch of 1,024 tokens, and one large product.
    for rows, inner, columns in ((1024, 384, 1536), (1024, 1536, 384), (2048, 2048, 2048)):
        a, b = torch.rand(rows, inner), torch.rand(inner, columns)
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            torch.mm(a, b)
            best = max(best, 2 * rows * inner * columns / (time.perf_counter() - began) / 1e9)
    return best


def network_mflop_a_token(path: Path) -> float:
    """Operations a token of an ONNX network's products with its weights, in millions: two for each weight.

    Tables that are only looked up in, and the attention itself, are left out.
    """
    import onnx

    graph = onnx.load(str(path)).graph
    sizes = {tensor.name: prod(tensor.dims) for tensor in graph.initializer if len(tensor.dims) == 2}
    given = {name for node in graph.node if "Gather" not in node.op_type for name in node.input}
    looked_up = {name for node in graph.node if "Gather" in node.op_type for name in node.input}
    # An 8-bit table passes through a node that widens it.
    looked_up |= {name for node in graph.node if looked_up & set(node.output) for name in node.input}
    return float(2 * sum(size for name, size in sizes.items() if name in given - looked_up) / 1e6)
