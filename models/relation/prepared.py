"""Examples made ready for a judge: vectors kept in a file between runs, statements read once, times that tell nothing."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.relations.judge import Pair
from app.relations.relation import Relation, RelationKind, Statement
from app.relations.statements import read_statement
from app.vectors.encoder import Vectors
from app.vectors.minilm import MiniLmEncoder
from models.relation.measures import Figures, figures
from models.relation.pairs import AGREE, DIVERGE, EARLY, LATE, UNRELATED, UPDATE, Example

_CLASS_OF = {
    RelationKind.CORROBORATES: AGREE,
    RelationKind.REFINES: AGREE,
    RelationKind.CONTRADICTS: DIVERGE,
    RelationKind.UPDATES: UPDATE,
    RelationKind.UNRELATED: UNRELATED,
}


class VectorFile:
    """Unit vectors by text; what is missing is encoded and, where a file is named, kept for the next run."""

    def __init__(self, file: Path | None = None):
        self._file = file
        self._vectors: dict[str, Vectors] = {}
        if file is not None and file.exists():
            with np.load(file) as held:
                self._vectors = dict(zip(json.loads(str(held["texts"])), held["vectors"].astype(np.float32), strict=True))

    def add(self, texts: Iterable[str]) -> None:
        """Encodes those not yet held."""
        missing = sorted({text for text in texts if text not in self._vectors})
        if not missing:
            return
        for text, vector in zip(missing, MiniLmEncoder.load(threads=2).encode(missing), strict=True):
            self._vectors[text] = vector
        if self._file is not None:
            vectors = np.stack(list(self._vectors.values())).astype(np.float16)
            np.savez(self._file, texts=np.array(json.dumps(list(self._vectors))), vectors=vectors)

    def similarity(self, a: str, b: str) -> float:
        """Cosine of two texts that were added."""
        return float(self._vectors[a] @ self._vectors[b])


@lru_cache(maxsize=100_000)
def _statement(text: str, published_at: str | None) -> Statement:
    return read_statement(text, datetime.fromisoformat(published_at.replace("Z", "+00:00")) if published_at else None)


def prepared(examples: Sequence[Example], vectors: VectorFile) -> list[Pair]:
    """The examples as a judge takes them, in their order."""
    vectors.add(text for e in examples for text in (e.a, e.b))
    return [Pair(_statement(e.a, e.a_published_at), _statement(e.b, e.b_published_at), vectors.similarity(e.a, e.b)) for e in examples]


def mixed_times(examples: Sequence[Example], seed: int = 5) -> list[Example]:
    """The same with half of what is no update a day apart, in either order: to come later alone makes no update.

    Figures and hedges of one position against another keep their time: there, to come later could well be the reason.
    """
    chance = random.Random(seed)
    found: list[Example] = []
    for e in examples:
        turn = chance.random()
        apart = (
            e.a_published_at is not None
            and e.label != UPDATE
            and not e.source.startswith(("diverge/quantity", "diverge/hedge", "diverge/refine", "made/"))
        )
        if apart and turn < 0.25:
            e = replace(e, a_published_at=EARLY, b_published_at=LATE)
        elif apart and turn < 0.5:
            e = replace(e, a_published_at=LATE, b_published_at=EARLY)
        found.append(e)
    return found


def label_of(relation: Relation) -> str:
    """The label that a relation's kind stands for."""
    return _CLASS_OF[relation.kind]


def measured(examples: Sequence[Example], relations: Sequence[Relation]) -> Figures:
    """Figures of relations against the examples' labels, calibration by the relations' scores."""
    return figures([e.label for e in examples], [label_of(r) for r in relations], [r.score for r in relations])
