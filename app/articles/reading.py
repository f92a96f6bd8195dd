"""An article's text read: sentences with their places, boilerplate marked; and the keys it is known by."""

import hashlib
import unicodedata
from base64 import b32encode
from dataclasses import replace
from datetime import UTC, datetime

from app.articles.boilerplate import is_boilerplate
from app.articles.document import Document
from app.articles.sentences import paragraphs, split
from app.outlets.outlet import Outlet

_KEY_CHARS = 20


def read(outlet: Outlet, title: str, text: str, published_at: datetime) -> Document:
    """The document of `text`, which is kept code point for code point; no sentences when it is white space only."""
    blocks = paragraphs(text)
    whole = [block.of(text) for block in blocks]
    sentences = tuple(
        replace(sentence, boilerplate=True) if is_boilerplate(sentence.text, whole[sentence.paragraph], len(whole)) else sentence
        for sentence in split(text)
    )
    return Document(outlet, title, text, published_at, sentences)


def content_hash(title: str, text: str) -> str:
    """64 hexadecimal digits, the same for texts that differ only in white space or in how accents are composed."""
    canonical = "\x00".join(" ".join(unicodedata.normalize("NFC", part).split()) for part in (title, text))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def article_key(outlet_id: str, url: str | None, title: str, published_at: datetime) -> str:
    """The article's id, "art_" and 20 characters: from outlet and url, or without a url from outlet, title and time in UTC.

    Raises:
        ValueError: `published_at` is needed and has no zone.
    """
    if url:
        named: tuple[str, ...] = ("url", outlet_id, url)
    elif published_at.utcoffset() is None:
        raise ValueError("published_at has no zone")
    else:
        named = ("title", outlet_id, title, published_at.astimezone(UTC).isoformat(timespec="microseconds"))
    digest = hashlib.sha256("\x00".join(named).encode("utf-8", "surrogatepass")).digest()
    return "art_" + b32encode(digest).decode("ascii").lower()[:_KEY_CHARS]
