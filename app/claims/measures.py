"""Dates and quantities of a document, read sentence by sentence: what a figure counts, and whether a day lies ahead, is said
in its own sentence and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.articles.document import Sentence, Span
from app.claims.claim import DateMention, Quantity
from app.claims.dates import find_dates
from app.claims.quantities import find_quantities


def measures(sentences: Iterable[Sentence], published_at: datetime) -> tuple[tuple[DateMention, ...], tuple[Quantity, ...]]:
    """All dates and all quantities of the sentences in text order, their spans in the document's text."""
    dates: list[DateMention] = []
    quantities: list[Quantity] = []
    for sentence in sentences:
        found = find_dates(sentence.text, published_at)
        taken = tuple(date.span for date in found)
        start = sentence.span.start_char
        dates += [replace(date, span=_shifted(date.span, start)) for date in found]
        quantities += [replace(q, span=_shifted(q.span, start)) for q in find_quantities(sentence.text, taken)]
    return tuple(dates), tuple(quantities)


def _shifted(span: Span, by_chars: int) -> Span:
    return Span(span.start_char + by_chars, span.end_char + by_chars)
