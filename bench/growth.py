"""`python -m bench growth`: what an article, a restart and the memory cost with very many claims stored, told in a section of its own."""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.corpus import CorpusArticle, postable
from bench.goals import Row
from bench.report import measured_on, with_section
from bench.service import Service, running_service

HEADING = "As the store grows"
SMALL_CLAIMS = 10_000
# Articles read to fill a store; their claims are stored again and again, each time with a vector a little off.
_READ_ARTICLES = 24
# Stored articles are of one or two days; posted ones come the day after, so that all of them may be compared.
_AFTER = timedelta(hours=36)
_WARM_UP = 4
_SPEED_GOAL_TIMES, _READY_GOAL_SECONDS, _MEMORY_GOAL_GB = 0.85, 15.0, 2.5


@dataclass(frozen=True)
class Grown:
    """A store's service: seconds to ready after a restart, resident GB after the last article, and seconds of each turn."""

    claims: int
    ready_seconds: float
    resident_gb: float
    turns: tuple[float, ...]


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims stored in the large store")
    parser.add_argument("--small", type=int, default=SMALL_CLAIMS, help="claims stored in the small one")
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles to post; synthetic ones without")
    parser.add_argument("--count", type=int, default=16, help="articles posted to each service in a turn")
    parser.add_argument("--turns", type=int, default=5, help="turns")
    parser.add_argument("--seed", type=int, default=1, help="of the claims and the draw")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Fills two stores, posts the same articles to both in turns and writes the section; 1 when a goal is missed."""
    load_at_start = os.getloadavg()[0]
    small, large = measured(asked.claims, asked.small, asked.articles, asked.count, asked.turns, asked.seed)
    found = rows_of(small, large, asked.count)
    corpus = "synthetic news" if asked.articles is None else asked.articles.name
    text = section_of(small, large, found, asked.count, _command(asked), [*measured_on(load_at_start), f"- Articles posted: {corpus}"])
    print(text)
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    return 0 if all(row.met for row in found) else 1


def rows(
    claims: int, seed: int = 1, *, small: int = SMALL_CLAIMS, articles: Path | None = None, count: int = 16, turns: int = 5
) -> list[Row]:
    """The goals with `claims` claims stored, each turn of `count` articles taken in turns with a store of `small` claims.

    Raises ServiceError when a service does not start or an article fails.
    """
    return rows_of(*measured(claims, small, articles, count, turns, seed), count)


def rows_of(small: Grown, large: Grown, count: int) -> list[Row]:
    """The goals from what was measured, `count` articles a turn."""
    ratios = sorted(few / many for few, many in zip(small.turns, large.turns, strict=True))
    stored = f"{large.claims:,} claims stored"
    speed = Row(
        f"articles a second with {stored}",
        median(ratios),
        _SPEED_GOAL_TIMES,
        "times",
        note=f"{ratios[0]:.2f}–{ratios[-1]:.2f} in {len(ratios)} turns of {count} articles",
        ours=f"{count / median(large.turns):.2f} articles/s",
        peer=f"{count / median(small.turns):.2f} articles/s, {small.claims:,} claims stored",
    )
    ready = Row(f"ready after a restart with {stored}", large.ready_seconds, _READY_GOAL_SECONDS, "s", at_most=True)
    memory = Row(f"resident memory with {stored}", large.resident_gb, _MEMORY_GOAL_GB, "GB", at_most=True)
    return [
        speed,
        replace(ready, ours=f"{large.ready_seconds:.1f} s", peer=f"{small.ready_seconds:.1f} s, {small.claims:,} claims stored"),
        replace(memory, ours=f"{large.resident_gb:.2f} GB", peer=f"{small.resident_gb:.2f} GB, {small.claims:,} claims stored"),
    ]


def measured(claims: int, small: int, articles: Path | None, count: int, turns: int, seed: int) -> tuple[Grown, Grown]:
    """The small store's service and the large one's, measured side by side: in each turn one after the other, the first one changing."""
    # Only here, so that --help answers at once: this loads torch.
    from bench.alone import alone
    from bench.filling import BEGAN_AT

    posted = postable(articles, _WARM_UP + count * turns, seed + 1).articles
    news = [replace(one, published_at=BEGAN_AT + _AFTER + timedelta(minutes=at)) for at, one in enumerate(posted)]
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        stored = []
        folders = [Path(folder) / "small", Path(folder) / "large"]
        for data_dir, wanted in zip(folders, (small, claims), strict=True):
            began = time.perf_counter()
            stored.append(alone(_filled, data_dir, wanted, seed))
            print(f"{stored[-1]:,} claims stored in {time.perf_counter() - began:.0f} s", flush=True)
            with running_service(data_dir, ready_seconds=1_800.0):
                pass  # the first start makes the index, what is measured is a restart
        with ExitStack() as stack:
            services, ready = [], []
            for data_dir in folders:
                began = time.perf_counter()
                services.append(stack.enter_context(running_service(data_dir)))
                ready.append(time.perf_counter() - began)
            for service in services:
                service.process(news[:_WARM_UP])
            took = list(_in_turns(services, news[_WARM_UP:], count))
            resident = [_resident_gb(service.pid) for service in services]
    found = [Grown(stored[at], ready[at], resident[at], tuple(turn[at] for turn in took)) for at in range(len(services))]
    return found[0], found[1]


def _in_turns(services: Sequence[Service], news: Sequence[CorpusArticle], count: int) -> Iterator[list[float]]:
    """For each turn the seconds of each service."""
    for turn, start in enumerate(range(0, len(news), count)):
        order = list(range(len(services)))[:: 1 if turn % 2 else -1]
        took = {at: services[at].process(news[start : start + count]) for at in order}
        yield [took[at] for at in range(len(services))]


def _filled(data_dir: Path, claims: int, seed: int) -> int:
    """Fills a store; the claims stored."""
    from app.vectors.minilm import MiniLmEncoder
    from bench.filling import fill

    encoder = MiniLmEncoder.load()
    return fill(
        data_dir,
        claims,
        encoder_id=encoder.id,
        dimensions=encoder.dimensions,
        seed=seed,
        read_articles=_READ_ARTICLES,
        encode=encoder.encode,
    )


def _resident_gb(pid: int) -> float:
    """What the process holds in memory now. Source: Linux, proc(5), VmRSS."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e9


def section_of(small: Grown, large: Grown, found: Sequence[Row], count: int, command: str, machine: Sequence[str]) -> str:
    """The section as Markdown, its heading first."""
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. Two services, each over a store of its own whose claims are those of read articles,",
            f"their vectors a little off, get the same {count} articles in each turn, one service after the other. Ready: from the start",
            "of the process, models loaded, until `/readyz` says so, the second time the store is opened. Memory: resident, in the end.",
            "",
            "| claims stored | articles a second | ready after a restart (s) | resident (GB) |",
            "|---:|---:|---:|---:|",
            *(
                f"| {one.claims:,} | {count / median(one.turns):.2f} | {one.ready_seconds:.1f} | {one.resident_gb:.2f} |"
                for one in (small, large)
            ),
            "",
            "| measure | value | goal | met |",
            "|---|---:|---:|---|",
            *map(_row, found),
            "",
            *machine,
        ]
    )


def _row(row: Row) -> str:
    bound = f"{'≤' if row.at_most else '≥'} {row.goal:g} {row.unit}"
    return f"| {row.measure} | {row.got:.2f} {row.unit} | {bound} | {'yes' if row.met else '**no**'} |"


def _command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    file = f" --articles {asked.articles.name}" if asked.articles else ""
    sizes = f"--claims {asked.claims} --small {asked.small}{file} --count {asked.count} --turns {asked.turns}"
    return f"python -m bench growth {sizes} --seed {asked.seed}"
