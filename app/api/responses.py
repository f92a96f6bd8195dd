"""Response bodies, field by field as the contract names them."""

from typing import Generic, TypeVar

from pydantic import Field

from app.api.fields import Moment, Out, OutletRef, SpanOut
from app.api.problems import Problem
from app.claims.claim import ClaimType

Item = TypeVar("Item")


class PageOut(Out, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next_cursor: str | None


class MentionOut(Out):
    """Words of the article."""

    text: str
    span: SpanOut


class LinkOut(Out):
    """One link of a chain; `name` is whom the words stand for, null where that is not clear."""

    name: str | None
    kind: str
    outlet_id: str | None
    source: MentionOut | None
    cue: MentionOut | None


class QuantityOut(Out):
    """A number as an interval; an open end is null."""

    text: str
    span: SpanOut
    low: float | None
    high: float | None
    unit: str | None
    of: str | None


class DateOut(Out):
    """A date resolved against the publishing time: start inclusive, end exclusive."""

    text: str
    span: SpanOut
    start: Moment
    end: Moment


class ClaimOut(Out):
    """A claim. `article_id` and `cluster_id` are null for one that is not stored.

    `type` says what a record can settle: a `statement` now, a `prediction` only once its time has come, an `opinion` never.
    """

    id: str
    article_id: str | None
    revision: int
    outlet: OutletRef
    origin_outlet: OutletRef
    text: str
    span: SpanOut
    content: str
    chain: list[LinkOut]
    voice: str
    quoted: bool
    certainty: str
    type: ClaimType
    quantities: list[QuantityOut]
    dates: list[DateOut]
    published_at: Moment
    cluster_id: str | None


class NearClaimOut(ClaimOut):
    """A claim found by meaning; `similarity` is the cosine, -1 to 1."""

    similarity: float


class RevisionOut(Out):
    """One revision of an article."""

    revision: int
    title: str
    received_at: Moment
    published_at: Moment
    content_hash: str


class ReceiptOut(Out):
    """What became of a posted article."""

    id: str
    status: str
    revision: int


class ArticleSummaryOut(ReceiptOut):
    """An article in a list."""

    outlet: OutletRef
    url: str | None
    title: str
    published_at: Moment
    received_at: Moment
    error: str | None


class ArticleOut(ArticleSummaryOut):
    """A whole article with its claims."""

    text: str
    language: str | None
    revisions: list[RevisionOut]
    claims: list[ClaimOut]


class BatchLineOut(Out):
    """The answer to one line of a batch: `id` and `status`, or `error`."""

    line: int
    id: str | None = None
    status: str | None = None
    revision: int | None = None
    error: Problem | None = None


class ReasonOut(Out):
    """Why; spans point into the text of each claim's article (or of each statement compared)."""

    type: str
    a_span: SpanOut | None
    b_span: SpanOut | None
    detail: str


class RelationOut(Out):
    """The relation of two claims, by id."""

    a: str
    b: str
    kind: str
    score: float
    reasons: list[ReasonOut]


class PositionOut(Out):
    """Claims that stand together."""

    outlets: list[OutletRef]
    sources: list[str]
    claim_ids: list[str]
    summary: str


class OriginOut(Out):
    """One independent origin."""

    outlet: OutletRef
    claim_ids: list[str]


class ClusterSummaryOut(Out):
    """A cluster in a list."""

    id: str
    headline: str
    outlets: list[OutletRef]
    claim_count: int
    independent_origins: int
    diverging: bool
    conflict_ids: list[str]
    created_at: Moment
    updated_at: Moment


class ClusterOut(ClusterSummaryOut):
    """A whole cluster."""

    claims: list[ClaimOut]
    origins: list[OriginOut]
    wire_copies: list[list[str]]
    positions: list[PositionOut]
    relations: list[RelationOut]


class HistoryOut(Out):
    """One line of a conflict's history; `from` is null where the conflict opened."""

    at: Moment
    from_: str | None = Field(serialization_alias="from")
    to: str
    by: str
    note: str | None


class SeverityPartOut(Out):
    """One factor of the severity: `distance`, `certainty`, `origins` or `between`; `detail` says why in a sentence."""

    name: str
    value: float
    detail: str


class ConflictOut(Out):
    """A conflict. The values of `severity_parts` multiply to `severity`, but for rounding; `diverging` says whether the divergence
    stands, whatever the status; `next_statuses` are those that a PATCH may give it now.
    """

    id: str
    cluster_id: str
    headline: str
    kind: str
    between: str
    severity: float
    severity_parts: list[SeverityPartOut]
    status: str
    next_statuses: list[str]
    diverging: bool
    positions: list[PositionOut]
    relations: list[RelationOut]
    opened_at: Moment
    updated_at: Moment
    history: list[HistoryOut]


class ConflictPageOut(PageOut[ConflictOut]):
    """An answer to a poll; `cursor` is what the next poll gives as `since`."""

    cursor: str


class OutletOut(OutletRef):
    """An outlet."""

    aliases: list[str]
    domains: list[str]
    wire: bool


class QuotedOut(Out):
    """A source, by the name or the words it goes by, and in how many of an outlet's claims it speaks first."""

    name: str
    kind: str
    claims: int


class OtherOutletOut(Out):
    """Another outlet: how many propositions the two share, agree on, diverge on."""

    outlet: OutletRef
    shared: int
    agree: int
    diverge: int


class OutletProfileOut(OutletOut):
    """What an outlet does.

    `copied_claims` are the words of another outlet that carried them earlier, and `wire_share` is their share of all claims, 0 to 1.
    `first` are the newest of `first_count` clusters of several outlets whose earliest claim goes back to it
    (`GET /v1/clusters?first_outlet=` pages all). `quotes` is most quoted first, `others` most shared first.
    """

    articles: int
    claims: int
    own_claims: int
    reported_claims: int
    copied_claims: int
    wire_share: float
    clusters: int
    open_conflicts: int
    first_count: int
    first: list[ClusterSummaryOut]
    quotes: list[QuotedOut]
    others: list[OtherOutletOut]


class SharedPropositionOut(Out):
    """A cluster that two outlets share, how they stand there, and up to three claims of each (by origin outlet), those that
    contradict each other first. `conflict_id` is null where the cluster is not in conflict.
    """

    cluster: ClusterSummaryOut
    agree: bool
    diverge: bool
    a_claims: list[ClaimOut]
    b_claims: list[ClaimOut]
    conflict_id: str | None


class CellOut(Out):
    """Two outlets: how many propositions they share, agree on, diverge on."""

    a: OutletRef
    b: OutletRef
    shared: int
    agree: int
    diverge: int


class MatrixOut(Out):
    """Every pair of outlets that share a proposition."""

    outlets: list[OutletRef]
    pairs: list[CellOut]


class AttributionOut(Out):
    """One attribution as spans; `name` is null where it is not clear who is meant, `kind` where there is no source."""

    source: list[SpanOut]
    cue: list[SpanOut]
    content: list[SpanOut]
    name: str | None
    kind: str | None


class ExtractOut(Out):
    """What was read out of a text."""

    claims: list[ClaimOut]
    attributions: list[AttributionOut]


class ProbabilitiesOut(Out):
    """Calibrated, summing to 1."""

    agree: float
    diverge: float
    update: float
    unrelated: float


class ComparisonOut(Out):
    """The relation of one pair; spans point into the texts that were sent."""

    kind: str
    score: float
    probabilities: ProbabilitiesOut
    reasons: list[ReasonOut]


class CompareOut(Out):
    """One relation a pair, in order."""

    relations: list[ComparisonOut]
