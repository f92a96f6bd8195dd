"""The table in docs/benchmarks.md: what was measured, on what, against whom."""

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from app.articles.sentences import split
from bench.comparison import Comparison
from bench.corpus import Corpus

_PACKAGES = ("faiss-cpu", "numpy", "onnxruntime", "sentence-transformers", "torch", "transformers")


# What reports ended with before each section told its own machine.
_FORMER = "## Measured on\n"
PREAMBLE = """# Benchmarks

Every section names the command that wrote it; the figures of one section come from one run on one machine.

"""


def comparison_table(comparisons: Sequence[Comparison]) -> list[str]:
    """The comparisons as the lines of a table."""
    return [
        "| measure | Parallax | peer | ratio | lowest–highest | unit | peer is | notes |",
        "|---|---:|---:|---:|---:|---|---|---|",
        *(_row(comparison) for comparison in comparisons),
    ]


def with_first(report: str, texts: Sequence[str]) -> str:
    """The report with these sections on top, in this order; every other section that it had follows as it was."""
    mine = (*(text.splitlines()[0] + "\n" for text in texts), _FORMER)
    others = [part for part in _sections(report) if part.startswith("## ") and not part.startswith(mine)]
    parts = [*texts, *others]
    return PREAMBLE + "\n".join(part.rstrip("\n") + "\n" for part in parts)


def measured_on(load_at_start: float) -> list[str]:
    """What the figures depend on, as list items: machine, system, versions."""
    return [
        f"- Machine: {_processor()}, {_cores()} cores, {_memory_gib():.0f} GiB; load from other work: {load_at_start:.1f}",
        f"- System: {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"- Versions: {', '.join(f'{name} {version(name)}' for name in _PACKAGES)}",
    ]


def section(report: str, heading: str) -> str:
    """The report's section under "## heading", up to the next such heading; empty where it has none."""
    return next((part for part in _sections(report) if part.startswith(f"## {heading}\n")), "")


def with_section(report: str, text: str) -> str:
    """The report with `text` ("## heading", then its lines) in place of the section of that heading, or at the end."""
    heading = text.splitlines()[0].removeprefix("## ")
    text = text.rstrip("\n") + "\n"
    parts = _sections(report)
    at = next((n for n, part in enumerate(parts) if part.startswith(f"## {heading}\n")), None)
    if at is None:
        return report.rstrip("\n") + "\n\n" + text
    parts[at] = text if at == len(parts) - 1 else text + "\n"
    return "".join(parts)


def _sections(report: str) -> list[str]:
    """The report cut before each "## "; joined they are the report."""
    return re.split(r"(?m)^(?=## )", report)


def _row(comparison: Comparison) -> str:
    low, high = comparison.ratios[0], comparison.ratios[-1]
    cells = (
        comparison.measure,
        f"{comparison.ours:,.1f}",
        f"{comparison.theirs:,.1f}",
        f"**{comparison.ratio:.2f}**",
        f"{low:.2f}–{high:.2f}",
        comparison.unit,
        comparison.peer,
        "; ".join(filter(None, (comparison.note, f"repeats: {len(comparison.pairs)}"))),
    )
    return f"| {' | '.join(cells)} |"


def described(corpus: Corpus) -> str:
    """The corpus by name and size."""
    sentences = [sentence.text for article in corpus.articles for sentence in split(article.text)]
    words = sum(len(sentence.split()) for sentence in sentences) / max(1, len(sentences))
    distinct = len(set(sentences)) / max(1, len(sentences))
    return (
        f"{corpus.name}: {len(corpus.articles):,} articles, {len(sentences):,} sentences of {words:.1f} words on average, "
        f"{distinct:.0%} of them distinct"
    )


def _processor() -> str:
    """The processor's name, or what the system says it is."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
