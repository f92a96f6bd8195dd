"""Which outlet an attribution names as the one that was told, that quoted, that reported."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from app.articles.document import Document, Span
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet, slug
from app.outlets.reference import generic_nouns, short_forms

# Words that lead to an outlet which passed the words on. Source: PolNeAR train and wire style.
_PASSED = re.compile(
    r"\b(?:told|tells?|telling|(?:quoted|cited|interviewed|reported|published|carried|aired|broadcast|seen|obtained|reviewed|revealed|claimed)"
    r"\s(?:by|in|on)|(?:interview|interviews|conversation|briefing|remarks|comments|statement|message|email|e-mail)\s(?:with|to|on|for|in|published\sin)"
    r"|(?:speaking|spoke|talking|confirmed|said|explained|admitted|comment|disclosed|emailed|shown|given|denied|revealed|announced|repeated|insisted"
    r"|added)\s(?:to|with|on|in)|according\sto|(?:appearing|appearance|appeared|appearances)\son|learned\sby|informed|(?:article|op-ed|column|essay)\s(?:in|for)"
    r")\s(?:[a-z]+\s){0,4}$",
    re.IGNORECASE,
)
_US = re.compile(r"\b(?:told|tells|telling|spoke\sto|speaking\sto|confirmed\sto|said\sto|emailed)\sus\b", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b((?:local|state|public|national|regional|[A-Z]\w+(?:an|ish|ese|i))\s(?:state\s)?(?:radio|television|TV|media|newspapers?|broadcaster|press))\b"
)


@dataclass(frozen=True)
class OutletFound:
    """An outlet named at `span`: registered or not, by its own name (`outlet.name`) or a short form."""

    outlet: Outlet
    span: Span


class OutletsOf:
    """Every outlet named in one article, short forms and "the newspaper" included."""

    def __init__(self, document: Document, directory: OutletDirectory):
        self._text = document.text
        self.publisher = document.outlet
        known = directory.with_outlet(document.outlet) if directory.by_id(document.outlet.id) is None else directory
        found = [
            OutletFound(m.outlet or Outlet(slug(m.text), m.text), Span(m.start_char, m.end_char))
            for m in known.mentions(document.text)
            if m.outlet is not None or slug(m.text)
        ]
        taken = {i for f in found for i in range(f.span.start_char, f.span.end_char)}
        named: dict[str, tuple[Outlet, int]] = {self.publisher.id: (self.publisher, -1)}
        for f in found:
            named.setdefault(f.outlet.id, (f.outlet, f.span.start_char))
        for outlet, since in named.values():
            forms = [*short_forms(outlet), *(_bare(n) for n in (outlet.name,) if outlet is self.publisher)]
            for form in dict.fromkeys(forms):
                for match in re.finditer(rf"\b{re.escape(form)}\b", document.text):
                    if match.start() > since and match.start() not in taken and match.end() - 1 not in taken:
                        found.append(OutletFound(outlet, Span(match.start(), match.end())))
                        taken.update(range(match.start(), match.end()))
        for match in _LOCAL.finditer(document.text):
            if match.start() not in taken:
                found.append(OutletFound(Outlet(slug(match.group()), match.group()), Span(match.start(), match.end())))
                taken.update(range(match.start(), match.end()))
        self._found = sorted(found, key=lambda f: f.span)
        self._starts = [f.span.start_char for f in self._found]

    def within(self, start: int, end: int) -> list[OutletFound]:
        """The outlets named in `text[start:end]`, in order."""
        first = bisect_left(self._starts, start)
        found = []
        for f in self._found[first:]:
            if f.span.end_char > end:
                break
            found.append(f)
        return found

    def passing_on(self, zones: Iterable[Span]) -> OutletFound | None:
        """The outlet that was told or that quoted, in one of the zones: the words around a cue that are not content."""
        for zone in zones:
            if us := _US.search(self._text, zone.start_char, zone.end_char):
                return OutletFound(self.publisher, Span(us.end() - 2, us.end()))
            for found in self.within(zone.start_char, zone.end_char):
                lead = self._text[max(zone.start_char, found.span.start_char - 60) : found.span.start_char]
                if _PASSED.search(lead):
                    return found
        return None

    def spoken_by(self, source: Span, before: OutletFound | None = None) -> OutletFound | None:
        """The outlet that `source` is: "CNN", "the Ledger", "the ByteWatch website", "technology site ByteWatch", "the newspaper"."""
        words = self._text[source.start_char : source.end_char]
        for found in self.within(source.start_char, source.end_char):
            rest = (words[: found.span.start_char - source.start_char] + " " + words[found.span.end_char - source.start_char :]).strip(" ,")
            if all(w.lower() in _AROUND or w.lower().rstrip(",") in _AROUND for w in rest.split()):
                return found
        low = words.strip(" ,").lower()
        if low.startswith("the ") and before is not None and low[4:] in generic_nouns(before.outlet):
            return OutletFound(before.outlet, source)
        return None


_AROUND = frozenset(
    [
        "the",
        "a",
        "an",
        "technology",
        "tech",
        "news",
        "site",
        "website",
        "newspaper",
        "paper",
        "daily",
        "weekly",
        "magazine",
        "agency",
        "broadcaster",
        "network",
        "channel",
        "station",
        "television",
        "tv",
        "radio",
        "israeli",
        "british",
        "us",
        "american",
        "french",
        "german",
        "russian",
        "chinese",
        "local",
        "state",
        "national",
        "outlet",
        "portal",
        "blog",
        "newswire",
        "wire",
        "service",
        "online",
        "report",
        "reports",
        "reporting",
        "'s",
        "’s",
        "trade",
        "business",
        "financial",
        "sports",
    ]
)


def _bare(name: str) -> str:
    return name.removeprefix("The ").removeprefix("the ")
