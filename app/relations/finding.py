"""What one comparator has to say about two statements."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.articles.document import Span
from app.relations.relation import Reason, ReasonType, Statement


class Verdict(StrEnum):
    """Whether the two agree on a point, part on it, or cannot be held against each other there."""

    AGREE = "agree"
    PART = "part"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True)
class Finding:
    """One point of comparison. Spans point into each statement's `text`; `detail` is a sentence a reader understands.

    `weight` (0..1) says how surely the point is what it seems: 1 for a figure that counts plainly the same thing.
    """

    type: ReasonType
    verdict: Verdict
    a_span: Span
    b_span: Span
    detail: str
    weight: float = 1.0

    @property
    def reason(self) -> Reason:
        """The same as a reason of a relation."""
        return Reason(self.type, self.a_span, self.b_span, self.detail)


class Comparator(Protocol):
    """Compares two statements on one point. Symmetric: swapped statements give the same verdict and weight, spans swapped.

    `compare` returns None where the point does not arise in both.
    """

    def compare(self, a: Statement, b: Statement) -> Finding | None: ...
