"""What the fake service answers where the pages ask for lists: clusters, articles, outlets and what lies behind a pair of them."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from .fake_story import OPENED_AT, Json, Story

Refusal = list[dict[str, Any]]


class Lists:
    """Lists over a story. `asked` holds every query, `refusal` (fields) refuses what is posted, `posted` what came.

    An article that is posted is read as soon as `reads` says so.
    """

    def __init__(self, story: Story) -> None:
        self.story = story
        self.asked: list[dict[str, str]] = []
        self.posted: list[Json] = []
        self.refusal: Refusal = []
        self.reads = True
        self.wire: set[str] = set()

    def clusters(self, wanted: dict[str, str]) -> list[Json]:
        """`GET /v1/clusters`, less its paging; a query by words finds headlines that hold one of them."""
        found = [self.summary(cluster) for cluster in self.story.clusters.values()]
        if "article" in wanted:
            within = {claim["cluster_id"] for claim in self.story.claims.values() if claim["article_id"] == wanted["article"]}
            found = [item for item in found if item["id"] in within]
        if "q" in wanted:
            found = [item for item in found if any(word in item["headline"].lower() for word in wanted["q"].lower().split())]
        if "diverging" in wanted:
            found = [item for item in found if item["diverging"] is (wanted["diverging"] == "true")]
        if "outlet" in wanted:
            found = [item for item in found if wanted["outlet"] in [name for outlet in item["outlets"] for name in outlet.values()]]
        return [item for item in found if len(item["outlets"]) >= int(wanted.get("min_outlets", 0))]

    def summary(self, cluster: Json) -> Json:
        """A cluster as a list shows it."""
        diverging = any(relation["kind"] == "contradicts" for relation in cluster["relations"])
        kept = ("id", "headline", "outlets", "independent_origins", "conflict_ids", "created_at", "updated_at")
        return {name: cluster[name] for name in kept} | {"claim_count": len(cluster["claims"]), "diverging": diverging}

    def articles(self, wanted: dict[str, str]) -> list[Json]:
        """`GET /v1/articles`, less its paging."""
        found = [{name: value for name, value in article.items() if name != "claims"} for article in self.story.articles.values()]
        found = [item for item in found if wanted.get("status", item["status"]) == item["status"]]
        return [item for item in found if "outlet" not in wanted or wanted["outlet"] in item["outlet"].values()]

    def outlets(self) -> dict[str, Json]:
        """Every outlet by id."""
        known = {article["outlet"]["id"]: article["outlet"] for article in self.story.articles.values()}
        return {id: {**outlet, "aliases": [], "domains": [], "wire": id in self.wire} for id, outlet in known.items()}

    def pairs(self) -> dict[tuple[str, str], list[tuple[Json, bool, bool]]]:
        """The clusters that two outlets share, each with whether they agree and differ there."""
        found: dict[tuple[str, str], list[tuple[Json, bool, bool]]] = {}
        for cluster in self.story.clusters.values():
            held = [{outlet["id"] for outlet in position["outlets"]} for position in cluster["positions"]]
            for a, b in combinations(sorted(set().union(*held)), 2):
                together = any({a, b} <= position for position in held)
                parted = any(a in one and b in other for one in held for other in held if one is not other)
                found.setdefault((a, b), []).append((cluster, together, parted))
        return found

    def cells(self) -> list[Json]:
        """The matrix's pairs."""
        known = self.outlets()
        return [
            {
                "a": {"id": a, "name": known[a]["name"]},
                "b": {"id": b, "name": known[b]["name"]},
                "shared": len(shared),
                "agree": sum(agree for _, agree, _ in shared),
                "diverge": sum(diverge for _, _, diverge in shared),
            }
            for (a, b), shared in self.pairs().items()
        ]

    def profile(self, id: str) -> Json | None:
        """`GET /v1/outlets/{id}`."""
        outlet = self.outlets().get(id)
        if outlet is None:
            return None
        claims = [claim for claim in self.story.claims.values() if claim["outlet"]["id"] == id]
        reported = [claim for claim in claims if claim["voice"] == "reported"]
        others = [
            {"outlet": cell["b"] if cell["a"]["id"] == id else cell["a"], **{name: cell[name] for name in ("shared", "agree", "diverge")}}
            for cell in self.cells()
            if id in (cell["a"]["id"], cell["b"]["id"])
        ]
        first = [self.summary(cluster) for cluster in self.story.clusters.values() if cluster["claims"][0]["outlet"]["id"] == id]
        return {
            **outlet, "articles": 1, "claims": len(claims), "own_claims": len(claims) - len(reported), "reported_claims": len(reported),
            "copied_claims": 0, "wire_share": 0.0, "clusters": len(first), "open_conflicts": 1, "first_count": len(first), "first": first,
            "quotes": [{"name": claim["chain"][0]["name"], "kind": claim["chain"][0]["kind"], "claims": 1} for claim in reported],
            "others": others,
        }  # fmt: skip

    def shared(self, a: str, b: str, stance: str | None) -> list[Json]:
        """`GET /v1/outlets/matrix/{a}/{b}`, less its paging."""
        found = []
        for cluster, agree, diverge in self.pairs().get((min(a, b), max(a, b)), []):
            if (stance == "agree" and not agree) or (stance == "diverge" and not diverge):
                continue
            sides = [[claim for claim in cluster["claims"] if claim["origin_outlet"]["id"] == id] for id in (a, b)]
            found.append(
                {
                    "cluster": self.summary(cluster),
                    "agree": agree,
                    "diverge": diverge,
                    "a_claims": sides[0],
                    "b_claims": sides[1],
                    "conflict_id": cluster["conflict_ids"][0] if diverge else None,
                }
            )
        return found

    def receive(self, posted: Json) -> Response:
        """`POST /v1/articles`: the text is one claim of the outlet's own."""
        self.posted.append(posted)
        if self.refusal:
            body = {"title": "Invalid input", "status": 422, "detail": self.refusal[0]["msg"], "errors": self.refusal}
            return JSONResponse(body, 422, media_type="application/problem+json")
        id = f"posted{len(self.posted)}"
        text = posted.get("text") or "The text of a page."
        outlet = posted.get("outlet") or "Unnamed"
        self.story.add_article(id, outlet, posted.get("title", ""), text, posted.get("url"), posted.get("published_at") or OPENED_AT)
        if self.reads:
            self.story.add_claim(f"c{id}", id, text)["cluster_id"] = "clu-duration"
        else:
            self.story.articles[id]["status"] = "received"
        return JSONResponse({"id": id, "status": "received", "revision": 1}, 202)

    def answer_on(self, app: FastAPI) -> FastAPI:
        """Adds these answers to the fake API."""

        def page(request: Request, find: Callable[[dict[str, str]], list[Json]]) -> Response:
            wanted = dict(request.query_params)
            self.asked.append(wanted)
            first, limit, found = int(wanted.get("cursor", 0)), int(wanted.get("limit", 50)), find(wanted)
            following = str(first + limit) if len(found) > first + limit else None
            return JSONResponse({"items": found[first : first + limit], "next_cursor": following})

        @app.get("/v1/clusters")
        def clusters(request: Request) -> Response:
            return page(request, self.clusters)

        @app.get("/v1/articles")
        def articles(request: Request) -> Response:
            return page(request, self.articles)

        @app.post("/v1/articles")
        def receive(posted: dict[str, Any]) -> Response:
            return self.receive(posted)

        @app.get("/v1/outlets/matrix")
        def matrix() -> Response:
            cells = self.cells()
            known = {end["id"]: end for cell in cells for end in (cell["a"], cell["b"])}
            return JSONResponse({"outlets": [known[id] for id in sorted(known)], "pairs": cells})

        @app.get("/v1/outlets/matrix/{a}/{b}")
        def pair(a: str, b: str, request: Request) -> Response:
            return page(request, lambda wanted: self.shared(a, b, wanted.get("stance")))

        @app.get("/v1/outlets/{id}")
        def outlet(id: str) -> Response:
            found = self.profile(id)
            return JSONResponse(
                {"title": "Not found", "status": 404, "detail": "Nothing has this id."} if found is None else found, 200 if found else 404
            )

        return app
