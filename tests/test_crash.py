"""kill -9 at any moment: what was acknowledged is there, processed, once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests import service
from tests.ports import free_port

ARTICLES = 200
KILLS = 3
STARTED_SECONDS = 120


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The real program, with an encoder that needs no model; returns once it is ready."""
    environment = {**os.environ, "PARALLAX_DATA_DIR": str(folder), "PARALLAX_PORT": str(port), "PARALLAX_SAMPLE": "false"}
    if (store := service.store_of(folder)) is not None:
        environment["PARALLAX_DATABASE_URL"] = store
    server = subprocess.Popen([sys.executable, "-m", "tests.serve"], env=environment, stderr=subprocess.DEVNULL)
    end = time.monotonic() + STARTED_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended while starting"
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=60, verify=False).status_code == 200:
                return server
        except httpx.TransportError:
            time.sleep(0.1)
    server.kill()
    raise AssertionError("the server did not become ready")


def article(number: int) -> dict[str, object]:
    """An article of its own: what it says of line `number` no other says."""
    hurt = 20 + number % 7
    text = (
        f"Tram line {number // 5} of Tarn was closed on Sunday. {hurt} people were injured on tram line {number // 5} of Tarn, police said."
    )
    return {
        "outlet": f"Outlet Number {number % 5}",
        "url": f"https://{number}.example/a",
        "text": text,
        "published_at": f"2025-03-03T{number % 24:02}:00:00Z",
    }


@pytest.mark.usefixtures("each_database")
def test_a_killed_server_loses_nothing_it_acknowledged_and_repeats_nothing(tmp_path: Path) -> None:
    port = free_port()
    server = start(tmp_path, port)
    acknowledged: dict[int, str] = {}
    kills = iter(sorted(random.Random(5).sample(range(20, ARTICLES - 20), KILLS)))
    next_kill = next(kills)
    for number in range(ARTICLES):
        while number not in acknowledged:
            try:
                # Without certificates, which would be read anew for each request.
                answer = httpx.post(f"http://127.0.0.1:{port}/v1/articles", json=article(number), timeout=30, verify=False)
                assert answer.status_code in (200, 202)
                acknowledged[number] = answer.json()["id"]
            except httpx.TransportError:
                server.wait()
                server = start(tmp_path, port)
        if number == next_kill:
            os.kill(server.pid, signal.SIGKILL)
            next_kill = next(kills, -1)
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    server = start(tmp_path, port)
    try:
        check(port, acknowledged)
    finally:
        server.terminate()
        assert server.wait() in (0, -signal.SIGTERM)


def check(port: int, acknowledged: dict[int, str]) -> None:
    """Every acknowledged article is processed, has its claims once, and the index holds exactly the rows."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        while client.get("/v1/articles", params={"status": "received", "limit": 1}).json()["items"]:
            time.sleep(0.05)
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda number: client.get(f"/v1/articles/{acknowledged[number]}").json(), range(ARTICLES)))
        for number, item in enumerate(found):
            assert item["status"] == "processed"
            assert item["revision"] == 1
            assert item["text"] == article(number)["text"]
            contents = [claim["content"] for claim in item["claims"]]
            assert len(contents) == len(set(contents)) == 2, contents
        assert len(set(acknowledged.values())) == ARTICLES
        ready = client.get("/readyz")
        assert ready.status_code == 200, ready.text
        assert ready.json()["index_in_step"] is True


@pytest.mark.usefixtures("each_database")
@pytest.mark.parametrize("lines", [1, 150])
def test_every_line_a_killed_batch_acknowledged_is_there(tmp_path: Path, lines: int) -> None:
    port = free_port()
    server = start(tmp_path, port)
    body = "\n".join(json.dumps(article(number)) for number in range(ARTICLES)).encode()
    acknowledged = []
    with httpx.stream("POST", f"http://127.0.0.1:{port}/v1/articles/batch", content=body, timeout=60) as answer:
        for line in answer.iter_lines():
            acknowledged.append(json.loads(line)["id"])
            if len(acknowledged) == lines:
                os.kill(server.pid, signal.SIGKILL)
                break
    server.wait()
    server = start(tmp_path, port)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            for article_id in acknowledged:
                assert client.get(f"/v1/articles/{article_id}").status_code == 200
    finally:
        server.terminate()
        server.wait()
