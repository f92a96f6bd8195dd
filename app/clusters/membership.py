"""Which cluster a claim belongs to: the connected parts of the graph of links, with ids that stay."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from app.clusters.components import components


@dataclass(frozen=True)
class Settlement:
    """The clusters after a change.

    `members` maps each living cluster id to its claim ids in order; `created` are the ids among them that are new (or live
    again); `merged` maps an id that was given up to the one that took its claims; `emptied` lost their last claim.
    """

    members: Mapping[str, tuple[str, ...]]
    created: frozenset[str]
    merged: Mapping[str, str]
    emptied: frozenset[str]


def settle(
    claims: Mapping[str, str | None],
    links: Iterable[tuple[str, str]],
    clusters: Mapping[str, datetime],
    is_taken: Callable[[str], bool] = lambda cluster_id: False,
) -> Settlement:
    """Groups `claims` (id -> current cluster id or None) by `links`, keeping ids where it can.

    `clusters` holds every cluster touched, with its time of creation; all their remaining claims must be in `claims`.
    A cluster's id stays with the part that holds most of its claims; of several ids in one part the oldest survives.
    `is_taken` says of an id outside `clusters` whether a living cluster has it. The grouping depends on claims and links
    alone, not on the order in which they came.
    """
    parts = components(claims.keys(), links)
    kept_by = _keepers(claims, parts)
    kept_in: dict[int, list[str]] = {}
    for cluster, keeper in kept_by.items():
        kept_in.setdefault(keeper, []).append(cluster)
    members: dict[str, tuple[str, ...]] = {}
    merged: dict[str, str] = {}
    created: set[str] = set()
    used = set(kept_by)
    for number, part in enumerate(parts):
        own = sorted(kept_in.get(number, ()), key=lambda c: (clusters[c], c))
        if own:
            cluster_id = own[0]
        else:
            cluster_id = next(name for name in _names_of(part) if name not in used and (name in clusters or not is_taken(name)))
            created.add(cluster_id)
            used.add(cluster_id)
        members[cluster_id] = part
        merged.update(dict.fromkeys(own[1:], cluster_id))
    emptied = frozenset(clusters) - frozenset(members) - frozenset(merged)
    return Settlement(members, frozenset(created), merged, emptied)


def cluster_id_of(part: Collection[str]) -> str:
    """The id of a new cluster: that of its first claim, so that replaying makes the same."""
    return "clu_" + min(part).split("_", 1)[-1]


def _names_of(part: Collection[str]) -> Iterator[str]:
    """Ids for a new cluster, the first free one to be taken: the cluster named after its first claim may have gone on without it."""
    first = cluster_id_of(part)
    yield first
    for number in count(2):
        yield f"{first}-{number}"


def _keepers(claims: Mapping[str, str | None], parts: list[tuple[str, ...]]) -> dict[str, int]:
    """For each current cluster id, the part that holds most of its claims (ties: the part that comes first)."""
    counts: dict[str, dict[int, int]] = {}
    for number, part in enumerate(parts):
        for claim in part:
            cluster = claims[claim]
            if cluster is not None:
                held = counts.setdefault(cluster, {})
                held[number] = held.get(number, 0) + 1
    return {cluster: min(held, key=lambda part: (-held[part], part)) for cluster, held in counts.items()}
