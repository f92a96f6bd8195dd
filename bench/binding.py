"""What binds many processes: the processor time that each kind took, and how long the writers' lock was held and waited for."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from app.storage.database import WRITERS_LOCK
from bench.fleet import Fleet

_LOOK_SECONDS = 0.05
# Past so much of its time in use a thing is what binds. Source: chosen.
_FULL_SHARE = 0.85
_HELD = """
SELECT count(*) FILTER (WHERE granted), count(*) FILTER (WHERE NOT granted) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = %s
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass
class Binding:
    """Of one stretch of work: `cpu_seconds` by kind of process, and of the writers' lock how long it was held and waited for, added up."""

    seconds: float = 0.0
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    held_share: float = 0.0
    waited_seconds: float = 0.0

    @property
    def cores_share(self) -> float:
        """How much of all cores' time was used by these processes, 0..1."""
        return sum(self.cpu_seconds.values()) / max(self.seconds * len(os.sched_getaffinity(0)), 1e-9)

    @property
    def binds(self) -> str:
        """What is used up."""
        full = [name for name, share in (("the writers' lock", self.held_share), ("the cores", self.cores_share)) if share >= _FULL_SHARE]
        return " and ".join(full) or "neither cores nor lock alone"

    def told(self) -> str:
        """One cell of a table."""
        took = sum(self.cpu_seconds.values()) or 1.0
        parts = ", ".join(f"{name} {seconds:.0f} s ({seconds / took:.0%})" for name, seconds in self.cpu_seconds.items())
        return (
            f"{self.binds}: {self.seconds:.0f} s, cores used {self.cores_share:.0%} ({parts}); "
            f"lock held {self.held_share:.0%} of the time, waited for {self.waited_seconds:.0f} s in all"
        )


@contextlib.contextmanager
def watched(fleet: Fleet) -> Iterator[Binding]:
    """Watches the fleet while the block runs; what is yielded is filled when it ends."""
    found = Binding()
    done = threading.Event()
    looks = [0, 0, 0]

    def look() -> None:
        with psycopg.connect(fleet.postgres.url.replace("+psycopg", ""), autocommit=True) as connection:
            while not done.wait(_LOOK_SECONDS):
                held, waiting = connection.execute(_HELD, (WRITERS_LOCK,)).fetchone() or (0, 0)
                looks[0] += 1
                looks[1] += bool(held)
                looks[2] += waiting

    thread = threading.Thread(target=look, daemon=True)
    before, began = cpu_seconds(fleet), time.perf_counter()
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()
        found.seconds = time.perf_counter() - began
        after = cpu_seconds(fleet)
        found.cpu_seconds = {name: after[name] - before[name] for name in after}
        found.held_share = looks[1] / max(looks[0], 1)
        found.waited_seconds = looks[2] / max(looks[0], 1) * found.seconds


def cpu_seconds(fleet: Fleet) -> dict[str, float]:
    """Processor time so far of the fleet's workers, its APIs and PostgreSQL with all its children, the ended ones too."""
    found = {"workers": 0.0, "APIs": 0.0}
    for process in fleet.processes:
        found["workers" if process.what == "worker" else "APIs"] += _seconds(process.pid, ended_children=False)
    server = fleet.postgres.pid
    living = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _parent(int(path.name)) == server]
    found["PostgreSQL"] = _seconds(server, ended_children=True) + sum(_seconds(pid, ended_children=False) for pid in living)
    return found


def _fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on; none when the process is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def _parent(pid: int) -> int:
    return int((_fields(pid) or ["", "0"])[1])


def _seconds(pid: int, *, ended_children: bool) -> float:
    """User and system time. Source: proc(5), fields 14 to 17."""
    ticks = [int(value) for value in _fields(pid)[11:15]]
    return sum(ticks if ended_children else ticks[:2]) / os.sysconf("SC_CLK_TCK")
