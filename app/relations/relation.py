"""What two claims are to each other."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.articles.document import Span
from app.claims.claim import Certainty, DateMention, Quantity


class RelationKind(StrEnum):
    """See the contract's table of relation kinds."""

    CORROBORATES = "corroborates"
    REFINES = "refines"
    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    UNRELATED = "unrelated"

    @property
    def agrees(self) -> bool:
        """Whether both claims can stand side by side and say the same thing."""
        return self in (RelationKind.CORROBORATES, RelationKind.REFINES)


class ReasonType(StrEnum):
    """On what two claims agree or part."""

    QUANTITY = "quantity"
    DATE = "date"
    PLACE = "place"
    IDENTITY = "identity"
    NEGATION = "negation"
    ANTONYM = "antonym"
    CERTAINTY = "certainty"
    CHARACTERISATION = "characterisation"
    MODEL = "model"


@dataclass(frozen=True)
class Reason:
    """Why. The spans point into each statement's `text`; None where no single place shows it.

    `detail` is a sentence a reader understands: "45 minutes against 30 minutes: 33% less".
    """

    type: ReasonType
    a_span: Span | None
    b_span: Span | None
    detail: str


@dataclass(frozen=True)
class Probabilities:
    """Calibrated, summing to 1."""

    agree: float
    diverge: float
    update: float
    unrelated: float


@dataclass(frozen=True)
class Relation:
    """`score` is the calibrated probability of `kind` (0..1). `contradicts` and `updates` carry at least one reason."""

    kind: RelationKind
    score: float
    probabilities: Probabilities
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One side of a comparison: an assertion freed of its attribution, with what was read out of it.

    Spans of `quantities` and `dates` point into `text` here (not into the article). `context` is the sentence or title
    around it, for names that `text` leaves to a pronoun; it may be empty. `speaker` is the resolved name of who says it.
    `asides` are the words of `text` that only attribute ("officials said"): comparisons pass over them, offsets stay whole.
    """

    text: str
    published_at: datetime | None = None
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    certainty: Certainty = Certainty.ASSERTED
    speaker: str | None = None
    context: str = field(default="")
    asides: tuple[Span, ...] = ()

    def __hash__(self) -> int:
        # What is read out of a statement is kept by statement: text and time tell nearly all apart, and their hashes are kept by Python.
        return hash((self.text, self.published_at))
