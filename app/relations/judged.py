"""A relation once its two claims have identities: what is stored and what positions are made of."""

from dataclasses import dataclass

from app.relations.relation import Reason, RelationKind


@dataclass(frozen=True)
class JudgedPair:
    """The relation of claims `a` and `b` (ids, a < b). Reason spans point into the text of each claim's article.

    `wire_copy` marks that one is a republication of the other's words, whatever the kind.
    """

    a: str
    b: str
    kind: RelationKind
    score: float
    reasons: tuple[Reason, ...] = ()
    wire_copy: bool = False
