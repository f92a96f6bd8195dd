"""Request bodies."""

from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.api.fields import Moment, Request
from app.conflicts.conflict import SELF
from app.relations.relation import ReasonType


class ArticleIn(Request):
    """An article. One of `text` and `html`; `outlet` may be left out when `url` says it."""

    outlet: str | None = Field(None, max_length=200, description="A name, an alias or a web domain.")
    url: str | None = Field(None, max_length=2_048)
    title: str | None = Field(None, max_length=2_000)
    text: str | None = Field(None, description="Plain text, paragraphs set apart by line breaks.")
    html: str | None = Field(None, description="The page; its main text is taken, comments and navigation are left out.")
    published_at: Moment | None = Field(None, description="RFC 3339 with a zone; the time of receipt when left out.")
    language: str | None = Field(None, max_length=40, description="BCP 47, such as en.")

    @model_validator(mode="after")
    def _one_of_text_and_html(self) -> "ArticleIn":
        if (self.text is None) == (self.html is None):
            got = "neither" if self.text is None else "both"
            raise PydanticCustomError("text_or_html", "exactly one of text and html is needed, got {got}", {"got": got})
        return self


class OutletIn(Request):
    """An outlet to register."""

    name: str = Field(min_length=1, max_length=200)
    aliases: list[str] = Field([], max_length=50)
    domains: list[str] = Field([], max_length=50)


class ConflictIn(Request):
    """A person's decision about a conflict."""

    status: Literal["open", "acknowledged", "resolved", "dismissed"] | None = None
    note: str | None = Field(None, max_length=5_000)
    by: str | None = Field(
        None, min_length=1, max_length=200, description="Who decides; the API key's fingerprint, or `api`, when left out."
    )

    @field_validator("by")
    @classmethod
    def _a_name(cls, value: str | None) -> str | None:
        if value is None:
            return None
        name = value.strip()
        # Two characters that join letters belong into names; any other that cannot be seen could make one look like another.
        if not name or not name.replace("\u200c", "").replace("\u200d", "").isprintable():
            raise PydanticCustomError("bad_name", "a name needs at least one character, and only such as can be seen")
        if name.casefold() == SELF:
            raise PydanticCustomError("reserved", "the name {name} stands for the service itself", {"name": SELF})
        return name

    @model_validator(mode="after")
    def _something(self) -> "ConflictIn":
        if self.status is None and self.note is None:
            raise PydanticCustomError("empty_change", "status, note or both are needed, got neither")
        return self


class WantedIn(Request):
    """Which conflicts; what is left out does not narrow."""

    status: Literal["open", "acknowledged", "resolved", "dismissed"] | None = None
    outlet: str | None = Field(None, max_length=200, description="An id, a name, an alias or a web domain.")
    kind: ReasonType | None = None
    between: Literal["outlets", "sources"] | None = None
    min_severity: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)


class WebhookIn(Request):
    """Where changes of conflicts are to be sent."""

    url: str = Field(min_length=1, max_length=2_048, description="http or https; by default not in a private network.")
    filters: WantedIn = WantedIn()


class WebhookChangeIn(Request):
    """Whether a webhook is sent anything."""

    status: Literal["active", "disabled"]


class ExtractIn(Request):
    """A text to read without storing it."""

    text: str
    title: str = Field("", max_length=2_000)
    outlet: str | None = Field(None, max_length=200)
    published_at: Moment | None = None


class StatementIn(Request):
    """One side of a pair."""

    text: str
    outlet: str | None = Field(None, max_length=200)
    published_at: Moment | None = None


class PairIn(Request):
    """Two statements."""

    a: StatementIn
    b: StatementIn


class CompareIn(Request):
    """Pairs to compare."""

    pairs: list[PairIn] = Field(min_length=1, max_length=256)
