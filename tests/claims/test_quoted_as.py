"""Who quotes and who is quoted, in one frame."""

import pytest

from app.claims.quoted_as import relays, told_apart
from tests.claims.fictional import claim, links
from tests.claims.spans import attribution, shown


def test_the_quoting_outlet_and_the_quoted_speaker_are_two_attributions() -> None:
    text = "Orbit TV quoted a senior official as saying that the talks had collapsed."
    found = attribution(text, "Orbit TV", "quoted", "that the talks had collapsed")
    outer, inner = told_apart(text, [found])
    assert shown(text, outer) == ("Orbit TV", "quoted", ["a senior official as saying that the talks had collapsed"])
    assert shown(text, inner) == ("a senior official", "as saying", ["that the talks had collapsed"])
    assert relays(text, outer)
    assert not relays(text, inner)


def test_the_same_comes_of_a_content_that_holds_the_whole_frame() -> None:
    text = "Orbit TV quoted a senior official as saying that the talks had collapsed."
    whole = attribution(text, "Orbit TV", "quoted", "a senior official as saying that the talks had collapsed")
    stray = attribution(text, "Orbit TV", "saying", "that the talks had collapsed")
    assert told_apart(text, [whole, stray]) == told_apart(text, [attribution(text, "Orbit TV", "quoted", "that the talks had collapsed")])


def test_whom_somebody_told_belongs_to_no_content() -> None:
    text = "Orbit TV quoted Mara Lind as telling reporters that the dam held."
    inner = told_apart(text, [attribution(text, "Orbit TV", "quoted", "Mara Lind as telling reporters that the dam held")])[1]
    assert shown(text, inner) == ("Mara Lind", "as telling", ["that the dam held"])


def test_a_quotation_before_the_frame_is_the_quoted_ones() -> None:
    text = "“We will not sign,” Orbit TV quoted Mara Lind as telling her cabinet."
    outer, inner = told_apart(text, [attribution(text, "Orbit TV", "quoted", "“We will not sign,”")])
    assert shown(text, inner) == ("Mara Lind", "as telling", ["“We will not sign,”"])
    assert shown(text, outer)[2] == ["“We will not sign,”", "Mara Lind as telling"]


def test_in_the_passive_the_cue_takes_in_as_saying() -> None:
    text = "The radar was off, Mara Lind was quoted by Orbit TV as saying."
    (found,) = told_apart(text, [attribution(text, "Mara Lind", "was quoted", "The radar was off")])
    assert shown(text, found) == ("Mara Lind", "was quoted … as saying", ["The radar was off"])


@pytest.mark.parametrize(
    "text", ["Orbit TV quoted a poem as the sun went down.", "Mara Lind said the dam held.", "He quoted her. “As saying goes.”"]
)
def test_without_the_frame_nothing_changes(text: str) -> None:
    found = [attribution(text, text.split(" ")[0], text.split(" ")[1], text.split(" ")[2])]
    assert told_apart(text, found) == found


@pytest.mark.parametrize(
    ("text", "content", "chain"),
    [
        (
            "Orbit TV quoted a senior official as saying that the talks had collapsed.",
            "The talks had collapsed.",
            [("a senior official", "anonymous"), ("Orbit TV", "outlet")],
        ),
        (
            'The report quoted the War Council as calling the rebels\' demands "ridiculous and unrealistic."',
            'The rebels\' demands are "ridiculous and unrealistic."',
            [("the War Council", "organization"), ("The report", "document")],
        ),
        (
            "“We will not sign,” the Northern Post quoted Chancellor Tomas Brill as telling his cabinet.",
            "We will not sign.",
            [("Tomas Brill", "person"), ("Northern Post", "outlet")],
        ),
        (
            "The radar was off, Hal Dorrow was quoted by Orbit TV as saying.",
            "The radar was off.",
            [("Hal Dorrow", "person"), ("Orbit TV", "outlet")],
        ),
    ],
)
def test_the_chain_runs_from_the_quoted_to_the_quoting(text: str, content: str, chain: list[tuple[str | None, str]]) -> None:
    assert links(claim(text, content)) == chain
