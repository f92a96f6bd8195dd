"""The seam behind which attributions are found: who (source) says (cue) what (content), as spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.articles.document import Document, Span


@dataclass(frozen=True)
class Attribution:
    """One attribution as spans of the document's text; each list is in text order and may hold several pieces.

    `source` or `cue` may be empty (a report with nobody named, a free-standing quote); `content` never is.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class AttributionTagger(Protocol):
    """Finds attributions. `id` names the tagger and its version and is stored with what it produced."""

    @property
    def id(self) -> str: ...

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        """`result[i]` are the attributions of `documents[i]`, in text order of their first span; nested ones each on their own."""
        ...
