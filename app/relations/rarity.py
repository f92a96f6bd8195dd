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


def common(stem: str) -> int:
    """In how many of the counted topics the stem occurs; 0 when it is not in the table."""
    return _frequency()[0].get(stem, 0)
