"""Bad input: the right status, a problem document that names the field, and nothing stored."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.storage.reading.pages import encode_cursor
from tests.service import PUBLISHED

GOOD: dict[str, Any] = {"outlet": "Harrow Dispatch", "text": "The bridge was closed on Sunday.", "published_at": PUBLISHED}


def rejected(client: TestClient, status: int, field: str | None, **request: Any) -> dict[str, Any]:
    """Posts what is bad and checks that it is refused in the promised form and leaves no trace."""
    answer = client.post("/v1/articles?wait=true", **request)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert {"type", "title", "detail", "instance"} <= problem.keys()
    assert "Traceback" not in answer.text
    if field is not None:
        assert any(field in error["loc"] for error in problem["errors"]), problem
    assert client.get("/v1/articles").json()["items"] == []
    assert client.get("/v1/claims").json()["items"] == []
    return problem


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n\t "}, "text"),
        ({"text": "🎉🎉🎉 🚀"}, "text"),
        ({"text": "Police said \x00 no"}, "text"),
        ({"title": "Bridge \x00 closed"}, "title"),
        ({"outlet": "Harrow \x00 Dispatch"}, "outlet"),
        ({"language": "e\x00n"}, "language"),
        ({"text": "Police said \x1b[31m no"}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "body"),
        ({"html": "<p>both</p>"}, "body"),
        ({"text": None, "html": "<html><script>alert(1)</script></html>"}, "html"),
        ({"title": ["a"]}, "title"),
        ({"outlet": {"name": "CNN"}}, "outlet"),
        ({"outlet": ""}, "outlet"),
        ({"outlet": None}, "outlet"),
        ({"outlet": "x" * 201}, "outlet"),
        ({"surprise": 1}, "surprise"),
        ({"published_at": "2025-03-03T09:00:00"}, "published_at"),
        ({"published_at": "2090-01-01T00:00:00Z"}, "published_at"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"published_at": 1741000000}, "published_at"),
        ({"published_at": "0001-01-01T00:00:00+14:00"}, "published_at"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https://a.example/" + "x" * 3000}, "url"),
        ({"language": "not a language"}, "language"),
    ],
)
def test_a_bad_field_is_named_with_what_was_wrong(empty: TestClient, change: dict[str, Any], field: str) -> None:
    rejected(empty, 422, field, json=GOOD | change)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe{}",
        b'{"text": "\xc3\x28"}',
        b'{"text": "\\ud800 alone", "outlet": "CNN"}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_article_is_refused(empty: TestClient, content: bytes) -> None:
    rejected(empty, 422, None, content=content, headers={"Content-Type": "application/json"})


def test_a_text_of_20_megabytes_is_too_large(empty: TestClient) -> None:
    rejected(empty, 413, None, json=GOOD | {"text": "word " * 4_000_000})


def test_a_text_longer_than_the_setting_allows_is_too_large(empty: TestClient) -> None:
    problem = rejected(empty, 413, "text", json=GOOD | {"text": "word " * 100_000})
    assert "400000" in problem["detail"]


def test_a_body_that_grows_past_its_bound_without_saying_so_is_too_large(empty: TestClient) -> None:
    def pieces() -> Any:
        for _ in range(50):
            yield b" " * 100_000

    rejected(empty, 413, None, content=pieces(), headers={"Content-Type": "application/json"})


def test_a_naive_time_is_told_what_it_lacks(empty: TestClient) -> None:
    problem = rejected(empty, 422, "published_at", json=GOOD | {"published_at": "2025-03-03T09:00:00"})
    assert "2025-03-03T09:00:00" in problem["errors"][0]["msg"]


def test_a_time_a_little_ahead_is_taken(client: TestClient) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    assert client.post("/v1/articles", json=GOOD | {"published_at": soon}).status_code == 202


def test_right_to_left_text_is_kept_as_it_is(client: TestClient) -> None:
    text = "ראש הממשלה אמר ביום ראשון כי ההסכם נחתם. وقال المتحدث إن 45 شخصا أصيبوا."
    article = client.post("/v1/articles?wait=true", json=GOOD | {"text": text}).json()
    assert article["text"] == text
    assert article["status"] == "processed"


def test_scripts_in_html_never_reach_the_text(client: TestClient) -> None:
    words = "".join(f"<p>The harbour of Tarn was closed for the {n}th day in a row, the harbour master said.</p>" for n in range(4, 9))
    bad = "<script>alert('x')</script><p onclick='y()'>The ferry stayed in port all day.</p>"
    page = f"<html><body><article>{words}{bad}</article></body></html>"
    article = client.post("/v1/articles?wait=true", json={"outlet": "CNN", "html": page, "published_at": PUBLISHED}).json()
    assert "harbour" in article["text"]
    assert "alert" not in article["text"]


def test_ten_thousand_identical_sentences_make_one_claim(client: TestClient) -> None:
    article = client.post("/v1/articles?wait=true", json=GOOD | {"text": "The bridge over the Sava was closed on Sunday. " * 8_000}).json()
    assert article["status"] == "processed"
    assert len(article["claims"]) == 1


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/articles?limit=0", "limit"),
        ("/v1/articles?limit=201", "limit"),
        ("/v1/articles?limit=ten", "limit"),
        ("/v1/articles?cursor=nonsense", "cursor"),
        ("/v1/articles?cursor=WzFd", "cursor"),
        ("/v1/articles?status=lost", "status"),
        ("/v1/articles?since=2025-03-03T09:00:00", "since"),
        ("/v1/claims?cursor=%F0%9F%8E%89", "cursor"),
        ("/v1/claims?q=", "q"),
        ("/v1/clusters?min_outlets=0", "min_outlets"),
        ("/v1/clusters?diverging=perhaps", "diverging"),
        ("/v1/conflicts?since=nonsense", "since"),
        ("/v1/conflicts?min_severity=2", "min_severity"),
        ("/v1/conflicts?min_severity=nan", "min_severity"),
        ("/v1/conflicts?kind=taste", "kind"),
        ("/v1/conflicts?cursor=WzFd", "cursor"),
        # What PostgreSQL refuses and SQLite would take: NUL, and a number or a time beyond what a column holds.
        ("/v1/claims?cluster=%00", "cluster"),
        ("/v1/claims?q=a%00b", "q"),
        ("/v1/articles?outlet=Tarn%00Echo", "outlet"),
        (f"/v1/conflicts?since={encode_cursor(2**63)}", "since"),
        (f"/v1/articles?cursor={encode_cursor('2025-03-03T09:00:00+00:00', chr(0))}", "cursor"),
        (f"/v1/articles?cursor={encode_cursor('2025-03-03T09:00:00+00:00', chr(0xD800))}", "cursor"),
        (f"/v1/articles?cursor={encode_cursor('0001-01-01T00:00:00+14:00', 'art_1')}", "cursor"),
        ("/v1/claims/clm%00", "path"),
    ],
)
def test_a_bad_query_is_named(empty: TestClient, path: str, field: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in answer.json()["errors"][0]["loc"]


@pytest.mark.parametrize(
    "path", ["/v1/articles/none", "/v1/claims/none", "/v1/claims/none/neighbours", "/v1/clusters/none", "/v1/conflicts/none", "/v1/nowhere"]
)
def test_what_does_not_exist_is_a_problem_too(empty: TestClient, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"] == path


def test_a_method_that_is_not_allowed_is_a_problem_too(empty: TestClient) -> None:
    answer = empty.put("/v1/articles", json=GOOD)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_batch_line_names_its_fault_and_the_rest_is_stored(client: TestClient) -> None:
    lines = [json.dumps(GOOD).encode(), b"\xff\xfe", json.dumps(GOOD | {"outlet": "Tarn Echo"}).encode()]
    found = [json.loads(line) for line in client.post("/v1/articles/batch", content=b"\n".join(lines)).text.splitlines()]
    assert [("id" in item, "error" in item) for item in found] == [(True, False), (False, True), (True, False)]
    assert len(client.get("/v1/articles").json()["items"]) == 2
