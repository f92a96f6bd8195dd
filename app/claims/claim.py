"""A claim and its parts, as CONTRACT names them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.articles.document import Span


class LinkKind(StrEnum):
    """What stands at one link of a chain."""

    PERSON = "person"
    ORGANIZATION = "organization"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    OUTLET = "outlet"
    PUBLISHER = "publisher"


class Voice(StrEnum):
    """Whether the publishing outlet says it itself or reports somebody saying it."""

    OWN = "own"
    REPORTED = "reported"


class Certainty(StrEnum):
    """How firmly the content is put forward by whoever says it."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    DENIED = "denied"


class ClaimType(StrEnum):
    """What a record can say about it: settle it now, settle it only once its time has come, or never."""

    STATEMENT = "statement"
    PREDICTION = "prediction"
    OPINION = "opinion"


@dataclass(frozen=True)
class Mention:
    """Words of the article: `text` is exactly what `span` covers."""

    text: str
    span: Span


@dataclass(frozen=True)
class Link:
    """One link of a chain. `name` is whom the words stand for (a pronoun resolved), None when that is not clear.

    `outlet_id` is set for outlets and the publisher; `source` and `cue` are None where the text has no words for them.
    """

    name: str | None
    kind: LinkKind
    outlet_id: str | None = None
    source: Mention | None = None
    cue: Mention | None = None


@dataclass(frozen=True)
class Quantity:
    """A number with what it counts, as a closed interval; an open end is None.

    "about 45 minutes": low 40.5, high 49.5, unit "minute", of "call"; "at least 20 people": low 20, high None, unit None,
    of "people". `unit` is a normalised singular name (minute, mile, percent, percentage point, euro) or None for a plain count.
    `text` holds the hedge and the unit too. `exact` is the number as said, before any hedge widened it.
    `event` is what befell those counted, as one normalised word ("killed", "injured", "missing"), None where nothing such is said.
    `step` is the worth of the last digit said, in the same unit ("2.5 million": 100,000), None where no figure was said.
    """

    text: str
    span: Span
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    exact: float | None = None
    event: str | None = None
    step: float | None = None


@dataclass(frozen=True)
class DateMention:
    """A date or time resolved against the publishing time: `start` inclusive, `end` exclusive, both UTC.

    `bound` says that only one end of the matter is dated: "until" (by, before, until: it may lie earlier) or "from"
    (after, since, from: it may lie later); None for a date that says when. `floating` marks a time of day whose day is not
    said beside it ("at 8:10 a.m."): `start` stands on the likeliest day, but only the time of day is known.
    """

    text: str
    span: Span
    start: datetime
    end: datetime
    bound: str | None = None
    floating: bool = False


@dataclass(frozen=True)
class Claim:
    """One checkable assertion with its attribution.

    `text` is the words under `span`; `content` is the assertion freed of its attribution, readable as a sentence.
    `content_spans` are the pieces of the text that `content` was taken from (one, or several when a cue breaks a quote).
    `chain` runs from the speaker outward and always ends with the publisher.
    """

    text: str
    span: Span
    content: str
    content_spans: tuple[Span, ...]
    chain: tuple[Link, ...]
    voice: Voice
    quoted: bool
    certainty: Certainty
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    type: ClaimType = ClaimType.STATEMENT

    @property
    def origin(self) -> Link:
        """The outlet link nearest the speaker; the publisher where no outlet is quoted."""
        return next(link for link in self.chain if link.kind in (LinkKind.OUTLET, LinkKind.PUBLISHER))

    @property
    def speaker(self) -> Link | None:
        """Who says it first, None in the publisher's own voice."""
        return self.chain[0] if len(self.chain) > 1 else None


@dataclass(frozen=True)
class StoredClaim:
    """A claim that has an identity: what every later room works with.

    `id` is stable while article and assertion stay the same; `number` is the integer key the index uses (0 until stored).
    """

    id: str
    number: int
    article_id: str
    revision: int
    outlet_id: str
    origin_outlet_id: str
    published_at: datetime
    claim: Claim
    cluster_id: str | None = field(default=None)
