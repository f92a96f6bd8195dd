"""A process that only takes articles."""

import signal
from pathlib import Path

from app.main import migrate
from tests.commands.processes import run, started
from tests.service import PUBLISHED, running, settings_for
from tests.waiting import until

ARTICLE = {
    "outlet": "Harbor Courier",
    "url": "https://harborcourier.example/1",
    "text": "The bridge of Tarn was closed on Sunday, police said.",
    "published_at": PUBLISHED,
}


def left_waiting(folder: Path) -> str:
    """A store with one article that nobody processed; its id."""
    with running(folder) as client:
        client.app.state.services.worker.stop()  # type: ignore[attr-defined]
        answer = client.post("/v1/articles", json=ARTICLE)
        assert answer.status_code == 202
        found: str = answer.json()["id"]
        return found


def test_a_worker_processes_what_waits_and_ends_when_asked_to(tmp_path: Path) -> None:
    article = left_waiting(tmp_path)
    done = run("worker", "--until-empty", PARALLAX_DATA_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    with running(tmp_path) as client:
        found = client.get(f"/v1/articles/{article}").json()
        assert found["status"] == "processed"
        assert found["claims"]
        assert client.get("/readyz").status_code == 200


def test_a_worker_ends_cleanly_when_told_to(tmp_path: Path) -> None:
    migrate(settings_for(tmp_path))
    log = tmp_path / "worker.log"
    for number in (signal.SIGTERM, signal.SIGINT):
        with started(log, "worker", PARALLAX_DATA_DIR=str(tmp_path)) as process:
            until(lambda: "worker_started" in log.read_text())
            process.send_signal(number)
            assert process.wait(60) == 0
            assert "worker_stopped" in log.read_text()


def test_a_worker_refuses_an_embedded_store_that_another_process_works_with(tmp_path: Path) -> None:
    with running(tmp_path):
        done = run("worker", PARALLAX_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert f"another process works with {tmp_path / 'parallax.db'}" in done.stderr
    assert "Traceback" not in done.stderr
