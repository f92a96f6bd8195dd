"""Sending one request to one target: to the address that was checked, within a time, reading little of the answer."""

import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import httpcore2

from app.feeds.targets import Resolve, TargetRefused, addresses, resolve, target_of

# Source: decision; the first bytes of an answer are read, so that a receiver that answers much or for ever costs no more.
ANSWER_BYTES = 4_096


@dataclass(frozen=True)
class Answer:
    """The status code, or why there was no answer."""

    status_code: int | None
    error: str | None = None


class Sender(Protocol):
    """What posts."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Posts once. Whatever goes wrong is in the answer; nothing is raised."""


class HttpSender:
    """Posts over HTTP. No redirect is followed, no proxy and no cookie used; `seconds` bounds the whole of it, from the name to the
    answer's last byte that is read. Certificates are verified against the host's name though the connection goes to its address.
    """

    def __init__(self, *, private: bool, seconds: float, ask: Resolve = resolve, clock: Callable[[], float] = time.monotonic):
        self._private = private
        self._seconds = seconds
        self._ask = ask
        self._clock = clock
        self._tls = httpcore2.default_ssl_context()

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Posts once. Whatever goes wrong is in the answer; nothing is raised."""
        deadline = _Deadline(self._clock, self._clock() + self._seconds)
        try:
            target_of(url, private=self._private)
            backend = _Checked(self._private, self._ask, deadline)
            with httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool:
                timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
                sent = list(headers.items())
                with pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": timeouts}) as response:
                    _read_little(response.iter_stream())
                    return Answer(response.status)
        except TargetRefused as error:
            return Answer(None, f"not sent: {error}")
        except (TimeoutError, httpcore2.TimeoutException):
            return Answer(None, f"no answer within {self._seconds:g} seconds")
        except (OSError, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ValueError) as error:
            return Answer(None, f"{type(error).__name__}: {error}"[:300])


class _Deadline:
    """When everything must be done."""

    def __init__(self, clock: Callable[[], float], at: float):
        self._clock = clock
        self._at = at

    def left(self, asked: float | None) -> float:
        """Seconds that a step may take.

        Raises:
            TimeoutError: none.
        """
        left = self._at - self._clock()
        if left <= 0:
            raise TimeoutError
        return left if asked is None else min(asked, left)


class _Checked(httpcore2.NetworkBackend):
    """Connects to an address of the host only after all of them were looked at; the name is not asked for again in between."""

    def __init__(self, private: bool, ask: Resolve, deadline: _Deadline):
        self._private = private
        self._ask = ask
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        last: Exception = OSError(f"{host} has no address")
        for address in addresses(host, port, private=self._private, ask=self._ask):
            try:
                stream = self._plain.connect_tcp(address, port, self._deadline.left(timeout), local_address, socket_options)
            except httpcore2.ConnectError as error:
                last = error
            else:
                return _Bounded(stream, self._deadline)
        raise last


class _Bounded(httpcore2.NetworkStream):
    """A connection that ends with the deadline, however slowly it gives what it gives."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: _Deadline):
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _read_little(chunks: Iterable[bytes]) -> None:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen >= ANSWER_BYTES:
            return
