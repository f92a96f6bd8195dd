"""Conflicts as an Atom feed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.api.atom import atom
from app.api.fields import OutletRef
from app.api.responses import ConflictOut, HistoryOut, PositionOut
from tests.api.test_conflicts import LONG, part
from tests.service import post, running

FEED = "/v1/conflicts/feed.atom"
NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)


def read(body: bytes) -> Any:
    """The feed as a reader understands it."""
    found = feedparser.parse(body)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_reader_finds_each_conflict_with_what_each_side_says(client: TestClient) -> None:
    conflict = part(client)
    answer = client.get(FEED)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    found = read(answer.content)
    assert (found.feed.id, found.feed.updated) == ("urn:parallax:conflicts", conflict["updated_at"])
    entry = found.entries[0]
    assert entry.id == f"urn:parallax:conflict:{conflict['id']}"
    assert entry.title == f"Open: {conflict['headline']}"
    assert entry.link == f"http://testserver/conflicts/{conflict['id']}"
    assert (entry.published, entry.updated) == (conflict["opened_at"], conflict["updated_at"])
    text = entry.content[0].value
    assert "Harrow Dispatch: " in text
    assert "Tarn Echo: " in text
    assert "45 minutes" in text


def test_an_entry_keeps_its_id_and_the_newest_change_comes_first(client: TestClient) -> None:
    first = part(client)
    post(client, "Harrow Dispatch", LONG.replace("opera house", "town hall"), url="https://harrow.example/2")
    post(client, "Tarn Echo", LONG.replace("opera house", "town hall").replace("about 45", "20"), url="https://tarn.example/2")
    before = [entry.id for entry in read(client.get(FEED).content).entries]
    client.patch(f"/v1/conflicts/{first['id']}", json={"status": "acknowledged"})
    entries = read(client.get(FEED).content).entries
    assert entries[0].id == f"urn:parallax:conflict:{first['id']}"
    assert entries[0].title.startswith("Acknowledged: ")
    assert sorted(entry.id for entry in entries) == sorted(before)


def test_a_feed_is_unchanged_until_something_changes(client: TestClient) -> None:
    conflict = part(client)
    tag = client.get(FEED).headers["etag"]
    unchanged = client.get(FEED, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get(FEED, params={"limit": 1}, headers={"If-None-Match": tag}).status_code == 200
    client.patch(f"/v1/conflicts/{conflict['id']}", json={"note": "looked at"})
    assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 200


def test_filters_narrow_the_feed_and_an_empty_one_is_a_feed(client: TestClient) -> None:
    assert read(client.get(FEED).content).entries == []
    part(client)
    assert len(read(client.get(FEED, params={"outlet": "Tarn Echo"}).content).entries) == 1
    assert read(client.get(FEED, params={"status": "dismissed"}).content).entries == []
    assert client.get(FEED, params={"status": "forgotten"}).status_code == 422


def test_it_asks_for_a_key_where_keys_are_set(tmp_path: Path) -> None:
    with running(tmp_path, api_keys=("secret",)) as client:
        assert client.get(FEED).status_code == 401
        assert client.get(FEED, headers={"Authorization": "Bearer secret"}).status_code == 200


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_whatever_was_said_stays_text(headline: str, name: str, note: str) -> None:
    conflict = ConflictOut(
        id="con_a",
        cluster_id="clu_a",
        headline=headline,
        kind="quantity",
        between="outlets",
        severity=0.5,
        severity_parts=[],
        status="open",
        next_statuses=[],
        diverging=True,
        positions=[PositionOut(outlets=[OutletRef(id="a", name=name)], sources=[name], claim_ids=["clm_a"], summary=headline)],
        relations=[],
        opened_at=NOON,
        updated_at=NOON,
        history=[HistoryOut(at=NOON, from_=None, to="open", by=name, note=note)],
    )
    body = atom([conflict], updated=NOON, base_url="http://desk.example/", self_url="http://desk.example/v1/conflicts/feed.atom")
    assert [child.tag.rpartition("}")[2] for child in ElementTree.fromstring(body)][-1] == "entry"
    names = {"feed", "title", "id", "updated", "author", "name", "link", "entry", "published", "category", "content"}
    assert {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(body).iter()} == names
