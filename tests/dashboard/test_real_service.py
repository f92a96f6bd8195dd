"""The pages in a real browser, against the real service with the real models and the sample story."""

import re
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from app.main import Server, application, migrate
from app.settings import Settings
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.models]


@pytest.fixture(scope="module")
def real_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service with its sample story processed."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("real"), port=free_port())
    migrate(settings)
    server = Server(application(settings), settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{settings.port}"
    while not server.started or httpx.get(f"{url}/v1/articles", params={"status": "received"}).json()["items"]:
        assert thread.is_alive(), "the service did not start"
        time.sleep(0.1)
    yield url
    server.should_exit = True
    thread.join()


@pytest.fixture
def service_url(real_url: str) -> str:
    """The pages are the real ones."""
    return real_url


def test_the_sample_story_shows_its_conflict_side_by_side_with_what_differs_marked(page: Page, service_url: str) -> None:
    page.goto(service_url)
    page.locator(".row").filter(has_text="33% less").locator("h3 a").click()
    expect(page.locator(".position h3")).to_have_text(["The Veldany Courier", "Radio Ostmere"])
    expect(page.locator("mark").first).to_have_text("about 45 minutes")
    expect(page.locator("mark").last).to_have_text("30 minutes")
    expect(page.locator(".reasons li").first).to_contain_text("45 minutes against 30 minutes: 33% less")
    expect(page.locator(".position").last).to_contain_text("The last people to leave the building were members of the orchestra.")
    expect(page.locator(".gravity li")).to_have_count(4)
    expect(page.get_by_text(re.compile("fictional")).first).to_be_visible()


def test_a_conflict_opens_its_article_with_the_claims_marked(page: Page, service_url: str) -> None:
    conflict = next(item for item in httpx.get(f"{service_url}/v1/conflicts").json()["items"] if "evacuation" in item["headline"].lower())
    claim = httpx.get(f"{service_url}/v1/claims/{conflict['positions'][0]['claim_ids'][0]}").json()
    page.goto(f"{service_url}/articles/{claim['article_id']}")
    expect(page.locator(f"#claim-{claim['id']} + .said")).to_contain_text("evacuation of the Aurelian Opera House")


def test_a_decision_made_elsewhere_reaches_an_open_page(page: Page, service_url: str) -> None:
    page.goto(service_url)
    expect(page.locator("#state")).to_have_text("Live")
    inside = page.locator(".row").filter(has_text="33% less")
    expect(inside.locator(".status")).to_have_text("open")
    conflict = inside.get_attribute("data-conflict")
    httpx.patch(f"{service_url}/v1/conflicts/{conflict}", json={"status": "acknowledged", "note": "called the fire brigade"})
    expect(page.locator(f'[data-conflict="{conflict}"] .status')).to_have_text("acknowledged", timeout=20_000)


def test_posted_articles_make_a_conflict_appear_on_an_open_page(page: Page, service_url: str) -> None:
    page.goto(service_url)
    expect(page.locator("#state")).to_have_text("Live")
    texts = {
        "Lowmark Gazette": "The repair of the Henley Bridge cost 12 million euros, and traffic resumed on Monday.",
        "Harbour Post": "The repair of the Henley Bridge cost 31 million euros, and traffic resumed on Monday.",
    }
    for outlet, text in texts.items():
        article = {"outlet": outlet, "title": "<img src=x onerror=alert(1)>{{7*7}}", "text": text, "published_at": "2025-04-01T08:00:00Z"}
        httpx.post(f"{service_url}/v1/articles", json=article).raise_for_status()
    found = page.locator(".row").filter(has_text="Harbour Post")
    expect(found).to_be_visible(timeout=60_000)
    expect(found.locator(".fresh")).to_have_text("new")
    found.locator("h3 a").click()
    expect(page.locator(".position mark")).to_have_text(["12 million euros", "31 million euros"])
    expect(page.locator("h1")).to_contain_text("Henley Bridge")
