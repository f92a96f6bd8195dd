"""Clusters over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.service import post

pytestmark = pytest.mark.usefixtures("each_database")

COPY = (
    "A freight train left the rails near the town of Tarn on Sunday morning, the railway operator said.\n\n"
    "Three carriages full of grain rolled into the river Sava, and divers searched the water until noon.\n\n"
    "The line between Tarn and Harrow will stay closed until at least Wednesday, the operator added."
)


def test_a_wire_copy_is_never_two_voices(client: TestClient) -> None:
    post(client, "Northern Wire", COPY)
    copied = post(client, "Harrow Dispatch", COPY, published_at="2025-03-03T10:00:00Z")
    for claim in copied["claims"]:
        cluster = client.get(f"/v1/clusters/{claim['cluster_id']}").json()
        assert cluster["independent_origins"] == 1
        assert len(cluster["claims"]) == 2
        assert sorted(cluster["wire_copies"][0]) == sorted(item["id"] for item in cluster["claims"])
        assert cluster["origins"][0]["outlet"]["name"] == "Northern Wire"


def test_a_copy_cut_short_is_a_copy_still(client: TestClient) -> None:
    post(client, "Northern Wire", COPY)
    short = COPY.replace(", and divers searched the water until noon", "")
    copied = post(client, "Harrow Dispatch", short, published_at="2025-03-03T10:00:00Z")
    assert all(client.get(f"/v1/clusters/{claim['cluster_id']}").json()["independent_origins"] == 1 for claim in copied["claims"])


def test_two_outlets_that_say_the_same_in_their_own_words_are_two_origins(client: TestClient) -> None:
    post(client, "Harrow Dispatch", "The bridge over the river Sava was closed to lorries on Sunday.")
    article = post(client, "Tarn Echo", "The bridge over the river Sava was closed to all lorries on Sunday.")
    cluster = client.get(f"/v1/clusters/{article['claims'][0]['cluster_id']}").json()
    assert cluster["independent_origins"] == 2
    assert cluster["wire_copies"] == []
    assert cluster["relations"][0]["kind"] in ("corroborates", "refines")
    assert len(cluster["positions"]) == 1


def test_a_merged_cluster_answers_where_it_went(client: TestClient) -> None:
    one = post(client, "Harrow Dispatch", "The bridge over the river Sava was closed to lorries on Sunday.")
    two = post(client, "Tarn Echo", "Divers searched the cold water near the old mill for hours.")
    first, second = (article["claims"][0]["cluster_id"] for article in (one, two))
    assert first != second
    with client.app.state.services.parts.database.write() as session:  # type: ignore[attr-defined]
        from datetime import UTC, datetime

        from app.storage.writing import claims, clusters

        claims.set_clusters(session, {two["claims"][0]["id"]: first})
        clusters.merge(session, {second: first}, datetime.now(UTC))
    answer = client.get(f"/v1/clusters/{second}", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/v1/clusters/{first}"
    assert client.get(f"/v1/clusters/{second}").json()["id"] == first


def test_clusters_are_found_by_meaning_and_by_filter(client: TestClient) -> None:
    post(client, "Harrow Dispatch", "The bridge over the river Sava was closed to lorries on Sunday.")
    post(client, "Tarn Echo", "The bridge over the river Sava was closed to lorries on Sunday.")
    post(client, "Tarn Echo", "Divers searched the cold water near the old mill for hours.", url="https://tarn.example/2")
    found = client.get("/v1/clusters", params={"q": "bridge over the Sava closed"}).json()["items"]
    assert "bridge" in found[0]["headline"]
    assert [item["headline"] for item in client.get("/v1/clusters", params={"min_outlets": 2}).json()["items"]] == [found[0]["headline"]]
    assert client.get("/v1/clusters", params={"diverging": True}).json()["items"] == []
    assert len(client.get("/v1/clusters", params={"outlet": "Tarn Echo"}).json()["items"]) == 2


def test_an_articles_clusters_are_listed_with_their_conflicts(client: TestClient) -> None:
    one = post(
        client, "Harrow Dispatch", "The bridge over the river Sava is 40 metres long. Divers searched the cold water near the old mill."
    )
    post(client, "Tarn Echo", "The bridge over the river Sava is 90 metres long.")
    post(client, "Tarn Echo", "Eleven cows were sold at the market in Brill on Monday.", url="https://tarn.example/2")
    found = client.get("/v1/clusters", params={"article": one["id"]}).json()["items"]
    assert {item["id"] for item in found} == {claim["cluster_id"] for claim in one["claims"]}
    for item in found:
        assert item["conflict_ids"] == client.get(f"/v1/clusters/{item['id']}").json()["conflict_ids"]
    assert any(item["conflict_ids"] for item in found)
    assert client.get("/v1/clusters", params={"article": "nothing"}).json()["items"] == []
