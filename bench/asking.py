"""Clients that ask the same again and again over connections they keep, so light that the server is what is measured."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
# Statuses that have no body whatever their headers say.
_BODILESS = (204, 304)


class AskingError(RuntimeError):
    """The server answered something else than it was asked for, or hung up."""


@dataclass(frozen=True)
class Asked:
    """What a round of asking came to: answers, seconds, bytes of bodies, and the share of the time this process was busy, 0 to 1."""

    answers: int
    seconds: float
    body_bytes: int
    busy: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


@dataclass(frozen=True)
class Question:
    """A GET of `path` with these headers that must be answered `status`."""

    path: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def sent(self, host: str) -> bytes:
        """The request as it goes over the wire."""
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join([*lines, "", ""]).encode("ascii")


def ask(host: str, port: int, question: Question, clients: int, seconds: float) -> Asked:
    """So many clients ask for so long, each its next question when its answer is there to the last byte.

    Raises:
        AskingError: an answer has another status, or a connection ended.
    """
    return asyncio.run(_ask(host, port, question, clients, seconds))


async def _ask(host: str, port: int, question: Question, clients: int, seconds: float) -> Asked:
    loop = asyncio.get_running_loop()
    sent = question.sent(f"{host}:{port}")
    asking: list[_Client] = []
    for _ in range(clients):
        _, client = await loop.create_connection(lambda: _Client(sent, question.status), host, port)
        asking.append(client)
    began, busy = time.perf_counter(), time.process_time()
    for client in asking:
        client.begin()
    await asyncio.sleep(seconds)
    took, worked = time.perf_counter() - began, time.process_time() - busy
    answers, size = sum(client.answers for client in asking), sum(client.body_bytes for client in asking)
    for client in asking:
        client.end()
    await asyncio.sleep(0)  # the connections are closed in the loop's next round
    _raise_first(asking)
    return Asked(answers, took, size, worked / took)


def _raise_first(clients: Sequence["_Client"]) -> None:
    for client in clients:
        if client.wrong is not None:
            raise AskingError(client.wrong)


class _Client(asyncio.Protocol):
    """One connection. Reads no more of an answer than its status and where it ends."""

    def __init__(self, sent: bytes, status: int):
        self._sent = sent
        self._status = status
        self._transport: asyncio.Transport | None = None
        self._head = b""
        self._missing = 0
        self._ended = False
        self.answers = 0
        self.body_bytes = 0
        self.wrong: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def begin(self) -> None:
        """Asks for the first time."""
        assert self._transport is not None
        self._transport.write(self._sent)

    def end(self) -> None:
        """Asks no more."""
        self._ended = True
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._missing:
            self._missing -= len(data)
        else:
            self._head += data
            end = self._head.find(_HEAD_END)
            if end < 0:
                return
            length = self._length(self._head[:end])
            self._missing = length - (len(self._head) - end - len(_HEAD_END))
            self.body_bytes += length
            self._head = b""
        if self._missing == 0 and not self._ended:
            self.answers += 1
            self.begin()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._ended:
            self.wrong = self.wrong or f"the connection ended after {self.answers} answers: {exc}"

    def _length(self, head: bytes) -> int:
        """The bytes of the body that follows."""
        status = int(head[9:12])
        if status != self._status:
            self.wrong = f"answered {status}, not {self._status}: {head[:200]!r}"
            self.end()
        if status in _BODILESS:
            return 0
        lower = head.lower()
        at = lower.find(_LENGTH)
        if at < 0:
            self.wrong = f"an answer without a length: {head[:200]!r}"
            self.end()
            return 0
        return int(lower[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
