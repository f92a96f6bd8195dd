"""CSV that holds every text and runs none."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.exports.cells import defused, lines, plain

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '"=1+1"',
    "'=1+1",
    "“=1",
    "  =1",
    "\ufeff=1",
    "\u200b@x",
    "＝1+1",
    '=HYPERLINK("https://x.example","y")',
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    assert defused(text) == "'" + text
    assert plain(defused(text)) == text


@pytest.mark.parametrize("text", ["", "It took 45 minutes.", "'tis", "a=1", "“No,” she said.", "1-2", "'"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text == plain(text)


@given(TEXTS)
def test_the_mark_can_always_be_taken_off_again(text: str) -> None:
    assert plain(defused(text)) == text


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5))
def test_every_text_comes_back_from_the_csv_module(rows: list[list[str]]) -> None:
    written = lines(rows)
    assert [[plain(cell) for cell in row] for row in csv.reader(io.StringIO(written, newline=""))] == rows
    assert written == "" or written.endswith("\r\n")


@given(TEXTS.filter(bool))
def test_no_cell_that_is_written_begins_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(lines([[text]]), newline=""))
    assert not row[0].lstrip("\"' ").startswith(("=", "+", "@", "-")) or row[0].startswith("'")


def test_numbers_times_and_blanks_are_cells_of_their_own_kind() -> None:
    row = [-0.5, 3, True, None, datetime(2025, 3, 3, 9, tzinfo=UTC)]
    assert lines([row]) == '-0.5,3,"true","","2025-03-03T09:00:00Z"\r\n'
