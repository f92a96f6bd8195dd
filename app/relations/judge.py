"""The seam behind which two statements are judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.relations.relation import Relation, Statement


@dataclass(frozen=True)
class Pair:
    """Two statements and the cosine similarity of their vectors (-1..1)."""

    a: Statement
    b: Statement
    similarity: float


class RelationJudge(Protocol):
    """Judges pairs. Symmetric: swapping a and b gives the same kind and score, with the spans swapped.

    `id` names the judge and its version and is stored with what it produced.
    """

    @property
    def id(self) -> str: ...

    def judge(self, pairs: Sequence[Pair]) -> list[Relation]:
        """`result[i]` is the relation of `pairs[i]`; an empty list for none."""
        ...
