"""The pages: small HTML shells whose scripts ask the API for everything they show."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from app.dashboard.assets import Assets

# Nothing from another host, nothing inline, no plug-ins, no frames. Trusted types make the browser itself refuse a script that
# would turn text into markup.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_SECURITY_HEADERS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_READ = ["GET", "HEAD"]
# The template of each address.
_PAGES = {
    "/": "conflicts",
    "/conflicts/{id}": "conflict",
    "/clusters": "clusters",
    "/clusters/{id}": "cluster",
    "/outlets": "outlets",
    "/outlets/{id}": "outlet",
    "/articles": "articles",
    "/articles/{id}": "article",
    "/paste": "paste",
}


def router(*, sample: bool = False, poll_seconds: float = 5.0) -> APIRouter:
    """The pages and their static files; include it without a prefix.

    Args:
        sample: whether the sample story was loaded: every page then says that it is fictional.
        poll_seconds: how often an open page asks whether anything changed; above 0.
    """
    if poll_seconds <= 0:
        raise ValueError(f"poll_seconds must be above 0, got {poll_seconds}")
    folder = Path(__file__).parent
    assets = Assets.read(folder / "static")
    templates = Environment(loader=FileSystemLoader(folder / "templates"), autoescape=True, undefined=StrictUndefined)
    templates.globals.update(asset=assets.address, sample=sample, poll_ms=round(poll_seconds * 1000))
    routes = APIRouter(include_in_schema=False)

    def shown(name: str) -> Callable[[Request], Awaitable[HTMLResponse]]:
        template = templates.get_template(f"{name}.html")

        async def page(request: Request) -> HTMLResponse:
            body = template.render(page=name, id=request.path_params.get("id", ""))
            return HTMLResponse(body, headers={**_SECURITY_HEADERS, "Cache-Control": "no-cache"})

        return page

    for path, name in _PAGES.items():
        routes.add_api_route(path, shown(name), methods=_READ, name=name)

    @routes.api_route("/static/{digest}/{name}", methods=_READ)
    async def static(digest: str, name: str, request: Request) -> Response:
        asset = assets.files.get(name)
        if asset is None:
            return PlainTextResponse("Not found", 404, headers=_SECURITY_HEADERS)
        # A page opened before an update asks under the old digest: it gets today's file, but must not keep it under that name.
        kept = _FOR_GOOD if digest == assets.digest else "no-cache"
        headers = {**_SECURITY_HEADERS, "ETag": asset.etag, "Cache-Control": kept}
        if request.headers.get("if-none-match") == asset.etag:
            return Response(status_code=304, headers=headers)
        return Response(asset.body, media_type=asset.media_type, headers=headers)

    return routes
