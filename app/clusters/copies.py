"""Wire copies: the same words republished; and origins: who stands behind a claim on his own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from app.claims.claim import StoredClaim
from app.clusters.components import DisjointSets, components

# Source: decision; light editing of agency copy (a dropped clause, a changed title) keeps nine tenths of the characters.
VERBATIM_MIN_RATIO = 90.0
# Source: decision; short sentences coincide ("No one was hurt.") without anybody copying.
VERBATIM_MIN_CHARS = 40
# Source: decision; of two cuts of one copy, the shorter stands in the longer with hardly a letter changed.
HELD_MIN_RATIO = 95.0
# Source: decision; an article that shares half of the shorter one's claims word for word was not written independently.
COPY_MIN_SHARE = 0.5
COPY_MIN_CLAIMS = 2
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def verbatim(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether the two claims are the same words, apart from light editing."""
    first, second = a.claim.text, b.claim.text
    if min(len(first), len(second)) < VERBATIM_MIN_CHARS:
        return utils.default_process(first) == utils.default_process(second)
    return fuzz.ratio(first, second, processor=utils.default_process, score_cutoff=VERBATIM_MIN_RATIO) > 0


def held(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether the shorter claim's words stand within the longer's: one copy of a sentence cut where the other goes on.

    Only of articles that copy each other does this say that one claim is a copy of the other.
    """
    first, second = sorted((a.claim.text, b.claim.text), key=len)
    if len(first) < VERBATIM_MIN_CHARS or not set(_FIGURE.findall(first)) <= set(_FIGURE.findall(second)):
        return False
    return fuzz.partial_ratio(first, second, processor=utils.default_process, score_cutoff=HELD_MIN_RATIO) > 0


def copied_articles(pairs: Iterable[tuple[StoredClaim, StoredClaim]], claim_counts: Mapping[str, int]) -> frozenset[tuple[str, str]]:
    """Pairs of article ids (smaller first) of which one republishes the other.

    `pairs` are verbatim claim pairs; `claim_counts` says how many claims each article has. One article never copies itself,
    and a single shared sentence (a quote that both took from the same speech) is no copy.
    """
    shared: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for pair in pairs:
        first, second = sorted(pair, key=lambda claim: claim.article_id)
        if first.article_id != second.article_id and first.outlet_id != second.outlet_id:
            sides = shared.setdefault((first.article_id, second.article_id), (set(), set()))
            sides[0].add(first.id)
            sides[1].add(second.id)
    # Counted on the poorer side: one sentence that the other article has twice is still one sentence.
    counts = {articles: min(len(side) for side in sides) for articles, sides in shared.items()}
    return frozenset(
        articles
        for articles, count in counts.items()
        if count >= COPY_MIN_CLAIMS and count >= COPY_MIN_SHARE * min(claim_counts[article] for article in articles)
    )


@dataclass(frozen=True)
class Origin:
    """One independent voice: an outlet, and the claims that go back to it. `outlet_ids` are all outlets that speak with it, sorted."""

    outlet_id: str
    claim_ids: tuple[str, ...]
    outlet_ids: tuple[str, ...] = ()


def wire_groups(claim_ids: Iterable[str], copies: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Claims that are copies of each other, only groups of two or more."""
    return [group for group in components(claim_ids, copies) if len(group) > 1]


def origins(claims: Sequence[StoredClaim], copies: Iterable[tuple[str, str]]) -> list[Origin]:
    """The independent origins of `claims`: claims of one origin outlet count once, and so do wire copies.

    A copied group's outlet is that of its earliest claim. Ordered by earliest claim.
    """
    by_id = {claim.id: claim for claim in claims}
    sets = DisjointSets(by_id)
    first_of: dict[str, str] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        sets.join(first_of.setdefault(claim.origin_outlet_id, claim.id), claim.id)
    for a, b in copies:
        if a in by_id and b in by_id:
            sets.join(a, b)
    found = []
    for group in sets.groups():
        ordered = sorted((by_id[item] for item in group), key=lambda c: (c.published_at, c.id))
        outlets = tuple(sorted({c.origin_outlet_id for c in ordered}))
        found.append((ordered[0].published_at, Origin(ordered[0].origin_outlet_id, tuple(c.id for c in ordered), outlets)))
    return [origin for _, origin in sorted(found, key=lambda item: (item[0], item[1].outlet_id))]
