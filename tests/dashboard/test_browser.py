"""The pages in a real browser, against a service that answers as the contract says."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Console
from .fake_service import FakeApi
from .fake_story import HOSTILE, Story

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/conflicts/evil", "/clusters/clu-evil", "/articles/evil1", "/articles/evil2"])
def test_markup_scripts_and_templates_show_as_text_everywhere(page: Page, service_url: str, api: FakeApi, story: Story, path: str) -> None:
    story.add_hostile()
    api.touch("evil")
    page.goto(service_url + path)
    expect(page.locator("#main [aria-busy]")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text("30 مترا" if path.endswith("2") else HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.locator("#main img, #main script, #main b").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_a_locked_service_asks_for_its_key_and_keeps_it_in_the_tab(page: Page, service_url: str, api: FakeApi, console: Console) -> None:
    api.key = "right"
    page.goto(service_url)
    page.get_by_label("API key").fill("wrong")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#key-form")).to_contain_text("That key was not accepted.")
    page.get_by_label("API key").fill("right")
    page.keyboard.press("Enter")
    expect(page.locator(".row")).to_have_count(2)
    expect(page.locator("#state")).to_have_text("Live")
    expect(page.locator("#key-form")).to_be_hidden()
    page.goto(f"{service_url}/conflicts/alarm")
    expect(page.locator(".position")).to_have_count(2)
    assert page.evaluate("localStorage.length") == 0
    assert all("401" in line for line in console)
    console.clear()


@pytest.mark.parametrize("noun", ["conflict", "cluster", "article"])
def test_an_address_of_nothing_says_so(page: Page, service_url: str, console: Console, noun: str) -> None:
    page.goto(f"{service_url}/{noun}s/nothing")
    expect(page.locator("#empty")).to_contain_text(f"There is no such {noun}.")
    page.close()  # the page asks again now and then, and each time the browser notes that nothing is there
    assert all("404" in line for line in console)
    console.clear()


@pytest.mark.parametrize("width", [320, 390, 900, 1440])
@pytest.mark.parametrize("path", ["/", "/conflicts/evil", "/clusters/clu-evil", "/articles/evil1"])
def test_nothing_runs_off_the_side_at_any_width(page: Page, service_url: str, api: FakeApi, story: Story, width: int, path: str) -> None:
    story.add_hostile()
    api.touch("evil")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(service_url + path)
    expect(page.locator("#main [aria-busy]")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text("{{7*7}}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
