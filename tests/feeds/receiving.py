"""A webhook receiver on a port of its own: keeps what came, answers as told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """What came, in order: headers and body. `answers` are status codes given in turn, then always the last."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    location: str | None = None
    drip: threading.Event | None = None
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def wait(self, times: int = 1) -> None:
        """Waits for so many requests more."""
        for _ in range(times):
            assert self.arrived.acquire(timeout=20), "no request came"


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver until the block ends."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            found.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = found.answers[0] if len(found.answers) == 1 else found.answers.pop(0)
            self.send_response(status)
            if found.location:
                self.send_header("Location", found.location)
            if found.drip is None:
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self._drip(found.drip)
            found.arrived.release()

        def _drip(self, end: threading.Event) -> None:
            """An answer without an end, a byte at a time."""
            self.end_headers()
            self.close_connection = True
            try:
                while not end.wait(0.02):
                    self.wfile.write(b".")
            except OSError:
                pass

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield found
    finally:
        if found.drip:
            found.drip.set()
        server.shutdown()
        server.server_close()
        thread.join()
