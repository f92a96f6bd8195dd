"""The articles in a real browser: the list, one with its claims marked, and the box to paste one into."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Console
from .fake_lists import Lists
from .fake_service import RunningService
from .fake_story import HOSTILE, Story

pytestmark = pytest.mark.browser

WITHOUT_NUMBERS = "(node) => { node.querySelectorAll('sup, .chain-card').forEach((added) => added.remove()); return node.textContent; }"


def test_the_list_says_what_became_of_each_article(page: Page, service_url: str, story: Story) -> None:
    story.articles["art1"].update(status="failed", error="the tagger ran out of memory")
    story.articles["art2"].update(status="received", revision=2)
    page.goto(f"{service_url}/articles")
    expect(page.locator("[data-article=art1]")).to_contain_text("Failed")
    expect(page.locator("[data-article=art1] .why")).to_have_text("the tagger ran out of memory")
    expect(page.locator("[data-article=art2]")).to_contain_text("Waiting")
    expect(page.locator("[data-article=art2]")).to_contain_text("revision 2")
    page.get_by_label("Status").select_option("failed")
    expect(page.locator("[data-article]")).to_have_count(1)
    assert page.url.endswith("/articles?status=failed")


def test_an_article_shows_its_text_unchanged_with_its_claims_marked(page: Page, service_url: str, story: Story) -> None:
    page.goto(f"{service_url}/articles/art3#claim-csilent")
    expect(page.locator("h1")).to_have_text(story.articles["art3"]["title"])
    expect(page.locator(".text .said-own")).to_have_text([story.claims["c45"]["text"]])
    expect(page.locator(".text .said-reported")).to_have_text([story.claims["csilent"]["text"]])
    expect(page.locator(".text .aimed")).to_have_text([story.claims["csilent"]["text"]])
    expect(page.locator(".notes > li")).to_have_count(2)
    expect(page.locator(".meta .tag")).to_have_text("fictional")
    expect(page.locator(".lead")).to_have_text("2 claims found, 2 of them also in other outlets, 2 in conflict.")
    assert page.locator(".text").evaluate(WITHOUT_NUMBERS) == story.articles["art3"]["text"]


def test_own_voice_and_reported_are_told_apart_without_colour(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/articles/art3")
    expect(page.locator(".text .said-own")).to_have_css("text-decoration-style", "solid")
    expect(page.locator(".text .said-reported")).to_have_css("text-decoration-style", "dotted")


def test_words_pointed_at_show_who_says_them_and_where_it_leads(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/articles/art3")
    page.locator(".text .said-reported").hover(position={"x": 10, "y": 5})
    card = page.get_by_role("group", name="Who says it")
    expect(card.locator(".chain bdi")).to_have_text(["Mirela Toth", "The Veldany Courier"])
    card.get_by_role("link", name="in conflict").hover()  # the card stays while it is gone to
    page.wait_for_timeout(500)
    card.get_by_role("link", name="in conflict").click()
    expect(page).to_have_url(f"{service_url}/conflicts/alarm")


def test_a_number_focused_shows_the_chain_and_escape_takes_it_away(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/articles/art3")
    number = page.get_by_role("link", name="Claim 2, in conflict: Mirela Toth, reported by The Veldany Courier")
    expect(number).to_have_count(1)
    number.focus()
    card = page.get_by_role("group", name="Who says it")
    expect(card).to_contain_text("Claim 2")
    page.keyboard.press("Tab")
    expect(card.get_by_role("link", name="also in 1 other outlet")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    number.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-csilent")


def test_claims_within_claims_are_each_marked_and_numbered(page: Page, service_url: str, story: Story) -> None:
    story.add_claim("cinner", "art3", "about 45 minutes")["cluster_id"] = "clu-duration"
    page.goto(f"{service_url}/articles/art3")
    expect(page.locator(".text sup")).to_have_count(3)
    expect(page.locator(".text [data-claims='2 1']")).to_have_text("about 45 minutes")
    assert page.locator(".text").evaluate(WITHOUT_NUMBERS) == story.articles["art3"]["text"]


def test_an_article_that_failed_says_why_and_keeps_its_text(page: Page, service_url: str, story: Story) -> None:
    story.articles["art3"].update(status="failed", error="no claims: the tagger stopped", claims=[])
    page.goto(f"{service_url}/articles/art3")
    expect(page.locator(".failed")).to_contain_text("no claims: the tagger stopped")
    expect(page.locator(".text")).to_contain_text("The evacuation of the Aurelian Opera House")


def test_an_article_that_waits_shows_its_claims_once_they_are_found(page: Page, service_url: str, story: Story) -> None:
    claims = story.articles["art3"]["claims"]
    story.articles["art3"].update(status="received", claims=[])
    page.goto(f"{service_url}/articles/art3")
    expect(page.locator(".lead")).to_have_text("Received. Its claims are being looked for …")
    story.articles["art3"].update(status="processed", claims=claims)
    expect(page.locator(".notes > li")).to_have_count(2)


def test_revisions_are_listed_newest_first(page: Page, service_url: str, story: Story) -> None:
    at = story.articles["art3"]["received_at"]
    told = [
        {"revision": number, "title": f"Title {number}", "received_at": at, "published_at": at, "content_hash": ""} for number in (1, 2)
    ]
    story.articles["art3"].update(revision=2, revisions=told)
    page.goto(f"{service_url}/articles/art3")
    expect(page.locator(".revisions li").first).to_contain_text("Title 2")
    expect(page.locator(".revisions li").first).to_contain_text("shown here")


def test_an_article_is_pasted_and_its_claims_and_links_are_shown(page: Page, service_url: str, lists: Lists) -> None:
    page.goto(f"{service_url}/paste")
    page.get_by_label("Outlet").fill("Radio Ostmere")
    page.get_by_label("Title").fill(f"Title {HOSTILE}")
    page.get_by_label("Published").fill("2025-03-09T06:10")
    page.get_by_label("The article").fill(f"The evacuation took an hour. {HOSTILE}")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#said")).to_have_text("Read: 1 claim found.")
    assert lists.posted == [
        {
            "outlet": "Radio Ostmere",
            "title": f"Title {HOSTILE}",
            "text": f"The evacuation took an hour. {HOSTILE}",
            "published_at": "2025-03-09T06:10:00.000Z",
        }
    ]
    result = page.get_by_role("region", name="What was found")
    expect(result).to_be_focused()
    expect(result.locator(".text .said-own")).to_contain_text(HOSTILE)
    expect(result.locator(".notes").get_by_role("link", name="also in 2 other outlets")).to_have_attribute("href", "/clusters/clu-duration")
    assert page.url.endswith("/paste?article=posted1")
    assert page.evaluate("window.ran") is None
    page.reload()
    expect(page.locator("#result .notes > li")).to_have_count(1)


def test_what_looks_like_a_page_is_sent_as_html_unless_told_otherwise(page: Page, service_url: str, lists: Lists) -> None:
    page.goto(f"{service_url}/paste")
    page.get_by_label("Outlet").fill("Radio Ostmere")
    page.get_by_label("The article").fill("<!doctype html><p>The evacuation took an hour.")
    expect(page.get_by_role("radio", name="HTML")).to_be_checked()
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#said")).to_contain_text("Read")
    assert set(lists.posted[0]) == {"outlet", "html"}
    page.get_by_role("radio", name="Plain text").check()
    page.get_by_label("The article").fill("<p>Another article.")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#result .text")).to_contain_text("<p>Another article.")
    assert set(lists.posted[1]) == {"outlet", "text"}


def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(page: Page, service_url: str, lists: Lists, console: Console) -> None:
    page.goto(f"{service_url}/paste")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#outlet-wrong")).to_contain_text("Name the outlet")
    expect(page.locator("#content-wrong")).to_contain_text("Paste the article's words here.")
    expect(page.get_by_label("Outlet")).to_be_focused()
    assert lists.posted == []
    lists.refusal = [{"loc": ["body", "url"], "msg": "not an http or https address (got 'opera')", "type": "bad_url"}]
    page.get_by_label("Outlet").fill("Radio Ostmere")
    expect(page.locator("#outlet-wrong")).to_be_hidden()
    page.get_by_label("Address").fill("opera")
    page.get_by_label("The article").fill("The evacuation took an hour.")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#url-wrong")).to_have_text("not an http or https address (got 'opera')")
    expect(page.get_by_label("Address")).to_be_focused()
    expect(page.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("The article")).to_have_value("The evacuation took an hour.")
    assert all("422" in line for line in console)
    console.clear()


def test_an_article_pasted_into_a_service_that_is_down_is_kept_in_the_form(
    page: Page, service_url: str, service: RunningService, console: Console
) -> None:
    page.goto(f"{service_url}/paste")
    expect(page.locator("#state")).to_contain_text("Up to date")
    page.get_by_label("Outlet").fill("Radio Ostmere")
    page.get_by_label("The article").fill("The evacuation took an hour.")
    service.stop()
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#said")).to_contain_text("What you pasted is still here.")
    service.start()
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#said")).to_have_text("Read: 1 claim found.")
    assert all("ERR_CONNECTION_REFUSED" in line or "ERR_EMPTY_RESPONSE" in line for line in console), console
    console.clear()


def test_a_pasted_article_that_waits_says_so_until_it_is_read(page: Page, service_url: str, lists: Lists, story: Story) -> None:
    lists.reads = False
    page.goto(f"{service_url}/paste")
    page.get_by_label("Outlet").fill("Radio Ostmere")
    page.get_by_label("The article").fill("The evacuation took an hour.")
    page.get_by_role("button", name="Find its claims").click()
    expect(page.locator("#said")).to_have_text("Received. Looking for its claims …")
    story.articles["posted1"]["status"] = "processed"
    expect(page.locator("#said")).to_have_text("Read: 0 claims found.")
