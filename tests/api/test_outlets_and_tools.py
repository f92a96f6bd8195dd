"""Outlets, extraction and comparison over HTTP; running it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import Models
from app.relations.judge import Pair
from app.relations.relation import Relation, RelationKind
from app.relations.rules import SAME, RuleJudge
from app.settings import Settings
from tests.service import FAKE_MODELS, post, running


def test_a_registered_outlet_is_known_by_its_aliases_and_domains(client: TestClient) -> None:
    posted = {"name": "Harrow Dispatch", "aliases": ["The Dispatch of Harrow"], "domains": ["harrow.example"]}
    first, again = client.post("/v1/outlets", json=posted), client.post("/v1/outlets", json=posted)
    assert (first.status_code, again.status_code) == (201, 200)
    article = client.post("/v1/articles?wait=true", json={"url": "https://www.harrow.example/x", "text": "The bridge was closed."}).json()
    assert article["outlet"]["name"] == "Harrow Dispatch"
    assert first.json() in client.get("/v1/outlets").json()["items"]


def test_what_a_registration_leaves_out_stays_as_it_was(client: TestClient) -> None:
    client.post("/v1/outlets", json={"name": "Sorrel Dispatch", "aliases": ["The Sorrel"], "domains": ["sorrel.example"]})
    answer = client.post("/v1/outlets", json={"name": "The Sorrel"})
    assert answer.status_code == 200
    assert answer.json()["id"] == "sorrel-dispatch"
    assert answer.json() | {"aliases": ["Sorrel Dispatch"], "domains": ["sorrel.example"], "name": "The Sorrel"} == answer.json()
    answer = client.post("/v1/outlets", json={"name": "Sorrel Dispatch", "aliases": [], "domains": []})
    assert (answer.json()["aliases"], answer.json()["domains"]) == ([], [])


@pytest.mark.parametrize("name", ["Fox News", "Fox News (Online)", "Bloomberg News", "The Hill"])
def test_an_outlet_of_many_names_may_be_registered_by_one(client: TestClient, name: str) -> None:
    assert client.post("/v1/outlets", json={"name": name}).status_code in (200, 201)
    assert client.post("/v1/outlets", json={"name": name, "aliases": []}).status_code == 200
    assert client.post("/v1/outlets", json={"name": f"{name} Dispatch"}).status_code == 201


@pytest.mark.parametrize(
    "posted", [{"name": ""}, {"name": "🎉"}, {"aliases": []}, {"name": "Tarn Echo", "domains": ["cnn.com"]}, {"name": 5}]
)
def test_an_outlet_that_cannot_be_is_refused(empty: TestClient, posted: dict[str, object]) -> None:
    answer = empty.post("/v1/outlets", json=posted)
    assert answer.status_code == 422
    assert empty.get("/v1/outlets").json()["items"] == []


def test_the_matrix_counts_what_outlets_share_agree_and_diverge_on(client: TestClient) -> None:
    post(client, "Harrow Dispatch", "The evacuation of the Tarn opera house took 45 minutes on Saturday evening.")
    post(client, "Tarn Echo", "The evacuation of the Tarn opera house took 20 minutes on Saturday evening.")
    matrix = client.get("/v1/outlets/matrix").json()
    assert [outlet["name"] for outlet in matrix["outlets"]] == ["Harrow Dispatch", "Tarn Echo"]
    cell = matrix["pairs"][0]
    assert (cell["shared"], cell["agree"], cell["diverge"]) == (1, 0, 1)


def test_extracting_stores_nothing(client: TestClient) -> None:
    text = "The bridge was closed on Sunday. “It will stay closed,” said Lena Varga, the mayor."
    found = client.post("/v1/extract", json={"text": text, "outlet": "Harrow Dispatch", "published_at": "2025-03-03T09:00:00Z"}).json()
    assert found["claims"]
    for claim in found["claims"]:
        assert text[claim["span"]["start_char"] : claim["span"]["end_char"]] == claim["text"]
        assert claim["outlet"]["name"] == "Harrow Dispatch"
    attribution = found["attributions"][0]
    assert attribution["name"] == "Lena Varga"
    assert all(text[span["start_char"] : span["end_char"]] for span in attribution["content"])
    assert client.get("/v1/articles").json()["items"] == []


@pytest.mark.models
def test_comparing_gives_one_relation_a_pair_in_order(tmp_path: Path) -> None:
    said = "The call between the two ministers lasted 45 minutes."
    pairs = [
        {"a": {"text": said}, "b": {"text": "The call between the two ministers lasted 30 minutes."}},
        {"a": {"text": said}, "b": {"text": said}},
        {"a": {"text": said}, "b": {"text": "Potatoes were cheaper in the spring of 2022."}},
    ]
    with running(tmp_path, models=Models.of(Settings())) as client:
        relations = client.post("/v1/compare", json={"pairs": pairs}).json()["relations"]
    assert [relation["kind"] for relation in relations] == ["contradicts", "corroborates", "unrelated"]
    reason = relations[0]["reasons"][0]
    assert said[reason["a_span"]["start_char"] : reason["a_span"]["end_char"]] == "45 minutes"
    for relation in relations:
        assert sum(relation["probabilities"].values()) == pytest.approx(1)
        assert 0 <= relation["score"] <= 1


def test_a_comparison_out_of_bounds_names_the_pair(client: TestClient) -> None:
    for pairs in ([], [{"a": {"text": "x"}}], [{"a": {"text": ""}, "b": {"text": "The bridge was closed."}}]):
        answer = client.post("/v1/compare", json={"pairs": pairs})
        assert answer.status_code == 422
        assert "pairs" in ".".join(map(str, answer.json()["errors"][0]["loc"]))
    many = [{"a": {"text": "The bridge was closed."}, "b": {"text": "The bridge was open."}}] * 257
    assert client.post("/v1/compare", json={"pairs": many}).status_code == 422


def test_the_service_says_that_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["index_in_step"] is True
    assert "http_request" in client.get("/metrics").text


def test_keys_are_asked_for_where_they_are_set(tmp_path: Path) -> None:
    with running(tmp_path, api_keys=("first", "second")) as client:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic Zmlyc3Q="}):
            answer = client.get("/v1/articles", headers=headers)
            assert answer.status_code == 401
            assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/v1/articles", headers={"Authorization": "Bearer second"}).status_code == 200
        assert client.get("/healthz").status_code == 200
        assert client.get("/metrics").status_code == 401


def test_quoting_a_known_outlet_forgets_none_of_its_names(client: TestClient) -> None:
    text = "The bridge was closed on Sunday, CNN reported, citing the mayor."
    client.post("/v1/articles?wait=true", json={"outlet": "Harrow Dispatch", "text": text, "published_at": "2025-03-03T09:00:00Z"})
    article = client.post("/v1/articles", json={"outlet": "cnn.com", "text": "The bridge is open again, officials said."}).json()
    assert client.get(f"/v1/articles/{article['id']}").json()["outlet"] == {"id": "cnn", "name": "CNN"}


def test_a_comparison_is_judged_by_its_own_judge(tmp_path: Path) -> None:
    class Sure(RuleJudge):
        @property
        def id(self) -> str:
            return "sure"

        def judge(self, pairs: Sequence[Pair]) -> list[Relation]:
            return [Relation(RelationKind.CORROBORATES, SAME.agree, SAME) for _ in pairs]

    pair = {"a": {"text": "The bridge is open."}, "b": {"text": "The bridge is closed."}}
    with running(tmp_path, models=replace(FAKE_MODELS, comparing=Sure())) as client:
        assert client.post("/v1/compare", json={"pairs": [pair]}).json()["relations"][0]["kind"] == "corroborates"
        ready = client.get("/readyz").json()
    assert (ready["judge"], ready["comparing"]) == (RuleJudge().id, "sure")
