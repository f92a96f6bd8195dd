"""The article in a web page. Nothing is fetched and nothing is run."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from app.articles.comments import remove_comments
from app.errors import InvalidInput

# The library logs every page it can make nothing of; the error raised here says it.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
logging.getLogger("htmldate").setLevel(logging.CRITICAL + 1)

_TAG = re.compile(r"<[a-zA-Z!/?][^<>]{0,20}", re.ASCII)
_ROOT = re.compile(r"<html[\s>]", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_HEAD_CHARS = 4096
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
# A site's name behind the headline in <title>: "Ferry sinks | The Harbor Courier".
_SITE_NAME = re.compile(r"\s+(?:[|–—»·]|-)\s+[^|–—»·]{2,40}$")

# Below this many characters the library gives up on the page's structure and returns pieces broken at inline tags.
# Source: trafilatura's MIN_EXTRACTED_SIZE.
_SHORT_CHARS = 250
# The library's time grows with the square of the elements: 20,000 take seconds, and no news page has as many.
# Source: measured on pages of nothing but short paragraphs.
_MAX_WEIGHED_ELEMENTS = 10_000
_SKIPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "svg",
    "iframe",
    "head",
)
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br"}
    | {"td", "th", "tr", "table", "tbody", "figure", "figcaption", "dd", "dt", "dl", "pre", "hr", "body", "address", "details", "summary"}
)


@dataclass(frozen=True)
class ExtractedPage:
    """What a reader came for: `text` with a blank line between paragraphs, never empty; `title` None where the page has none."""

    title: str | None
    text: str


def text_of_html(html: str) -> ExtractedPage:
    """The article of a page, without navigation, scripts and readers' comments. Plain text comes back as it is.

    Raises:
        InvalidInput: field "html", when nothing in it can be read: no words, or markup nested beyond what parsers follow.
    """
    readable = _UNREADABLE.sub("", html)
    if not _TAG.search(readable):
        return _page(None, unescape(readable).splitlines())
    readable = _DOCTYPE.sub("", readable, count=1)
    if not _ROOT.search(readable, 0, _HEAD_CHARS):
        readable = f"<html><body>{readable}</body></html>"
    try:
        tree = load_html(readable)
        if tree is None:
            raise _nothing_readable()
        title = _title(tree)
        remove_comments(tree)
        lines = _main_text(tree)
    except (RecursionError, MemoryError, ValueError, AssertionError, etree.LxmlError) as error:
        raise _nothing_readable() from error
    return _page(title, lines)


def _nothing_readable() -> InvalidInput:
    return InvalidInput.field("html", msg="holds no readable text: no paragraph outside navigation, scripts and comments", type="no_text")


def _page(title: str | None, lines: list[str]) -> ExtractedPage:
    paragraphs = [clean for line in lines if (clean := _SPACES.sub(" ", _UNREADABLE.sub("", line)).strip())]
    if title and len(paragraphs) > 1 and paragraphs[0] == title:
        del paragraphs[0]
    text = "\n\n".join(paragraphs)
    if not any(map(str.isalpha, text)):
        raise _nothing_readable()
    return ExtractedPage(title, text)


def _main_text(tree: HtmlElement) -> list[str]:
    """The paragraphs of the main text."""
    if sum(1 for _ in tree.iter()) <= _MAX_WEIGHED_ELEMENTS:
        found = bare_extraction(tree, include_comments=False, include_tables=False, fast=True, with_metadata=False)
        text: str = (found.text or "") if found is not None and not isinstance(found, dict) else ""
        if len(text) >= _SHORT_CHARS:
            return text.split("\n")
    etree.strip_elements(tree, *_SKIPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return "".join(_pieces(tree)).split("\n")


def _pieces(tree: HtmlElement) -> Iterator[str]:
    """All text of the tree with a line break wherever a block begins or ends."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            yield "\n" if element.tag in _BLOCKS else ""
            yield re.sub(r"\s+", " ", element.text or "")
        else:
            yield "\n" if element.tag in _BLOCKS else ""
            yield re.sub(r"\s+", " ", element.tail or "")


def _title(tree: HtmlElement) -> str | None:
    """The headline: as given for sharing, else the page's only top heading, else its title without the site's name."""
    for path in ("//meta[@property='og:title']/@content", "//meta[@name='twitter:title']/@content"):
        for value in tree.xpath(path):
            if clean := " ".join(_UNREADABLE.sub("", value).split()):
                return clean
    headings = [" ".join(heading.itertext()) for heading in tree.iter("h1")]
    titles = [" ".join(title.itertext()) for title in tree.xpath("//head/title | //title")]
    candidates = [*(headings if len(headings) == 1 else []), *(_SITE_NAME.sub("", title.strip()) for title in titles[:1]), *headings[:1]]
    return next((clean for value in candidates if (clean := " ".join(_UNREADABLE.sub("", value).split()))), None)
