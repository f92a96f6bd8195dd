"""What the fake service answers: the sample story with its claims, clusters and conflicts written by hand."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SAMPLE = Path(__file__).parents[2] / "app" / "articles" / "sample.json"
HOSTILE = "<img src=x onerror=\"window.ran='yes'\"><script>window.ran='yes'</script>{{7*7}}${7*7}<b>bold</b>"
OPENED_AT = "2025-03-09T18:46:00Z"


def span(text: str, words: str) -> Json:
    """Where `words` stand in `text`, in code points."""
    start = text.index(words)
    return {"start_char": start, "end_char": start + len(words)}


class Story:
    """Articles, claims, clusters and conflicts by id, as the contract's JSON. Each test gets its own."""

    def __init__(self) -> None:
        sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
        self.articles: dict[str, Json] = {}
        self.claims: dict[str, Json] = {}
        self.clusters: dict[str, Json] = {}
        self.conflicts: dict[str, Json] = {}
        for number, posted in enumerate(sample["articles"], 1):
            self.add_article(f"art{number}", **{k: v for k, v in posted.items() if k != "fictional"})
        self._tell_duration()
        self._tell_alarm()

    def add_article(self, id: str, outlet: str, title: str, text: str, url: str | None, published_at: str) -> None:
        """An article that is processed and has no claims yet."""
        self.articles[id] = {
            "id": id, "outlet": {"id": outlet.lower().replace(" ", "-"), "name": outlet}, "url": url, "title": title, "text": text,
            "published_at": published_at, "received_at": published_at, "status": "processed", "error": None, "revision": 1,
            "revisions": [], "claims": [],
        }  # fmt: skip

    def add_claim(self, id: str, article_id: str, words: str, content: str | None = None, chain: tuple[tuple[str, str], ...] = ()) -> Json:
        """A claim whose text is `words` of the article; `chain` holds (name, kind) from the speaker outward, less the publisher."""
        article = self.articles[article_id]
        links = [*chain, (article["outlet"]["name"], "publisher")]
        claim = {
            "id": id, "article_id": article_id, "revision": 1, "outlet": article["outlet"], "origin_outlet": article["outlet"],
            "text": words, "span": span(article["text"], words), "content": content or words,
            "chain": [{"name": name, "kind": kind, "outlet_id": None, "source": None, "cue": None} for name, kind in links],
            "voice": "reported" if chain else "own", "quoted": False, "certainty": "asserted", "type": "statement",
            "quantities": [], "dates": [],
            "published_at": article["published_at"], "cluster_id": None,
        }  # fmt: skip
        self.claims[id] = claim
        article["claims"].append(claim)
        return claim

    def position(self, *claim_ids: str) -> Json:
        """The position these claims share."""
        claims = [self.claims[id] for id in claim_ids]
        sources = [claim["chain"][0]["name"] for claim in claims if len(claim["chain"]) > 1]
        outlets = list({claim["origin_outlet"]["id"]: claim["origin_outlet"] for claim in claims}.values())
        return {"outlets": outlets, "sources": sources, "claim_ids": list(claim_ids), "summary": claims[0]["content"]}

    def relation(self, a: str, b: str, kind: str, type: str, a_words: str, b_words: str, detail: str) -> Json:
        """A relation whose reason points at words of each claim's article."""
        texts = [self.articles[self.claims[id]["article_id"]]["text"] for id in (a, b)]
        reason = {"type": type, "a_span": span(texts[0], a_words), "b_span": span(texts[1], b_words), "detail": detail}
        return {"a": a, "b": b, "kind": kind, "score": 0.94, "reasons": [reason]}

    def add_conflict(self, id: str, kind: str, between: str, severity: float, positions: list[Json], relations: list[Json]) -> Json:
        """An open conflict and the cluster it lives in."""
        cluster_id = f"clu-{id}"
        headline = positions[0]["summary"]
        conflict = {
            "id": id, "cluster_id": cluster_id, "headline": headline, "kind": kind, "between": between, "severity": severity,
            "severity_parts": [
                {"name": "distance", "value": 0.8, "detail": f"They differ: {relations[0]['reasons'][0]['detail']}."},
                {"name": "certainty", "value": severity / 0.8, "detail": "That the two cannot both be true is scored 0.94."},
            ],
            "status": "open", "positions": positions, "relations": [r for r in relations if r["kind"] == "contradicts"],
            "opened_at": OPENED_AT, "updated_at": OPENED_AT,
            "history": [{"at": OPENED_AT, "from": None, "to": "open", "by": "parallax", "note": None}],
        }  # fmt: skip
        claims = [self.claims[claim_id] for position in positions for claim_id in position["claim_ids"]]
        origins = list({claim["origin_outlet"]["id"]: claim["origin_outlet"] for claim in claims}.values())
        outlets = list({claim["outlet"]["id"]: claim["outlet"] for claim in claims}.values())
        self.clusters[cluster_id] = {
            "id": cluster_id, "headline": headline, "claims": deepcopy(claims), "outlets": outlets,
            "origins": [{"outlet": outlet, "claim_ids": []} for outlet in origins], "independent_origins": len(origins), "wire_copies": [],
            "positions": positions, "relations": relations, "conflict_ids": [id], "created_at": OPENED_AT, "updated_at": OPENED_AT,
        }  # fmt: skip
        for claim in claims:
            claim["cluster_id"] = cluster_id
        self.conflicts[id] = conflict
        return conflict

    def _tell_duration(self) -> None:
        self.add_claim("c45", "art3", "The evacuation of the Aurelian Opera House took about 45 minutes on Saturday evening.")
        self.add_claim("c30", "art4", "The evacuation of the Aurelian Opera House took 30 minutes on Saturday evening.")
        self.add_claim(
            "cecho", "art6", "The Veldany Courier reported that the evacuation of the Aurelian Opera House had taken about 45 minutes.",
            "the evacuation of the Aurelian Opera House had taken about 45 minutes", (("The Veldany Courier", "outlet"),),
        )["origin_outlet"] = self.articles["art3"]["outlet"]  # fmt: skip
        detail = "About 45 minutes against 30 minutes: 33% less"
        parted = self.relation("c45", "c30", "contradicts", "quantity", "about 45 minutes", "30 minutes", detail)
        turned = "30 minutes against About 45 minutes: 50% more"
        echo = self.relation("c30", "cecho", "contradicts", "quantity", "30 minutes", "about 45 minutes", turned)
        agreed = self.relation("c45", "cecho", "corroborates", "quantity", "about 45 minutes", "about 45 minutes", "The same figure")
        positions = [self.position("c45", "cecho"), self.position("c30")]
        self.add_conflict("duration", "quantity", "outlets", 0.72, positions, [parted, echo, agreed])

    def _tell_alarm(self) -> None:
        silent = "The fire alarm in the opera house did not work on Saturday evening"
        worked = "The fire alarm in the opera house worked on Saturday evening"
        toth, valcourt = (("Mirela Toth", "person"),), (("Ruben Valcourt", "person"),)
        self.add_claim("csilent", "art3", f"{silent}, said Mirela Toth, a spokeswoman for the stagehands' union.", silent, toth)
        self.add_claim("cworked", "art4", f"{worked}, said Ruben Valcourt, the director of the opera house.", worked, valcourt)
        detail = "One says that the alarm worked, the other that it did not"
        parted = self.relation("csilent", "cworked", "contradicts", "negation", "did not work", "worked", detail)
        self.add_conflict("alarm", "negation", "sources", 0.61, [self.position("csilent"), self.position("cworked")], [parted])

    def add_hostile(self) -> None:
        """A conflict whose every text tries to be markup, a template or a script."""
        text = f"\U0001f525\U0001f692 The tower is {HOSTILE} 40 metres high. The rest is silence."
        self.add_article("evil1", f"Outlet {HOSTILE}", f"Title {HOSTILE}", text, "javascript:window.ran='yes'", OPENED_AT)
        self.add_article("evil2", "برج اليوم", "ارتفاع البرج", "ارتفاع البرج 30 مترا.", "https://tower.example/<script>", OPENED_AT)
        self.add_claim("e1", "evil1", text.split(" The rest")[0], f"Content {HOSTILE}", ((f"Speaker {HOSTILE}", "person"),))
        self.add_claim("e2", "evil2", "ارتفاع البرج 30 مترا.")
        parted = self.relation("e1", "e2", "contradicts", "quantity", "40 metres", "30", f"Detail {HOSTILE}")
        conflict = self.add_conflict("evil", "quantity", "sources", 0.5, [self.position("e1"), self.position("e2")], [parted])
        conflict["history"].append({"at": OPENED_AT, "from": "open", "to": "open", "by": f"By {HOSTILE}", "note": f"Note {HOSTILE}"})
        self.clusters["clu-evil"]["wire_copies"] = [["e1", "e2"]]
