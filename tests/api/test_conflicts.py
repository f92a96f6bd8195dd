"""Conflicts over HTTP: they open, are polled, are decided, resolve and reopen."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service import conflicts, post, running

pytestmark = pytest.mark.usefixtures("each_database")

LONG = "The evacuation of the Tarn opera house took about 45 minutes on Saturday evening."
SHORT = "The evacuation of the Tarn opera house took 20 minutes on Saturday evening."


def part(client: TestClient) -> dict[str, Any]:
    """Two outlets that differ on one figure; the conflict they make."""
    post(client, "Harrow Dispatch", LONG)
    post(client, "Tarn Echo", SHORT)
    found = conflicts(client)
    assert len(found) == 1
    return found[0]


def test_two_outlets_that_differ_on_a_figure_are_a_conflict_between_outlets(client: TestClient) -> None:
    conflict = part(client)
    assert (conflict["kind"], conflict["between"], conflict["status"]) == ("quantity", "outlets", "open")
    assert 0 < conflict["severity"] <= 1
    sides = {tuple(outlet["name"] for outlet in position["outlets"]): position for position in conflict["positions"]}
    assert set(sides) == {("Harrow Dispatch",), ("Tarn Echo",)}
    relation = conflict["relations"][0]
    assert relation["kind"] == "contradicts"
    reason = next(reason for reason in relation["reasons"] if reason["type"] == "quantity")
    for end in "ab":
        claim = client.get(f"/v1/claims/{relation[end]}").json()
        span = reason[f"{end}_span"]
        article = client.get(f"/v1/articles/{claim['article_id']}").json()
        assert article["text"][span["start_char"] : span["end_char"]] in ("about 45 minutes", "20 minutes")
    assert conflict["history"][0]["from"] is None
    assert conflict["history"][0]["to"] == "open"
    cluster = client.get(f"/v1/clusters/{conflict['cluster_id']}").json()
    assert cluster["conflict_ids"] == [conflict["id"]]
    assert cluster["independent_origins"] == 2


def test_what_sources_say_is_a_conflict_between_sources(client: TestClient) -> None:
    post(client, "Harrow Dispatch", "The evacuation of the opera house took 45 minutes, fire chief Odo Brandt said.")
    post(client, "Tarn Echo", "The evacuation of the opera house took 20 minutes, mayor Lena Varga said.")
    found = conflicts(client)
    assert [conflict["between"] for conflict in found] == ["sources"]
    assert {source for position in found[0]["positions"] for source in position["sources"]} == {"Odo Brandt", "Lena Varga"}


def test_a_poll_is_unchanged_until_something_changes(client: TestClient) -> None:
    first = client.get("/v1/conflicts")
    etag = first.headers["etag"]
    assert client.get("/v1/conflicts", headers={"If-None-Match": etag}).status_code == 304
    part(client)
    after = client.get("/v1/conflicts", headers={"If-None-Match": etag})
    assert after.status_code == 200
    assert after.headers["etag"] != etag


def test_since_brings_each_change_once(client: TestClient) -> None:
    cursor = client.get("/v1/conflicts").json()["cursor"]
    conflict = part(client)
    poll = client.get("/v1/conflicts", params={"since": cursor}).json()
    assert [item["id"] for item in poll["items"]] == [conflict["id"]]
    assert client.get("/v1/conflicts", params={"since": poll["cursor"]}).json()["items"] == []
    client.patch(f"/v1/conflicts/{conflict['id']}", json={"status": "acknowledged"})
    poll = client.get("/v1/conflicts", params={"since": poll["cursor"]}).json()
    assert [item["status"] for item in poll["items"]] == ["acknowledged"]


def test_a_decision_is_kept_with_its_note(client: TestClient) -> None:
    conflict = part(client)
    answer = client.patch(f"/v1/conflicts/{conflict['id']}", json={"status": "dismissed", "note": "two different evacuations"})
    assert answer.status_code == 200
    line = answer.json()["history"][-1]
    assert (line["from"], line["to"], line["note"]) == ("open", "dismissed", "two different evacuations")
    assert conflicts(client, status="open") == []
    assert conflicts(client, status="dismissed")[0]["id"] == conflict["id"]


def test_a_bad_decision_changes_nothing(client: TestClient) -> None:
    conflict = part(client)
    bad_names = ({"note": "x", "by": name} for name in ("", "  ", "x" * 201, "Parallax", "a\nb", "a\u202eb"))
    for change in (
        {"status": "forgotten"},
        {},
        {"status": "open", "surprise": 1},
        {"note": "x" * 5_001},
        {"note": "a\0b"},
        {"by": "desk"},
        *bad_names,
    ):
        answer = client.patch(f"/v1/conflicts/{conflict['id']}", json=change)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(f"/v1/conflicts/{conflict['id']}").json() == conflict


def test_a_revision_that_removes_the_divergence_resolves_it_and_one_that_returns_reopens_it(client: TestClient) -> None:
    conflict = part(client)
    post(client, "Tarn Echo", LONG)
    resolved = client.get(f"/v1/conflicts/{conflict['id']}").json()
    assert resolved["status"] == "resolved"
    assert resolved["history"][-1]["by"] == "parallax"
    post(client, "Tarn Echo", SHORT)
    again = client.get(f"/v1/conflicts/{conflict['id']}").json()
    assert again["status"] == "open"
    assert [line["to"] for line in again["history"]] == ["open", "resolved", "open"]


def test_withdrawing_an_article_resolves_its_conflict(client: TestClient) -> None:
    conflict = part(client)
    claim = client.get(f"/v1/claims/{conflict['positions'][0]['claim_ids'][0]}").json()
    client.delete(f"/v1/articles/{claim['article_id']}")
    assert client.get(f"/v1/conflicts/{conflict['id']}").json()["status"] == "resolved"


def test_the_life_of_a_conflict_is_told_line_by_line_with_who_and_why(client: TestClient) -> None:
    conflict = part(client)
    for status, by in (("acknowledged", "Mira on the night desk"), ("dismissed", None), ("open", "Odo"), ("resolved", "Odo")):
        change = {"status": status, "note": f"to {status}"} | ({"by": by} if by else {})
        assert client.patch(f"/v1/conflicts/{conflict['id']}", json=change).status_code == 200
    history = client.get(f"/v1/conflicts/{conflict['id']}").json()["history"]
    assert [(line["from"], line["to"], line["by"], line["note"]) for line in history] == [
        (None, "open", "parallax", None),
        ("open", "acknowledged", "Mira on the night desk", "to acknowledged"),
        ("acknowledged", "dismissed", "api", "to dismissed"),
        ("dismissed", "open", "Odo", "to open"),
        ("open", "resolved", "Odo", "to resolved"),
    ]


def test_with_keys_a_decision_carries_the_fingerprint_of_the_key_and_not_the_key(tmp_path: Path) -> None:
    with running(tmp_path, api_keys=("a long secret", "another")) as client:
        client.headers["Authorization"] = "Bearer a long secret"
        conflict = part(client)
        by = client.patch(f"/v1/conflicts/{conflict['id']}", json={"note": "mine"}).json()["history"][-1]["by"]
        client.headers["Authorization"] = "Bearer another"
        other = client.patch(f"/v1/conflicts/{conflict['id']}", json={"note": "mine"}).json()["history"][-1]["by"]
    assert by == "key:69898f54"
    assert other.startswith("key:")
    assert other != by


def test_a_step_that_does_not_follow_is_refused_and_told_which_do(client: TestClient) -> None:
    conflict = part(client)
    assert conflict["next_statuses"] == ["acknowledged", "resolved", "dismissed"]
    dismissed = client.patch(f"/v1/conflicts/{conflict['id']}", json={"status": "dismissed"}).json()
    answer = client.patch(f"/v1/conflicts/{conflict['id']}", json={"status": "acknowledged"})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json()["detail"] == "a conflict that is dismissed cannot become acknowledged; allowed: open, resolved"
    assert answer.json()["errors"][0]["loc"] == ["body", "status"]
    assert dismissed["next_statuses"] == ["open", "resolved"]
    assert client.get(f"/v1/conflicts/{conflict['id']}").json() == dismissed


def test_a_decision_about_what_has_changed_since_is_refused_where_the_client_asks_for_it(client: TestClient) -> None:
    conflict = part(client)
    address = f"/v1/conflicts/{conflict['id']}"
    seen = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": seen}).status_code == 304
    first = client.patch(address, json={"status": "acknowledged"}, headers={"If-Match": seen})
    assert first.status_code == 200
    assert first.headers["etag"] == client.get(address).headers["etag"] != seen
    second = client.patch(address, json={"status": "dismissed"}, headers={"If-Match": seen})
    assert (second.status_code, second.headers["content-type"]) == (412, "application/problem+json")
    assert seen in second.json()["detail"]
    assert client.get(address).json()["status"] == "acknowledged"
    assert client.patch(address, json={"status": "dismissed"}, headers={"If-Match": f"{seen}, {first.headers['etag']}"}).status_code == 200
    assert client.patch(address, json={"status": "open"}, headers={"If-Match": "*"}).status_code == 200


def test_severity_is_explained(client: TestClient) -> None:
    conflict = part(client)
    parts = {part["name"]: part for part in conflict["severity_parts"]}
    assert list(parts) == ["distance", "certainty", "origins", "between"]
    product = 1.0
    for part_ in parts.values():
        product *= part_["value"]
    assert product == pytest.approx(conflict["severity"], abs=0.003)
    apart = parts["distance"]["detail"]
    assert apart.startswith("The figures differ: ")
    assert "45 minutes" in apart
    assert "20 minutes" in apart
    assert parts["origins"]["detail"] == "Independent origins on each side: 1 and 1."


def test_a_dismissed_conflict_reopens_when_another_outlet_says_something_else_again(client: TestClient) -> None:
    conflict = part(client)
    client.patch(f"/v1/conflicts/{conflict['id']}", json={"status": "dismissed", "note": "another evacuation"})
    post(client, "Ostmere Post", LONG)
    joined = client.get(f"/v1/conflicts/{conflict['id']}").json()
    assert joined["status"] == "dismissed"
    post(client, "Radio Ostmere", LONG.replace("about 45 minutes", "three hours"))
    again = client.get(f"/v1/conflicts/{conflict['id']}").json()
    assert again["status"] == "open"
    assert (again["history"][-1]["from"], again["history"][-1]["by"]) == ("dismissed", "parallax")
    assert again["history"][-1]["note"].startswith("it was dismissed before this was said:")
    assert "three hours" in again["history"][-1]["note"]


def test_filters_narrow_the_poll(client: TestClient) -> None:
    conflict = part(client)
    for query, expected in (
        ({"outlet": "Tarn Echo"}, 1),
        ({"outlet": "CNN"}, 0),
        ({"kind": "quantity"}, 1),
        ({"kind": "place"}, 0),
        ({"between": "outlets"}, 1),
        ({"between": "sources"}, 0),
        ({"min_severity": 0}, 1),
        ({"min_severity": 1}, 0),
    ):
        assert len(conflicts(client, **query)) == expected, query
    assert conflict["kind"] == "quantity"


def test_one_outlet_does_not_conflict_with_itself(client: TestClient) -> None:
    post(client, "Harrow Dispatch", LONG)
    post(client, "Harrow Dispatch", SHORT, url="https://harrow.example/other")
    assert conflicts(client) == []
