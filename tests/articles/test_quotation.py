from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.articles.sentences import paragraphs, quotes

PIECES = st.sampled_from(
    [
        *("The fire", "s", ". ", "? ", '"', "“", "”", "‘", "’", "'", "„", "«", "»", "\n", "\r\n", "\n\n", " ", ":", "—", "(", "🔥"),
        *("``", "''", "「", "」", "『", "』", "＂", "‟", "‚", "‹", "›"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=100))


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "never."', ['"no"', '"never."']),
        ("“It sank. Nobody died,” he said.", ["“It sank. Nobody died,”"]),
        ("„Nein“, sagte er. « Non », dit-elle. »Ja«", ["„Nein“", "« Non »", "»Ja«"]),
        ("”Nej”, sade han.", ["”Nej”"]),
        ("“She told me ‘go’ and left,” he said.", ["“She told me ‘go’ and left,”"]),
        ("‘She told me “go” and left,’ he said.", ["‘She told me “go” and left,’"]),
        ("He called it 'a mess' twice.", ["'a mess'"]),
        ("‘The workers’ rights matter,’ he said.", ["‘The workers’ rights matter,’"]),
        ("He met the ‘bosses’ there.", ["‘bosses’"]),
        ("He said ``no'' then.", ["``no''"]),
        ('They said “no" then.', ['“no"']),
        ("「はい」と言った。", ["「はい」"]),
        ("(“Yes,” he said—“of course.”)", ["“Yes,”", "“of course.”"]),
    ],
)
def test_a_quotation_runs_from_its_outermost_mark_to_its_other(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' and the mayor's boats weren't '90s boats, they were Dunmore's.",
        "The workers’ rights, rock ’n’ roll, the ’90s and the mayor’s ‘80s boats.",
        'A 5\'10" man with a 12" pipe.',
        "It’s Oster’s.",
        "",
    ],
)
def test_apostrophes_feet_and_inches_are_no_quotation(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_long_quotation_that_each_paragraph_reopens_is_one(mark: str) -> None:
    end = "”" if mark == "“" else '"'
    long = f"{mark}One.\n\n{mark}Two.\n\n{mark}Three,{end}"
    assert quoted(f"{long} he said. {mark}Four.{end}") == [long, f"{mark}Four.{end}"]


def test_an_unclosed_quotation_ends_with_its_paragraph_if_it_began_it() -> None:
    assert quoted("“One. Two.\n\nThe mayor left.") == ["“One. Two."]
    assert quoted("He said: “One. Two.\n\nThe mayor left.") == ["“One. Two."]


@pytest.mark.parametrize("mark", ["」", "』"])
def test_a_mark_that_only_closes_opens_nothing(mark: str) -> None:
    assert quoted(f"{mark}It rained,” he said.\n“Then it cleared.”") == ["“Then it cleared.”"]


def test_a_stray_mark_within_a_paragraph_quotes_nothing() -> None:
    assert quoted("The mayor “left the room.\n\nHe said “no” to all.") == ["“no”"]
    assert quoted("The mayor left.” He said “no”.") == ["“no”"]
    assert quoted("The “mayor left. He said “no”.") == ["“no”"]


@pytest.mark.parametrize("mark", ['"', "“", "‘", "'", "”", "«"])
def test_a_million_quotation_marks_come_to_an_end(mark: str) -> None:
    assert len(quotes(mark * 1_000_000)) <= 500_000


@settings(deadline=None)
@given(TEXTS)
def test_quotations_are_in_order_apart_and_cross_a_paragraph_only_where_it_reopens(text: str) -> None:
    found = quotes(text)
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))
    assert all(0 <= span.start_char < span.end_char <= len(text) for span in found)
    for span in found:
        for paragraph in paragraphs(text):
            if span.start_char < paragraph.start_char < span.end_char:
                assert text.startswith(text[span.start_char], paragraph.start_char)
