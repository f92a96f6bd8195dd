"""Webhooks over HTTP, with a receiver that really receives."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier
from starlette.testclient import TestClient

from app.api.routes import webhooks as routes
from tests.api.test_conflicts import part
from tests.feeds.receiving import Receiver, receiver
from tests.service import running

ROUTE = "/v1/webhooks"


@pytest.fixture
def open_client(tmp_path: Path, each_database: str) -> Iterator[TestClient]:
    """A client of a service that may send to this machine, and tells soon what failed."""
    with running(tmp_path, webhook_private_targets=True, webhook_failures=1) as found:
        yield found


@pytest.fixture
def desk() -> Iterator[Receiver]:
    """A receiver."""
    with receiver() as found:
        yield found


def register(client: TestClient, url: str, **filters: Any) -> dict[str, Any]:
    """A new webhook with its secret."""
    answer = client.post(ROUTE, json={"url": url, "filters": filters})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{ROUTE}/{found['id']}"
    return found


def deliveries(client: TestClient, webhook: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    """The log, newest first."""
    found: list[dict[str, Any]] = client.get(f"{ROUTE}/{webhook['id']}/deliveries", params=query).json()["items"]
    return found


def settled(client: TestClient, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    """The log once nothing waits and no try is under way."""
    for _ in range(1_000):
        shown = client.get(f"{ROUTE}/{webhook['id']}").json()
        if shown["waiting"] == 0 or shown["status"] == "disabled":
            return deliveries(client, webhook)
    raise AssertionError("it still waits")


def test_a_conflict_arrives_signed_and_as_the_api_shows_it(open_client: TestClient, desk: Receiver) -> None:
    webhook = register(open_client, desk.url)
    conflict = part(open_client)
    desk.wait()
    headers, body = desk.came[0]
    said = Verifier(webhook["secret"]).verify(body, headers)
    assert (said["type"], said["timestamp"], said["data"]) == ("conflict.changed", conflict["updated_at"], conflict)
    assert headers["content-type"] == "application/json"
    open_client.patch(f"/v1/conflicts/{conflict['id']}", json={"status": "acknowledged", "by": "Mira"})
    desk.wait()
    assert json.loads(desk.came[1][1])["data"]["history"][-1]["by"] == "Mira"
    polled = open_client.get("/v1/conflicts", params={"since": said["cursor"]}).json()["items"]
    assert [item["status"] for item in polled] == ["acknowledged"]
    log = settled(open_client, webhook)
    assert [(d["conflict_id"], d["status"], d["attempts"][0]["status_code"]) for d in log] == [(conflict["id"], "delivered", 204)] * 2
    assert [d["id"] for d in log] == [sent["webhook-id"] for sent, _ in desk.came][::-1]


def test_the_secret_is_shown_once(open_client: TestClient, desk: Receiver) -> None:
    webhook = register(open_client, desk.url, status="open", outlet="Tarn Echo", min_severity=0.5)
    assert webhook["secret"].startswith("whsec_")
    for shown in (open_client.get(ROUTE).json()["items"][0], open_client.get(f"{ROUTE}/{webhook['id']}").json()):
        assert "secret" not in shown
        assert webhook["secret"] not in json.dumps(shown)
        assert (shown["filters"]["status"], shown["filters"]["min_severity"], shown["filters"]["kind"]) == ("open", 0.5, None)


def test_a_failure_shows_with_its_reason_and_after_mending_a_replay_arrives(open_client: TestClient, desk: Receiver) -> None:
    desk.answers = [500, 204]
    webhook = register(open_client, desk.url)
    part(open_client)
    desk.wait()
    log = settled(open_client, webhook)
    shown = open_client.get(f"{ROUTE}/{webhook['id']}").json()
    assert (shown["status"], shown["reason"]) == ("disabled", "1 attempts in a row failed; the last: it answered 500")
    replay = f"{ROUTE}/{webhook['id']}/deliveries/{log[0]['id']}/replay"
    refused = open_client.post(replay)
    assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")
    assert open_client.patch(f"{ROUTE}/{webhook['id']}", json={"status": "active"}).json()["reason"] is None
    again = open_client.post(replay)
    assert (again.status_code, again.json()["id"], again.json()["status"]) == (202, log[0]["id"], "waiting")
    desk.wait()
    assert desk.came[0][0]["webhook-id"] == desk.came[1][0]["webhook-id"]
    assert [attempt["status_code"] for attempt in settled(open_client, webhook)[0]["attempts"]] == [500, 204]


@pytest.mark.usefixtures("each_database")
def test_what_was_not_sent_before_a_stop_is_sent_after_the_next_start(tmp_path: Path, desk: Receiver) -> None:
    with running(tmp_path, webhook_private_targets=True) as client:
        webhook = register(client, desk.url)
        client.patch(f"{ROUTE}/{webhook['id']}", json={"status": "disabled"})
        conflict = part(client)
        assert client.get(f"{ROUTE}/{webhook['id']}").json()["reason"] == routes.BY_HAND
    with running(tmp_path, webhook_private_targets=True) as client:
        client.patch(f"{ROUTE}/{webhook['id']}", json={"status": "active"})
        desk.wait()
        assert json.loads(desk.came[0][1])["data"]["id"] == conflict["id"]
        assert [d["status"] for d in settled(client, webhook)] == ["delivered"]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "ftp://desk.example/", "nonsense", ""],
)
def test_where_it_may_not_point_is_refused_with_the_reason(empty: TestClient, url: str) -> None:
    answer = empty.post(ROUTE, json={"url": url})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["loc"] == ["body", "url"]
    assert empty.get(ROUTE).json()["items"] == []


def test_bad_filters_are_refused(empty: TestClient) -> None:
    for filters in ({"status": "forgotten"}, {"min_severity": 2}, {"surprise": 1}, {"kind": "mood"}):
        assert empty.post(ROUTE, json={"url": "https://desk.example/", "filters": filters}).status_code == 422


def test_a_webhook_is_deleted_with_its_log(open_client: TestClient, desk: Receiver) -> None:
    webhook = register(open_client, desk.url)
    part(open_client)
    desk.wait()
    settled(open_client, webhook)
    assert open_client.delete(f"{ROUTE}/{webhook['id']}").status_code == 204
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/deliveries"), ("POST", "/deliveries/msg_a/replay")):
        assert open_client.request(method, f"{ROUTE}/{webhook['id']}{path}").status_code == 404
    assert open_client.get(ROUTE).json()["items"] == []


def test_one_webhook_more_than_may_be_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "WEBHOOKS_AT_MOST", 1)
    assert client.post(ROUTE, json={"url": "https://desk.example/"}).status_code == 201
    assert client.post(ROUTE, json={"url": "https://desk.example/"}).status_code == 409


def test_it_asks_for_a_key_where_keys_are_set(tmp_path: Path) -> None:
    with running(tmp_path, api_keys=("secret",)) as client:
        assert client.get(ROUTE).status_code == 401
        assert client.post(ROUTE, json={"url": "https://desk.example/"}).status_code == 401
