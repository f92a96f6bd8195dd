"""From received articles to conflicts: order, repetition and failure change nothing."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.articles.document import Document
from app.claims.grammar import GrammarTagger
from app.claims.tagger import Attribution
from tests.service import FAKE_MODELS, PUBLISHED, running

STORY: list[dict[str, Any]] = [
    {"outlet": outlet, "url": f"https://{number}.example/a", "text": text, "published_at": f"2025-03-0{1 + number % 4}T09:00:00Z"}
    for number, (outlet, text) in enumerate(
        [
            (
                "Harrow Dispatch",
                "The evacuation of the Tarn opera house took about 45 minutes on Saturday evening. Trams stopped at midnight.",
            ),
            ("Tarn Echo", "The evacuation of the Tarn opera house took 20 minutes on Saturday evening. Trams in Tarn stopped at midnight."),
            ("Radio Sava", "At least nine people were injured in the fire at the Tarn opera house, the fire brigade said."),
            ("Sava Morning", "Nine people were injured in the fire at the Tarn opera house, the fire brigade said. The roof fell in."),
            (
                "Port Gazette",
                "The roof of the Tarn opera house fell in. The evacuation of the Tarn opera house took 44 minutes on Saturday evening.",
            ),
            (
                "Hill Courier",
                "Mayor Lena Varga said the fire at the Tarn opera house was an accident. “It was no accident,” said Odo Brandt.",
            ),
        ]
    )
]


def outcome(client: TestClient) -> tuple[Any, Any]:
    """The store's clusters as sets of contents, and its conflicts as positions of contents, whatever their ids."""
    clusters = client.get("/v1/clusters", params={"limit": 200}).json()["items"]
    held = set()
    for item in clusters:
        claims = client.get(f"/v1/clusters/{item['id']}").json()["claims"]
        held.add(frozenset((claim["outlet"]["id"], claim["content"]) for claim in claims))
    parted = set()
    for conflict in client.get("/v1/conflicts").json()["items"]:
        parted.add(
            (conflict["kind"], conflict["between"], conflict["severity"], tuple(tuple(p["claim_ids"]) for p in conflict["positions"]))
        )
    return frozenset(held), frozenset(parted)


def receive_all(client: TestClient, articles: Sequence[dict[str, Any]]) -> None:
    """Posts in one batch and waits until the queue is empty."""
    answer = client.post("/v1/articles/batch", content="\n".join(json.dumps(article) for article in articles).encode())
    assert all("id" in json.loads(line) for line in answer.text.splitlines())
    client.post("/v1/articles?wait=true", json=articles[-1])
    assert client.get("/v1/articles", params={"status": "received"}).json()["items"] == []


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_and_the_size_of_batches_change_nothing(tmp_path: Path, seed: int) -> None:
    with running(tmp_path / "one") as client:
        receive_all(client, STORY)
        expected = outcome(client)
    assert expected[1], "the story must hold a conflict for its order to matter"
    shuffled = random.Random(seed).sample(STORY, len(STORY))
    with running(tmp_path / "other", batch_articles=1 + seed) as client:
        receive_all(client, shuffled)
        assert outcome(client) == expected


def test_processing_again_what_a_crash_interrupted_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as client:
        receive_all(client, STORY)
        expected, claims = outcome(client), client.get("/v1/claims", params={"limit": 200}).json()
        cursor = client.get("/v1/conflicts").json()["cursor"]
        services = client.app.state.services  # type: ignore[attr-defined]
        with services.parts.database.write() as session:
            from sqlalchemy import update

            from app.storage.tables import ArticleRow

            session.execute(update(ArticleRow).values(status="received"))
        while services.pipeline.process(4):
            pass
        assert outcome(client) == expected
        assert client.get("/v1/claims", params={"limit": 200}).json() == claims
        assert client.get("/v1/conflicts", params={"since": cursor}).json()["items"] == []
        assert client.get("/readyz").status_code == 200


class StumblingTagger:
    """Fails on documents that hold a certain word."""

    id = "stumbling"

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        if any("POISON" in document.text for document in documents):
            raise RuntimeError("cannot read this")
        return GrammarTagger().tag(documents)


def test_an_article_that_cannot_be_processed_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {"outlet": "Bad News", "url": "https://bad.example/a", "text": "The POISON spread through Tarn.", "published_at": PUBLISHED}
    with running(tmp_path, models=replace(FAKE_MODELS, tagger=StumblingTagger())) as client:
        receive_all(client, [STORY[0], bad, STORY[1]])
        found = {item["outlet"]["name"]: item for item in client.get("/v1/articles").json()["items"]}
        assert {name: item["status"] for name, item in found.items()} == {
            "Harrow Dispatch": "processed",
            "Bad News": "failed",
            "Tarn Echo": "processed",
        }
        assert "RuntimeError" in found["Bad News"]["error"]
        assert "cannot read this" not in found["Bad News"]["error"]
        assert len(client.get("/v1/conflicts").json()["items"]) == 1
        monkeypatch.setattr(StumblingTagger, "tag", lambda self, documents: GrammarTagger().tag(documents))
        assert client.post("/v1/articles?wait=true", json=bad).json()["status"] == "processed"


def test_an_index_that_lost_a_claim_is_rebuilt_at_the_next_start(tmp_path: Path, each_database: str) -> None:
    if each_database == "postgres":
        pytest.skip("there the rows are the index")
    with running(tmp_path) as client:
        receive_all(client, STORY)
        index = client.app.state.services.parts.index  # type: ignore[attr-defined]
        held = len(index)
        index.remove([1])
        assert client.get("/readyz").status_code == 503
    with running(tmp_path) as client:
        assert client.get("/readyz").status_code == 200
        assert len(client.app.state.services.parts.index) == held  # type: ignore[attr-defined]
