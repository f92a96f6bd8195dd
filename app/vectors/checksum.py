"""A fingerprint of a set of claim numbers that does not depend on the order they come in.

Each number is mixed to 64 well-spread bits and the results are added modulo 2**64: adding a claim adds its term and removing
it subtracts the term, so a checksum is kept up to date without visiting the others, and SQL rows can be summed in any order.

Source: the mixing function is the finaliser of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
generators", OOPSLA 2014); sums of hashes as set fingerprints: Clarke et al., "Incremental multiset hash functions", 2003.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

MODULUS = 2**64

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def checksum_of(numbers: Iterable[int]) -> int:
    """The checksum of these claim numbers, each given once: 0..2**64-1, 0 for none.

    Storage calls it on its rows to learn whether a `ClaimIndex` holds the same claims.
    """
    return terms_sum(np.fromiter(numbers, dtype=np.int64))


def terms_sum(numbers: Numbers) -> int:
    """The sum of the numbers' terms modulo 2**64; 0 for none."""
    mixed = numbers.astype(np.uint64) + _STEP
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return int((mixed ^ (mixed >> np.uint64(31))).sum(dtype=np.uint64))
