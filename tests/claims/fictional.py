"""Fictional outlets and articles for the claims tests."""

from datetime import UTC, datetime

from app.articles.document import Document
from app.articles.reading import read
from app.claims.claim import Claim, LinkKind
from app.claims.extraction import ClaimExtractor, Extraction
from app.claims.grammar import GrammarTagger
from app.claims.tagger import AttributionTagger
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
GRAMMAR = GrammarTagger()
PUBLISHED_AT = datetime(2031, 5, 12, 6, 0, tzinfo=UTC)

# An agency rewrite in the usual shape: one call, told through three outlets, an office and a report.
REWRITE = """Premier Anneke Vos and Chancellor Tomas Brill discussed a treaty to reopen the Lund canal at length during their \
conversation on Sunday, a senior ministry official quoted by Orbit TV said.

The officials cautioned that while an outline is in place, hurdles remain.

The call between Vos and Brill lasted about 50 minutes, and three-quarters of the call was focused on the toll, according to the \
senior ministry official.

“There are plainly points that need to be settled. Some of them are serious, but there has been real movement,” the official said.

According to Norpost, the senior coastal official said that Vos is determined to bring about a treaty and that, as far as she is \
concerned, "delay is not an option".

The official added that Vos is planning to meet Brill in Halden.

The Chancellery said earlier on Sunday that, in their first call since March 19, Vos and Brill discussed the closure of the canal, \
the return of ships held by Brill's navy, and the planned dredging of the Halden basin, which has drawn concern from both banks.

“The Chancellor reaffirmed our shared goal. The Chancellor and the Premier discussed the next steps,” a statement from the \
Chancellery said.

On Friday, it was reported that Brill has decided to reject most of the pilots' demands.

According to the report, the Harbour Cabinet agreed that the pilots' demands are ridiculous and unrealistic.

On Tuesday, the pilots finally provided the Chancellery with their response after days of delay.

Despite all of this, a senior ministry aide told Northern Post that the response provided by the pilots was “broadly hopeful.”"""


def document(text: str, publisher: Outlet = PUBLISHER) -> Document:
    """The text as an article of the publisher."""
    return read(publisher, "", text, PUBLISHED_AT)


def extract(text: str, publisher: Outlet = PUBLISHER, tagger: AttributionTagger = GRAMMAR) -> Extraction:
    """What the tagger, the grammar if no other, makes of the text."""
    return ClaimExtractor(tagger, DIRECTORY).extract([document(text, publisher)])[0]


def claim(text: str, beginning: str, tagger: AttributionTagger = GRAMMAR) -> Claim:
    """The one claim of the text whose content begins so."""
    claims = extract(text, tagger=tagger).claims
    found = [c for c in claims if c.content.startswith(beginning)]
    assert len(found) == 1, [c.content for c in claims]
    return found[0]


def links(c: Claim) -> list[tuple[str | None, str]]:
    """The chain's names and kinds, the publisher's link left out."""
    assert c.chain[-1].kind is LinkKind.PUBLISHER
    return [(link.name, link.kind.value) for link in c.chain[:-1]]
