"""The pages in a real browser, against the real service with the real models and the sample story.

On SQLite alone: pages see a store only through the API, whose tests run on both databases.
"""

import re
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from app.main import Models, Server, application, migrate
from app.settings import Settings
from tests.ports import free_port

from .conftest import Console

pytestmark = [pytest.mark.browser, pytest.mark.models]


class RealService:
    """The real service on a port of its own; it can go down and come back with what it stored, its models stay loaded."""

    def __init__(self, settings: Settings) -> None:
        self.url = f"http://127.0.0.1:{settings.port}"
        self._settings = settings
        self._models = Models.of(settings)

    def start(self) -> None:
        """Returns once it answers and every article is processed."""
        self._server = Server(application(self._settings, self._models), self._settings)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started or httpx.get(f"{self.url}/v1/articles", params={"status": "received"}).json()["items"]:
            assert self._thread.is_alive(), "the service did not start"
            time.sleep(0.1)

    def stop(self) -> None:
        """Returns once nothing answers any more."""
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealService]:
    """The service with its sample story processed."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("real"), port=free_port())
    migrate(settings)
    service = RealService(settings)
    service.start()
    yield service
    service.stop()


@pytest.fixture
def service_url(real: RealService) -> str:
    """The pages are the real ones."""
    return real.url


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
    for hour, (outlet, text) in enumerate(texts.items(), 8):
        published_at = f"2025-04-01T{hour:02}:00:00Z"
        article = {"outlet": outlet, "title": "<img src=x onerror=alert(1)>{{7*7}}", "text": text, "published_at": published_at}
        httpx.post(f"{service_url}/v1/articles", json=article).raise_for_status()
    found = page.locator(".row").filter(has_text="Harbour Post")
    expect(found).to_be_visible(timeout=60_000)
    expect(found.locator(".fresh")).to_have_text("new")
    found.locator("h3 a").click()
    expect(page.locator(".position mark")).to_have_text(["12 million euros", "31 million euros"])
    expect(page.locator("h1")).to_contain_text("Henley Bridge")


def test_a_pasted_article_is_read_and_linked_with_what_others_say(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/paste")
    page.get_by_label("Outlet").fill("Ostmere Gazette")
    page.get_by_label("Published").fill("2025-03-09T12:00")
    page.get_by_label("The article").fill(
        "The evacuation of the Aurelian Opera House took about 45 minutes on Saturday evening, the mayor said."
    )
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#said")).to_contain_text("Read: ", timeout=30_000)
    expect(page.locator("#result .text .said-reported")).to_contain_text("took about 45 minutes")
    page.locator("#result .notes").get_by_role("link", name=re.compile("also in .* other outlet")).first.click()
    expect(page.locator(".facts")).to_contain_text("claims")
    expect(page.locator(".cluster-page")).to_contain_text("Ostmere Gazette")


def test_a_date_out_of_bounds_is_said_at_its_field(page: Page, service_url: str, console: Console) -> None:
    page.goto(f"{service_url}/paste")
    page.get_by_label("Outlet").fill("Ostmere Gazette")
    page.get_by_label("Published").fill("2999-03-09T06:10")
    page.get_by_label("The article").fill("The evacuation took an hour.")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#published_at-wrong")).to_contain_text("2999")
    expect(page.get_by_label("Published")).to_be_focused()
    assert all("422" in line for line in console)
    console.clear()


def test_a_service_that_is_restarted_is_found_again_by_an_open_page(page: Page, real: RealService, console: Console) -> None:
    page.goto(real.url)
    expect(page.locator("#state")).to_have_text("Live")
    inside = page.locator(".row").filter(has_text="33% less")
    conflict = inside.get_attribute("data-conflict")
    real.stop()
    expect(page.locator("#unreachable")).to_contain_text("Service unreachable, retrying", timeout=30_000)
    expect(inside).to_be_visible()
    real.start()
    httpx.patch(f"{real.url}/v1/conflicts/{conflict}", json={"status": "dismissed", "note": "{{7*7}}"}).raise_for_status()
    page.evaluate("dispatchEvent(new Event('online'))")  # a browser that is told so asks at once
    expect(inside.locator(".status")).to_have_text("dismissed", timeout=60_000)
    expect(page.locator("#unreachable")).to_be_hidden()
    expect(page.locator("#state")).to_have_text("Live", timeout=60_000)
    assert all("net::ERR_" in line for line in console), console
    console.clear()
