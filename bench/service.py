"""A Parallax of its own for a comparison: started on a free port over an empty folder, stopped and forgotten afterwards."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from bench.corpus import CorpusArticle

_ROOT = Path(__file__).resolve().parent.parent
_READY_SECONDS = 180.0
_STOP_SECONDS = 30.0
_POLL_SECONDS = 0.05
_ARTICLE_SECONDS = 60.0


class ServiceError(RuntimeError):
    """The service did not start, refused an article or did not finish."""


class Service:
    """A running service, seen through HTTP only."""

    def __init__(self, client: httpx.Client, pid: int = 0):
        """`client` has the service's address as its base; `pid` is its process."""
        self._client = client
        self.pid = pid

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        return str(self._client.base_url).rstrip("/")

    def process(self, articles: Sequence[CorpusArticle]) -> float:
        """Posts the articles as one batch and waits until none is waiting; the seconds it took.

        Raises ServiceError when an article is refused or fails, or after a minute an article.
        """
        body = "".join(json.dumps(posted(article)) + "\n" for article in articles).encode()
        began = time.perf_counter()
        answer = self._client.post("/v1/articles/batch", content=body, headers={"Content-Type": "application/x-ndjson"})
        if answer.is_error:
            raise ServiceError(f"batch answered {answer.status_code}: {answer.text[:500]}")
        refused = [line for line in answer.text.splitlines() if line.strip() and "error" in json.loads(line)]
        if refused:
            raise ServiceError(f"{len(refused)} of {len(articles)} articles refused, first: {refused[0][:500]}")
        while self._some("received"):
            if time.perf_counter() - began > _ARTICLE_SECONDS * len(articles):
                raise ServiceError(f"{len(articles)} articles not processed within {_ARTICLE_SECONDS:.0f} s each")
            time.sleep(_POLL_SECONDS)
        took = time.perf_counter() - began
        if self._some("failed"):
            raise ServiceError("an article failed")
        return took

    def _some(self, status: str) -> bool:
        """Whether any article has this status."""
        answer = self._client.get("/v1/articles", params={"status": status, "limit": 1})
        answer.raise_for_status()
        return bool(answer.json()["items"])


@contextlib.contextmanager
def running_service(data_dir: Path | None = None, *, ready_seconds: float = _READY_SECONDS) -> Iterator[Service]:
    """Starts `python -m app.main` over `data_dir`, or over an empty folder, and yields it once ready.

    Raises ServiceError with the end of its log when it does not get ready.
    """
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        port = _free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")}
        environment |= {
            "PARALLAX_HOST": "127.0.0.1",
            "PARALLAX_PORT": str(port),
            "PARALLAX_DATA_DIR": str(data_dir or Path(folder) / "data"),
            "PARALLAX_SAMPLE": "false",
        }
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen([sys.executable, "-m", "app.main"], cwd=_ROOT, env=environment, stdout=output, stderr=output)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600.0) as client:
                _wait_until_ready(client, process, log, ready_seconds)
                yield Service(client, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(client: httpx.Client, process: subprocess.Popen[bytes], log: Path, ready_seconds: float) -> None:
    """Returns once /readyz answers 200."""
    until = time.monotonic() + ready_seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        time.sleep(0.2)
    state = "did not get ready" if process.poll() is None else f"ended with {process.returncode}"
    raise ServiceError(f"the service {state}; the end of its log:\n{log.read_text(errors='replace')[-3000:]}")


def posted(article: CorpusArticle) -> dict[str, str]:
    """The article as the API takes it; what it lacks is left out."""
    parts = {
        "outlet": article.outlet,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "published_at": article.published_at.isoformat(),
    }
    return {name: value for name, value in parts.items() if value}


def _free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
