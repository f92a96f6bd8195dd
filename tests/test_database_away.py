"""PostgreSQL dies and comes back: clients are told to wait, and everything goes on by itself."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.fleet import Postgres
from tests.pipeline.test_story import STORY
from tests.service import post, running

PATIENCE_SECONDS = 60
pytestmark = pytest.mark.postgres


@pytest.fixture
def server(postgres_url: str) -> Iterator[Postgres]:
    """A server of this test's own, to be killed. (The shared one is asked for first: it opens the way for its user.)"""
    with tempfile.TemporaryDirectory(prefix="parallax-away-") as folder:
        found = Postgres(Path(folder))
        try:
            yield found
        finally:
            found.close()


def test_clients_are_told_to_wait_and_everything_goes_on_when_the_database_is_back(server: Postgres, tmp_path: Path) -> None:
    with running(tmp_path, database_url=server.url) as client:
        first = post(client, STORY[0]["outlet"], STORY[0]["text"], url=STORY[0]["url"])
        server.stop()
        for method, path, body in (
            ("GET", "/v1/conflicts", None),
            ("GET", f"/v1/articles/{first['id']}", None),
            ("GET", "/v1/claims?q=evacuation", None),
            ("POST", "/v1/articles", STORY[1]),
            ("DELETE", f"/v1/articles/{first['id']}", None),
        ):
            answer = client.request(method, path, json=body)
            assert answer.status_code == 503, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) > 0
            assert answer.json()["detail"] == "the database does not answer"
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["database_answers"] is False
        assert client.get("/healthz").status_code == 200
        server.start()
        until = time.monotonic() + PATIENCE_SECONDS
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < until, client.get("/readyz").text
            time.sleep(0.1)
        assert client.get("/readyz").json()["database_answers"] is True
        assert client.get(f"/v1/articles/{first['id']}").json() == first
        assert post(client, STORY[1]["outlet"], STORY[1]["text"], url=STORY[1]["url"])["status"] == "processed"
        assert len(client.get("/v1/conflicts").json()["items"]) == 1
