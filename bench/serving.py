"""`python -m bench serving`: polls of the conflicts against a handler that does nothing, told in a section of its own."""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from bench.asking import Asked, Question, ask
from bench.comparison import Comparison
from bench.goals import Row, row_of
from bench.report import comparison_table, measured_on, with_section
from bench.service import ServiceError, _free_port

HEADING = "Polling against an empty handler"
CLAIMS = 3_000
CLIENTS = 100
SECONDS = 2.0
REPEATS = 5
# Source: the goals of this project: how much of an empty handler's throughput a poll keeps.
UNCHANGED_GOAL, CHANGED_GOAL = 0.7, 0.4
# How often a conflict changes while polls are answered whole.
CHANGES_A_SECOND = 2
_HOST = "127.0.0.1"
_ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_POLLED = "/v1/conflicts"


@dataclass(frozen=True)
class Server:
    """A running server and its process."""

    port: int
    process: "subprocess.Popen[bytes]"

    def cpu_seconds(self) -> float:
        """What it has used of processors so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Round:
    """What one kind of question came to in one repeat, and the server's processor time for an answer."""

    asked: Asked
    cpu_seconds: float


@dataclass(frozen=True)
class Measured:
    """The comparisons, by what was asked the rounds behind them, and how large a whole answer is."""

    comparisons: Sequence[Comparison]
    rounds: dict[str, list[Round]]
    page_bytes: int

    def cpu(self, name: str) -> float:
        """The median processor time of an answer, seconds."""
        times = sorted(one.cpu_seconds / one.asked.answers for one in self.rounds[name])
        return times[len(times) // 2]

    @property
    def busiest(self) -> float:
        """The largest share of its time that the asking side was busy."""
        return max(one.asked.busy for rounds in self.rounds.values() for one in rounds)


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--claims", type=int, default=CLAIMS, help="claims stored")
    parser.add_argument("--clients", type=int, default=CLIENTS, help="connections that ask")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each turn")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="turns of each figure")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures and writes the section; 1 when a goal is missed."""
    load_at_start = os.getloadavg()[0]
    measured = measure(asked.claims, asked.clients, asked.seconds, asked.repeats)
    command = (
        f"python -m bench serving --claims {asked.claims} --clients {asked.clients} --seconds {asked.seconds:g} --repeats {asked.repeats}"
    )
    text = section_of(measured, asked.clients, command, measured_on(load_at_start))
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    print(f"written: {asked.report}")
    return 0 if all(row.met for row in goals_of(measured)) else 1


def rows(claims: int = CLAIMS, clients: int = CLIENTS, seconds: float = SECONDS, repeats: int = REPEATS) -> Sequence[Row]:
    """The goals of serving, measured."""
    return goals_of(measure(claims, clients, seconds, repeats))


def goals_of(measured: Measured) -> list[Row]:
    """The goals' rows of what was measured: those against the empty handler inside the service."""
    unchanged, changed = measured.comparisons[:2]
    note = f"page of {measured.page_bytes / 1000:.0f} kB"
    return [row_of(unchanged, UNCHANGED_GOAL), row_of(changed, CHANGED_GOAL, note)]


def measure(claims: int, clients: int, seconds: float, repeats: int) -> Measured:
    """Asks each kind of question in turns, over connections that are kept."""
    from bench.answering import DIMENSIONS, EMPTY, NoEncoder
    from bench.filling import fill

    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        fill(data_dir, claims, encoder_id=NoEncoder.id, dimensions=DIMENSIONS)
        with _running("service", data_dir) as service, _running("empty", data_dir) as bare:
            whole = httpx.get(f"http://{_HOST}:{service.port}{_POLLED}")
            tag = whole.headers["ETag"]
            sides = {
                "empty": (service, Question(EMPTY)),
                "unchanged": (service, Question(_POLLED, 304, (("If-None-Match", tag),))),
                "changed": (service, Question(_POLLED)),
                "alone": (bare, Question(EMPTY)),
            }
            rounds: dict[str, list[Round]] = {name: [] for name in sides}
            for repeat in range(repeats):
                # Who begins changes from repeat to repeat: what drifts falls on all alike.
                names = list(sides)[repeat % len(sides) :] + list(sides)[: repeat % len(sides)]
                for name in names:
                    server, question = sides[name]
                    if name == "unchanged":
                        tag = httpx.get(f"http://{_HOST}:{service.port}{_POLLED}").headers["ETag"]
                        question = replace(question, headers=(("If-None-Match", tag),))
                    with _changing(service, whole.json()["items"][0]["id"]) if name == "changed" else contextlib.nullcontext():
                        began = server.cpu_seconds()
                        answered = ask(_HOST, server.port, question, clients, seconds)
                        rounds[name].append(Round(answered, server.cpu_seconds() - began))
    inside, outside = "an empty FastAPI handler in the same service", "an empty FastAPI handler alone on the same server"
    comparisons = [
        _comparison(f"GET {_POLLED} {what}, {clients} clients", peer, rounds[name], rounds[against])
        for against, peer in (("empty", inside), ("alone", outside))
        for name, what in (("unchanged", "unchanged (304)"), ("changed", "changed (200, the whole page)"))
    ]
    return Measured(comparisons, rounds, len(whole.content))


def section_of(measured: Measured, clients: int, command: str, machine: Sequence[str]) -> str:
    """The section as Markdown, its heading first."""
    cpu = {name: f"{measured.cpu(name) * 1e6:,.0f}" for name in measured.rounds}
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. {clients} clients ask over connections they keep, each its next",
            "question when its answer is there to the last byte; the sides take turns, and the ratio is ours over the peer's",
            f"within a turn. The whole page has {measured.page_bytes / 1000:.0f} kB, and while it is polled a conflict changes",
            f"{CHANGES_A_SECOND} times a second.",
            "The peer is a handler that returns `{}`: added to the service, behind the same middlewares, and in an application of its own",
            f"on the same server. The asking side was busy {measured.busiest:.0%} of its time at most.",
            "",
            *comparison_table(measured.comparisons),
            "",
            "| answer | server's processor time, µs |",
            "|---|---:|",
            f"| unchanged | {cpu['unchanged']} |",
            f"| changed | {cpu['changed']} |",
            f"| empty handler in the service | {cpu['empty']} |",
            f"| empty handler alone | {cpu['alone']} |",
            "",
            *machine,
        ]
    )


def _comparison(measure: str, peer: str, ours: Sequence[Round], theirs: Sequence[Round]) -> Comparison:
    pairs = tuple((one.asked.per_second, other.asked.per_second) for one, other in zip(ours, theirs, strict=True))
    return Comparison(measure, "answers/s", peer, pairs)


@contextlib.contextmanager
def _changing(service: Server, conflict: str) -> Iterator[None]:
    """Somebody adds a note to a conflict again and again until the block ends."""
    ended = threading.Event()
    address = f"http://{_HOST}:{service.port}{_POLLED}/{conflict}"

    def change() -> None:
        with httpx.Client() as client:
            while not ended.wait(1 / CHANGES_A_SECOND):
                # The status as it is: the page stays as large as it was but for a line.
                client.patch(address, json={"note": "looked at"}).raise_for_status()

    changing = threading.Thread(target=change)
    changing.start()
    try:
        yield
    finally:
        ended.set()
        changing.join()


@contextlib.contextmanager
def _running(what: str, data_dir: Path) -> Iterator[Server]:
    """Starts one of the two servers of `bench.answering` and yields it once it answers.

    Raises:
        ServiceError: it did not start; with the end of its log.
    """
    from bench.answering import EMPTY

    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "bench.answering", what, str(port), "--data-dir", str(data_dir)]
        process = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=log, stderr=log)
        try:
            until = time.monotonic() + _START_SECONDS
            while True:
                with contextlib.suppress(httpx.TransportError):
                    if httpx.get(f"http://{_HOST}:{port}{EMPTY}").status_code == httpx.codes.OK:
                        break
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise ServiceError(f"the server did not start:\n{log.read().decode(errors='replace')[-3000:]}")
                time.sleep(0.1)
            yield Server(port, process)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
