"""An open page stays true: by the stream, by polling where there is none, and through a service that goes and comes."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Console
from .fake_service import FakeApi, RunningService
from .fake_story import Story

pytestmark = pytest.mark.browser


def test_a_stream_that_is_cut_resumes_after_the_last_change_taken(page: Page, service_url: str, api: FakeApi) -> None:
    page.goto(service_url)
    expect(page.locator("#state")).to_have_text("Live")
    api.change("duration", "acknowledged", None)
    expect(page.locator('[data-conflict="duration"] .status')).to_have_text("acknowledged")
    api.cut_streams()
    api.change("alarm", "resolved", None)
    expect(page.locator('[data-conflict="alarm"] .status')).to_have_text("resolved")
    expect(page.locator("#state")).to_have_text("Live")
    api.change("duration", "resolved", None)
    expect(page.locator('[data-conflict="duration"] .status')).to_have_text("resolved")
    assert api.resumed_after[0] == "2"
    assert api.resumed_after[1] in ("3", "4")


def test_without_a_stream_polls_ask_for_changes_since_the_last_and_for_nothing_known(
    page: Page, service_url: str, api: FakeApi, console: Console
) -> None:
    api.streams = False
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(2)
    page.wait_for_timeout(1000)
    assert api.asked[0] == "limit=50"
    assert len(api.asked) >= 3
    assert set(api.asked[1:]) == {"since=2&limit=50"}
    assert api.not_modified >= len(api.asked) - 3
    expect(page.locator("#state")).to_contain_text("Up to date, checked")
    api.change("duration", "acknowledged", None)
    expect(page.locator('[data-conflict="duration"] .status')).to_have_text("acknowledged")
    assert all("404" in line for line in console)
    console.clear()


@pytest.mark.parametrize("path", ["/", "/conflicts/duration"])
def test_a_service_that_goes_down_is_said_to_and_found_again(
    page: Page, service_url: str, service: RunningService, api: FakeApi, console: Console, path: str
) -> None:
    page.goto(service_url + path)
    expect(page.locator("#state")).to_have_text("Live")
    status = page.locator('[data-conflict="duration"] .status, .conflict-head .status')
    expect(status).to_have_text("open")
    service.stop()
    expect(page.locator("#unreachable")).to_contain_text("Service unreachable, retrying")
    expect(page.locator("#state")).to_have_text("Not connected")
    page.get_by_role("button", name="Decide" if path == "/" else "Resolve").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Not saved: the service is unreachable.")
    page.keyboard.press("Escape")
    api.change("duration", "dismissed", None)
    service.start()
    expect(page.locator("#unreachable")).to_be_hidden()
    expect(status).to_have_text("dismissed")
    expect(page.locator("#state")).to_have_text("Live")
    assert all("net::ERR_" in line for line in console), console
    console.clear()


def test_a_list_that_is_being_loaded_misses_no_change(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.goto(service_url)
    expect(page.locator("#state")).to_have_text("Live")
    for number in range(30):
        story.conflicts[f"more{number}"] = {**story.conflicts["alarm"], "id": f"more{number}"}
        api.touch(f"more{number}")
        if number % 5 == 0:
            page.get_by_label("Between").select_option("sources" if number % 2 else "")
    page.get_by_label("Between").select_option("sources")
    expect(page.locator(".row")).to_have_count(31)
