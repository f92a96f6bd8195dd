"""Which contents are read again, and which of the attributions found there are passed on by the outer source."""

from app.articles.document import Span
from app.claims.nested import accepted, inner_text
from app.claims.tagger import Attribution

TEXT = "The Harbor Courier reported that a senior official said the talks had collapsed."
CONTENT = Span(TEXT.index("that a"), len(TEXT) - 1)


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


INNER = Attribution((span_of("a senior official"),), (span_of("said"),), (span_of("the talks had collapsed"),))


def test_a_content_in_which_somebody_speaks_is_read_again_without_that() -> None:
    inside = inner_text(TEXT, CONTENT)
    assert inside is not None
    assert inside.of(TEXT) == "a senior official said the talks had collapsed"


def test_a_content_in_which_nobody_speaks_is_not_read_again() -> None:
    assert inner_text(TEXT, span_of("the talks had collapsed")) is None


def test_a_quotation_is_not_read_again() -> None:
    text = "“He told me that he said nothing of the kind,” she said."
    assert inner_text(text, Span(0, text.index(" she"))) is None


def test_what_fills_most_of_the_content_is_passed_on() -> None:
    assert accepted(CONTENT, [INNER]) == [INNER]


def test_an_aside_that_somebody_said_something_is_not_passed_on() -> None:
    small = Attribution((span_of("a senior official"),), (span_of("said"),), (span_of("talks"),))
    assert accepted(CONTENT, [small]) == []


def test_without_source_or_cue_nothing_is_passed_on() -> None:
    whole = (span_of("a senior official said the talks had collapsed"),)
    assert accepted(CONTENT, [Attribution((), (), whole)]) == []


def test_what_reaches_outside_the_content_is_not_inside_it() -> None:
    whole = (span_of("a senior official said the talks had collapsed"),)
    assert accepted(CONTENT, [Attribution((span_of("The Harbor Courier"),), (span_of("said"),), whole)]) == []
