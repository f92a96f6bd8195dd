"""From a posted article to what the store receives."""

import hashlib
from datetime import UTC, datetime

from sqlmodel import Session

from app.api.requests import ArticleIn
from app.api.services import Services
from app.articles.html import text_of_html
from app.articles.reading import article_key, content_hash
from app.articles.submission import check_language, check_published_at, check_text, check_url
from app.errors import InvalidInput, QueueFull
from app.storage.reading import articles as articles_in
from app.storage.writing import articles as articles_out
from app.storage.writing.articles import Incoming, Receipt

RETRY_AFTER_SECONDS = 5
KEY_CHARS = 255


def incoming(posted: ArticleIn, services: Services, now: datetime) -> Incoming:
    """The article as it is to be stored.

    Raises:
        InvalidInput, TooLarge: a field is wrong.
    """
    title, text = posted.title or "", posted.text
    if posted.html is not None:
        page = text_of_html(posted.html)
        title, text = title or page.title or "", page.text
    text = check_text("text" if posted.html is None else "html", text or "", services.bounds.article_chars)
    if title.strip():
        check_text("title", title, services.bounds.article_chars)
    url = check_url(posted.url) if posted.url is not None else None
    published_at = check_published_at(posted.published_at, now) if posted.published_at else None
    outlet = services.parts.book.directory.for_article(posted.outlet, url)
    digest = content_hash(title, text)
    # Without a url and a time, only the content itself can say that two posts are one article.
    named = title if published_at or url else f"{title}\x00{digest}"
    key = article_key(outlet.id, url, named, published_at or datetime.min.replace(tzinfo=UTC))
    return Incoming(
        id=key,
        outlet=outlet,
        url=url,
        title=title,
        text=text,
        language=check_language(posted.language) if posted.language is not None else None,
        published_at=published_at,
        content_hash=digest,
    )


def refuse_when_full(session: Session, services: Services) -> None:
    """Raises QueueFull when as many articles wait as may."""
    waiting = articles_in.waiting_count(session)
    if waiting >= services.bounds.queue_articles:
        raise QueueFull(
            f"{waiting} articles wait to be processed, at most {services.bounds.queue_articles} may",
            retry_after_seconds=RETRY_AFTER_SECONDS,
        )


def receive(services: Services, article: Incoming, key: str | None, fingerprint: str, now: datetime) -> tuple[Receipt, int]:
    """Stores the article, once for one Idempotency-Key; returns the receipt and the status code it was first answered with."""
    with services.parts.database.write() as session:
        known = articles_out.recall(session, key, fingerprint, now, services.bounds.idempotency) if key else None
        if known is not None:
            return Receipt(known.article_id, known.revision, articles_out.Outcome.UNCHANGED, "received"), known.status_code
        refuse_when_full(session, services)
        receipt = articles_out.receive(session, article, now)
        code = 200 if receipt.outcome is articles_out.Outcome.UNCHANGED else 202
        if key:
            articles_out.remember(session, key, fingerprint, receipt, code, now)
    services.parts.book.learn([article.outlet])
    services.worker.wake()
    return receipt, code


def check_key(key: str | None) -> str | None:
    """An Idempotency-Key of 1 to 255 printable ASCII characters, None when there is none.

    Raises:
        InvalidInput: it is empty, too long or not printable.
    """
    if key is None:
        return None
    if not (0 < len(key) <= KEY_CHARS and key.isascii() and key.isprintable()):
        raise InvalidInput.field(
            "header",
            "Idempotency-Key",
            msg=f"has {len(key)} characters, 1 to {KEY_CHARS} printable ones are allowed",
            type="idempotency_key",
        )
    return key


def fingerprint_of(posted: ArticleIn) -> str:
    """What tells two requests apart."""
    return hashlib.sha256(posted.model_dump_json().encode()).hexdigest()
