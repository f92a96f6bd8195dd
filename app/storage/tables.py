"""The tables. A row class validates nothing: rows are made by `writing` from the rooms' own types, never from a request."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from app.storage.vector_type import UnitVector

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Json = JSON().with_variant(JSONB(), "postgresql")
JsonOrNull = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Number = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware datetimes only, stored as UTC. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a naive datetime (ValueError)."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the store")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _moment(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable, index=index))


def _json() -> Any:
    return Field(default_factory=list, sa_column=Column(Json, nullable=False))


def _text(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Text, nullable=nullable))


class OutletRow(SQLModel, table=True):
    """An outlet that published, was quoted or was registered by hand."""

    __tablename__ = "outlet"
    id: str = Field(primary_key=True)
    name: str
    aliases: list[str] = _json()
    domains: list[str] = _json()
    wire: bool = False
    created_at: datetime = _moment()


class ArticleRow(SQLModel, table=True):
    """An article in its newest revision. `status` received is the queue, in the order of `queued`; `leased_by` see `queue`."""

    __tablename__ = "article"
    id: str = Field(primary_key=True)
    outlet_id: str = Field(foreign_key="outlet.id")
    url: str | None = _text(nullable=True)
    title: str = _text()
    text: str = _text()
    language: str | None = None
    content_hash: str
    published_at: datetime = _moment(index=True)
    received_at: datetime = _moment(index=True)
    revision: int = 1
    status: str = "received"
    error: str | None = _text(nullable=True)
    withdrawn_at: datetime | None = _moment(nullable=True)
    queued: int = Field(default=0, sa_column=Column(Number, nullable=False))
    leased_by: int | None = Field(default=None, sa_column=Column(Number, nullable=True))
    __table_args__ = (
        Index("ix_article_status_queued", "status", "queued"),
        Index("ix_article_outlet_id_alive", "outlet_id", "withdrawn_at"),
    )


class RevisionRow(SQLModel, table=True):
    """What an article said at one revision."""

    __tablename__ = "revision"
    article_id: str = Field(primary_key=True, foreign_key="article.id")
    revision: int = Field(primary_key=True)
    title: str = _text()
    text: str = _text()
    content_hash: str
    published_at: datetime = _moment()
    received_at: datetime = _moment()


class ClaimRow(SQLModel, table=True):
    """A claim. Withdrawn ones stay (`withdrawn_at`), out of every list and out of the index."""

    __tablename__ = "claim"
    number: int | None = Field(default=None, sa_column=Column(Number, primary_key=True, autoincrement=True))
    id: str = Field(unique=True)
    article_id: str = Field(foreign_key="article.id", index=True)
    revision: int
    outlet_id: str = Field(foreign_key="outlet.id")
    origin_outlet_id: str = Field(foreign_key="outlet.id")
    text: str = _text()
    content: str = _text()
    start_char: int
    end_char: int
    voice: str
    quoted: bool
    certainty: str
    type: str = Field(default="statement", sa_column_kwargs={"server_default": "statement"})
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    published_at: datetime = _moment(index=True)
    cluster_id: str | None = Field(default=None, foreign_key="cluster.id", index=True)
    withdrawn_at: datetime | None = _moment(nullable=True)
    made_by: str
    # All that counting what an outlet carries reads.
    __table_args__ = (Index("ix_claim_outlet_id_alive", "outlet_id", "withdrawn_at", "voice", "cluster_id"),)


class SpeakerRow(SQLModel, table=True):
    """A name in a claim's chain, folded for looking claims up by their source."""

    __tablename__ = "speaker"
    claim_number: int = Field(sa_column=Column(Number, primary_key=True))
    position: int = Field(primary_key=True)
    folded_name: str = Field(index=True)


class VectorRow(SQLModel, table=True):
    """A live claim's unit vector: float32, little-endian. `linking` numbers the linking that stored it, in the order of commits."""

    __tablename__ = "claim_vector"
    claim_number: int = Field(sa_column=Column(Number, primary_key=True))
    encoder_id: str = Field(index=True)
    vector: bytes = Field(sa_column=Column(UnitVector, nullable=False))
    linking: int = Field(default=0, sa_column=Column(Number, nullable=False, server_default="0", index=True))


class BesideVectorRow(SQLModel, table=True):
    """The next encoder's vector of a claim: what a `VectorRow` is, until the two tables change names. Used in PostgreSQL alone."""

    __tablename__ = "claim_vector_beside"
    claim_number: int = Field(sa_column=Column(Number, primary_key=True))
    encoder_id: str = Field(index=True)
    vector: bytes = Field(sa_column=Column(UnitVector, nullable=False))
    linking: int = Field(default=0, sa_column=Column(Number, nullable=False, server_default="0", index=True))


class ClusterRow(SQLModel, table=True):
    """A cluster with its summary. A merged one points to the cluster it joined and holds no claims.

    `first_outlet_id` is the outlet that its earliest claim goes back to.
    """

    __tablename__ = "cluster"
    id: str = Field(primary_key=True)
    headline: str = _text()
    outlet_count: int = 0
    claim_count: int = 0
    independent_origins: int = 0
    diverging: bool = False
    summary: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    merged_into: str | None = None
    first_outlet_id: str | None = None
    created_at: datetime = _moment()
    updated_at: datetime = _moment(index=True)
    __table_args__ = (
        Index("ix_cluster_first_outlet_id_updated_at", "first_outlet_id", "updated_at"),
        # Few ever join another, and each merge asks for those that joined the one it takes.
        Index(
            "ix_cluster_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )


class OutletPairRow(SQLModel, table=True):
    """Two outlets (a < b) that share a cluster's proposition, and how they stand there. `updated_at` is the cluster's."""

    __tablename__ = "outlet_pair"
    cluster_id: str = Field(primary_key=True, foreign_key="cluster.id")
    a: str = Field(primary_key=True)
    b: str = Field(primary_key=True)
    agree: bool
    diverge: bool
    updated_at: datetime = _moment()
    # Each holds all that counting a matrix or one outlet's row of it reads, so that the table itself is not touched.
    __table_args__ = (
        Index("ix_outlet_pair_a_b", "a", "b", "updated_at", "cluster_id", "agree", "diverge"),
        Index("ix_outlet_pair_b_a", "b", "a", "agree", "diverge"),
    )


class RelationRow(SQLModel, table=True):
    """The relation of two claims, `a` < `b` by id; only such as say something (never `unrelated`)."""

    __tablename__ = "relation"
    a: str = Field(primary_key=True)
    b: str = Field(primary_key=True, index=True)
    kind: str
    score: float
    reasons: list[dict[str, Any]] = _json()
    wire_copy: bool = False
    made_by: str
    __table_args__ = (
        Index("ix_relation_copies_a", "a", "b", sqlite_where=text("wire_copy = 1"), postgresql_where=text("wire_copy")),
        Index("ix_relation_copies_b", "b", "a", sqlite_where=text("wire_copy = 1"), postgresql_where=text("wire_copy")),
    )


class ConflictRow(SQLModel, table=True):
    """A conflict. `changed` numbers its last change: unique, growing in the order of commits."""

    __tablename__ = "conflict"
    id: str = Field(primary_key=True)
    cluster_id: str = Field(index=True)
    headline: str = _text()
    kind: str
    between: str
    severity: float
    status: str
    diverging: bool
    positions: list[dict[str, Any]] = _json()
    relations: list[list[str]] = _json()
    severity_parts: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(Json, nullable=False, server_default="[]"))
    settled: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonOrNull, nullable=True))
    opened_at: datetime = _moment()
    updated_at: datetime = _moment()
    changed: int = Field(default=0, sa_column=Column(Number, nullable=False, unique=True))


class ConflictOutletRow(SQLModel, table=True):
    """Which outlets take part in a conflict."""

    __tablename__ = "conflict_outlet"
    conflict_id: str = Field(primary_key=True, foreign_key="conflict.id")
    outlet_id: str = Field(primary_key=True, index=True)


class HistoryRow(SQLModel, table=True):
    """One line of a conflict's history."""

    __tablename__ = "conflict_history"
    number: int | None = Field(default=None, sa_column=Column(Number, primary_key=True, autoincrement=True))
    conflict_id: str = Field(foreign_key="conflict.id", index=True)
    at: datetime = _moment()
    from_status: str | None = None
    to_status: str
    by: str
    note: str | None = _text(nullable=True)


class WebhookRow(SQLModel, table=True):
    """Where changes of conflicts are sent. `seen` is the change up to which deliveries were queued; `resume_at` when it is tried next."""

    __tablename__ = "webhook"
    id: str = Field(primary_key=True)
    url: str = _text()
    secret: str
    wanted: dict[str, Any] = Field(default_factory=dict, sa_column=Column(Json, nullable=False))
    status: str = "active"
    reason: str | None = _text(nullable=True)
    failures: int = 0
    created_at: datetime = _moment()
    seen: int = Field(default=0, sa_column=Column(Number, nullable=False))
    resume_at: datetime = _moment()
    leased_until: datetime | None = _moment(nullable=True)


class DeliveryRow(SQLModel, table=True):
    """One change of a conflict on its way to one webhook, with every attempt made."""

    __tablename__ = "delivery"
    number: int | None = Field(default=None, sa_column=Column(Number, primary_key=True, autoincrement=True))
    id: str = Field(unique=True)
    webhook_id: str = Field(foreign_key="webhook.id")
    conflict_id: str
    changed: int = Field(default=0, sa_column=Column(Number, nullable=False))
    body: str = _text()
    status: str = "waiting"
    tries: int = 0
    attempts: list[dict[str, Any]] = _json()
    due_at: datetime = _moment()
    created_at: datetime = _moment()
    __table_args__ = (Index("ix_delivery_webhook_id_status", "webhook_id", "status"),)


class IdempotencyRow(SQLModel, table=True):
    """What a request with an Idempotency-Key was, and the article it made."""

    __tablename__ = "idempotency"
    key: str = Field(primary_key=True)
    fingerprint: str
    article_id: str
    revision: int
    status_code: int
    created_at: datetime = _moment(index=True)


class CounterRow(SQLModel, table=True):
    """A named number that only grows; raised inside the transaction that uses it."""

    __tablename__ = "counter"
    name: str = Field(primary_key=True)
    value: int = Field(default=0, sa_column=Column(Number, nullable=False))


def table_of(row: type[SQLModel]) -> Table:
    """A row class's table, for statements about many rows at once: they cost a tenth of objects and leave loaded objects as they were."""
    return metadata.tables[str(row.__tablename__)]
