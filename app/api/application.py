"""The HTTP application around the services."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import Depends, FastAPI
from prometheus_fastapi_instrumentator import Instrumentator

from app import __version__
from app.api import batches, problems
from app.api.gauges import measure
from app.api.keys import Keys
from app.api.limits import BodyLimit
from app.api.requests import ArticleIn
from app.api.responses import BatchLineOut
from app.api.routes import articles, claims, clusters, conflicts, exports, feed, health, outlets, stream, tools, webhooks

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def build(*, keys: tuple[str, ...], body_bytes: int, batch_bytes: int, lifespan: Lifespan) -> FastAPI:
    """The application without its services: `lifespan` puts them into `app.state.services`."""
    app = FastAPI(
        title="Parallax",
        version=__version__,
        description="The same event, seen from every outlet: who claims what, where outlets agree and where they diverge.",
        lifespan=lifespan,
    )
    problems.install(app)
    app.state.keys = Keys(keys)
    guard = Depends(app.state.keys.guard)
    # `exports`, `stream` and `feed` before those whose /{id} would take their addresses for ids. Each by itself: a router within a router
    # is gone through once more for every request.
    for module in (exports, articles, claims, clusters, stream, feed, conflicts, outlets, tools, webhooks):
        app.include_router(module.router, prefix="/v1", dependencies=[guard])
    app.include_router(health.router)
    app.add_middleware(BodyLimit, max_bytes=body_bytes, exceptions={batches.PATH: batch_bytes})
    # A stream lasts as long as somebody looks: its time would drown the times of answers.
    Instrumentator(excluded_handlers=["/metrics", "/v1/conflicts/stream"]).instrument(app).expose(
        app, include_in_schema=False, dependencies=[guard, Depends(measure)]
    )
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """Puts what the framework cannot see into the OpenAPI description: problem documents, and the lines of a batch."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            for model in (problems.Problem, ArticleIn, BatchLineOut):
                found = model.model_json_schema(ref_template="#/components/schemas/{model}")
                schemas.update(found.pop("$defs", {}))
                schemas[model.__name__] = found
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            shown = {"description": "An error.", "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
            for path, operations in schema["paths"].items():
                for operation in operations.values():
                    operation["responses"].pop("422", None)
                    if path.startswith("/v1"):
                        codes = ["401", "422", "500", "503"]
                        codes += ["404"] if "{id}" in path else []
                        codes += ["413"] if "requestBody" in operation else []
                        codes += (
                            ["409", "429"] if operation.get("tags") in (["articles"], ["outlets"]) and "requestBody" in operation else []
                        )
                        for code in sorted(codes):
                            operation["responses"].setdefault(code, shown)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
