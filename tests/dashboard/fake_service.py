"""A small stand-in for the service: the contract's answers that the pages ask for, from a Story in memory."""

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from app.dashboard.pages import router

from .fake_story import Json, Story

POLL_SECONDS = 0.2


def problem(status: int, detail: str) -> Response:
    """An error as the contract shapes it."""
    body = {"type": "about:blank", "title": "Error", "status": status, "detail": detail, "instance": "/"}
    return JSONResponse(body, status, media_type="application/problem+json")


class FakeApi:
    """The API over one story. `key` set means that it answers only with it.

    `streams` says whether it has a stream of changes, `resumed_after` lists after which change each stream began.
    """

    def __init__(self, story: Story) -> None:
        self.story = story
        self.key: str | None = None
        self.refusal: str | None = None
        self.asked: list[str] = []
        self.not_modified = 0
        self.streams = True
        self.resumed_after: list[str | None] = []
        self._cuts = 0
        self._changed_at: dict[str, int] = {}
        for id in story.conflicts:
            self.touch(id)

    def touch(self, id: str) -> None:
        """Notes that a conflict changed (or came)."""
        number = len(self._changed_at) and max(self._changed_at.values())
        self._changed_at[id] = number + 1

    def change(self, id: str, status: str, note: str | None) -> Json:
        """Gives a conflict a status, as a reader or the service itself would."""
        conflict = self.story.conflicts[id]
        at = (datetime(2025, 3, 10, tzinfo=UTC) + timedelta(seconds=len(conflict["history"]))).isoformat()
        conflict["history"].append({"at": at, "from": conflict["status"], "to": status, "by": "desk", "note": note})
        conflict.update(status=status, updated_at=at)
        self.touch(id)
        return conflict

    def cut_streams(self) -> None:
        """Ends every open stream, as a proxy or a network would."""
        self._cuts += 1

    async def stream(self, after: int) -> AsyncIterator[str]:
        """`GET /v1/conflicts/stream`: each conflict changed after `after`, oldest change first, until it is cut."""
        cuts = self._cuts
        yield ": open\n\n"
        while cuts == self._cuts:
            for number, id in sorted((number, id) for id, number in self._changed_at.items() if number > after):
                after = number
                yield f"event: conflict\nid: {number}\ndata: {json.dumps(self.story.conflicts[id])}\n\n"
            await asyncio.sleep(0.05)

    def poll(self, wanted: dict[str, str]) -> Json:
        """`GET /v1/conflicts`."""
        newest = max(self._changed_at.values(), default=0)
        order = sorted(self._changed_at, key=lambda id: self._changed_at[id], reverse="since" not in wanted)
        found = [self.story.conflicts[id] for id in order if self._changed_at[id] > int(wanted.get("since", 0))]
        for field in ("status", "kind", "between"):
            found = [conflict for conflict in found if wanted.get(field, conflict[field]) == conflict[field]]
        found = [conflict for conflict in found if conflict["severity"] >= float(wanted.get("min_severity", 0))]
        found = [conflict for conflict in found if self._takes_part(conflict, wanted.get("outlet"))]
        first, limit = int(wanted.get("cursor", 0)), int(wanted.get("limit", 50))
        following = str(first + limit) if len(found) > first + limit else None
        return {"items": found[first : first + limit], "next_cursor": following, "cursor": str(newest)}

    def _admits(self, request: Request) -> bool:
        return self.key is None or request.headers.get("authorization") == f"Bearer {self.key}"

    def _takes_part(self, conflict: Json, outlet: str | None) -> bool:
        claims = (self.story.claims[id] for position in conflict["positions"] for id in position["claim_ids"])
        return outlet is None or any(outlet in (claim["outlet"]["id"], claim["origin_outlet"]["id"]) for claim in claims)

    def app(self, sample: bool) -> FastAPI:
        """The pages with this API behind them."""
        app = FastAPI()
        app.include_router(router(sample=sample, poll_seconds=POLL_SECONDS))

        def answer(request: Request, body: Any) -> Response:
            if not self._admits(request):
                return problem(401, "An API key is needed.")
            if body is None:
                return problem(404, "Nothing has this id.")
            etag = f'"{hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]}"'
            if request.headers.get("if-none-match") == etag:
                self.not_modified += 1
                return Response(status_code=304, headers={"ETag": etag})
            return JSONResponse(body, headers={"ETag": etag})

        @app.get("/v1/conflicts")
        def conflicts(request: Request) -> Response:
            self.asked.append(str(request.url.query))
            return answer(request, self.poll(dict(request.query_params)))

        @app.get("/v1/conflicts/stream")
        async def stream(request: Request) -> Response:
            if not self._admits(request):
                return problem(401, "An API key is needed.")
            if not self.streams:
                return problem(404, "There is no stream.")
            after = request.headers.get("last-event-id")
            self.resumed_after.append(after)
            return StreamingResponse(self.stream(int(after or 0)), media_type="text/event-stream")

        @app.get("/v1/outlets")
        def outlets(request: Request) -> Response:
            known = {article["outlet"]["id"]: article["outlet"] for article in self.story.articles.values()}
            return answer(request, {"items": list(known.values()), "next_cursor": None})

        @app.get("/v1/conflicts/{id}")
        def conflict(id: str, request: Request) -> Response:
            return answer(request, self.story.conflicts.get(id))

        @app.patch("/v1/conflicts/{id}")
        def decide(id: str, decision: dict[str, str], request: Request) -> Response:
            if self.refusal is not None:
                return problem(422, self.refusal)
            return answer(request, self.change(id, decision["status"], decision.get("note")))

        @app.get("/v1/claims/{id}")
        def claim(id: str, request: Request) -> Response:
            return answer(request, self.story.claims.get(id))

        @app.get("/v1/clusters/{id}")
        def cluster(id: str, request: Request) -> Response:
            return answer(request, self.story.clusters.get(id))

        @app.get("/v1/articles/{id}")
        def article(id: str, request: Request) -> Response:
            return answer(request, self.story.articles.get(id))

        return app


class RunningService:
    """A service on a loopback port that can go down and come back on the same port."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._port = 0
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Returns once it answers."""
        config = uvicorn.Config(
            self._app, "127.0.0.1", self._port, log_level="error", ws="none", lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the fake service did not start")
            time.sleep(0.01)
        self._port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Returns once nothing answers any more."""
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = True
        self._thread.join()
