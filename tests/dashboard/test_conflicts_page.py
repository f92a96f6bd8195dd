"""The list of conflicts in a real browser: what it shows, how it stays true, and how a desk works in it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Console
from .fake_service import FakeApi
from .fake_story import HOSTILE, Story

pytestmark = pytest.mark.browser


def row(page: Page, id: str) -> Locator:
    """The row of one conflict."""
    return page.locator(f'.row[data-conflict="{id}"]')


def ids(page: Page) -> list[str | None]:
    """The conflicts in the list, in order."""
    return [found.get_attribute("data-conflict") for found in page.locator(".row").all()]


def add(story: Story, api: FakeApi, id: str, **changed: object) -> None:
    """One more conflict, like the one about the alarm but for `changed`."""
    story.conflicts[id] = {**story.conflicts["alarm"], "id": id, **changed}
    api.touch(id)


def decide(page: Page, verb: str, note: str = "") -> None:
    """Saves a decision in the open dialog."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=verb).check()
    if note:
        dialog.get_by_label("Note").fill(note)
    dialog.get_by_role("button", name="Save").click()


def test_a_row_says_how_grave_who_against_whom_and_why(page: Page, service_url: str) -> None:
    page.goto(service_url)
    inside = row(page, "duration")
    expect(inside.locator("h3")).to_have_text("The evacuation of the Aurelian Opera House took about 45 minutes on Saturday evening.")
    expect(inside.locator(".severity")).to_contain_text("grave 0.72")
    expect(inside.locator(".status")).to_have_text("open")
    expect(inside.locator(".who bdi")).to_have_text(["The Veldany Courier", "Radio Ostmere"])
    expect(inside.locator(".why")).to_contain_text("About 45 minutes against 30 minutes: 33% less")
    expect(inside.locator(".why")).to_contain_text("about a figure, between outlets")
    expect(row(page, "alarm").locator(".who")).to_contain_text(
        ["Mirela Toth in The Veldany Courier", "Ruben Valcourt in Radio Ostmere"], use_inner_text=True
    )


def test_the_newest_day_comes_first_and_in_it_the_gravest(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    for id, severity, at in [
        ("old", 0.99, "2025-03-08T10:00:00Z"),
        ("late", 0.1, "2025-03-09T23:00:00Z"),
        ("next", 0.2, "2025-03-10T01:00:00Z"),
    ]:
        add(story, api, id, severity=severity, updated_at=at)
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(5)
    assert ids(page) == ["next", "duration", "alarm", "late", "old"]
    expect(page.locator(".day")).to_have_text(["Monday, 10 March 2025", "Sunday, 9 March 2025", "Saturday, 8 March 2025"])


def test_a_new_conflict_appears_by_itself_and_says_that_it_is_new(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.goto(service_url)
    expect(page.locator("#state")).to_have_text("Live")
    story.add_hostile()
    api.touch("evil")
    expect(page.locator(".row")).to_have_count(3)
    expect(row(page, "evil").locator(".fresh")).to_have_text("new")
    expect(page.locator("#news")).to_contain_text("1 new conflict")
    row(page, "evil").locator("a").focus()
    expect(row(page, "evil").locator(".fresh")).to_have_count(0)


def test_a_conflict_acknowledged_in_one_page_shows_in_another(page: Page, service_url: str, story: Story) -> None:
    other = page.context.new_page()
    other.goto(f"{service_url}/conflicts/alarm")
    expect(other.locator("#state")).to_have_text("Live")
    page.goto(service_url)
    row(page, "alarm").get_by_role("button", name="Decide").click()
    decide(page, "Acknowledge", f"Called both. {HOSTILE}")
    expect(row(page, "alarm").locator(".status")).to_have_text("acknowledged")
    expect(page.locator("#news")).to_have_text("Saved: acknowledged.")
    assert story.conflicts["alarm"]["history"][-1]["note"] == f"Called both. {HOSTILE}"
    expect(other.locator(".conflict-head .status")).to_have_text("acknowledged")
    expect(other.locator(".timeline q")).to_have_text([f"Called both. {HOSTILE}"])
    expect(other.get_by_role("button", name="Reopen")).to_be_visible()


def test_a_refused_decision_says_why_and_keeps_the_note(page: Page, service_url: str, api: FakeApi, console: Console) -> None:
    api.refusal = "note: too long"
    page.goto(service_url)
    row(page, "alarm").get_by_role("button", name="Decide").click()
    decide(page, "Dismiss", "kept")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_have_text("Not saved. note: too long")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(row(page, "alarm").get_by_role("button", name="Decide")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Note")).to_have_value("kept")
    expect(row(page, "alarm").locator(".status")).to_have_text("open")
    assert all("422" in line for line in console)
    console.clear()


def test_a_change_while_the_dialog_is_open_disturbs_no_word_of_the_note(page: Page, service_url: str, api: FakeApi) -> None:
    page.goto(service_url)
    row(page, "duration").get_by_role("button", name="Decide").click()
    note = page.get_by_role("dialog").get_by_label("Note")
    note.fill("half a sen")
    api.change("duration", "acknowledged", None)
    api.change("alarm", "dismissed", None)
    expect(row(page, "duration").locator(".status")).to_have_text("acknowledged")
    expect(note).to_have_value("half a sen")
    expect(note).to_be_focused()


def test_a_desk_can_work_by_keyboard_alone(page: Page, service_url: str, story: Story) -> None:
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(2)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("j")
    expect(row(page, "duration").locator("a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(row(page, "alarm").locator("a")).to_be_focused()
    page.keyboard.press("k")
    expect(row(page, "duration").locator("a")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("dialog").get_by_label("Note")).to_be_focused()
    page.keyboard.type("aj?")
    page.keyboard.press("Control+Enter")
    expect(row(page, "duration").locator(".status")).to_have_text("acknowledged")
    expect(row(page, "duration").locator("a")).to_be_focused()
    assert story.conflicts["duration"]["history"][-1]["note"] == "aj?"
    page.keyboard.press("a")
    expect(page.locator("#news")).to_have_text("Acknowledge is not offered: it is acknowledged.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conflicts/duration")


def test_single_keys_are_listed_and_can_be_switched_off(page: Page, service_url: str) -> None:
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(2)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys on this page")
    expect(dialog.locator("dt").first).to_have_text("j")
    dialog.get_by_label("Single keys are commands").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(row(page, "duration").locator("a")).not_to_be_focused()
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Single keys are commands").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(row(page, "duration").locator("a")).to_be_focused()


def test_filters_narrow_the_list_and_stand_in_the_address(page: Page, service_url: str, api: FakeApi) -> None:
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_label("Between").select_option("sources")
    expect(page.locator(".row")).to_have_count(1)
    assert page.url.endswith("/?between=sources")
    page.reload()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_label("Status").select_option("dismissed")
    expect(page.locator("#empty")).to_contain_text("No conflict fits these filters.")
    api.change("alarm", "dismissed", None)
    expect(page.locator(".row")).to_have_count(1)
    api.change("alarm", "open", None)
    expect(page.locator(".row")).to_have_count(0)
    page.locator("#clear").click()
    expect(page.locator(".row")).to_have_count(2)


def test_a_filter_by_outlet_finds_those_who_merely_relay(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.goto(service_url)
    page.get_by_label("Outlet").select_option(label="The Evening Quill")
    expect(page.locator(".row")).to_have_count(1)
    assert page.url.endswith("/?outlet=the-evening-quill")
    page.reload()
    expect(page.locator(".row")).to_have_count(1)
    expect(page.get_by_label("Outlet").locator("option:checked")).to_have_text("The Evening Quill")
    add(story, api, "another")  # of other outlets
    add(story, api, "relayed", positions=story.conflicts["duration"]["positions"])
    expect(row(page, "relayed")).to_be_visible()
    expect(page.locator(".row")).to_have_count(2)


def test_a_time_filter_keeps_what_changed_lately_and_asks_no_further(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.clock.set_fixed_time("2025-03-10T00:00:00Z")
    for number in range(60):
        add(story, api, f"now{number}", updated_at="2025-03-09T23:59:00Z")
    page.goto(f"{service_url}/?hours=1")
    page.get_by_role("button", name="Show older conflicts").click()
    expect(page.locator(".row")).to_have_count(60)
    expect(page.locator("#more")).to_be_hidden()
    page.goto(f"{service_url}/?hours=24")
    page.get_by_role("button", name="Show older conflicts").click()
    expect(page.locator(".row")).to_have_count(62)


def test_an_empty_service_says_what_will_happen(page: Page, service_url: str, api: FakeApi) -> None:
    api._changed_at.clear()
    page.goto(service_url)
    expect(page.locator("#empty")).to_contain_text("Nothing here yet.")


def test_ten_thousand_conflicts_come_page_by_page(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    for number in range(10_000):
        id = f"more{number}"
        story.conflicts[id] = {**story.conflicts["alarm"], "id": id, "severity": number % 100 / 100}
        api._changed_at[id] = 10 + number
    page.goto(service_url)
    expect(page.locator(".row")).to_have_count(50)
    for _ in range(3):
        count = page.locator(".row").count()
        page.locator(".row").last.scroll_into_view_if_needed()
        expect(page.locator(".row")).not_to_have_count(count)
    expect(page.locator(".row")).to_have_count(200)
    page.get_by_role("button", name="Show older conflicts").click()
    expect(page.locator(".row")).to_have_count(250)
    shown = [found or "" for found in ids(page)]
    severities = [story.conflicts[id]["severity"] for id in shown]
    ranks = [(severity >= 0.34) + (severity >= 0.67) for severity in severities]
    assert ranks == sorted(ranks, reverse=True)
