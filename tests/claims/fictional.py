"""Fictional outlets and articles for the claims tests."""

from datetime import UTC, datetime

from app.articles.document import Document
from app.articles.reading import read
from app.claims.claim import Claim, LinkKind
from app.claims.extraction import ClaimExtractor, Extraction
from app.claims.grammar import GrammarTagger
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet

PUBLISHER = Outlet("valley-dispatch", "The Valley Dispatch")
DIRECTORY = OutletDirectory(
    (
        PUBLISHER,
        Outlet("orbit-tv", "Orbit TV"),
        Outlet("northern-post", "Northern Post", aliases=("Norpost",)),
        Outlet("meridian-wire", "Meridian Wire", wire=True),
    )
)
PUBLISHED_AT = datetime(2031, 5, 12, 6, 0, tzinfo=UTC)


def document(text: str, publisher: Outlet = PUBLISHER) -> Document:
    """The text as an article of the publisher."""
    return read(publisher, "", text, PUBLISHED_AT)


def extract(text: str, publisher: Outlet = PUBLISHER) -> Extraction:
    """What the grammar makes of the text."""
    return ClaimExtractor(GrammarTagger(), DIRECTORY).extract([document(text, publisher)])[0]


def claim(text: str, beginning: str) -> Claim:
    """The one claim of the text whose content begins so."""
    found = [c for c in extract(text).claims if c.content.startswith(beginning)]
    assert len(found) == 1, [c.content for c in extract(text).claims]
    return found[0]


def links(c: Claim) -> list[tuple[str | None, str]]:
    """The chain's names and kinds, the publisher's link left out."""
    assert c.chain[-1].kind is LinkKind.PUBLISHER
    return [(link.name, link.kind.value) for link in c.chain[:-1]]
