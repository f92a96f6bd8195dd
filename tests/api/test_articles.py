"""Posting articles, revising them, withdrawing them."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.service import PUBLISHED, post, running

pytestmark = pytest.mark.usefixtures("each_database")

TEXT = "The bridge over the Sava was closed on Sunday. About 45 people were injured in the collapse, the mayor said."


def body(**fields: Any) -> dict[str, Any]:
    return {"outlet": "Harrow Dispatch", "url": "https://harrow.example/a", "text": TEXT, "published_at": PUBLISHED} | fields


def test_an_article_is_received_with_its_id_and_place(client: TestClient) -> None:
    answer = client.post("/v1/articles", json=body())
    assert answer.status_code == 202
    assert answer.json()["status"] == "received"
    assert answer.json()["revision"] == 1
    assert answer.headers["location"] == f"/v1/articles/{answer.json()['id']}"


def test_waiting_gives_the_whole_article_once_its_claims_are_linked(client: TestClient) -> None:
    article = post(client, "Harrow Dispatch", TEXT)
    assert article["status"] == "processed"
    assert article["outlet"] == {"id": "harrow-dispatch", "name": "Harrow Dispatch"}
    assert article["claims"]
    for claim in article["claims"]:
        assert article["text"][claim["span"]["start_char"] : claim["span"]["end_char"]] == claim["text"]
        assert claim["chain"][-1]["kind"] == "publisher"
        assert client.get(f"/v1/claims/{claim['id']}").json() == claim
        assert claim["cluster_id"]
    assert client.get(f"/v1/articles/{article['id']}").json() == article


def test_predictions_and_opinions_are_marked_and_found_by_their_type(client: TestClient) -> None:
    foretold = "Mayor Lena Varga said the toll will double within a year."
    text = f"The bridge was closed on Sunday. {foretold} “The harbour is a disgrace,” said Varga."
    claims = post(client, "Harrow Dispatch", text)["claims"]
    assert [claim["type"] for claim in claims] == ["statement", "prediction", "opinion"]
    for query in ("", "&q=the+harbour"):
        found = client.get(f"/v1/claims?type=opinion{query}").json()["items"]
        assert [claim["content"] for claim in found] == ["The harbour is a disgrace."]
    assert client.get("/v1/claims?type=rumour").status_code == 422


def test_posting_the_same_twice_is_posting_once(client: TestClient) -> None:
    first = client.post("/v1/articles?wait=true", json=body())
    again = client.post("/v1/articles?wait=true", json=body())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len(client.get("/v1/articles").json()["items"]) == 1


def test_without_a_url_outlet_title_and_time_say_which_article_it_is(client: TestClient) -> None:
    one = client.post("/v1/articles", json=body(url=None, title="Bridge closed")).json()
    same = client.post("/v1/articles", json=body(url=None, title="Bridge closed", text=TEXT + " It rained.")).json()
    other = client.post("/v1/articles", json=body(url=None, title="Bridge shut")).json()
    assert one["id"] == same["id"] != other["id"]
    assert same["revision"] == 2


def test_without_a_time_the_same_content_is_the_same_article(client: TestClient) -> None:
    posted = body(url=None, published_at=None)
    first, again = client.post("/v1/articles", json=posted), client.post("/v1/articles", json=posted)
    assert first.json()["id"] == again.json()["id"]
    assert again.status_code == 200


def test_a_revision_keeps_what_it_still_says_withdraws_what_it_dropped_and_adds_the_new(client: TestClient) -> None:
    before = post(client, "Harrow Dispatch", "The bridge was closed on Sunday. Forty people were injured in Tarn.")
    after = post(client, "Harrow Dispatch", "It rained in Tarn all night. The bridge was closed on Sunday.")
    assert before["id"] == after["id"]
    assert after["revision"] == 2
    assert [item["revision"] for item in after["revisions"]] == [1, 2]
    old, new = ({claim["content"]: claim for claim in article["claims"]} for article in (before, after))
    kept = set(old) & set(new)
    assert any("bridge" in content for content in kept)
    assert all(old[content]["id"] == new[content]["id"] for content in kept)
    gone = next(claim for content, claim in old.items() if "injured" in content)
    assert client.get(f"/v1/claims/{gone['id']}").status_code == 404
    assert any("rained" in content for content in new)


def test_a_withdrawn_article_and_its_claims_are_gone_and_may_come_back(client: TestClient) -> None:
    article = post(client, "Harrow Dispatch", TEXT)
    assert client.delete(f"/v1/articles/{article['id']}").status_code == 204
    assert client.get(f"/v1/articles/{article['id']}").status_code == 404
    assert client.delete(f"/v1/articles/{article['id']}").status_code == 404
    assert client.get("/v1/claims").json()["items"] == []
    assert client.get("/v1/clusters").json()["items"] == []
    assert client.get("/readyz").status_code == 200
    back = post(client, "Harrow Dispatch", TEXT)
    assert back["revision"] == 2
    assert [claim["id"] for claim in back["claims"]] == [claim["id"] for claim in article["claims"]]
    assert client.get("/readyz").status_code == 200


def test_the_outlet_may_be_an_alias_or_a_domain_or_only_in_the_url(client: TestClient) -> None:
    for named in ({"outlet": "ynetnews"}, {"outlet": "ynet.co.il"}, {"outlet": None, "url": "https://www.ynetnews.com/a"}):
        client.post("/v1/articles", json=body(**named))
    names = {item["outlet"]["name"] for item in client.get("/v1/articles").json()["items"]}
    assert names == {"Ynet"}


def test_an_idempotency_key_stands_for_one_request(client: TestClient) -> None:
    headers = {"Idempotency-Key": "key-1"}
    first = client.post("/v1/articles", json=body(), headers=headers)
    again = client.post("/v1/articles", json=body(), headers=headers)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    other = client.post("/v1/articles", json=body(text="Something else happened in Tarn."), headers=headers)
    assert other.status_code == 422
    assert other.json()["errors"][0]["loc"] == ["header", "Idempotency-Key"]


def test_one_bad_line_never_spoils_a_batch(client: TestClient) -> None:
    lines = [
        json.dumps(body(url="https://harrow.example/1")),
        "{not json",
        "",
        json.dumps(body(url="https://harrow.example/2", text="  ")),
        json.dumps(body(url="https://harrow.example/3", surprise=1)),
        json.dumps(body(url="https://harrow.example/4")),
    ]
    answer = client.post("/v1/articles/batch", content="\n".join(lines).encode())
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [item["line"] for item in found] == [1, 2, 4, 5, 6]
    assert [item.get("status") for item in found] == ["received", None, None, None, "received"]
    assert found[2]["error"]["errors"][0]["loc"][-1] == "text"
    assert found[3]["error"]["errors"][0]["loc"] == ["surprise"]
    assert len(client.get("/v1/articles").json()["items"]) == 2


def test_lists_are_paged_without_gap_or_repeat(client: TestClient) -> None:
    lines = [json.dumps(body(url=f"https://harrow.example/{number}")) for number in range(7)]
    client.post("/v1/articles/batch", content="\n".join(lines).encode())
    seen, cursor = [], None
    while True:
        page = client.get("/v1/articles", params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        seen += [item["url"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted({f"https://harrow.example/{number}" for number in range(7)})


def test_a_full_queue_says_when_to_come_back(tmp_path: Path) -> None:
    with running(tmp_path, queue_articles=1) as client:
        client.app.state.services.worker.stop()  # type: ignore[attr-defined]
        assert client.post("/v1/articles", json=body()).status_code == 202
        assert "parallax_articles_waiting 1.0" in client.get("/metrics").text
        full = client.post("/v1/articles", json=body(url="https://harrow.example/b"))
        assert full.status_code == 429
        assert int(full.headers["retry-after"]) > 0
        assert full.headers["content-type"] == "application/problem+json"


def test_the_html_of_a_page_gives_its_main_text(client: TestClient) -> None:
    paragraphs = "".join(f"<p>The council of Tarn voted on plan number {n} after a long debate on Monday evening.</p>" for n in range(5))
    page = f"<html><head><title>Council votes</title></head><body><article><h1>Council votes</h1>{paragraphs}</article></body></html>"
    article = client.post("/v1/articles?wait=true", json=body(text=None, html=page)).json()
    assert "plan number 3" in article["text"]
    assert "<p>" not in article["text"]


def test_a_restart_finds_everything_as_it_was(tmp_path: Path) -> None:
    with running(tmp_path) as client:
        article = post(client, "Harrow Dispatch", TEXT)
    with running(tmp_path) as client:
        assert client.get(f"/v1/articles/{article['id']}").json() == article
        found = client.get("/v1/claims", params={"q": article["claims"][0]["content"]}).json()["items"]
        assert found[0]["id"] == article["claims"][0]["id"]
        assert found[0]["similarity"] > 0.99


def test_an_article_may_be_fetched_without_its_claims(tmp_path: Path) -> None:
    with running(tmp_path) as client:
        article = post(client, "Harrow Dispatch", "The opera house of Tarn burned on Saturday night. The stage was saved.")
        whole = client.get(f"/v1/articles/{article['id']}").json()
        bare = client.get(f"/v1/articles/{article['id']}", params={"claims": "false"}).json()
    assert whole["claims"]
    assert bare == whole | {"claims": []}
