"""From sentences to statements."""

from datetime import UTC, datetime

import pytest

from app.claims.claim import Certainty
from app.relations.statements import asides, read_statement

AT = datetime(2025, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Nineteen people were killed by the tornado, officials said.", ", officials said."),
        ("Oil fouled the coast, according to the coast guard.", ", according to the coast guard"),
        ('"Not one siren went off," said mayor Ada Quill of the storm.', " said mayor Ada Quill"),
        ("The harbour is open again to every ship.", None),
        ("If the sample turns up, the tribunal will have it tested at once.", None),
    ],
)
def test_attributing_words_are_put_aside_and_the_text_stays_whole(text: str, aside: str | None) -> None:
    assert [span.of(text) for span in asides(text)] == ([aside] if aside else [])
    assert read_statement(text, AT).text == text


def test_spans_of_figures_point_into_what_was_sent() -> None:
    statement = read_statement("About 45 people waited on 12 March, officials said.", AT)
    assert [q.span.of(statement.text) for q in statement.quantities] == [q.text for q in statement.quantities] != []
    assert [d.span.of(statement.text) for d in statement.dates] == ["12 March"]


def test_without_a_publishing_time_only_absolute_dates_are_read() -> None:
    assert read_statement("It sank on Tuesday.").dates == ()
    assert [d.text for d in read_statement("It sank on 3 March 2024.").dates] == ["3 March 2024"]


def test_a_denial_in_the_text_is_denied() -> None:
    assert read_statement("The ministry denied that any ship had sunk.", AT).certainty is Certainty.DENIED
