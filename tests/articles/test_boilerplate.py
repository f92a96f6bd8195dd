import pytest

from app.articles.boilerplate import credited_agency, dateline, dateline_agency, is_boilerplate


def beside(line: str) -> bool:
    return is_boilerplate(line, line)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Ferry operator under pressure",
        "Click here to get the Harbor Courier app.",
        "CLICK HERE TO SIGN UP FOR OUR NEWSLETTER",
        "Advertisement",
        "Advertisement Continue reading the main story",
        "Story continues below advertisement",
        "By Jane Doe",
        "By Jane Doe and John Q. Roe, Meridian Wire Staff Writers",
        "By JANE DOE",
        "Reporting by Jane Doe in Skarholm; Editing by John Roe",
        "(Reporting by Meridian Wire)",
        "Additional reporting by Jane Doe.",
        "Jane Doe and John Roe contributed to this report.",
        "The Associated Press contributed to this report.",
        "— Jane Doe contributed reporting",
        "With files from the Meridian Wire",
        "Varga and OsterJo Lind/GPO",
        "Varga and Oster",
        "Jo Lind/Harbor Pictures via Getty Images",
        "Photo: Jo Lind",
        "(Photo by Jo Lind/Harbor Pictures)",
        "(Meridian Photo/Jo J. Lind)",
        "Getty Images",
        "Image copyright Getty Images",
        "Subscribe to our daily newsletter.",
        "Sign up for the morning briefing, delivered straight to your inbox.",
        "Follow us on Twitter.",
        "Follow @harborcourier",
        "Follow Jane Doe on Instagram: @janedoe",
        "Share this article",
        "Share on Facebook",
        "Copyright 2024 The Harbor Courier. All rights reserved.",
        "© 2024 Meridian Wire",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "We use cookies to improve your experience.",
        "This is a developing story; check back for updates.",
        "This is a breaking news story.",
        "This story has been updated.",
        "An earlier version of this article misstated the ship's name.",
        "Updated at 3:15 p.m. ET",
        "3 hours ago",
        "5 min read",
        "https://example.com/a",
        "____",
        "* * *",
        "Slideshow (4 Images)",
        "(SOUNDBITE OF ARCHIVED RECORDING)",
        "► Storms: How ferries are named",
        "Ferry operator 'ignored warnings' Read more",
        "Jane Doe can be reached at jane@example.com.",
    ],
)
def test_what_a_page_says_beside_its_story_is_boilerplate(line: str) -> None:
    assert beside(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, 40 people had died.",
        "By Tuesday evening Jane Doe and John Roe had left Skarholm.",
        "By Jane Doe's account, the ferry sank at noon.",
        "Follow-up tests showed the water was clean.",
        "Follow the money, the senator said.",
        "Read the rest of the ruling, the judge said.",
        "Read more than 40 pages of it, Varga told the court.",
        "“Click here to win,” the message said.",
        "The message told users to click here, according to police.",
        "Share prices fell by 3 percent.",
        "Photos showed the ferry on its side.",
        "Video of the sinking was posted by a passenger.",
        "Subscribers left the service, and the company lost a third of its value.",
        "Sign-ups for the army rose in March.",
        "The company uses cookies to follow its visitors.",
        "The photographer Jo Lind of Getty Images was detained.",
        "Copyright law protects the novel.",
        "Reporting by the navy was slow.",
        "The storm contributed to the sinking.",
        "The union contributed $40,000 to the campaign.",
        "An earlier version of the bill passed in May.",
        "The story was updated twice, the editor said.",
        "Watch the skies, the mayor warned.",
        "More than 40 people died.",
        "Related deaths rose to 12.",
        "Advertisement spending fell by a tenth.",
        "Three hours ago the ferry sank.",
        "SKARHOLM (Meridian Wire) - The ferry sank on Sunday.",
        "Officials ruled out sabotage",
        "Varga wins",
        "Ferry sinks off Skarholm",
        "No.",
        "Correction of the course came too late.",
        "► The ferry was built in 1988.",
        "Register offices opened on Monday.",
        "Contact with the ferry was lost at noon.",
        "Sources: a navy officer and two divers said it sank.",
    ],
)
def test_a_sentence_of_the_story_is_not_boilerplate(line: str) -> None:
    assert not beside(line)


def test_the_only_paragraph_of_an_article_is_no_caption() -> None:
    assert not is_boilerplate("Varga and Oster", "Varga and Oster", 1)
    assert is_boilerplate("Varga and Oster", "Varga and Oster", 2)


def test_a_byline_within_a_paragraph_is_part_of_the_story() -> None:
    assert not is_boilerplate("By Jane Doe", "By Jane Doe. The book sold well.")


def test_hostile_lines_come_to_an_end() -> None:
    for piece in ("By A ", "a, ", "A and ", "Photo ", "A/", "reporting by ", "12 ", "(A ", "Follow ", "(AP "):
        line = piece * 100_000
        assert is_boilerplate(line, line) in (True, False)
        assert dateline(line) is None or dateline(line)
        credited_agency(line)
        short = piece * (300 // len(piece))
        assert is_boilerplate(short, short) in (True, False)


@pytest.mark.parametrize(
    ("line", "rest", "agency"),
    [
        ("SKARHOLM (Meridian Wire) - The ferry sank.", "The ferry sank.", "Meridian Wire"),
        ("WASHINGTON, Jan 5 (Reuters) – The senator left.", "The senator left.", "Reuters"),
        ("SKARHOLM, Norway, Jan. 5, 2024 (AP) — “It sank,” he said.", "“It sank,” he said.", "AP"),
        ("PORT OSTER, Calif. (Meridian Wire) -- Forty died.", "Forty died.", "Meridian Wire"),
        ("DORN/ST ALBAN (Reuters) - 40 people died.", "40 people died.", "Reuters"),
        ("(Reuters) - The ferry sank.", "The ferry sank.", "Reuters"),
        ("Skarholm (Meridian Wire) — The ferry sank.", "The ferry sank.", "Meridian Wire"),
        ("Washington (CNN) The senator left.", "The senator left.", "CNN"),
        ("SKARHOLM — The ferry sank.", "The ferry sank.", None),
        ("NEW DORN, Feb. 12 - The ferry sank.", "The ferry sank.", None),
        ("ST. ALBAN, Maine – The ferry sank.", "The ferry sank.", None),
    ],
)
def test_a_dateline_is_parted_from_its_report(line: str, rest: str, agency: str | None) -> None:
    span = dateline(line)
    assert span is not None
    assert line[span.end_char :] == rest
    assert span.start_char == 0
    assert dateline_agency(line) == agency
    assert not beside(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ferry (Alma) sank.",
        "NATO (North Atlantic Treaty Organization) — which met on Sunday — agreed.",
        "UNICEF — the children's fund — agreed.",
        "Ines Varga (D) - The senator - left.",
        "BREAKING — The ferry sank.",
        "Alma — The Ferry",
        "The mayor — Ines Varga — left.",
        "U.S.-led talks began.",
        "A-level results came out.",
        "",
    ],
)
def test_a_sentence_without_dateline_keeps_its_first_words(line: str) -> None:
    assert dateline(line) is None
    assert dateline_agency(line) is None


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("(Reporting by Meridian Wire)", "Meridian Wire"),
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("— Meridian Wire contributed", "Meridian Wire"),
        ("Source: AFP", "AFP"),
        ("— AFP", "AFP"),
        ("(AP)", "AP"),
        ("© 2024 Agence France-Presse", None),
        ("© 2024 Meridian Wire. All rights reserved.", "Meridian Wire"),
        ("(Reporting by Jane Doe; Editing by John Roe)", None),
        ("Jane Doe contributed to this report.", None),
        ("The storm contributed to the sinking.", None),
        ("He works for the AP.", None),
        ("", None),
    ],
)
def test_the_end_of_an_article_credits_an_agency(end: str, agency: str | None) -> None:
    assert credited_agency(f"The ferry sank on Sunday. Forty died.\n\n{end}") == agency


def test_an_agency_credited_early_in_a_long_article_is_only_mentioned() -> None:
    assert credited_agency("(Reporting by Meridian Wire)\n" + "The ferry sank. " * 40) is None
