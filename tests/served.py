"""A whole service on a port of its own, for tests of what a client in the same thread cannot see: streams, and how it stops."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.main import Server, application
from tests.ports import free_port
from tests.service import FAKE_MODELS, prepare, settings_for

STARTED_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """A running service, where it listens, and a client of it."""

    url: str
    client: httpx.Client
    server: Server
    thread: threading.Thread

    def stop(self) -> None:
        """Ends it as a signal would, and waits for the end."""
        self.server.should_exit = True
        self.thread.join()


@contextmanager
def served(folder: Path, **changes: Any) -> Iterator[Served]:
    """The real application in `folder`, with an encoder that needs no model, until the block ends."""
    settings = settings_for(folder, **{"port": free_port(), **changes})
    prepare(settings)
    server = Server(application(settings, FAKE_MODELS), settings)
    thread = threading.Thread(target=server.run, name="service", daemon=True)
    thread.start()
    end = time.monotonic() + STARTED_SECONDS
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() < end, "the service did not become ready"
        time.sleep(0.02)
    url = f"http://127.0.0.1:{settings.port}"
    with httpx.Client(base_url=url, timeout=30) as client:
        found = Served(url, client, server, thread)
        try:
            yield found
        finally:
            found.stop()
