"""Every setting: an environment variable PARALLAX_<NAME>, with unit, bound and the reason for its default."""

import difflib
import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import StartRefused

PREFIX = "PARALLAX_"


class Settings(BaseSettings):
    """What the composition root reads, once, at start. Nothing else reads it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="Address to bind. Loopback, because an open address needs API keys first.")
    port: int = Field(8000, ge=0, le=65_535, description="TCP port to bind; 0 takes a free one.")
    data_dir: Path = Field(Path("var"), description="Folder that everything stored lies under; created when missing.")
    database_url: str | None = Field(
        None, description="SQLAlchemy URL; unset means SQLite in the data folder, so that nothing has to be installed."
    )
    api_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Comma-separated keys, sent as `Authorization: Bearer`; none means open, which only loopback may be."
    )
    sample: bool = Field(True, description="Load the fictional sample story into an empty store, so that the first look shows something.")
    outlets_file: Path | None = Field(None, description="A JSON file of outlets that adds to or overrides the bundled registry.")
    encoder_model: str = Field(
        "bundled", description="`bundled`: the pinned all-MiniLM-L6-v2; or a folder, or a hub name, which is then downloaded."
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
        32, ge=1, le=500, description="Nearest claims looked at for each new claim; past a few dozen none passed the gate on the sample."
    )
    link_min_similarity: float = Field(
        0.45,
        ge=-1,
        le=1,
        description="Cosine similarity below which two claims are not compared: strong rewordings stay above.",
    )
    idempotency_hours: float = Field(24.0, gt=0, le=8_760, description="How long an Idempotency-Key is remembered; the contract says 24 h.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="Least severe log line that is written.")

    @field_validator("api_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(key.strip() for key in value.split(",") if key.strip())
        return value

    @model_validator(mode="after")
    def _refuse_open_without_keys(self) -> "Settings":
        if not self.api_keys and not _is_loopback(self.host):
            raise ValueError(f"PARALLAX_HOST={self.host} is not loopback: set PARALLAX_API_KEYS before opening the service")
        return self

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
    """Reads PARALLAX_* from the process environment.

    Raises:
        StartRefused: a PARALLAX_ variable is no setting (the nearest name is suggested), or a value is out of bounds.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0)
            raise StartRefused(f"{name} is not a setting; did you mean {near[0]}?")
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for item in error.errors():
            field = PREFIX + "_".join(str(part) for part in item["loc"][:1]).upper() if item["loc"] else "settings"
            shown = "" if field == PREFIX + "API_KEYS" or not item["loc"] else f" (got {str(item['input'])[:80]!r})"
            lines.append(f"{field}: {item['msg']}{shown}")
        raise StartRefused("; ".join(lines)) from error
