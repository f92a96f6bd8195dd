"""What axe finds on the pages of clusters, outlets and articles: nothing, in either theme; and hostile text on each shows as text."""

import pytest
from playwright.sync_api import Page, expect

from .fake_lists import Lists
from .fake_story import HOSTILE, Story
from .test_accessible_conflicts import Theme, violations

pytestmark = pytest.mark.browser

PAGES = [
    "/clusters",
    "/clusters?q=nowhere",
    "/clusters/clu-duration",
    "/clusters/clu-evil",
    "/outlets",
    "/outlets/the-veldany-courier",
    "/outlets/the-veldany-courier?with=radio-ostmere",
    "/articles",
    "/articles/art3",
    "/articles/evil1",
    "/paste",
]


def open_page(page: Page, url: str) -> None:
    """Opens a page and waits until it is drawn."""
    page.goto(url)
    expect(page.locator("#state")).to_contain_text("Up to date")
    expect(page.locator("#main [aria-busy]")).to_have_count(0)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(page: Page, service_url: str, story: Story, path: str) -> None:
    story.add_hostile()
    story.articles["art2"].update(status="failed", error="the tagger stopped")
    found = {}
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        open_page(page, service_url + path)
        found[theme] = violations(page)
    assert found == {"light": "", "dark": ""}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_matrix_of_every_shade(page: Page, service_url: str, lists: Lists, theme: Theme) -> None:
    known = [{"id": f"o{number}", "name": f"Harbour Post {number}"} for number in range(8)]
    pairs = [
        {"a": a, "b": b, "shared": 60, "agree": i * j, "diverge": i * j} for i, a in enumerate(known) for j, b in enumerate(known) if i < j
    ]
    lists.cells = lambda: pairs  # type: ignore[method-assign]
    page.emulate_media(color_scheme=theme)
    for measure in ("diverge", "agree", "shared"):
        open_page(page, f"{service_url}/outlets?show={measure}")
        assert violations(page) == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_what_opens(page: Page, service_url: str, theme: Theme) -> None:
    page.emulate_media(color_scheme=theme)
    open_page(page, f"{service_url}/articles/art3#note-csilent")
    page.locator(".text sup a").first.focus()
    expect(page.get_by_role("group", name="Who says it")).to_be_visible()
    assert violations(page) == ""
    open_page(page, f"{service_url}/clusters/clu-duration")
    page.locator("details:not([open]) > summary").first.click()
    assert violations(page) == ""
    open_page(page, f"{service_url}/paste")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#outlet-wrong")).to_be_visible()
    assert violations(page) == ""


def test_markup_scripts_and_templates_show_as_text_on_every_page(page: Page, service_url: str, story: Story) -> None:
    story.add_hostile()
    for number in (1, 2):  # a registered outlet's id is a slug
        story.articles[f"evil{number}"]["outlet"]["id"] = f"evil-{number}"
    story.articles["evil1"].update(status="failed", error=f"Error {HOSTILE}")
    for path in (
        "/clusters",
        "/clusters/clu-evil",
        "/outlets",
        "/outlets/evil-1",
        "/outlets/evil-1?with=evil-2",
        "/articles",
        "/articles/evil1",
    ):
        page.goto(service_url + path)
        expect(page.locator("#main")).to_contain_text(HOSTILE)
        expect(page.locator("#main [aria-busy]")).to_have_count(0)
        assert page.evaluate("window.ran") is None
        assert page.locator("#main img, #main script, #main b, #main a[href^='javascript']").count() == 0


@pytest.mark.parametrize("width", [320, 900, 1440])
def test_nothing_runs_off_the_side_of_any_page(page: Page, service_url: str, story: Story, width: int) -> None:
    story.add_hostile()
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        open_page(page, service_url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
