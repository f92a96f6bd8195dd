"""The outlets in a real browser: the matrix, an outlet, and what lies behind a pair."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Console
from .fake_lists import Lists
from .fake_story import Story

pytestmark = pytest.mark.browser


def thirty(lists: Lists) -> None:
    """Thirty outlets, each pair of which shares something."""
    known = [{"id": f"o{number:02}", "name": f"The Independent Harbour Tribune of Ward {number}"} for number in range(30)]
    pairs = [
        {"a": a, "b": b, "shared": 40, "agree": i, "diverge": j % 9} for i, a in enumerate(known) for j, b in enumerate(known) if i < j
    ]
    lists.cells = lambda: pairs  # type: ignore[method-assign]


def test_the_matrix_is_a_table_whose_cells_say_what_they_count(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/outlets")
    table = page.get_by_role("table", name="Propositions they differ on, for every pair of outlets")
    expect(table.get_by_role("columnheader")).to_have_text(["Radio Ostmere", "The Veldany Courier"])
    expect(table.get_by_role("rowheader")).to_have_text(["Radio Ostmere", "The Veldany Courier"])
    words = "2: The Veldany Courier and Radio Ostmere share 2 propositions, agree on 0, differ on 2"
    expect(table.get_by_role("link", name=words)).to_have_text("2")
    table.get_by_role("link", name=words).hover()
    expect(page.locator(".readout")).to_have_text(words.removeprefix("2: ") + ".")


def test_a_cell_opens_the_pairs_behind_it(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/outlets")
    page.get_by_role("link", name="2: Radio Ostmere and The Veldany Courier").click()
    expect(page).to_have_url(f"{service_url}/outlets/radio-ostmere?with=the-veldany-courier&stance=diverge")
    expect(page.locator("h1")).to_have_text("Radio Ostmere and The Veldany Courier")
    expect(page.locator(".shared > li")).to_have_count(2)
    expect(page.locator(".shared > li").first).to_contain_text("they differ")
    expect(page.locator(".shared > li").first.locator("h3")).to_have_text(["Radio Ostmere", "The Veldany Courier"])
    page.get_by_role("link", name="They agree").click()
    expect(page.locator(".shared")).to_contain_text("Nothing of this kind.")
    expect(page.get_by_role("link", name="They agree")).to_have_attribute("aria-current", "true")


def test_what_the_numbers_count_stands_in_the_address(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/outlets?show=agree")
    expect(page.locator("table.matrix a").filter(has_text="0")).to_have_count(2)
    page.get_by_label("Count what they").select_option("shared")
    expect(page.locator("table.matrix a").filter(has_text="2")).to_have_count(2)
    assert page.url.endswith("/outlets?show=shared")


def test_thirty_outlets_stay_readable_and_within_the_page(page: Page, service_url: str, lists: Lists) -> None:
    thirty(lists)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{service_url}/outlets")
    expect(page.locator("table.matrix tbody tr")).to_have_count(30)
    assert page.locator("table.matrix").evaluate("(table) => table.offsetWidth <= table.parentElement.clientWidth")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("table.matrix tbody tr").first.locator("a").last.scroll_into_view_if_needed()
    left = page.locator("table.matrix tbody th").first.bounding_box()
    assert left is not None
    assert left["x"] >= 0  # the names stay where the row is read


def test_the_matrix_is_one_stop_of_the_tab_key_and_the_arrows_walk_it(page: Page, service_url: str, lists: Lists) -> None:
    thirty(lists)
    page.goto(f"{service_url}/outlets")
    expect(page.locator("table.matrix tbody tr")).to_have_count(30)
    assert page.locator("table.matrix a[tabindex='0']").count() == 1
    page.locator("table.matrix a[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    focused = page.locator("table.matrix a:focus")
    expect(focused).to_have_attribute("data-row", "3")  # its own cell is passed over
    expect(focused).to_have_attribute("data-column", "2")
    expect(page.locator("table.matrix th.lit")).to_have_count(2)
    assert page.locator("table.matrix a[tabindex='0']").count() == 1


def test_an_outlet_says_whom_it_quotes_and_with_whom_it_parts(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/outlets")
    page.get_by_role("table", name="Every outlet").get_by_role("link", name="The Veldany Courier").click()
    expect(page.locator("h1")).to_have_text("The Veldany Courier")
    expect(page.locator(".facts li").nth(1)).to_have_text("2 claims: 1 in its own voice, 1 reported")
    expect(page.get_by_role("row", name="Radio Ostmere")).to_contain_text("2")
    expect(page.locator("section").filter(has_text="Whom it quotes").last).to_contain_text("Mirela Toth")
    expect(page.locator("section").filter(has_text="What it carried first").last.get_by_role("link")).to_have_count(2)
    page.get_by_role("link", name="Its articles").click()
    expect(page).to_have_url(f"{service_url}/articles?outlet=The+Veldany+Courier")
    expect(page.locator("[data-article]")).to_have_count(2)


def test_outlets_that_share_nothing_are_listed_still(page: Page, service_url: str, story: Story) -> None:
    story.clusters.clear()
    page.goto(f"{service_url}/outlets")
    expect(page.locator("#content")).to_contain_text("No two outlets share a proposition yet.")
    expect(page.get_by_role("table", name="Every outlet").get_by_role("rowheader")).to_have_count(4)


def test_nothing_there_yet_says_so(page: Page, service_url: str, story: Story) -> None:
    story.articles.clear()
    story.clusters.clear()
    page.goto(f"{service_url}/outlets")
    expect(page.locator("#empty")).to_contain_text("Nothing here yet.")


def test_an_address_of_no_outlet_says_so(page: Page, service_url: str, console: Console) -> None:
    page.goto(f"{service_url}/outlets/nothing")
    expect(page.locator("#empty")).to_contain_text("There is no such outlet.")
    page.close()
    assert all("404" in line for line in console)
    console.clear()
