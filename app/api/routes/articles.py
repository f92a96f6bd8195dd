"""Articles: posting, finding, withdrawing."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response, status
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.api.batches import answer_lines
from app.api.presenting import article_fields, article_summary, claim_out
from app.api.receiving import check_key, fingerprint_of, incoming, receive
from app.api.requests import ArticleIn
from app.api.responses import ArticleOut, ArticleSummaryOut, PageOut, ReceiptOut, RevisionOut
from app.api.services import Cursor, Limit, Services, Since, Use
from app.errors import NotFound, Unavailable
from app.storage.reading import articles as articles_in
from app.storage.reading import claims as claims_in

router = APIRouter(prefix="/articles", tags=["articles"])


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=None,
    responses={
        200: {"model": ReceiptOut, "description": "The same article with the same content was here already."},
        201: {"model": ArticleOut, "description": "With wait=true: the whole article, once linked and judged."},
        202: {"model": ReceiptOut, "description": "On disk: from now on a crash loses nothing."},
    },
)
async def post_article(
    posted: ArticleIn,
    response: Response,
    use: Use,
    wait: bool = False,
    idempotency_key: Annotated[str | None, Header(max_length=300)] = None,
) -> ReceiptOut | ArticleOut:
    """Receives an article, or the next revision of one."""
    now = datetime.now(UTC)
    key, fingerprint = check_key(idempotency_key), fingerprint_of(posted)
    article = await run_in_threadpool(incoming, posted, use, now)
    done = use.worker.expect(article.id) if wait else None
    try:
        receipt, code = await run_in_threadpool(receive, use, article, key, fingerprint, now)
        response.headers["Location"] = f"/v1/articles/{receipt.id}"
        if done is None:
            response.status_code = code
            return ReceiptOut(id=receipt.id, status=receipt.status, revision=receipt.revision)
        response.status_code = status.HTTP_201_CREATED if code == status.HTTP_202_ACCEPTED else code
        # Asked again each time: what was expected before the article was received may have been told of the revision before.
        while await run_in_threadpool(_is_waiting, use, receipt.id):
            await asyncio.wrap_future(done)
            done = use.worker.expect(article.id)
        return await run_in_threadpool(whole_article, use, receipt.id)
    except asyncio.CancelledError:
        if use.worker.alive:
            raise
        raise Unavailable("the service is stopping; the article is stored and will be processed", retry_after_seconds=5) from None
    finally:
        if done is not None:
            use.worker.forget(article.id, done)


@router.post(
    "/batch",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/BatchLineOut"}}}}},
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/ArticleIn"}}}}
    },
)
async def post_batch(request: Request, use: Use) -> StreamingResponse:
    """Receives articles, one JSON object a line; answers a line each, in order. One bad line never spoils the rest."""
    body = await request.body()
    lines: Iterator[bytes] = answer_lines(body, use)
    return StreamingResponse(lines, media_type="application/x-ndjson")


@router.get("")
def list_articles(
    use: Use,
    outlet: str | None = None,
    status: Literal["received", "processed", "failed"] | None = None,
    since: Since = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> PageOut[ArticleSummaryOut]:
    """Articles, newest received first; `since` is the earliest time of receipt."""
    with use.parts.database.read() as session:
        page = articles_in.page(session, limit, cursor, outlet=use.outlet_id(outlet), status=status, since=since)
    return PageOut(items=[article_summary(row, use.name_of) for row in page.items], next_cursor=page.next_cursor)


@router.get("/{id}")
def get_article(
    id: str, use: Use, claims: Annotated[bool, Query(description="Whether its claims come too; without them the list is empty.")] = True
) -> ArticleOut:
    """One article with its claims."""
    return whole_article(use, id, with_claims=claims)


@router.delete("/{id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_article(id: str, use: Use) -> None:
    """Withdraws an article and its claims."""
    if not use.pipeline.withdraw(id):
        raise NotFound(f"no article has the id {id[:80]!r}")


def whole_article(use: Services, article_id: str, *, with_claims: bool = True) -> ArticleOut:
    """The article as GET answers it."""
    with use.parts.database.read() as session:
        row = articles_in.get(session, article_id)
        revisions = articles_in.revisions(session, article_id)
        claims = claims_in.of_article(session, article_id) if with_claims else []
    return ArticleOut(
        **article_fields(row, use.name_of),
        text=row.text,
        language=row.language,
        revisions=[
            RevisionOut(
                revision=item.revision,
                title=item.title,
                received_at=item.received_at,
                published_at=item.published_at,
                content_hash=item.content_hash,
            )
            for item in revisions
        ],
        claims=[claim_out(claim, use.name_of) for claim in claims],
    )


def _is_waiting(use: Services, article_id: str) -> bool:
    with use.parts.database.read() as session:
        return articles_in.get(session, article_id).status == "received"
