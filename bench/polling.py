"""`python -m bench polling`: many clients follow the conflicts while articles come in, told in a section of its own."""

import argparse
import asyncio
import math
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from bench.corpus import CorpusArticle, drawn, synthetic
from bench.followers import Poller, Reader, Seen, View, whole
from bench.report import measured_on, with_section
from bench.service import Service, running_service

HEADING = "Polling and streams beside an ingest"
# Every so many readers of the stream are cut again and again.
_CUT_ONE_OF = 5
_CUT_SECONDS = 8.0
_SETTLE_SECONDS = 120.0


@dataclass(frozen=True)
class Outcome:
    """What the clients met with, and whether their views were the store's at the end."""

    pollers: Sequence[Poller]
    readers: Sequence[Reader]
    store: View
    ingest_seconds: float
    settle_seconds: float

    @property
    def clients(self) -> list[Seen]:
        """All of them."""
        return [*self.pollers, *self.readers]

    @property
    def errors(self) -> list[str]:
        """Whatever went wrong for any client."""
        return [error for client in self.clients for error in client.errors]

    @property
    def missing(self) -> int:
        """Conflicts of the store that are in no state in a client's view, over all clients; strangers in a view count too."""
        return sum(len(self.store.keys() ^ client.view.keys()) for client in self.clients)

    @property
    def stale(self) -> int:
        """Conflicts that a client has in another state than the store, over all clients."""
        return sum(client.view[key] != state for client in self.clients for key, state in self.store.items() if key in client.view)

    @property
    def poll_seconds(self) -> list[float]:
        """How long each poll took, rising."""
        return sorted(seconds for poller in self.pollers for seconds in poller.seconds)

    @property
    def unchanged(self) -> int:
        """How many polls were answered 304."""
        return sum(poller.unchanged for poller in self.pollers)


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument(
        "--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles (outlet, url, date, title, text); synthetic without"
    )
    parser.add_argument("--count", type=int, default=1_000, help="articles posted")
    parser.add_argument("--pollers", type=int, default=200, help="clients that poll with an entity tag")
    parser.add_argument("--streams", type=int, default=50, help="clients that read the stream")
    parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="how often a client polls")
    parser.add_argument("--seed", type=int, default=1, help="of the articles")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures, compares every view with the store and writes the section; 1 on any error or difference."""
    load_at_start = os.getloadavg()[0]
    corpus = synthetic(asked.count, asked.seed) if asked.articles is None else drawn(asked.articles, asked.count, asked.seed)
    with running_service() as service:
        found = asyncio.run(follow(service, corpus.articles, asked.pollers, asked.streams, asked.every))
    text = section_of(found, len(corpus.articles), asked.every, corpus.name, command(asked), measured_on(load_at_start))
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    for error in found.errors[:20]:
        print(error, file=sys.stderr)
    print(f"written: {asked.report}")
    return 1 if found.errors or found.missing or found.stale else 0


async def follow(service: Service, articles: Sequence[CorpusArticle], pollers: int, streams: int, every_seconds: float) -> Outcome:
    """Lets the clients follow while the articles are posted and processed, then until each has had the time to see the end."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=service.address, limits=limits, timeout=120.0) as client:
        view, since = await whole(client)
        polling = [Poller(dict(view), since=since) for _ in range(pollers)]
        reading = [Reader(dict(view), since=since, cut_seconds=None if at % _CUT_ONE_OF else _CUT_SECONDS) for at in range(streams)]
        stop_polling, stop_reading = asyncio.Event(), asyncio.Event()
        # Spread over the interval, as clients are that were opened at different times.
        polls = [
            asyncio.create_task(poller.run(client, every_seconds, every_seconds * at / max(pollers, 1), stop_polling))
            for at, poller in enumerate(polling)
        ]
        reads = [asyncio.create_task(reader.run(client, stop_reading)) for reader in reading]
        try:
            ingest_seconds = await asyncio.to_thread(service.process, articles)
            began = time.monotonic()
            stop_polling.set()
            await asyncio.gather(*polls)
            store, last = await whole(client)
            for poller in polling:
                await poller.poll(client)
            while any(reader.last_id != last for reader in reading) and time.monotonic() - began < _SETTLE_SECONDS:
                await asyncio.sleep(0.1)
            settle_seconds = time.monotonic() - began
        finally:
            stop_polling.set()
            stop_reading.set()
            await asyncio.gather(*polls, *reads, return_exceptions=True)
    return Outcome(polling, reading, store, ingest_seconds, settle_seconds)


def section_of(found: Outcome, articles: int, every_seconds: float, corpus: str, command: str, machine: Sequence[str]) -> str:
    """The section as Markdown, its heading first."""
    times = found.poll_seconds
    cut = sum(reader.cut_seconds is not None for reader in found.readers)
    rows = (
        ("articles posted and processed", f"{articles:,}"),
        ("seconds until all were linked", f"{found.ingest_seconds:,.0f}"),
        ("conflicts at the end", f"{len(found.store):,}"),
        (f"pollers, each every {every_seconds:g} s", f"{len(found.pollers):,}"),
        ("polls", f"{len(times):,}"),
        ("answered 304", f"**{found.unchanged / max(len(times), 1):.1%}**"),
        ("poll, median, ms", f"{median(times) * 1000:,.1f}" if times else "–"),
        ("poll, p99, ms", f"**{percentile(times, 0.99) * 1000:,.1f}**"),
        ("poll, slowest, ms", f"{percentile(times, 1.0) * 1000:,.1f}"),
        (f"stream clients, of which cut every {_CUT_SECONDS:g} s or so", f"{len(found.readers):,}, {cut:,}"),
        ("streams resumed after a cut", f"{sum(reader.resumed for reader in found.readers):,}"),
        ("events received", f"{sum(reader.events for reader in found.readers):,}"),
        ("errors", f"{len(found.errors):,}"),
        ("conflicts missing from a client's view", f"{found.missing:,}"),
        ("conflicts that a client has in an older state", f"{found.stale:,}"),
    )
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit.",
            "The clients run in one process beside the service on the same machine, and begin with an empty store. A poll asks what",
            "changed since the last answer (`since`, `If-None-Match`); its time is the client's, from asking to the last byte. At the",
            "end every client's view is compared with the store: which conflicts, and in which state (status, time of the last change,",
            "length of the history).",
            "",
            "| what | figure |",
            "|---|---:|",
            *(f"| {what} | {figure} |" for what, figure in rows),
            "",
            *machine,
            f"- Articles: {corpus}",
        ]
    )


def percentile(rising: Sequence[float], share: float) -> float:
    """The smallest of the values that at least this share of them does not exceed; 0 for none."""
    return rising[max(math.ceil(share * len(rising)) - 1, 0)] if rising else 0.0


def command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    file = f" --articles {asked.articles.name}" if asked.articles else ""
    clients = f"--pollers {asked.pollers} --streams {asked.streams} --every {asked.every:g}"
    return f"python -m bench polling{file} --count {asked.count} {clients} --seed {asked.seed}"
