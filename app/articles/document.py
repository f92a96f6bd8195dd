"""What the rest of the house sees of an article: its exact text, cut into paragraphs and sentences by span."""

from dataclasses import dataclass
from datetime import datetime

from app.outlets.outlet import Outlet


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range of Unicode code points of the article's stored text."""

    start_char: int
    end_char: int

    def of(self, text: str) -> str:
        """The words under the span."""
        return text[self.start_char : self.end_char]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start_char < other.end_char and other.start_char < self.end_char

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start_char <= other.start_char and other.end_char <= self.end_char


@dataclass(frozen=True)
class Sentence:
    """One sentence: `span` into the document's text (no leading or trailing white space), `paragraph` counted from 0.

    `boilerplate` is true for what no reader takes for the story: bylines, "Read more", newsletter lines.
    """

    span: Span
    text: str
    paragraph: int
    boilerplate: bool = False


@dataclass(frozen=True)
class Document:
    """An article ready for reading: `text[s.span.start_char:s.span.end_char] == s.text` for every sentence, in order."""

    outlet: Outlet
    title: str
    text: str
    published_at: datetime
    sentences: tuple[Sentence, ...]
