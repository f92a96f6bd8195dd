"""How common a word is in the news, so that shared words can be weighed."""

import json
import math
from functools import lru_cache
from pathlib import Path

_FREQUENCY_FILE = Path(__file__).with_name("word_frequency.json")
_UNSEEN_TOPICS = 2  # what a stem that is not in the table counts as; the table begins at four


@lru_cache(maxsize=1)
def _frequency() -> tuple[dict[str, int], int]:
    """In how many of how many topics a stem occurs. Source: counted over the mini-stories, one topic each."""
    data = json.loads(_FREQUENCY_FILE.read_text(encoding="utf8"))
    return data["topics_with_stem"], data["topics"]


@lru_cache(maxsize=65536)
def rarity(stem: str) -> float:
    """How much a shared word tells, 0 (in every topic) to 1 (in hardly any): inverse document frequency over its greatest value."""
    counts, topics = _frequency()
    return math.log(topics / min(topics, counts.get(stem, _UNSEEN_TOPICS))) / math.log(topics / _UNSEEN_TOPICS)


# Every rarity is a whole number of these: it is a float between 0 and 1 whose last bit is worth more. Source: the table's size.
_UNIT = 2**128


@lru_cache(maxsize=65536)
def exact_rarity(stem: str) -> int:
    """The rarity without rounding, in units so small that it is a whole number: sums of these do not depend on any order."""
    numerator, denominator = rarity(stem).as_integer_ratio()
    return numerator * (_UNIT // denominator)


def total(exact: int) -> float:
    """A sum of exact rarities as the nearest float: what `math.fsum` makes of the rarities themselves."""
    return exact / _UNIT


def common(stem: str) -> int:
    """In how many of the counted topics the stem occurs; 0 when it is not in the table."""
    return _frequency()[0].get(stem, 0)
