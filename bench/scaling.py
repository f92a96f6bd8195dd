"""`python -m bench scaling`: the world's English news by arithmetic from docs/benchmarks.md, into the table of docs/scaling.md."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

from bench.goals import lines_of
from bench.report import section

HEADING = "The world's English news"
# Source: the question asked; everything below is reckoned for it.
ARTICLES_A_DAY = 300_000
WINDOW_DAYS = 14
# Source: docs/operations.md, "Sizing": the sample story's store, vectors included.
DISK_KB_A_CLAIM = 4.1
# Two bytes for each of 384 components, as PostgreSQL's graph holds them.
HALF_VECTOR_BYTES = 2 * 384
BEGIN, END = "<!-- reckoned -->", "<!-- /reckoned -->"
UNKNOWN = "not measured yet"


@dataclass(frozen=True)
class Figures:
    """What docs/benchmarks.md says; None where it does not."""

    sentences_an_article: float | None
    claims_an_article: float | None
    pipeline_sentences_a_second: float | None
    cores: float | None
    memory_bytes_a_claim: float | None


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--report", type=Path, default=report, help="where the figures stand")
    parser.add_argument("--into", type=Path, default=report.parent / "scaling.md", help="the file whose table is replaced")


def run(asked: argparse.Namespace) -> int:
    """Reckons and writes the table; 0."""
    lines = table(figures_of(asked.report.read_text(encoding="utf-8")))
    before = asked.into.read_text(encoding="utf-8")
    asked.into.write_text(with_table(before, lines), encoding="utf-8")
    print("\n".join(lines))
    print(f"written: {asked.into}")
    return 0


def with_table(text: str, lines: list[str]) -> str:
    """The text with these lines between its marks. Raises ValueError where it has no marks."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the text has no {BEGIN} … {END}")
    return "\n".join([head + begin, *lines, end + tail])


def figures_of(report: str) -> Figures:
    """The figures that the reckoning rests on, read from the report's own tables."""
    goals, extraction = section(report, "Goals"), section(report, "Extraction from a news stream")
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for lines in lines_of(goals).values() for line in lines]
    articles, sentences, claims = (
        _number(rf"\| {what} \| ([\d.,]+)", extraction) for what in ("articles read, from posted text to claims", "sentences", "claims")
    )
    memory = next((row for row in rows if row[1].startswith("resident memory with")), None)
    large, small = (_stored(memory[1], memory[2]), _stored(memory[3], memory[3])) if memory else (None, None)
    a_claim = (large[1] - small[1]) * 1e9 / (large[0] - small[0]) if large and small and large[0] > small[0] else None
    return Figures(
        _divided(sentences, articles),
        _divided(claims, articles),
        next((_number(r"([\d.,]+) sentences/s", row[2]) for row in rows if row[1].startswith("whole pipeline")), None),
        _number(r"- Machine: .*, (\d+) cores", goals),
        a_claim,
    )


def table(figures: Figures) -> list[str]:
    """What it takes, formula beside each figure."""
    a_second = ARTICLES_A_DAY / 86_400
    claims_a_day = _times(figures.claims_an_article, ARTICLES_A_DAY)
    window = _times(claims_a_day, WINDOW_DAYS)
    a_core = _divided(figures.pipeline_sentences_a_second, figures.cores)
    half_gb = _times(window, HALF_VECTOR_BYTES / 1e9)
    cores = _divided(_times(figures.sentences_an_article, a_second), a_core)
    disk_gb_a_day = _times(claims_a_day, DISK_KB_A_CLAIM / 1e6)
    memory_gb = _times(window, _divided(figures.memory_bytes_a_claim, 1e9))
    rows = (
        ("S, sentences an article", "extraction: sentences / articles", figures.sentences_an_article, 1),
        ("C, claims an article", "extraction: claims / articles", figures.claims_an_article, 1),
        ("R, sentences a second and core, whole pipeline", "goals: whole pipeline / cores", a_core, 1),
        ("M, bytes of memory a claim", "goals: resident memory, large less small / claims between", figures.memory_bytes_a_claim, 0),
        ("articles a second, the day's average", f"{ARTICLES_A_DAY:,} / 86,400", a_second, 2),
        ("claims a day", f"{ARTICLES_A_DAY:,} × C", claims_a_day, 0),
        ("claims in the window", f"claims a day × {WINDOW_DAYS}", window, 0),
        ("**cores**, the day's average", "articles a second × S / R", cores, 1),
        ("**memory** of one index over the window, GB", "claims in the window × M", memory_gb, 0),
        ("**memory** of PostgreSQL's vectors in half precision, GB", f"claims in the window × {HALF_VECTOR_BYTES} bytes", half_gb, 0),
        ("disk, GB a day", f"claims a day × {DISK_KB_A_CLAIM} kB", disk_gb_a_day, 0),
        ("**disk** for the window, GB", f"GB a day × {WINDOW_DAYS}", _times(disk_gb_a_day, WINDOW_DAYS), 0),
    )
    lines = [f"| {what} | {formula} | {UNKNOWN if value is None else f'{value:,.{places}f}'} |" for what, formula, value, places in rows]
    return ["| what | formula | figure |", "|---|---|---:|", *lines]


def _stored(claims: str, size: str) -> tuple[float, float] | None:
    """The claims and the gigabytes that two cells name."""
    count, gb = _number(r"([\d,]+) claims", claims), _number(r"([\d.,]+) GB", size)
    return None if count is None or gb is None else (count, gb)


def _number(pattern: str, text: str) -> float | None:
    found = re.search(pattern, text)
    return float(found.group(1).replace(",", "").rstrip(".")) if found else None


def _divided(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _times(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other
