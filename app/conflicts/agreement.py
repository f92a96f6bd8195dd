"""How two outlets stand to each other on one proposition."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from app.clusters.copies import Origin
from app.conflicts.positions import Position, Standing


@dataclass(frozen=True)
class OutletPair:
    """Two origin outlets (ids, a < b) that share a proposition; they may agree and diverge on it at once, or neither."""

    a: str
    b: str
    agree: bool
    diverge: bool


def parted_positions(found: Standing) -> frozenset[tuple[int, int]]:
    """The positions that a contradiction parts, as pairs of their places in `found.positions`, the smaller first."""
    place_of = {claim: place for place, position in enumerate(found.positions) for claim in position.claim_ids}
    ends = [sorted((place_of[pair.a], place_of[pair.b])) for pair in found.parting]
    return frozenset((first, second) for first, second in ends if first != second)


def outlet_pairs(positions: Sequence[Position], origins: Sequence[Origin], parted: Collection[tuple[int, int]]) -> list[OutletPair]:
    """Every pair of outlets that stand behind the cluster's claims, by ids; none for a single outlet.

    Two outlets agree when one position holds both as independent voices: a wire copy and what it copies are one voice, and an outlet
    that only relays another stands behind nothing. They diverge when positions that hold them are `parted` (places in `positions`);
    where one position holds both and another only one of them, they do both.
    """
    held = [sorted(set(position.outlet_ids)) for position in positions]
    voice = {outlet: number for number, origin in enumerate(origins) for outlet in origin.outlet_ids}
    agree = {pair for outlets in held for pair in combinations(outlets, 2) if voice[pair[0]] != voice[pair[1]]}
    diverge = {(min(ends), max(ends)) for one, other in parted for ends in product(held[one], held[other])}
    everybody = sorted({outlet for outlets in held for outlet in outlets})
    return [OutletPair(*pair, agree=pair in agree, diverge=pair in diverge) for pair in combinations(everybody, 2)]
