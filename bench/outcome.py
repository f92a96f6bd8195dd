"""What a store holds in the end, seen through HTTP, and how two stores compare."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from math import comb
from typing import Any

import httpx

# A conflict by the claims of its positions.
Positions = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Outcome:
    """Articles by status, the cluster of each claim, each conflict by the claims of its positions, and what explains them.

    `texts` are the claims' own words, `relations` what each pair of claims of one cluster was judged to be.
    """

    statuses: Mapping[str, int]
    cluster_of: Mapping[str, str]
    conflicts: frozenset[Positions]
    repeated_claims: int
    texts: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[tuple[str, str], str] = field(default_factory=dict)


def outcome_of(client: httpx.Client) -> Outcome:
    """Reads everything."""
    claims = list(_all(client, "/v1/claims"))
    told = Counter((claim["article_id"], claim["content"], str(claim["chain"])) for claim in claims)
    conflicts = frozenset(
        frozenset(tuple(sorted(position["claim_ids"])) for position in conflict["positions"])
        for conflict in _all(client, "/v1/conflicts")
        if conflict["status"] == "open"
    )
    cluster_of = {claim["id"]: claim["cluster_id"] for claim in claims}
    return Outcome(
        Counter(article["status"] for article in _all(client, "/v1/articles")),
        cluster_of,
        conflicts,
        sum(count - 1 for count in told.values()),
        {claim["id"]: f"{claim['outlet']['name']}: {claim['text']}" for claim in claims},
        dict(_relations(client, cluster_of)),
    )


def adjusted_rand(one: Mapping[str, Hashable], other: Mapping[str, Hashable]) -> float:
    """How far two clusterings of the same things agree: 1 when they are the same, about 0 when only by chance.

    Things that one of them lacks are left out. Source: Hubert and Arabie, "Comparing partitions", 1985.
    """
    both = [(one[key], other[key]) for key in sorted(one.keys() & other.keys())]
    cells = sum(comb(count, 2) for count in Counter(both).values())
    rows = sum(comb(count, 2) for count in Counter(a for a, _ in both).values())
    columns = sum(comb(count, 2) for count in Counter(b for _, b in both).values())
    pairs = comb(len(both), 2)
    expected = rows * columns / pairs if pairs else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (cells - expected) / (most - expected)


def _relations(client: httpx.Client, cluster_of: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Each pair within a cluster, and its relation in words."""
    for cluster, claims in Counter(cluster_of.values()).items():
        if cluster is None or claims < 2:
            continue
        answer = client.get(f"/v1/clusters/{cluster}")
        answer.raise_for_status()
        for relation in answer.json()["relations"]:
            reasons = ", ".join(reason["detail"] for reason in relation["reasons"])
            a, b = sorted((relation["a"], relation["b"]))
            yield (a, b), f"{relation['kind']} {relation['score']:.2f}{' (' + reasons + ')' if reasons else ''}"


def _all(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        answer = client.get(path, params={"limit": 200} | ({"cursor": cursor} if cursor else {}))
        answer.raise_for_status()
        page = answer.json()
        yield from page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return
