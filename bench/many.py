"""`python -m bench many`: the same articles through the embedded service and through many processes on PostgreSQL."""

import argparse
import contextlib
import json
import os
import random
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

from bench.corpus import Corpus, CorpusArticle, drawn, synthetic
from bench.fleet import Fleet, running_fleet, trouble
from bench.outcome import Outcome, adjusted_rand, outcome_of
from bench.report import measured_on, with_section
from bench.service import ServiceError, posted, running_service

HEADING = "Many processes on PostgreSQL"
_BATCH = 10
_FINISH_SECONDS_AN_ARTICLE = 60.0


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles; synthetic ones without")
    parser.add_argument("--count", type=int, default=60, help="articles posted")
    parser.add_argument("--seed", type=int, default=1, help="of the draw, the shuffling and the kills")
    parser.add_argument("--apis", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=0, help="how many processes are killed with -9 while articles come in")
    parser.add_argument("--postgres-kills", type=int, default=0, help="how often PostgreSQL is killed and started again")
    parser.add_argument("--pollers", type=int, default=2, help="clients that follow `since`")
    parser.add_argument("--ratio", action="store_true", help="also measure one worker against all, without kills")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Runs all of it; 1 when something was lost, done twice, skipped or told twice."""
    load_at_start = os.getloadavg()[0]
    corpus = synthetic(asked.count, asked.seed) if asked.articles is None else drawn(asked.articles, asked.count, asked.seed)
    rng = random.Random(asked.seed)
    shuffled = rng.sample(corpus.articles, len(corpus.articles))
    with running_service() as service:
        client = service._client
        _register(client, corpus)
        service.process(corpus.articles)
        embedded = outcome_of(client)
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
        tracebacks = sum(process.traceback for process in fleet.processes)
    rows = _compared(embedded, many, sent, len(shuffled)) | _polled(pollers) | {"unhandled errors in logs": tracebacks}
    if asked.ratio:
        rates = [_rate(asked.apis, workers, corpus, shuffled) for workers in (1, asked.workers)]
        rows |= {"articles a second, one worker": f"{rates[0]:.2f}", f"articles a second, {asked.workers} workers": f"{rates[1]:.2f}"}
        rows |= {"throughput ratio": f"{rates[1] / rates[0]:.2f}"}
    text = "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{_command(asked)}`; do not edit. {asked.apis} API and {asked.workers} worker processes, articles shuffled.",
            "",
            "| what | figure |",
            "|---|---:|",
            *(f"| {name} | {value} |" for name, value in rows.items()),
            "",
            *measured_on(load_at_start),
            f"- Articles: {corpus.name}",
        ]
    )
    print(text)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    wrong = [
        name for name in ("articles lost", "claims told twice", "conflicts a poller missed", "changes a poller saw twice") if rows[name]
    ]
    return 1 if wrong or tracebacks else 0


class Poller(threading.Thread):
    """Follows `since` through everything that happens, from one API to the next."""

    def __init__(self, urls: Sequence[str]):
        super().__init__(daemon=True)
        self._urls = urls
        self._stopping = threading.Event()
        self.seen: list[tuple[str, str]] = []
        self.refused = 0
        self.missed = 0
        self._cursor: str | None = None

    @property
    def twice(self) -> int:
        """How many changes came again."""
        return len(self.seen) - len(set(self.seen))

    def run(self) -> None:
        """Polls until stopped."""
        at = 0
        while not self._stopping.wait(0.1):
            at += 1
            self._poll(self._urls[at % len(self._urls)])

    def stop(self) -> None:
        """Ends it after one last look."""
        self._stopping.set()
        self.join()
        self._poll(self._urls[0])

    def check(self, client: httpx.Client) -> None:
        """Counts the conflicts whose last change it did not see."""
        last = dict(self.seen)
        cursor = None
        while True:
            page = client.get("/v1/conflicts", params={"limit": 200} | ({"cursor": cursor} if cursor else {})).json()
            self.missed += sum(last.get(item["id"]) != _state(item) for item in page["items"])
            cursor = page["next_cursor"]
            if not cursor:
                return

    def _poll(self, url: str) -> None:
        """One poll with all its pages; an answer that breaks off counts for nothing, and the same cursor is asked again."""
        found: list[tuple[str, str]] = []
        page: str | None = None
        upto = None
        while True:
            wanted = {name: value for name, value in (("since", self._cursor or _beginning()), ("cursor", page)) if value}
            try:
                answer = httpx.get(f"{url}/v1/conflicts", params={"limit": 50, **wanted}, timeout=30)
            except httpx.TransportError:
                return
            if answer.status_code != httpx.codes.OK:
                self.refused += 1
                assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
                assert "Retry-After" in answer.headers, answer.text
                return
            body = answer.json()
            found += [(item["id"], _state(item)) for item in body["items"]]
            upto = upto or body["cursor"]
            page = body["next_cursor"]
            if not page:
                self._cursor = upto
                self.seen += found
                return


def _state(item: dict[str, Any]) -> str:
    return json.dumps([item["updated_at"], item["status"], item["positions"], item["history"]], sort_keys=True)


def _beginning() -> str:
    from app.storage.reading.conflicts import cursor_at

    return cursor_at(0)


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
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            answer = httpx.get(f"{fleet.urls[0]}/v1/articles", params={"status": "received", "limit": 1}, timeout=60)
            if answer.status_code == httpx.codes.OK and not answer.json()["items"]:
                return
        time.sleep(0.2)
    raise ServiceError(f"{count} articles were not processed in time")


def _rate(apis: int, workers: int, corpus: Corpus, articles: Sequence[CorpusArticle]) -> float:
    """Articles a second from the first post to the last one processed."""
    with running_fleet(apis, workers) as fleet:
        _register(httpx.Client(base_url=fleet.urls[0], timeout=60), corpus)
        # The workers' models are loaded once an article is through.
        _send(fleet, articles[: workers * 2])
        _wait(fleet, workers * 2)
        rest = articles[workers * 2 :]
        began = time.perf_counter()
        _send(fleet, rest)
        _wait(fleet, len(rest))
        return len(rest) / (time.perf_counter() - began)


def _compared(embedded: Outcome, many: Outcome, sent: int, posted: int) -> dict[str, Any]:
    return {
        "articles posted": posted,
        "articles lost": posted - many.statuses.get("processed", 0),
        "ids acknowledged": sent,
        "claims, embedded": len(embedded.cluster_of),
        "claims that only one of the two holds": len(embedded.cluster_of.keys() ^ many.cluster_of.keys()),
        "claims told twice": max(many.repeated_claims - embedded.repeated_claims, 0),
        "adjusted Rand index of the clusters": f"{adjusted_rand(embedded.cluster_of, many.cluster_of):.4f}",
        "open conflicts, embedded": len(embedded.conflicts),
        "open conflicts, many": len(many.conflicts),
        "open conflicts that only one of the two holds": len(embedded.conflicts ^ many.conflicts),
    }


def _polled(pollers: Sequence[Poller]) -> dict[str, Any]:
    return {
        "changes seen by each poller": ", ".join(str(len(poller.seen)) for poller in pollers),
        "changes a poller saw twice": sum(poller.twice for poller in pollers),
        "conflicts a poller missed": sum(poller.missed for poller in pollers),
        "polls answered 503": sum(poller.refused for poller in pollers),
    }


def _command(asked: argparse.Namespace) -> str:
    parts = ["python -m bench many"]
    for name in ("articles", "count", "seed", "apis", "workers", "kills", "postgres_kills"):
        value = getattr(asked, name)
        if value is not None:
            parts.append(f"--{name.replace('_', '-')} {value.name if isinstance(value, Path) else value}")
    return " ".join([*parts, *(["--ratio"] if asked.ratio else [])])


if __name__ == "__main__":
    print("run it as `python -m bench many`", file=sys.stderr)
