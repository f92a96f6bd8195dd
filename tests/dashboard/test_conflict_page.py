"""One conflict's own page in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect

from .fake_service import FakeApi
from .fake_story import Story

pytestmark = pytest.mark.browser


def position(page: Page, letter: str) -> Locator:
    """The panel of one position."""
    return page.locator(f'section[aria-label^="Position {letter}:"]')


def tell_more(story: Story) -> None:
    """Adds a wire copy, a revision and an update to the conflict about the evacuation."""
    words = story.claims["c45"]["text"]
    story.add_article("copy", "The Evening Quill", "Copied", f"Before it. {words} After it.", None, "2025-03-09T01:00:00Z")
    story.add_claim("ccopy", "copy", words)
    story.conflicts["duration"]["positions"][0]["claim_ids"].append("ccopy")
    cluster = story.clusters["clu-duration"]
    cluster["claims"].append(story.claims["ccopy"])
    cluster["wire_copies"] = [["c45", "ccopy"]]
    cluster["origins"] = [
        {"outlet": story.articles["art3"]["outlet"], "claim_ids": ["c45", "ccopy", "cecho"]},
        {"outlet": story.articles["art4"]["outlet"], "claim_ids": ["c30"]},
    ]
    cluster["relations"].append(
        story.relation("c30", "ccopy", "updates", "quantity", "30 minutes", "about 45 minutes", "30 minutes became 45")
    )
    story.articles["art4"]["revision"] = 2
    story.articles["art4"]["revisions"] = [{"revision": number, "received_at": f"2025-03-09T1{number}:00:00Z"} for number in (1, 2)]


def test_positions_stand_side_by_side_in_context_with_the_differing_words_marked(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/conflicts/duration")
    expect(page.locator("h1")).to_have_text("The evacuation of the Aurelian Opera House took about 45 minutes on Saturday evening.")
    expect(page.locator(".position h3")).to_have_text(["The Veldany Courier", "Radio Ostmere"])
    expect(page.locator("mark")).to_have_text(["about 45 minutes", "about 45 minutes", "30 minutes"])
    expect(position(page, "B").locator(".around")).to_have_text(" The last people to leave the building were members of the orchestra.")
    expect(page.locator(".reasons .detail")).to_have_text(["About 45 minutes against 30 minutes: 33% less"])
    left, right = (position(page, letter).bounding_box() for letter in "AB")
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]


def test_a_conflict_between_sources_names_them_first_and_draws_each_chain(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/conflicts/alarm")
    expect(page.locator(".position h3")).to_have_text(["Mirela Toth", "Ruben Valcourt"])
    expect(page.locator(".through")).to_have_text(["in The Veldany Courier", "in Radio Ostmere"])
    expect(position(page, "A").locator(".path bdi")).to_have_text(["Mirela Toth", "The Veldany Courier"])
    expect(position(page, "A").locator(".part")).to_contain_text(["speaker", "publisher"])
    expect(page.locator("mark")).to_have_text(["did not work", "worked"])


def test_a_wire_copy_is_folded_and_is_no_second_voice(page: Page, service_url: str, story: Story) -> None:
    tell_more(story)
    page.goto(f"{service_url}/conflicts/duration")
    inside = position(page, "A")
    expect(inside.locator(".voices")).to_contain_text("1 independent origin in 2 outlets")
    expect(inside.locator("blockquote")).to_have_count(2)
    expect(inside.locator(".copies li")).to_be_hidden()
    inside.get_by_text("Printed alike once more").click()
    expect(inside.locator(".copies li")).to_contain_text("The Evening Quill")
    expect(inside.locator(".relays")).to_contain_text("Relays The Veldany Courier: not counted")


def test_the_timeline_tells_who_said_what_when_and_what_changed(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    tell_more(story)
    api.change("duration", "acknowledged", "asked both")
    page.goto(f"{service_url}/conflicts/duration")
    expect(page.locator(".event")).to_contain_text(
        [
            "The Veldany Courier: The evacuation",
            "The Evening Quill: The evacuation",
            "Radio Ostmere: The evacuation",
            "Update: Radio Ostmere replaces what The Evening Quill had. 30 minutes became 45",
            "Radio Ostmere changed its article Director defends fire safety at the opera house (revision 2)",
            "The Evening Quill, according to The Veldany Courier: the evacuation",
            "Conflict opened by Parallax itself",
            "open → acknowledged by deskasked both",
        ]
    )
    expect(page.locator(".updates li")).to_contain_text("30 minutes became 45")


def test_the_severity_is_explained_factor_by_factor(page: Page, service_url: str) -> None:
    page.goto(f"{service_url}/conflicts/duration")
    inside = page.locator(".gravity")
    expect(inside.locator("li strong")).to_have_text(["How far apart", "How certain"])
    expect(inside).to_contain_text("They differ: About 45 minutes against 30 minutes: 33% less.")
    expect(inside).to_contain_text("0.80 × 0.90 = 0.72")


def test_a_decision_is_made_with_a_note_and_can_be_taken_back(page: Page, service_url: str, story: Story) -> None:
    page.goto(f"{service_url}/conflicts/alarm")
    page.get_by_role("button", name="Dismiss").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Dismiss")).to_be_checked()
    dialog.get_by_label("Note").fill("no conflict at all")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".conflict-head .status")).to_have_text("dismissed")
    expect(page.locator(".act button[data-to]")).to_have_text(["Resolve", "Reopen"])
    expect(dialog).to_be_hidden()
    page.keyboard.press("o")
    expect(dialog.get_by_role("radio", name="Reopen")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".conflict-head .status")).to_have_text("open")
    assert [step["to"] for step in story.conflicts["alarm"]["history"]] == ["open", "dismissed", "open"]


def test_a_new_claim_in_a_position_appears_on_the_open_page(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    page.goto(f"{service_url}/conflicts/duration")
    expect(page.locator("#state")).to_have_text("Live")
    expect(page.locator("blockquote")).to_have_count(3)
    story.add_article(
        "more", "Ostmere Weekly", "More", "It was half an hour. The evacuation took 30 minutes.", None, "2025-03-09T20:00:00Z"
    )
    story.add_claim("cmore", "more", "The evacuation took 30 minutes.")
    story.conflicts["duration"]["positions"][1]["claim_ids"].append("cmore")
    story.clusters["clu-duration"]["claims"].append(story.claims["cmore"])
    api.touch("duration")
    expect(position(page, "B").locator("blockquote")).to_have_count(2)
    expect(position(page, "B")).to_contain_text("It was half an hour.")


def test_marks_count_code_points_not_utf16_units(page: Page, service_url: str, api: FakeApi, story: Story) -> None:
    story.add_hostile()
    api.touch("evil")
    page.goto(f"{service_url}/conflicts/evil")
    expect(page.locator("mark")).to_have_text(["40 metres", "30"])


def test_an_article_revised_since_leaves_the_claims_own_words(page: Page, service_url: str, story: Story) -> None:
    story.articles["art4"]["text"] = "Something else stands here now."
    page.goto(f"{service_url}/conflicts/duration")
    expect(position(page, "B").locator("blockquote")).to_have_text(story.claims["c30"]["text"])
    expect(position(page, "B").locator("mark")).to_have_text("30 minutes")
