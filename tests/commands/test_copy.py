"""`parallax copy` as a process: killed, run again, and the service on what it made."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from app.main import migrate
from app.storage.copying import ledger
from tests.commands.processes import ROOT, clean, run
from tests.service import conflicts, post, running, settings_for
from tests.waiting import until

pytestmark = pytest.mark.postgres
ARTICLES = 25


def told(folder: Path) -> str:
    """The URL of an embedded store with a small story in it."""
    with running(folder) as client:
        lines = [
            {"outlet": f"Outlet {n % 5}", "url": f"https://{n}.example/a", "text": f"The ferry of Tarn carried {n} cats."}
            for n in range(ARTICLES)
        ]
        for line in lines[:-1]:
            assert client.post("/v1/articles", json=line).status_code == 202
        post(client, "Harbor Courier", "The evacuation of the opera house took 45 minutes.")
        post(client, "Channel Nine", "The evacuation of the opera house took 30 minutes.")
    return f"sqlite:///{folder}/parallax.db"


def copied_rows(url: str) -> dict[str, int]:
    """How many rows of each table the ledger counts; nothing before there is one."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        try:
            return dict(connection.execute(f"SELECT table_name, copied_rows FROM {ledger.name}".encode()).fetchall())
        except psycopg.errors.UndefinedTable:
            return {}


def test_a_killed_copy_is_no_store_until_it_is_run_again(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    (tmp_path / "source").mkdir()
    source, target = told(tmp_path / "source"), new_database("copied")
    settings = settings_for(tmp_path, database_url=target)
    migrate(settings)
    words = ("copy", "--from", source, "--to", target)
    with psycopg.connect(target.replace("+psycopg", "")) as connection:
        # Claims can be read but not written: the copy stands still in the middle of its way until it is killed.
        connection.execute("LOCK TABLE claim IN SHARE MODE")
        process = subprocess.Popen([sys.executable, "-m", "app.commands", *words, "--batch-rows", "5"], env=clean({}), cwd=ROOT)
        until(lambda: copied_rows(target).get("article") == ARTICLES + 1)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert copied_rows(target)["claim"] == 0

    refused = run("worker", PARALLAX_DATA_DIR=str(tmp_path), PARALLAX_DATABASE_URL=target)
    assert refused.returncode == 1
    assert "a copy that is not whole" in refused.stderr

    done = run(*words)
    assert done.returncode == 0, done.stderr
    counts = {name: int(rows) for name, rows in re.findall(r"^(\w+): (\d+) rows, checksum [0-9a-f]{16}$", done.stdout, re.M)}
    assert counts["article"] == ARTICLES + 1
    assert counts["claim"] >= ARTICLES
    with running(tmp_path / "source") as here, running(tmp_path, database_url=target) as there:
        for path in ("/v1/articles", "/v1/claims", "/v1/clusters", "/v1/conflicts", "/v1/outlets"):
            assert there.get(path, params={"limit": 200}).json() == here.get(path, params={"limit": 200}).json()
        assert conflicts(there)


def test_a_refused_copy_ends_with_a_line_and_status_1(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    (tmp_path / "source").mkdir()
    source, target = told(tmp_path / "source"), new_database("filled")
    done = run("copy", "--from", source, "--to", target)
    assert done.returncode == 1
    assert "--to: the store does not have the newest schema" in done.stderr
    assert "Traceback" not in done.stderr
