"""`python -m bench pages`: what a first look at each page costs, with many claims stored, told in a section of its own."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, sync_playwright

from app.dashboard import pages as dashboard
from bench.report import measured_on, with_section

HEADING = "Pages and queries"
LIMIT_BYTES = 200_000
LIMIT_SECONDS = 0.3
_REPEATS = 5
_QUIET_SECONDS = 1.0
_LOAD_SECONDS = 60.0
_STREAMS = ("/v1/conflicts/stream",)
_BROWSER_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_QUERIES = (
    "/v1/conflicts?limit=50",
    "/v1/clusters?limit=50",
    "/v1/clusters?min_outlets=2&diverging=true",
    "/v1/claims?limit=50",
    "/v1/claims?outlet={outlets}",
    "/v1/articles?limit=50",
    "/v1/outlets",
    "/v1/outlets/matrix",
    "/v1/outlets/matrix?since=2025-01-01T01:00:00Z",
    "/v1/outlets/{outlets}",
    "/v1/outlets/matrix/{outlets}/{other}",
    "/v1/outlets/matrix/{outlets}/{other}?stance=diverge",
)
_EXPORTS = ("/v1/claims/export.csv", "/v1/claims/export.jsonld", "/v1/clusters/export.jsonld", "/v1/conflicts/export.jsonld")


@dataclass(frozen=True)
class Answer:
    """One request: the bytes of its body as sent, and the seconds until all of it was there (median of the repeats)."""

    path: str
    size_bytes: int
    seconds: float

    @property
    def is_data(self) -> bool:
        """Whether it is what the page shows rather than the page itself."""
        return self.path.startswith("/v1/")


@dataclass(frozen=True)
class Page:
    """A page by its route, and every request of its first load."""

    route: str
    answers: tuple[Answer, ...]

    @property
    def own_bytes(self) -> int:
        """HTML, scripts and styles."""
        return sum(answer.size_bytes for answer in self.answers if not answer.is_data)

    @property
    def data_bytes(self) -> int:
        """What its scripts ask the API for."""
        return sum(answer.size_bytes for answer in self.answers if answer.is_data)

    @property
    def seconds(self) -> float:
        """All of it one after the other, though a browser asks side by side."""
        return sum(answer.seconds for answer in self.answers)

    @property
    def within(self) -> bool:
        """Whether it keeps the limits, its data included."""
        return self.own_bytes + self.data_bytes <= LIMIT_BYTES and self.seconds <= LIMIT_SECONDS


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--claims", type=int, default=100_000, help="claims stored")
    parser.add_argument("--seed", type=int, default=1, help="of the claims")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Fills a store, measures every page and writes the section; 1 when a page exceeds a limit."""
    load_at_start = os.getloadavg()[0]
    # Only here, so that --help answers at once: these load torch.
    from app.vectors.minilm import MiniLmEncoder
    from bench.filling import STORED_OUTLETS, fill
    from bench.service import running_service

    encoder = MiniLmEncoder.load()
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        data_dir = Path(folder) / "data"
        began = time.perf_counter()
        stored = fill(data_dir, asked.claims, encoder_id=encoder.id, dimensions=encoder.dimensions, seed=asked.seed)
        print(f"{stored:,} claims stored in {time.perf_counter() - began:.0f} s")
        del encoder
        with running_service(data_dir) as service, httpx.Client(base_url=service.address, timeout=600.0) as client:
            ids = _ids(client)
            # The browser is gone before anything is timed.
            loads = list(_first_loads(service.address, ids))
            found = [Page(route, tuple(_asked(client, path) for path in paths)) for route, paths in loads]
            queries = [_asked(client, query.format_map(ids)) for query in _QUERIES]
            exports = [_asked(client, path, repeats=1) for path in _EXPORTS]
    text = section_of(found, queries, exports, f"{stored:,} claims, {STORED_OUTLETS} outlets", _command(asked), measured_on(load_at_start))
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    for page in found:
        if not page.within:
            slow = sorted(page.answers, key=lambda answer: -answer.seconds)[:5]
            print(f"{page.route}: " + ", ".join(f"{a.path} {a.seconds * 1000:.0f} ms {a.size_bytes:,} B" for a in slow), file=sys.stderr)
    print(f"written: {asked.report}")
    return 0 if all(page.within for page in found) else 1


def section_of(
    pages: Sequence[Page], queries: Sequence[Answer], exports: Sequence[Answer], stored: str, command: str, machine: Sequence[str]
) -> str:
    """The section as Markdown, its heading first."""
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. With {stored} stored, every page is opened in a browser to learn what its",
            "first load asks for; each request is then sent alone, one after the other, and its median time of"
            f" {_REPEATS} added up. Sizes are",
            f"bodies as sent. Limits for a page, data included: {LIMIT_BYTES // 1000} kB and {LIMIT_SECONDS * 1000:.0f} ms."
            " The stream of changes, which never ends, is left out.",
            "",
            "| page | requests | page, scripts, styles (kB) | data (kB) | server time (ms) | slowest request (ms) | within the limits |",
            "|---|---:|---:|---:|---:|---:|---|",
            *map(_row, pages),
            "",
            "| query | kB | ms |",
            "|---|---:|---:|",
            *(f"| `GET {_shown(answer.path)}` | {answer.size_bytes / 1000:.1f} | {answer.seconds * 1000:.0f} |" for answer in queries),
            *(f"| `GET {answer.path}` (once) | {answer.size_bytes / 1000:,.0f} | {answer.seconds * 1000:,.0f} |" for answer in exports),
            "",
            *machine,
        ]
    )


def _row(page: Page) -> str:
    slowest = max((answer.seconds for answer in page.answers), default=0.0)
    cells = (
        f"`{page.route}`",
        f"{len(page.answers)}",
        f"{page.own_bytes / 1000:.1f}",
        f"{page.data_bytes / 1000:.1f}",
        f"{page.seconds * 1000:.0f}",
        f"{slowest * 1000:.0f}",
        "yes" if page.within else "**no**",
    )
    return f"| {' | '.join(cells)} |"


def page_routes() -> list[str]:
    """The route of every page the dashboard serves."""
    paths = [str(getattr(route, "path", "")) for route in dashboard.router().routes]
    return [path for path in paths if not path.startswith("/static/")]


def _ids(client: httpx.Client) -> dict[str, str]:
    """For each collection the id that its page is opened with: those of what a reader would open first."""
    conflict = client.get("/v1/conflicts", params={"limit": 1}).json()["items"][0]
    cluster = client.get("/v1/clusters", params={"limit": 1, "diverging": True}).json()["items"][0]
    outlets = sorted(client.get("/v1/outlets/matrix").json()["pairs"], key=lambda pair: -pair["shared"])[0]
    return {
        "conflicts": conflict["id"],
        "clusters": cluster["id"],
        "articles": client.get("/v1/articles", params={"limit": 1}).json()["items"][0]["id"],
        "outlets": outlets["a"]["id"],
        "other": outlets["b"]["id"],
    }


def _first_loads(address: str, ids: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each page's route, and the paths that a browser without a cache asks for."""
    with _browser() as browser:
        for route in page_routes():
            collection = route.strip("/").split("/")[0]
            path = route.replace("{id}", ids.get(collection, "")).replace("{a}", ids["outlets"]).replace("{b}", ids["other"])
            if "{" in path:
                raise ValueError(f"no id is known for the page {route}")
            yield route, _requests_of(browser, address, path)


def _requests_of(browser: Browser, address: str, path: str) -> list[str]:
    """What the page asks for until it has asked for nothing new for a while, streams left out."""
    context = browser.new_context()
    asked: list[str] = []
    page = context.new_page()

    def note(url: str) -> None:
        parts = urlsplit(url)
        wanted = parts.path + (f"?{parts.query}" if parts.query else "")
        if url.startswith(address) and parts.path not in _STREAMS and wanted not in asked:
            asked.append(wanted)

    page.on("request", lambda request: note(request.url) if request.method == "GET" else None)
    page.goto(address + path, wait_until="load")
    until = time.monotonic() + _LOAD_SECONDS
    before = -1
    while before != len(asked) and time.monotonic() < until:
        before = len(asked)
        page.wait_for_timeout(_QUIET_SECONDS * 1000)
    context.close()
    return asked


@contextmanager
def _browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("not measured: chromium opens the pages; install it (Debian: `apt-get install chromium`)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_BROWSER_ARGUMENTS)
        yield browser
        browser.close()


def _asked(client: httpx.Client, path: str, repeats: int = _REPEATS) -> Answer:
    """One request's size and median time. Raises httpx.HTTPStatusError when it is refused."""
    times = []
    size = 0
    for _ in range(repeats):
        began = time.perf_counter()
        with client.stream("GET", path) as answer:
            answer.raise_for_status()
            for _ in answer.iter_raw(1 << 16):
                pass
            size = answer.num_bytes_downloaded
        times.append(time.perf_counter() - began)
    return Answer(path, size, median(times))


def _shown(path: str) -> str:
    """The path without what only this run's ids say."""
    parts = path.split("?", 1)
    pieces = parts[0].split("/")
    if pieces[2:4] == ["outlets", "matrix"] and len(pieces) > 4:
        pieces[4:] = ["{a}", "{b}"]
    elif len(pieces) > 3 and pieces[3] != "matrix":
        pieces[3] = "{id}"
    return "?".join(["/".join(pieces), *parts[1:]])


def _command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    return f"python -m bench pages --claims {asked.claims} --seed {asked.seed}"
