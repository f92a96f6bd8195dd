"""Whether every span of an extraction covers the very words it is said to cover."""

from collections.abc import Iterator

from app.articles.document import Document, Span
from app.claims.claim import Claim, Mention
from app.claims.extraction import Extraction


def spans_of(document: Document, extraction: Extraction) -> Iterator[tuple[str, Span, str | None]]:
    """Each span with what it is and the words it should cover, None where only the span is known.

    Sentences, claims with their pieces, links, quantities and dates, and the attributions behind them.
    """
    for sentence in document.sentences:
        yield "sentence", sentence.span, sentence.text
    for claim in extraction.claims:
        yield from _of_claim(claim)
    for found in extraction.attributions:
        for part in ("source", "cue", "content"):
            for span in getattr(found.attribution, part):
                yield f"attribution's {part}", span, None


def _of_claim(claim: Claim) -> Iterator[tuple[str, Span, str | None]]:
    yield "claim", claim.span, claim.text
    for piece in claim.content_spans:
        yield "claim's content", piece, None
    for link in claim.chain:
        for name, mention in (("source", link.source), ("cue", link.cue)):
            if isinstance(mention, Mention):
                yield f"link's {name}", mention.span, mention.text
    for quantity in claim.quantities:
        yield "quantity", quantity.span, quantity.text
    for date in claim.dates:
        yield "date", date.span, date.text


def broken(document: Document, extraction: Extraction) -> tuple[int, list[str]]:
    """How many spans there are, and a line for each that is not half-open within the text, is blank or covers other words."""
    count, lines = 0, []
    for what, span, words in spans_of(document, extraction):
        count += 1
        covered = document.text[span.start_char : span.end_char]
        inside = 0 <= span.start_char < span.end_char <= len(document.text)
        if not inside or not covered.strip() or (words is not None and covered != words):
            lines.append(f"{what} [{span.start_char}, {span.end_char}): {covered[:60]!r}, expected {(words or 'words')[:60]!r}")
    return count, lines
