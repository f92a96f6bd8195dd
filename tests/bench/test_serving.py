"""The clients that ask again and again, and what the section says of them."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bench.asking import Asked, AskingError, Question, ask
from bench.comparison import Comparison
from bench.serving import HEADING, Measured, Round, goals_of, section_of

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello"
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"


@contextmanager
def answering(*pieces: bytes) -> Iterator[int]:
    """The port of a server that answers every request with these pieces, sent one by one."""
    loop = asyncio.new_event_loop()
    ports: list[int] = []
    started = threading.Event()
    stop = asyncio.Event()
    asking: list[asyncio.Task[None]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        own = asyncio.current_task()
        assert own is not None
        asking.append(own)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while await reader.readuntil(b"\r\n\r\n"):
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0)
        writer.close()

    async def serve() -> None:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            ports.append(server.sockets[0].getsockname()[1])
            started.set()
            await stop.wait()
            await asyncio.gather(*asking)

    serving = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    serving.start()
    assert started.wait(10)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        serving.join()
        loop.close()


@pytest.mark.parametrize(
    ("pieces", "status", "size"), [((WHOLE,), 200, 5), ((WHOLE[:30], WHOLE[30:-2], WHOLE[-2:]), 200, 5), ((UNCHANGED,), 304, 0)]
)
def test_answers_are_counted_to_the_last_byte_however_they_come(pieces: tuple[bytes, ...], status: int, size: int) -> None:
    with answering(*pieces) as port:
        found = ask("127.0.0.1", port, Question("/", status), clients=3, seconds=0.2)
    assert found.answers > 3
    assert found.body_bytes >= found.answers * size
    assert found.body_bytes <= (found.answers + 3) * size


def test_an_answer_that_was_not_expected_ends_the_measurement() -> None:
    with answering(WHOLE) as port, pytest.raises(AskingError, match="answered 200, not 304"):
        ask("127.0.0.1", port, Question("/", 304), clients=2, seconds=0.1)


def test_a_question_is_a_request() -> None:
    sent = Question("/v1/conflicts", 304, (("If-None-Match", '"1"'),)).sent("host:1")
    assert sent == b'GET /v1/conflicts HTTP/1.1\r\nHost: host:1\r\nIf-None-Match: "1"\r\n\r\n'


def test_the_goals_are_those_against_the_handler_inside_the_service() -> None:
    rates = {"unchanged": 90, "changed": 50, "empty": 100, "alone": 200}
    rounds = {name: [Round(Asked(rate, 1.0, 0, 0.25), rate / 1000)] for name, rate in rates.items()}
    inside = [Comparison(name, "answers/s", "inside", ((rates[name], rates["empty"]),)) for name in ("unchanged", "changed")]
    alone = [Comparison(name, "answers/s", "alone", ((rates[name], rates["alone"]),)) for name in ("unchanged", "changed")]
    measured = Measured([*inside, *alone], rounds, 112_898)
    assert [(row.got, row.goal, row.met) for row in goals_of(measured)] == [(0.9, 0.7, True), (0.5, 0.4, True)]
    text = section_of(measured, 100, "python -m bench serving", ["- Machine: one"])
    assert text.startswith(f"## {HEADING}\n")
    assert "page has 113 kB" in text
    assert "busy 25% of its time at most" in text
    assert "| unchanged | 1,000 |" in text
    assert text.endswith("- Machine: one")
