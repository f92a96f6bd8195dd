"""Attributions written down by their words."""

from app.articles.document import Span
from app.claims.tagger import Attribution


def span_of(text: str, words: str) -> Span:
    """The first place of the words in the text."""
    return Span(text.index(words), text.index(words) + len(words))


def attribution(text: str, source: str, cue: str, *content: str) -> Attribution:
    """An attribution whose spans are the first places of these words; an empty source or cue is none."""
    return Attribution(
        (span_of(text, source),) if source else (),
        (span_of(text, cue),) if cue else (),
        tuple(span_of(text, words) for words in content),
    )


def shown(text: str, found: Attribution) -> tuple[str, str, list[str]]:
    """The words of source, cue and each piece of content."""
    source, cue = (" … ".join(span.of(text) for span in spans) for spans in (found.source, found.cue))
    return source, cue, [span.of(text) for span in found.content]
