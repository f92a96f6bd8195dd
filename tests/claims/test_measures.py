"""Dates and quantities of a whole document."""

from datetime import UTC, datetime

from app.articles.sentences import split
from app.claims.measures import measures

PUBLISHED = datetime(2025, 3, 10, 9, tzinfo=UTC)
TEXT = (
    "A framework is in place, gaps remain.\n\nThe call lasted about 45 minutes. On Tuesday, the port gave its answer.\n\n"
    "The council will vote on Tuesday."
)


def test_what_a_figure_counts_is_said_in_its_own_sentence() -> None:
    _, quantities = measures(split(TEXT), PUBLISHED)
    assert [(q.text, q.of) for q in quantities] == [("about 45 minutes", "call")]


def test_whether_a_day_lies_ahead_is_said_in_its_own_sentence() -> None:
    dates, _ = measures(split(TEXT), PUBLISHED)
    assert [(d.text, d.start.day) for d in dates] == [("Tuesday", 4), ("Tuesday", 11)]


def test_spans_point_into_the_document() -> None:
    dates, quantities = measures(split(TEXT), PUBLISHED)
    assert [date.span.of(TEXT) for date in dates] == [date.text for date in dates]
    assert [quantity.span.of(TEXT) for quantity in quantities] == [quantity.text for quantity in quantities]
