"""Every setting: an environment variable PARALLAX_<NAME>, with unit, bound and the reason for its default."""

import difflib
import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo

from app.errors import StartRefused

PREFIX = "PARALLAX_"
DATABASES = ("sqlite:///", "postgresql+psycopg://")


class Settings(BaseModel):
    """What the composition root reads, once, at start. Nothing else reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="Address to bind. Loopback, because an open address needs API keys first.")
    port: int = Field(8000, ge=0, le=65_535, description="TCP port to bind; 0 takes a free one.")
    data_dir: Path = Field(Path("var"), description="Folder that everything stored lies under; created when missing.")
    database_url: str | None = Field(
        None,
        repr=False,
        description="SQLAlchemy URL (`sqlite:///…` or `postgresql+psycopg://…`); unset means SQLite in the data folder, so that nothing "
        "has to be installed.",
    )
    database_connections: int = Field(
        15,
        ge=8,
        le=500,
        description="Connections to PostgreSQL that one process opens at most, beside the one it listens on: two for each request answered "
        "at once, four for the worker; six processes stay below PostgreSQL's default of 100.",
    )
    api_keys: tuple[str, ...] = Field(
        (), repr=False, description="Comma-separated keys, sent as `Authorization: Bearer`; none means open, which only loopback may be."
    )
    sample: bool = Field(True, description="Load the fictional sample story into an empty store, so that the first look shows something.")
    outlets_file: Path | None = Field(None, description="A JSON file of outlets that adds to or overrides the bundled registry.")
    encoder_model: str = Field(
        "bundled", description="`bundled`: the pinned all-MiniLM-L6-v2; or a folder, or a hub name, which is then downloaded."
    )
    attribution_tagger: Literal["trained", "grammar"] = Field(
        "trained",
        description="Who says what: `trained` reads with `models/attribution` and does not start without it; `grammar` needs no "
        "artefact, is faster and finds less.",
    )
    relation_judge: Literal["trained", "rules"] = Field(
        "trained",
        description="Agree or diverge, of two statements that somebody asks about: `trained` weighs `models/relation` against the rules "
        "and does not start without it; `rules` needs no artefact, is faster and finds less.",
    )
    linking_judge: Literal["rules", "trained"] = Field(
        "rules",
        description="Agree or diverge, of stored claims: `rules`, as every article about one event brings hundreds of pairs; `trained` has "
        "`PARALLAX_RELATION_JUDGE` judge them too: a few more agreements, and many times the work.",
    )
    relation_model: str | None = Field(
        None,
        description="A folder or hub name (then downloaded) of any cross-encoder labelled entailment, neutral, contradiction, to be read "
        "in the place of the project's own network; unset means its own, which also tells updates.",
    )
    max_article_chars: int = Field(
        400_000, ge=1_000, le=5_000_000, description="Longest article text in code points; the longest news specials stay below 200,000."
    )
    max_body_bytes: int = Field(
        4_000_000,
        ge=10_000,
        le=100_000_000,
        description="Longest request body, and line of a batch, in bytes: HTML of a long page.",
    )
    max_batch_bytes: int = Field(
        64_000_000, ge=10_000, le=1_000_000_000, description="Longest batch body in bytes: some 10,000 articles, held in memory once."
    )
    queue_articles: int = Field(
        20_000,
        ge=1,
        le=10_000_000,
        description="Received articles that may wait before posting answers 429: hours of a laptop's work.",
    )
    batch_articles: int = Field(
        16, ge=1, le=1_000, description="Articles read, encoded and linked together: enough sentences to fill the encoder's batches."
    )
    link_window_hours: float = Field(
        336.0,
        gt=0,
        le=87_600,
        description="Claims published further apart are never linked: two weeks, the life of most news stories.",
    )
    link_neighbours: int = Field(
        32,
        ge=1,
        le=500,
        description="Nearest claims looked at for each new claim: they bring other articles about its event into view.",
    )
    link_min_similarity: float = Field(
        0.35,
        ge=-1,
        le=1,
        description="Cosine similarity from which a claim brings another article into view; claims that meet there may lie lower.",
    )
    idempotency_hours: float = Field(24.0, gt=0, le=8_760, description="How long an Idempotency-Key is remembered; the contract says 24 h.")
    max_streams: int = Field(
        200,
        ge=1,
        le=10_000,
        description="Streams of conflicts open at once in one process; one more answers 429. Each holds a connection, so it stays well "
        "below the 1,024 files that most systems let a process open.",
    )
    webhook_private_targets: bool = Field(
        False,
        description="Let webhooks point at loopback, private and link-local addresses: for tests and intranets. Off, so that whoever may "
        "register one cannot make the service speak to its own network.",
    )
    webhook_seconds: float = Field(
        10.0, ge=0.1, le=120, description="Longest time for one webhook request, from name to answer: a receiver should queue, not work."
    )
    webhook_failures: int = Field(
        100,
        ge=1,
        le=100_000,
        description="Failed attempts in a row after which a webhook is disabled: with the pauses between them about two days.",
    )
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="Least severe log line that is written.")

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(key.strip() for key in value.split(",") if key.strip())
        return value

    @field_validator("database_url")
    @classmethod
    def _refuse_other_databases(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(DATABASES):
            raise ValueError(f"is for no database that Parallax knows: begin it with {' or '.join(DATABASES)}")
        return value

    @model_validator(mode="after")
    def _refuse_open_without_keys(self) -> "Settings":
        if not self.api_keys and not _is_loopback(self.host):
            raise ValueError(f"PARALLAX_HOST={self.host} is not loopback: set PARALLAX_API_KEYS before opening the service")
        return self

    @property
    def embedded(self) -> bool:
        """Whether the store is SQLite, in one process."""
        return self.store_url.startswith("sqlite")

    @property
    def store_url(self) -> str:
        """The database to use."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'parallax.db').resolve()}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Reads PARALLAX_* from `environment`; upper or lower case does not matter, and an empty variable counts as unset.

    Raises:
        StartRefused: a PARALLAX_ variable is no setting (the nearest name is suggested), or a value is out of bounds.
    """
    fields = {variable(name): name for name in Settings.model_fields}
    found: dict[str, str] = {}
    for name, value in sorted(environment.items()):
        if name.upper().startswith(PREFIX):
            if name.upper() not in fields:
                near = difflib.get_close_matches(name.upper(), fields, n=1, cutoff=0)
                raise StartRefused(f"{name} is not a setting; did you mean {near[0]}?")
            if value.strip():
                found[fields[name.upper()]] = value.strip()
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        lines = [_complaint(item["loc"], item["msg"], item["input"]) for item in error.errors()]
    # Outside the handler: what the validator raised holds every value, keys too, and must not be chained into a log.
    raise StartRefused("; ".join(lines))


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.upper()


def settings_table() -> str:
    """Every setting as a Markdown table: name, default, meaning with bounds."""
    rows = [
        f"| `{variable(name)}` | {_shown_default(field.default)} | {field.description}{_shown_bounds(field)} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(("| name | default | meaning |", "| --- | --- | --- |", *rows))


def _complaint(loc: tuple[int | str, ...], msg: str, got: object) -> str:
    msg = msg.removeprefix("Value error, ")
    if not loc:
        return msg
    field = str(loc[0])
    hidden = not Settings.model_fields[field].repr
    return f"{variable(field)}: {msg}" + ("" if hidden else f" (got {str(got)[:80]!r})")


def _shown_default(default: object) -> str:
    if default is None or default == ():
        return "unset"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _shown_bounds(field: FieldInfo) -> str:
    bounds = {name: getattr(item, name) for item in field.metadata for name in ("ge", "gt", "le") if hasattr(item, name)}
    if not bounds:
        return ""
    low = f"{bounds['ge']:,}" if "ge" in bounds else f"more than {bounds['gt']:,}"
    return f" From {low} to {bounds['le']:,}."
