"""Storing claims with their vectors, moving them with a revision, withdrawing them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy import insert as inserted
from sqlmodel import Session

from app.claims.claim import StoredClaim
from app.storage.chunks import chunks
from app.storage.mapping import claim_detail, claim_values
from app.storage.tables import ClaimRow, RelationRow, SpeakerRow, VectorRow, table_of
from app.storage.writing.counters import LINKINGS, next_number

_CLAIMS, _RELATIONS, _SPEAKERS, _VECTORS = table_of(ClaimRow), table_of(RelationRow), table_of(SpeakerRow), table_of(VectorRow)
_MOVED = ("revision", "origin_outlet_id", "voice", "quoted", "type", "text", "start_char", "end_char", "detail")


def insert(
    session: Session, claims: Sequence[StoredClaim], vectors: NDArray[np.float32], *, encoder_id: str, made_by: str
) -> list[StoredClaim]:
    """Stores new claims; `vectors[i]` belongs to `claims[i]`. Returns the same claims with their numbers.

    A claim that was withdrawn lives again under its old number (an article's text that returned). The vectors carry the number
    of this linking, which grows in the order of commits: `reading.claims.linked_after` finds what came since an earlier one.
    """
    if not claims:
        return []
    session.flush()
    back = _numbers(session, claims)
    rows = [claim_values(claim, made_by) for claim in claims]
    if fresh := [row for row in rows if row["id"] not in back]:
        session.execute(inserted(_CLAIMS), fresh)
    _rewrite(session, [row for row in rows if row["id"] in back], [name for name in rows[0] if name != "id"])
    number_of = back | _numbers(session, [claim for claim in claims if claim.id not in back])
    linking = next_number(session, LINKINGS)
    stored = [replace(claim, number=number_of[claim.id]) for claim in claims]
    kept = np.ascontiguousarray(vectors, dtype="<f4")
    session.execute(
        inserted(_VECTORS),
        [
            {"claim_number": claim.number, "encoder_id": encoder_id, "vector": vector.tobytes(), "linking": linking}
            for claim, vector in zip(stored, kept, strict=True)
        ],
    )
    if speakers := [row for claim in stored for row in _speakers(claim)]:
        session.execute(inserted(_SPEAKERS), speakers)
    return stored


def move(session: Session, claims: Iterable[StoredClaim]) -> None:
    """Gives claims that a revision kept their new place in the text, and whatever else of them does not make them another claim."""
    rows = [
        {
            "id": claim.id,
            "revision": claim.revision,
            "origin_outlet_id": claim.origin_outlet_id,
            "voice": claim.claim.voice.value,
            "quoted": claim.claim.quoted,
            "type": claim.claim.type.value,
            "text": claim.claim.text,
            "start_char": claim.claim.span.start_char,
            "end_char": claim.claim.span.end_char,
            "detail": claim_detail(claim.claim),
        }
        for claim in claims
    ]
    _rewrite(session, rows, _MOVED)


def withdraw(session: Session, claims: Sequence[StoredClaim], now: datetime) -> None:
    """Takes claims out: their vectors, names and relations go, the claims stay as withdrawn."""
    for ids in chunks([claim.id for claim in claims]):
        session.execute(update(_CLAIMS).where(_CLAIMS.c.id.in_(ids)).values(withdrawn_at=now, cluster_id=None))
        # Not one statement with "or": each finds its rows by an index of its own, in every database.
        session.execute(delete(_RELATIONS).where(_RELATIONS.c.a.in_(ids)))
        session.execute(delete(_RELATIONS).where(_RELATIONS.c.b.in_(ids)))
    for numbers in chunks([claim.number for claim in claims]):
        session.execute(delete(_VECTORS).where(_VECTORS.c.claim_number.in_(numbers)))
        session.execute(delete(_SPEAKERS).where(_SPEAKERS.c.claim_number.in_(numbers)))


def set_clusters(session: Session, cluster_of: Mapping[str, str]) -> None:
    """Writes which cluster each claim id belongs to."""
    _rewrite(session, [{"id": claim, "cluster_id": cluster} for claim, cluster in sorted(cluster_of.items())], ["cluster_id"])


def _rewrite(session: Session, rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> None:
    """Writes these columns of claims; each row has them and the claim's `id`."""
    if rows:
        session.flush()
        changed = update(_CLAIMS).where(_CLAIMS.c.id == bindparam("this")).values({name: bindparam(f"new_{name}") for name in columns})
        session.connection().execute(
            changed, [{"this": row["id"]} | {f"new_{name}": value for name, value in row.items() if name != "id"} for row in rows]
        )


def _numbers(session: Session, claims: Sequence[StoredClaim]) -> dict[str, int]:
    """The numbers of those of these claims that are stored, withdrawn or not, by id."""
    found: dict[str, int] = {}
    for some in chunks([claim.id for claim in claims]):
        query = select(_CLAIMS.c.id, _CLAIMS.c.number).where(_CLAIMS.c.id.in_(some))
        found.update((name, number) for name, number in session.execute(query))
    return found


def _speakers(claim: StoredClaim) -> list[dict[str, Any]]:
    rows = []
    for position, link in enumerate(claim.claim.chain[:-1]):
        name = link.name or (link.source.text if link.source else None)
        if name:
            rows.append({"claim_number": claim.number, "position": position, "folded_name": name.casefold()})
    return rows


def replace_vectors(session: Session, claims: Sequence[StoredClaim], vectors: NDArray[np.float32], encoder_id: str) -> None:
    """Gives claims the vectors of another encoder; `vectors[i]` belongs to `claims[i]`."""
    changed = update(_VECTORS).where(_VECTORS.c.claim_number == bindparam("number"))
    kept = np.ascontiguousarray(vectors, dtype="<f4")
    rows = [{"number": claim.number, "bytes": vector.tobytes()} for claim, vector in zip(claims, kept, strict=True)]
    if rows:
        session.connection().execute(changed.values(encoder_id=encoder_id, vector=bindparam("bytes")), rows)
