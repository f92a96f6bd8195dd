"""The real programs, with models that load at once."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


def clean(settings: Mapping[str, str]) -> dict[str, str]:
    """This environment with no Parallax settings but these."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")} | dict(settings)


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`parallax` with these words, to its end."""
    command = [sys.executable, "-m", "tests.parallax", *words]
    return subprocess.run(command, env=clean(settings), cwd=ROOT, capture_output=True, text=True, check=False)


@contextmanager
def started(log: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """`parallax` with these words while the block runs; what it writes goes to `log`."""
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.parallax", *words], env=clean(settings), cwd=ROOT, stdout=written, stderr=written
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def answers(address: str, path: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until `path` is answered with 200."""

    def asked() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            return httpx.get(f"{address}{path}", timeout=30).status_code == 200
        except httpx.TransportError:
            return False

    until(asked)
