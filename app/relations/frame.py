"""Two statements in one frame: the same words, but names that stand elsewhere or are others, or the same deed turned into the passive.

"Trump wins Ohio" and "Trump wins Iowa" share all but a name, "from Tarn to Harrow" and "from Harrow to Tarn" even every word; neither
says what the other says. "Police arrested the mayor" and "The mayor was arrested by police" do.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.relations.reading import Reading, read
from app.relations.relation import Statement
from app.relations.words import each_word, stem

_NAME = "@"
# Deeds that two do together: who is named first tells nothing.
SYMMETRIC = frozenset(
    stem(word)
    for word in each_word(
        """meet marry wed talk speak play draw tie agree split differ clash collide border debate resemble match join team share separate
        divorce date hug embrace merge cooperate discuss negotiate reconcile quarrel argue"""
    )
)
_TOGETHER = frozenset({"and", "or", ",", "&", "-", "–"})
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|n|t|d)\b.*\bby\b", re.IGNORECASE)
_PREFIX_CHARS = 4


class Frame(StrEnum):
    """`apart`: a name is another one or stands elsewhere, so that the two do not say the same; `turned`: active and passive of one deed."""

    APART = "apart"
    TURNED = "turned"


@dataclass(frozen=True)
class _Shape:
    words: tuple[str, ...]
    names: tuple[frozenset[str], ...]


def frame(a: Statement, b: Statement) -> Frame | None:
    """How two statements in one frame differ; None where their other words differ, or nothing does. Symmetric."""
    shape_a, shape_b = _shape(a), _shape(b)
    if shape_a.words == shape_b.words:
        return Frame.APART if _renamed(shape_a, shape_b) else None
    return Frame.TURNED if _turned(read(a), read(b)) else None


@lru_cache(maxsize=16384)
def _shape(statement: Statement) -> _Shape:
    """The words in order, each name with what belongs to it as one placeholder."""
    words: list[str] = []
    names: list[frozenset[str]] = []
    inside = False
    for word in read(statement).tokens:
        if word.name and inside:
            names[-1] |= {word.stem}
        elif word.name:
            words.append(_NAME)
            names.append(frozenset({word.stem}))
        else:
            words.append(word.text if word.mark else word.stem)
        inside = word.name
    while words and words[-1] in (".", "!", "?"):
        words.pop()
    return _Shape(tuple(words), tuple(names))


def _renamed(a: _Shape, b: _Shape) -> bool:
    # In a headline of capitals alone every word looks like a name.
    if all(word == _NAME or not word[0].isalpha() for word in a.words) or a.names == b.names:
        return False
    if sorted(map(sorted, a.names)) == sorted(map(sorted, b.names)):
        return not (_coordinated(a.words) or SYMMETRIC & set(a.words))
    return not all(_compatible(one, other) for one, other in zip(a.names, b.names, strict=True))


def _coordinated(words: tuple[str, ...]) -> bool:
    """Whether two names stand side by side, as in "X and Y", where their order tells nothing."""
    return any(words[at : at + 3 : 2] == (_NAME, _NAME) and words[at + 1] in _TOGETHER for at in range(len(words) - 2))


def _compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names may be one: a part of the other, its initials, or a shortened form."""
    if one <= other or other <= one:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(next(iter(short))) == len(long) > 1:
        return sorted(next(iter(short))) == sorted(name[0] for name in long)
    return all(any(x[:_PREFIX_CHARS] == y[:_PREFIX_CHARS] for y in long) for x in short)


def _turned(a: Reading, b: Reading) -> bool:
    """The same words, one side a passive with the doer behind "by" and the other not, nothing negated."""
    if a.stems != b.stems or a.negators or b.negators:
        return False
    return (_PASSIVE.search(a.text) is None) != (_PASSIVE.search(b.text) is None)
