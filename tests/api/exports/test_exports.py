"""Exports over HTTP: all that the lists find, in one snapshot, whatever the text says."""

import csv
import io
import json
import threading
from typing import Any

import pytest
from pyld import jsonld
from starlette.testclient import TestClient

from app.api.exports import download
from app.api.exports.cells import plain
from app.api.exports.vocabulary import KINDS, OWN, SCHEMA, context
from app.api.routes import exports
from tests.service import conflicts, post

LONG = "The evacuation of the Tarn opera house took 45 minutes on Saturday evening."
SHORT = "The evacuation of the Tarn opera house took 20 minutes on Saturday evening."
SAID = "The evacuation of the Tarn opera house took 45 minutes on Saturday evening, fire chief Odo Brandt said."
KIND = {"claims": "claim", "clusters": "cluster", "conflicts": "conflict"}


@pytest.fixture
def told(client: TestClient) -> TestClient:
    """A service with a conflict between two outlets and a source."""
    post(client, "Harrow Dispatch", LONG, title="=SUM(A1)")
    post(client, "Tarn Echo", SHORT, title="\"=cmd|' /C calc'!A0\"", url="https://tarnecho.example/?q='<b>'&x=1")
    post(client, "Meridian Wire", SAID, title="</script><img src=x onerror=alert(1)> {{7*7}}")
    return client


def table(client: TestClient, what: str, **query: Any) -> list[dict[str, str]]:
    """The rows of a CSV export, as the csv module reads them."""
    answer = client.get(f"/v1/{what}/export.csv", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == f'attachment; filename="parallax-{what}.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline=""), strict=True))


def no_network(url: str, options: object) -> Any:
    """A loader that lets nothing be fetched."""
    raise AssertionError(f"{url} was asked for")


def graph(client: TestClient, what: str, **query: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The nodes of a JSON-LD export: as written, and as a JSON-LD processor expands them."""
    answer = client.get(f"/v1/{what}/export.jsonld", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["content-disposition"] == f'attachment; filename="parallax-{what}.jsonld"'
    document = json.loads(answer.content)
    expanded = jsonld.expand(document, {"documentLoader": no_network})
    return document["@graph"], expanded


def listed(client: TestClient, what: str, **query: Any) -> list[str]:
    """The ids that the list answers."""
    return [item["id"] for item in client.get(f"/v1/{what}", params=query).json()["items"]]


FILTERS: list[tuple[str, dict[str, Any]]] = [
    *((what, {}) for what in KIND),
    ("claims", {"outlet": "Tarn Echo"}),
    ("claims", {"source": "odo brandt"}),
    ("claims", {"q": "How long did the evacuation take?"}),
    ("claims", {"q": "evacuation", "outlet": "Tarn Echo"}),
    ("claims", {"type": "opinion"}),
    ("clusters", {"diverging": True}),
    ("clusters", {"min_outlets": 99}),
    ("clusters", {"q": "evacuation"}),
    ("conflicts", {"kind": "quantity"}),
    ("conflicts", {"status": "resolved"}),
    ("conflicts", {"outlet": "CNN"}),
]


def test_an_export_holds_what_the_list_holds_in_its_order_with_the_same_filters(told: TestClient) -> None:
    for what, query in FILTERS:
        ids = listed(told, what, **query)
        assert ids or query
        assert [row["id"] for row in table(told, what, **query)] == ids
        written, _ = graph(told, what, **query)
        assert [node["@id"] for node in written] == [f"urn:parallax:{KIND[what]}:{one}" for one in ids]


def test_an_export_of_nothing_is_a_heading_or_an_empty_graph(client: TestClient) -> None:
    for what in KIND:
        assert table(client, what) == []
        assert client.get(f"/v1/{what}/export.csv").text.startswith('"id",')
        assert graph(client, what) == ([], [])


def test_a_filter_that_cannot_be_is_a_problem_and_no_file(client: TestClient) -> None:
    for path in ("claims/export.{}?type=fact", "clusters/export.{}?min_outlets=0", "conflicts/export.{}?since=nonsense"):
        for suffix in ("csv", "jsonld"):
            answer = client.get("/v1/" + path.format(suffix))
            assert answer.status_code == 422
            assert answer.headers["content-type"] == "application/problem+json"
            assert "content-disposition" not in answer.headers


def test_since_exports_what_changed_after_a_poll(told: TestClient) -> None:
    cursor = told.get("/v1/conflicts").json()["cursor"]
    assert table(told, "conflicts", since=cursor) == []
    found = conflicts(told)[0]
    told.patch(f"/v1/conflicts/{found['id']}", json={"status": "dismissed", "note": '=HYPERLINK("https://x.example")'})
    (row,) = table(told, "conflicts", since=cursor)
    assert (row["id"], row["status"]) == (found["id"], "dismissed")
    assert row["last_note"] == '\'=HYPERLINK("https://x.example")'


def test_no_cell_of_hostile_articles_runs_in_a_spreadsheet(told: TestClient) -> None:
    rows = table(told, "claims")
    titles = {row["article_title"] for row in rows}
    assert {"'=SUM(A1)", "'\"=cmd|' /C calc'!A0\""} <= titles
    assert {plain(title) for title in titles} >= {"=SUM(A1)", "\"=cmd|' /C calc'!A0\"", "</script><img src=x onerror=alert(1)> {{7*7}}"}


def test_a_row_tells_the_words_the_source_and_where_they_stand(told: TestClient) -> None:
    (row,) = table(told, "claims", source="Odo Brandt")
    article = told.get(f"/v1/articles/{row['article_id']}").json()
    assert article["text"][int(row["start_char"]) : int(row["end_char"])] == plain(row["text"])
    assert (row["voice"], row["quoted"], row["source"]) == ("reported", "false", "Odo Brandt")
    assert row["chain"] == "Odo Brandt → Meridian Wire"
    assert row["quantities"] == "45 minutes"


def test_a_hostile_title_ends_no_page_that_an_export_stands_in(told: TestClient) -> None:
    text = told.get("/v1/claims/export.jsonld").text
    assert not {"<", ">", "&"} & set(text)
    written, _ = graph(told, "claims")
    headlines = {node["appearance"]["headline"] for node in written}
    assert "</script><img src=x onerror=alert(1)> {{7*7}}" in headlines
    assert "https://tarnecho.example/?q='<b>'&x=1" in {node["appearance"]["url"] for node in written}


def terms_of(node: Any) -> set[str]:
    """Every key and type in written nodes."""
    if isinstance(node, list):
        return set().union(*map(terms_of, node))
    if not isinstance(node, dict):
        return set()
    types = node.get("@type", [])
    own = {key for key in node if not key.startswith("@")} | set(types if isinstance(types, list) else [types])
    return own.union(*map(terms_of, node.values()))


def test_every_term_means_something_to_a_json_ld_processor(told: TestClient) -> None:
    for what in KIND:
        written, expanded = graph(told, what)
        assert terms_of(written) <= context().keys()
        keys = {key for node in expanded for key in node if not key.startswith("@")}
        assert keys
        assert all(key.startswith((SCHEMA, OWN)) for key in keys)
        compacted = jsonld.compact(expanded, dict(context()), {"documentLoader": no_network, "graph": True})
        assert {node["@id"]: sorted(node) for node in compacted["@graph"]} == {node["@id"]: sorted(node) for node in written}


def test_a_claim_states_its_relations_from_its_own_end(told: TestClient) -> None:
    _, expanded = graph(told, "claims")
    parted = [node for node in expanded if f"{OWN}contradicts" in node]
    assert len(parted) >= 2
    for node in parted:
        assert node["@type"] == [f"{SCHEMA}Claim"]
        others = {other["@id"] for other in node[f"{OWN}contradicts"]}
        relations = [one for one in node[f"{OWN}relations"] if one[f"{OWN}kind"] == [{"@id": f"{OWN}contradicts"}]]
        assert {one[f"{OWN}with"][0]["@id"] for one in relations} == others
        assert all(one[f"{OWN}reasons"] for one in relations)
        for other in others:
            back = next(found for found in expanded if found["@id"] == other)
            assert node["@id"] in {one["@id"] for one in back[f"{OWN}contradicts"]}


def test_a_conflict_is_a_review_that_rates_no_claim(told: TestClient) -> None:
    _, expanded = graph(told, "conflicts")
    (node,) = expanded
    assert set(node["@type"]) == {f"{SCHEMA}ClaimReview", f"{OWN}Conflict"}
    assert f"{SCHEMA}reviewRating" not in node
    assert len(node[f"{SCHEMA}itemReviewed"]) >= 2
    assert "45" in node[f"{SCHEMA}reviewBody"][0]["@value"]
    (relation, *_) = node[f"{OWN}relations"]
    assert len(relation[f"{OWN}claim"]) == 2


def test_portions_join_to_one_document(told: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {what: (table(told, what), graph(told, what)[0]) for what in KIND}
    monkeypatch.setattr(exports, "PORTION", 1)
    assert {what: (table(told, what), graph(told, what)[0]) for what in KIND} == whole


def test_every_kind_of_relation_that_is_stored_has_a_term() -> None:
    assert {"corroborates", "refines", "contradicts", "updates"} == set(KINDS) <= context().keys()


def test_no_more_exports_than_may_be_at_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "_slots", threading.BoundedSemaphore(1))
    assert table(client, "claims") == []
    with download._slots:
        answer = client.get("/v1/claims/export.csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
        assert answer.headers["content-type"] == "application/problem+json"
    assert table(client, "claims") == []
