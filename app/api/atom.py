"""Conflicts as an Atom feed (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree

from app.api.fields import moment_text
from app.api.responses import ConflictOut

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_FEED_ID = "urn:parallax:conflicts"
# Source: XML 1.0, production 2 (Char): no other character may stand in a document, not even as a reference.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(conflicts: Sequence[ConflictOut], *, updated: datetime, base_url: str, self_url: str) -> bytes:
    """A feed of the conflicts in their order; `base_url` is where the pages are, `self_url` where the feed was asked for.

    All that comes from articles stands as text: a reader that takes text for markup is told not to.
    """
    feed = ElementTree.Element("feed", {"xmlns": _NAMESPACE})
    _text(feed, "title", "Parallax: conflicts between outlets and their sources")
    _text(feed, "id", _FEED_ID)
    _text(feed, "updated", moment_text(updated))
    _text(ElementTree.SubElement(feed, "author"), "name", "Parallax")
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": MEDIA_TYPE, "href": _clean(self_url)})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": base_url})
    for conflict in conflicts:
        _entry(feed, conflict, base_url)
    found: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return found


def _entry(feed: ElementTree.Element, conflict: ConflictOut, base_url: str) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    _text(entry, "title", f"{conflict.status.capitalize()}: {conflict.headline}", type="text")
    _text(entry, "id", f"urn:parallax:conflict:{quote(conflict.id)}")
    _text(entry, "published", moment_text(conflict.opened_at))
    _text(entry, "updated", moment_text(conflict.updated_at))
    ElementTree.SubElement(
        entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base_url}conflicts/{quote(conflict.id, safe='')}"}
    )
    for scheme, term in (("status", conflict.status), ("kind", conflict.kind), ("between", conflict.between)):
        ElementTree.SubElement(entry, "category", {"scheme": f"urn:parallax:{scheme}", "term": _clean(term)})
    _text(entry, "content", "\n".join(_lines(conflict)), type="text")


def _lines(conflict: ConflictOut) -> list[str]:
    """The positions with who takes them, why it is a conflict, and the last line of its history."""
    lines = []
    for position in conflict.positions:
        said_by = f" (said by {', '.join(position.sources)})" if position.sources else ""
        lines.append(f"{', '.join(outlet.name for outlet in position.outlets)}{said_by}: {position.summary}")
    lines += [part.detail for part in conflict.severity_parts]
    if conflict.history:
        last = conflict.history[-1]
        lines.append(f"{last.to.capitalize()} by {last.by}" + (f": {last.note}" if last.note else "."))
    return lines


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _clean(text)


def _clean(text: str) -> str:
    return _NO_XML.sub("�", text)
