"""The pages as served, before any script runs."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import app.dashboard
from app.dashboard.assets import Assets
from app.dashboard.pages import router

PAGES = ["/", "/conflicts/c1", "/clusters", "/clusters/k1", "/outlets", "/outlets/o1", "/articles", "/articles/a1", "/paste"]
STATIC = Path(app.dashboard.__file__).parent / "static"


def client_of(**options: object) -> TestClient:
    """A client of a service that has nothing but the pages."""
    service = FastAPI()
    service.include_router(router(**options))  # type: ignore[arg-type]
    return TestClient(service)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with client_of() as client:
        yield client


class Elements(HTMLParser):
    """Every element with its attributes, and the text inside <script> and <style>."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.inline += data.strip()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_forbids_everything_that_is_not_its_own(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    policy = response.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert {"script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in " ".join(policy)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_script_or_style_of_its_own(client: TestClient, path: str) -> None:
    elements = Elements(client.get(path).text)
    assert elements.inline == ""
    for tag, attributes in elements.found:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("path", PAGES)
def test_every_address_on_a_page_is_the_services_own_and_every_file_is_there(client: TestClient, path: str) -> None:
    for _, attributes in Elements(client.get(path).text).found:
        for address in (attributes.get("src"), attributes.get("href")):
            assert address is None or re.match(r"/(?!/)|#", address), address
            if address and address.startswith("/static/"):
                assert client.get(address).status_code == 200


def test_an_id_is_escaped_where_a_page_names_it(client: TestClient) -> None:
    hostile = '"><img src=x onerror=alert(1)>{{7*7}}'
    html = client.get("/conflicts/" + quote(hostile, safe="")).text
    assert "<img src=x" not in html
    assert "49" not in html
    body = next(attributes for tag, attributes in Elements(html).found if tag == "body")
    assert body["data-id"] == hostile


def test_only_a_service_with_the_sample_says_so() -> None:
    assert "fictional" in client_of(sample=True).get("/").text
    assert "fictional" not in client_of(sample=False).get("/").text


def test_a_static_file_is_kept_for_good_under_its_digest_and_never_under_another(client: TestClient) -> None:
    digest = Assets.read(STATIC).digest
    current = client.get(f"/static/{digest}/style.css")
    assert current.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in current.headers["cache-control"]
    former = client.get("/static/0123456789abcdef/style.css")
    assert former.content == current.content
    assert former.headers["cache-control"] == "no-cache"


def test_a_static_file_that_is_known_is_not_sent_again(client: TestClient) -> None:
    address = f"/static/{Assets.read(STATIC).digest}/conflicts.js"
    first = client.get(address)
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("name", ["pages.py", "..%2fpages.py", "%2e%2e/pages.py", "nothing.js", "..%2f..%2f..%2fetc%2fpasswd"])
def test_nothing_but_the_static_files_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/x/{name}").status_code == 404


def test_a_page_answers_head(client: TestClient) -> None:
    response = client.head("/")
    assert response.status_code == 200
    assert response.content == b""


def test_the_pages_stay_out_of_the_apis_description(client: TestClient) -> None:
    assert client.get("/openapi.json").json()["paths"] == {}


def test_a_poll_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="poll_seconds"):
        router(poll_seconds=0)


def test_a_first_load_is_small() -> None:
    assert sum(len(path.read_bytes()) for path in STATIC.iterdir()) < 200_000


def test_no_script_can_turn_text_into_markup() -> None:
    for path in STATIC.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser", script), path.name


# Which text colours stand on which grounds; text needs 4.5:1, what only draws a control's edge 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
INKS = ("ink", "soft", "link", "grave", "notable", "good", "a", "b", "c", "d")
TEXT = [
    *((ink, ground) for ground in ("ground", "paper", "sunken") for ink in INKS),
    *(("ink", f"{position}-mark") for position in "abcd"),
    ("soft", "b-mark"),
    ("link", "b-mark"),
    ("warn-ink", "warn-ground"),
    ("paper", "link"),
]
EDGES = [("edge", "ground"), ("edge", "paper")]


def palette(theme: str) -> dict[str, str]:
    """The colours of "light" or "dark", by name."""
    light, dark = re.findall(r":root \{(.*?)\}", (STATIC / "style.css").read_text(encoding="utf-8"), re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light + (dark if theme == "dark" else "")))


def luminance(colour: str) -> float:
    """Relative luminance, 0..1. Source: WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    colours = palette(theme)
    for pairs, least in ((TEXT, 4.5), (EDGES, 3.0)):
        for ink, ground in pairs:
            dark, light = sorted((luminance(colours[ink]), luminance(colours[ground])))
            ratio = (light + 0.05) / (dark + 0.05)
            assert ratio >= least, f"{ink} on {ground} in {theme}: {ratio:.2f}"


def test_the_sample_story_can_be_posted_and_says_that_it_is_fictional() -> None:
    sample = json.loads((Path(app.dashboard.__file__).parents[1] / "articles" / "sample.json").read_text(encoding="utf-8"))
    assert sample["fictional"] is True
    assert "fictional" in sample["note"]
    assert len({article["outlet"] for article in sample["articles"]}) == 4
    known = {article["url"] for article in sample["articles"]}
    assert len(known) == len(sample["articles"])
    assert {revision["url"] for revision in sample["revisions"]} <= known
    for article in sample["articles"] + sample["revisions"]:
        assert set(article) == {"fictional", "outlet", "url", "title", "text", "published_at"}
        assert article["fictional"] is True
        assert re.match(r"https://[a-z-]+\.example/", article["url"])
        assert article["text"] == article["text"].strip()
        assert article["published_at"].endswith("+01:00")
