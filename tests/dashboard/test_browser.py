"""The pages in a real browser, against a service that answers as the contract says."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Console
from .fake_service import FakeApi, RunningService
from .fake_story import HOSTILE, Story

pytestmark = pytest.mark.browser


def test_the_list_shows_positions_side_by_side_with_what_differs_marked(page: Page, service_url: str) -> None:
    page.goto(service_url)
    inside = page.locator('[data-conflict="duration"]')
    expect(inside.locator("h2")).to_contain_text("The evacuation of the Aurelian Opera House")
    expect(inside.locator(".meta")).to_contain_text("grave 0.72")
    expect(inside.locator(".meta")).to_contain_text("about a figure, between outlets")
    expect(inside.locator(".status")).to_have_text("open")
    expect(inside.locator("h3")).to_have_text(["The Veldany Courier", "Radio Ostmere"])
    expect(inside.locator("mark")).to_have_text(["about 45 minutes", "about 45 minutes", "30 minutes"])
    expect(inside.locator(".reasons li")).to_have_text(["About 45 minutes against 30 minutes: 33% less"])
    left, right = (inside.locator(".position").nth(i).bounding_box() for i in (0, 1))
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]


def test_a_conflict_between_sources_names_them_first_and_draws_each_chain(page: Page, service_url: str) -> None:
    page.goto(service_url)
    inside = page.locator('[data-conflict="alarm"]')
    expect(inside.locator("h3")).to_have_text(["Mirela Toth", "Ruben Valcourt"])
    expect(inside.locator(".through")).to_have_text(["in The Veldany Courier", "in Radio Ostmere"])
    expect(inside.locator("ol.chain").first.locator("bdi")).to_have_text(["Mirela Toth", "The Veldany Courier"])
    expect(inside.locator("mark")).to_have_text(["did not work", "worked"])


def test_a_note_and_a_decision_reach_the_service_and_other_open_pages(page: Page, service_url: str, story: Story) -> None:
    other = page.context.new_page()
    other.goto(f"{service_url}/conflicts/alarm")
    page.goto(service_url)
    inside = page.locator('[data-conflict="alarm"]')
    inside.get_by_placeholder("Add a note").fill(f"Called both. {HOSTILE}")
    inside.get_by_role("button", name="Acknowledge").click()
    expect(inside.locator(".status")).to_have_text("acknowledged")
    expect(inside.locator(".outcome")).to_have_text("Saved: acknowledged.")
    expect(inside.get_by_role("button")).to_have_text(["Resolve", "Dismiss", "Reopen"])
    assert story.conflicts["alarm"]["history"][-1]["note"] == f"Called both. {HOSTILE}"
    expect(other.locator(".status")).to_have_text("acknowledged")
    expect(other.locator(".history q")).to_have_text([f"Called both. {HOSTILE}"])
    expect(other.locator(".history li").last).to_contain_text("open → acknowledged")


def test_a_refused_decision_says_why_and_keeps_the_note(page: Page, service_url: str, api: FakeApi, console: Console) -> None:
    api.refusal = "note: too long"
    page.goto(service_url)
    inside = page.locator('[data-conflict="alarm"]')
    inside.get_by_placeholder("Add a note").fill("kept")
    inside.get_by_role("button", name="Dismiss").click()
    expect(inside.locator(".outcome")).to_have_text("Not saved. note: too long")
    expect(inside.get_by_placeholder("Add a note")).to_have_value("kept")
    expect(inside.locator(".status")).to_have_text("open")
    assert all("422" in line for line in console)
    console.clear()


def test_a_change_appears_by_itself_and_a_half_written_note_survives_it(page: Page, service_url: str, api: FakeApi) -> None:
    page.goto(service_url)
    inside = page.locator('[data-conflict="duration"]')
    note = inside.get_by_placeholder("Add a note")
    note.fill("half a sen")
    api.change("duration", "dismissed", None)
    expect(inside.locator(".status")).to_have_text("dismissed")
    expect(note).to_have_value("half a sen")
    expect(note).to_be_focused()
    expect(page.locator("#news")).to_contain_text("1 conflict changed")


def test_a_new_conflict_appears_on_top_of_an_open_page(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.goto(service_url)
    expect(page.locator(".conflict")).to_have_count(2)
    story.add_hostile()
    api.touch("evil")
    expect(page.locator(".conflict")).to_have_count(3)
    assert page.locator(".conflict").first.get_attribute("data-conflict") == "evil"


def test_polls_ask_for_changes_since_the_last_and_for_nothing_known(page: Page, service_url: str, api: FakeApi) -> None:
    page.goto(service_url)
    expect(page.locator(".conflict")).to_have_count(2)
    page.wait_for_timeout(1000)
    assert api.asked[0] == "limit=50"
    assert len(api.asked) >= 3
    assert set(api.asked[1:]) == {"since=2&limit=50"}
    assert api.not_modified >= len(api.asked) - 3


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


def test_marks_count_code_points_not_utf16_units(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    story.add_hostile()
    api.touch("evil")
    page.goto(f"{service_url}/conflicts/evil")
    expect(page.locator("mark")).to_have_text(["40 metres", "30"])


def test_a_service_that_goes_down_is_said_to_and_found_again(
    page: Page, service_url: str, service: RunningService, api: FakeApi, console: Console
) -> None:
    page.goto(service_url)
    expect(page.locator("#state")).to_contain_text("Up to date")
    service.stop()
    expect(page.locator("#unreachable")).to_contain_text("Service unreachable, retrying")
    expect(page.locator(".conflict")).to_have_count(2)
    page.locator('[data-conflict="alarm"]').get_by_role("button", name="Resolve").click()
    expect(page.locator('[data-conflict="alarm"] .outcome')).to_contain_text("Not saved")
    api.change("duration", "resolved", None)
    service.start()
    expect(page.locator("#unreachable")).to_be_hidden()
    expect(page.locator('[data-conflict="duration"] .status')).to_have_text("resolved")
    assert all("ERR_CONNECTION_REFUSED" in line or "ERR_EMPTY_RESPONSE" in line for line in console), console
    console.clear()


def test_filters_narrow_the_list_and_stand_in_the_address(page: Page, service_url: str, api: FakeApi) -> None:
    page.goto(service_url)
    expect(page.locator(".conflict")).to_have_count(2)
    page.get_by_label("Between").select_option("sources")
    expect(page.locator(".conflict")).to_have_count(1)
    assert page.url.endswith("/?between=sources")
    page.reload()
    expect(page.locator(".conflict")).to_have_count(1)
    page.get_by_label("Status").select_option("dismissed")
    expect(page.locator("#empty")).to_contain_text("No conflict fits these filters.")
    api.change("alarm", "dismissed", None)
    expect(page.locator(".conflict")).to_have_count(1)
    api.change("alarm", "open", None)
    expect(page.locator(".conflict")).to_have_count(0)


def test_an_empty_service_says_what_will_happen(page: Page, service_url: str, api: FakeApi) -> None:
    api._changed_at.clear()
    page.goto(service_url)
    expect(page.locator("#empty")).to_contain_text("Nothing here yet.")


def test_a_long_list_is_shown_page_by_page(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    for number in range(60):
        story.conflicts[f"more{number}"] = {**story.conflicts["alarm"], "id": f"more{number}"}
        api.touch(f"more{number}")
    page.goto(service_url)
    expect(page.locator(".conflict")).to_have_count(50)
    page.get_by_role("button", name="Show older conflicts").click()
    expect(page.locator(".conflict")).to_have_count(62)
    expect(page.get_by_role("button", name="Show older conflicts")).to_be_hidden()


def test_a_locked_service_asks_for_its_key_and_keeps_it_in_the_tab(page: Page, service_url: str, api: FakeApi, console: Console) -> None:
    api.key = "right"
    page.goto(service_url)
    page.get_by_label("API key").fill("wrong")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#key-form")).to_contain_text("That key was not accepted.")
    page.get_by_label("API key").fill("right")
    page.keyboard.press("Enter")
    expect(page.locator(".conflict")).to_have_count(2)
    expect(page.locator("#key-form")).to_be_hidden()
    page.goto(f"{service_url}/conflicts/alarm")
    expect(page.locator(".conflict")).to_have_count(1)
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


def test_a_desk_can_work_by_keyboard_alone(page: Page, service_url: str, story: Story) -> None:
    page.goto(service_url)
    expect(page.locator(".conflict")).to_have_count(2)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    first = page.locator(".conflict").first
    first.get_by_placeholder("Add a note").focus()
    page.keyboard.type("seen")
    page.keyboard.press("Tab")
    expect(first.get_by_role("button", name="Acknowledge")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first.locator(".status")).to_have_text("acknowledged")
    expect(first.get_by_role("button", name="Resolve")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 900, 1440])
@pytest.mark.parametrize("path", ["/", "/conflicts/evil", "/clusters/clu-evil", "/articles/evil1"])
def test_nothing_runs_off_the_side_at_any_width(page: Page, service_url: str, api: FakeApi, story: Story, width: int, path: str) -> None:
    story.add_hostile()
    api.touch("evil")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(service_url + path)
    expect(page.locator("#main [aria-busy]")).to_have_count(0)
    expect(page.locator("#main")).to_contain_text("metres")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
