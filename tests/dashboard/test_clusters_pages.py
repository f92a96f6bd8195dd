"""The clusters in a real browser: the list that is searched, and one of them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Console
from .fake_lists import Lists
from .fake_service import FakeApi
from .fake_story import OPENED_AT, Story

pytestmark = pytest.mark.browser


def rows(page: Page) -> Locator:
    """The clusters shown."""
    return page.locator("[data-cluster]")


def add_clusters(story: Story, count: int) -> None:
    """Clusters like the one about the alarm, under other ids."""
    for number in range(count):
        story.clusters[f"more{number}"] = {**story.clusters["clu-alarm"], "id": f"more{number}", "headline": f"Proposition {number}"}


def test_the_list_says_who_speaks_and_whether_they_differ(page: Page, service_url: str, story: Story) -> None:
    story.clusters["clu-alarm"]["relations"] = []
    page.goto(f"{service_url}/clusters")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).first.locator(".standing")).to_have_text("They differ")
    expect(rows(page).first.locator(".who")).to_have_text("The Veldany Courier, The Evening Quill, Radio Ostmere")
    expect(rows(page).last.locator(".standing")).to_contain_text("2 independent origins")
    expect(page.locator("#news")).to_have_text("2 clusters")


def test_a_search_by_meaning_stands_in_the_address_and_can_be_undone(page: Page, service_url: str, lists: Lists) -> None:
    page.goto(f"{service_url}/clusters")
    page.get_by_label("Search by meaning").fill("evacuation")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    assert page.url.endswith("/clusters?q=evacuation")
    assert lists.asked[-1]["q"] == "evacuation"
    page.reload()
    expect(page.get_by_label("Search by meaning")).to_have_value("evacuation")
    expect(rows(page)).to_have_count(1)
    page.go_back()
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_label("Search by meaning")).to_have_value("")


def test_filters_narrow_the_list_and_a_shared_address_sets_them(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/clusters?min_outlets=3&diverging=true&outlet=Radio+Ostmere")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("Outlets")).to_have_value("3")
    page.get_by_label("Standing").select_option("false")
    expect(page.locator("#empty")).to_contain_text("No cluster fits.")
    page.get_by_role("link", name="show all clusters").click()
    expect(rows(page)).to_have_count(2)


def test_a_list_of_thousands_comes_page_by_page_and_the_keyboard_goes_on_where_it_was(page: Page, service_url: str, story: Story) -> None:
    add_clusters(story, 3000)
    page.goto(f"{service_url}/clusters")
    expect(rows(page)).to_have_count(50)
    more = page.get_by_role("button", name="Show more clusters")
    more.focus()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(100)
    expect(rows(page).nth(50).get_by_role("link")).to_be_focused()


def test_the_list_stays_true_but_moves_nothing_under_a_reader(page: Page, service_url: str, story: Story) -> None:
    page.goto(f"{service_url}/clusters")
    expect(rows(page)).to_have_count(2)
    add_clusters(story, 1)
    expect(rows(page)).to_have_count(3)
    rows(page).first.get_by_role("link").focus()
    add_clusters(story, 2)
    expect(page.locator("#news")).to_contain_text("The list has changed.")
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Show it as it is now").click()
    expect(rows(page)).to_have_count(4)


def test_nothing_there_yet_says_what_to_do(page: Page, service_url: str, story: Story) -> None:
    story.clusters.clear()
    page.goto(f"{service_url}/clusters")
    expect(page.locator("#empty")).to_contain_text("Nothing here yet.")
    page.get_by_role("link", name="Paste an article").click()
    expect(page).to_have_url(f"{service_url}/paste")


def test_a_cluster_counts_its_voices_and_leads_to_its_conflict(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/clusters/clu-duration")
    expect(page.locator(".facts li")).to_have_text(["3 claims", "3 outlets", "2 independent origins", "0 wire copies folded"])
    expect(page.locator(".position h2")).to_have_text(["The Veldany Courier", "Radio Ostmere"])
    expect(page.locator(".position mark")).to_have_text(["about 45 minutes", "about 45 minutes", "30 minutes"])
    expect(page.locator(".standings summary")).to_have_text(
        [" 2 contradictions: they cannot both be true", "= 1 corroboration: they say the same"]
    )
    page.locator(".parting").get_by_role("link").click()
    expect(page).to_have_url(f"{service_url}/conflicts/duration")


def test_a_wire_copy_is_folded_under_what_it_copies(page: Page, service_url: str, story: Story) -> None:
    cluster = story.clusters["clu-duration"]
    cluster["wire_copies"] = [["c45", "cecho"]]
    page.goto(f"{service_url}/clusters/clu-duration")
    expect(page.locator(".facts li").last).to_have_text("1 wire copy folded")
    first = page.locator(".position").first
    expect(first.locator(".claim")).to_have_count(1)
    first.get_by_text("The same words in The Evening Quill").click()
    expect(first.locator(".same").get_by_role("link", name="in the article")).to_have_attribute("href", "/articles/art6#claim-cecho")


def test_a_position_of_hundreds_of_claims_shows_some_and_folds_the_rest(page: Page, service_url: str, story: Story) -> None:
    cluster = story.clusters["clu-alarm"]
    for number in range(300):
        story.add_article(f"a{number}", f"Outlet {number}", "", f"The alarm was silent, wrote reader {number}.", None, OPENED_AT)
        cluster["claims"].append(story.add_claim(f"c{number}", f"a{number}", f"The alarm was silent, wrote reader {number}."))
        cluster["positions"][0]["claim_ids"].append(f"c{number}")
    page.goto(f"{service_url}/clusters/clu-alarm")
    expect(page.locator(".further > summary")).to_have_text("293 more claims")
    expect(page.locator(".claim").filter(visible=True)).to_have_count(9)


def test_a_cluster_that_grows_shows_it(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.goto(f"{service_url}/clusters/clu-alarm")
    expect(page.locator(".facts")).to_contain_text("2 independent origins")
    story.clusters["clu-alarm"]["independent_origins"] = 3
    expect(page.locator(".facts")).to_contain_text("3 independent origins")


def test_a_query_that_is_refused_says_why_and_keeps_the_form(page: Page, service_url: str, console: Console) -> None:
    page.route(
        "**/v1/clusters?*",
        lambda route: route.fulfill(status=422, content_type="application/problem+json", body='{"detail": "query.q: too long"}'),
    )
    page.goto(f"{service_url}/clusters?q=words")
    expect(page.locator("#wrong")).to_have_text("This cannot be asked for. query.q: too long")
    expect(page.get_by_label("Search by meaning")).to_have_value("words")
    page.close()
    assert all("422" in line for line in console)
    console.clear()
