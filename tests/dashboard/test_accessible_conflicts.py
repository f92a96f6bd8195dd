"""What axe finds on the conflicts' pages: nothing, in either theme."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .fake_service import FakeApi
from .fake_story import Story

pytestmark = pytest.mark.browser

Theme = Literal["light", "dark"]
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def violations(page: Page) -> str:
    """What axe finds on the page as it stands, in words; empty where it finds nothing."""
    found = Axe().run(page, options=OPTIONS)
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?status=dismissed", "/conflicts/duration", "/conflicts/evil"])
def test_axe_finds_no_violation(page: Page, service_url: str, api: FakeApi, story: Story, path: str, theme: Theme) -> None:
    story.add_hostile()
    api.touch("evil")
    api.change("alarm", "resolved", "both were asked")
    page.emulate_media(color_scheme=theme)
    page.goto(service_url + path)
    expect(page.locator("#state")).to_have_text("Live")
    expect(page.locator("#main [aria-busy]")).to_have_count(0)
    assert violations(page) == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("key", ["a", "?"])
def test_axe_finds_no_violation_in_a_dialog(page: Page, service_url: str, key: str, theme: Theme) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(f"{service_url}/conflicts/duration")
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == ""


def test_nothing_moves_for_those_who_asked_for_that(page: Page, service_url: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(2)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_target_is_large_enough_to_hit(page: Page, service_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(2)
    for button in [*page.get_by_role("button").all(), *page.get_by_role("combobox").all()]:
        box = button.bounding_box()
        assert box is None or (box["width"] >= 24 and box["height"] >= 24)
