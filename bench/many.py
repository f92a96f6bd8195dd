"""`python -m bench many`: the same articles through the embedded service and through many processes on PostgreSQL."""

import argparse
import contextlib
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.binding import Binding, watched
from bench.corpus import Corpus, CorpusArticle, drawn, synthetic
from bench.differences import differences
from bench.fleet import Fleet, running_fleet, trouble
from bench.outcome import Outcome, adjusted_rand, outcome_of
from bench.poller import Poller
from bench.report import measured_on, with_section
from bench.service import ServiceError, posted, running_service

HEADING = "Many processes on PostgreSQL"
_BATCH = 10
_FINISH_SECONDS_AN_ARTICLE = 60.0
# What makes the command end with 1.
_MUST_BE_NOUGHT = (
    "articles lost",
    "claims told twice",
    "conflicts a poller missed",
    "changes a poller saw twice",
    "unhandled errors in logs",
)


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles; synthetic ones without")
    parser.add_argument("--count", type=int, default=60, help="articles posted")
    parser.add_argument("--seed", type=int, default=1, help="of the draw, the shuffling and the kills")
    parser.add_argument("--apis", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=1, help="how often the processes run, with other shuffling and kills each time")
    parser.add_argument("--kills", type=int, default=0, help="how many processes are killed with -9 while articles come in")
    parser.add_argument("--postgres-kills", type=int, default=0, help="how often PostgreSQL is killed and started again")
    parser.add_argument("--pollers", type=int, default=2, help="clients that follow `since`")
    parser.add_argument("--ratio", action="store_true", help="also measure one worker against all, without kills")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Runs all of it; 1 when something was lost, done twice, skipped or told twice."""
    load_at_start = os.getloadavg()[0]
    corpus = synthetic(asked.count, asked.seed) if asked.articles is None else drawn(asked.articles, asked.count, asked.seed)
    with running_service() as service:
        client = service._client
        _register(client, corpus)
        service.process(corpus.articles)
        embedded = outcome_of(client)
    runs = []
    for number in range(asked.runs):
        runs.append(_once(asked, corpus, asked.seed + number))
        print(f"run {number + 1} of {asked.runs}: {runs[-1]}", flush=True)
    found = list(dict.fromkeys(line for ran in runs for line in differences(embedded, ran.outcome)))
    rows = _compared(embedded, runs, len(corpus.articles)) | _polled(runs)
    if asked.ratio:
        measured = {workers: _rate(asked.apis, workers, corpus, asked.seed) for workers in (1, asked.workers)}
        for workers, (rate, binding) in measured.items():
            rows[f"articles a second, {workers} worker{'s' if workers > 1 else ''}"] = f"{rate:.2f}"
            rows[f"what binds {workers} worker{'s' if workers > 1 else ''}"] = binding.told()
        rows["throughput ratio"] = f"{measured[asked.workers][0] / measured[1][0]:.2f}"
    text = section_of(rows, found, _command(asked), asked, [*measured_on(load_at_start), f"- Articles: {corpus.name}"])
    print("\n".join(found))
    print(text)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    return 1 if any(rows[name] for name in _MUST_BE_NOUGHT) else 0


@dataclass(frozen=True)
class Ran:
    """One run of the fleet: what it ended with, and what its pollers saw."""

    outcome: Outcome
    acknowledged: int
    seen: tuple[int, ...]
    twice: int
    missed: int
    refused: int
    unhandled_errors: int

    def __str__(self) -> str:
        lost = self.acknowledged - self.outcome.statuses.get("processed", 0)
        return (
            f"{lost} acknowledged articles lost, pollers missed {self.missed} and saw {self.twice} twice of {max(self.seen, default=0)} "
            f"changes, {self.refused} polls answered 503, {self.unhandled_errors} unhandled errors"
        )


def _once(asked: argparse.Namespace, corpus: Corpus, seed: int) -> Ran:
    """Shuffles, starts a fleet over an empty database, posts amid kills and reads what came of it; `seed` of shuffling and kills."""
    rng = random.Random(seed)
    shuffled = rng.sample(corpus.articles, len(corpus.articles))
    with running_fleet(asked.apis, asked.workers) as fleet:
        _register(httpx.Client(base_url=fleet.urls[0], timeout=60), corpus)
        with _following(fleet, asked.pollers) as pollers:
            with trouble(fleet, asked.kills, asked.postgres_kills, rng):
                sent = _send(fleet, shuffled)
            fleet.wait_until_ready()
            _wait(fleet, len(shuffled))
        with httpx.Client(base_url=fleet.urls[0], timeout=60) as client:
            many = outcome_of(client)
            for poller in pollers:
                poller.check(client)
        return Ran(
            many,
            sent,
            tuple(len(poller.seen) for poller in pollers),
            sum(poller.twice for poller in pollers),
            sum(poller.missed for poller in pollers),
            sum(poller.refused for poller in pollers),
            sum(process.traceback for process in fleet.processes),
        )


def section_of(rows: Mapping[str, Any], found: Sequence[str], command: str, asked: argparse.Namespace, machine: Sequence[str]) -> str:
    """The section as Markdown, its heading first; `found` are the differences."""
    # They quote the articles, which are not ours to keep: they are printed, the section counts them.
    told = ["", f"Clusters and conflicts that differ from the embedded run's: {len(found)}, printed by the command with what made them."]
    kills = f"; each run {asked.kills} processes are killed with -9 while articles come in, PostgreSQL {asked.postgres_kills} times"
    return "\n".join(
        [
            f"## {_heading(asked)}",
            "",
            f"Written by `{command}`; do not edit. {asked.apis} API and {asked.workers} worker processes, articles shuffled{kills}.",
            "",
            "| what | figure |",
            "|---|---:|",
            *(f"| {name} | {value} |" for name, value in rows.items()),
            *(told if found else []),
            "",
            *machine,
        ]
    )


def _heading(asked: argparse.Namespace) -> str:
    """What is asked in several ways stands in a section each."""
    if asked.runs > 1:
        return f"{HEADING}, one run after another"
    return f"{HEADING}, one worker and several" if asked.ratio else HEADING


@contextlib.contextmanager
def _following(fleet: Fleet, count: int) -> Iterator[list[Poller]]:
    pollers = [Poller(fleet.urls) for _ in range(count)]
    for poller in pollers:
        poller.start()
    yield pollers
    for poller in pollers:
        poller.stop()


def _register(client: httpx.Client, corpus: Corpus) -> None:
    """Makes the outlets known before the first article: which names are outlets must not depend on the order."""
    for name in sorted({article.outlet for article in corpus.articles}):
        client.post("/v1/outlets", json={"name": name}).raise_for_status()


def _send(fleet: Fleet, articles: Sequence[CorpusArticle]) -> int:
    """Posts until each article is acknowledged, to one API after the other; how many distinct ids were acknowledged."""
    ids: set[str] = set()
    left, at = list(articles), 0
    while left:
        batch, at = left[:_BATCH], at + 1
        body = "".join(json.dumps(posted(article)) + "\n" for article in batch).encode()
        try:
            answer = httpx.post(f"{fleet.urls[at % len(fleet.urls)]}/v1/articles/batch", content=body, timeout=60)
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        lines = [json.loads(line) for line in answer.text.splitlines()] if answer.status_code == httpx.codes.OK else []
        if len(lines) == len(batch) and all("id" in line for line in lines):
            ids.update(line["id"] for line in lines)
            left = left[_BATCH:]
        else:
            time.sleep(0.5)
    return len(ids)


def _wait(fleet: Fleet, count: int) -> None:
    until = time.monotonic() + _FINISH_SECONDS_AN_ARTICLE * count
    with httpx.Client(base_url=fleet.urls[0], timeout=60) as client:
        while time.monotonic() < until:
            fleet.revive()
            with contextlib.suppress(httpx.TransportError):
                answer = client.get("/v1/articles", params={"status": "received", "limit": 1})
                if answer.status_code == httpx.codes.OK and not answer.json()["items"]:
                    return
            time.sleep(0.2)
    raise ServiceError(f"{count} articles were not processed in time")


def _rate(apis: int, workers: int, corpus: Corpus, seed: int) -> tuple[float, Binding]:
    """Articles a second from the first post to the last one processed, and what bound them."""
    articles = random.Random(seed).sample(corpus.articles, len(corpus.articles))
    with running_fleet(apis, workers) as fleet:
        _register(httpx.Client(base_url=fleet.urls[0], timeout=60), corpus)
        # The workers' models are loaded once an article is through.
        _send(fleet, articles[: workers * 2])
        _wait(fleet, workers * 2)
        rest = articles[workers * 2 :]
        with watched(fleet) as binding:
            _send(fleet, rest)
            _wait(fleet, len(rest))
        return len(rest) / binding.seconds, binding


def _compared(embedded: Outcome, runs: Sequence[Ran], posted: int) -> dict[str, Any]:
    """Of several runs what went wrong is added up, and of what differs the worst is told."""
    outcomes = [ran.outcome for ran in runs]
    alike = [adjusted_rand(embedded.cluster_of, many.cluster_of) for many in outcomes]
    return {
        "runs": len(runs),
        "articles posted a run": posted,
        "articles lost": sum(posted - many.statuses.get("processed", 0) for many in outcomes),
        "ids acknowledged a run": ", ".join(sorted({str(ran.acknowledged) for ran in runs})),
        "claims, embedded": len(embedded.cluster_of),
        "claims that only one of the two holds, worst run": max(
            len(embedded.cluster_of.keys() ^ many.cluster_of.keys()) for many in outcomes
        ),
        "claims told twice": sum(max(many.repeated_claims - embedded.repeated_claims, 0) for many in outcomes),
        "adjusted Rand index of the clusters, worst run": f"{min(alike):.4f}",
        "runs whose clusters are exactly the embedded run's": f"{sum(value == 1.0 for value in alike)} of {len(runs)}",
        "open conflicts, embedded": len(embedded.conflicts),
        "open conflicts, each run": ", ".join(str(len(many.conflicts)) for many in outcomes),
        "open conflicts that only one of the two holds, worst run": max(len(embedded.conflicts ^ many.conflicts) for many in outcomes),
        "unhandled errors in logs": sum(ran.unhandled_errors for ran in runs),
    }


def _polled(runs: Sequence[Ran]) -> dict[str, Any]:
    exact = sum(not ran.twice and not ran.missed for ran in runs)
    return {
        "changes seen by each poller": ", ".join(sorted({str(seen) for ran in runs for seen in ran.seen}, key=int)),
        "changes a poller saw twice": sum(ran.twice for ran in runs),
        "conflicts a poller missed": sum(ran.missed for ran in runs),
        "runs in which every poller saw each change exactly once": f"{exact} of {len(runs)}",
        "polls answered 503": sum(ran.refused for ran in runs),
    }


def _command(asked: argparse.Namespace) -> str:
    parts = ["python -m bench many"]
    for name in ("articles", "count", "seed", "runs", "apis", "workers", "kills", "postgres_kills"):
        value = getattr(asked, name)
        if value is not None:
            parts.append(f"--{name.replace('_', '-')} {value.name if isinstance(value, Path) else value}")
    return " ".join([*parts, *(["--ratio"] if asked.ratio else [])])


if __name__ == "__main__":
    print("run it as `python -m bench many`", file=sys.stderr)
