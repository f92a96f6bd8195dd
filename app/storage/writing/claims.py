"""Storing claims with their vectors, moving them with a revision, withdrawing them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.claims.claim import StoredClaim
from app.storage.chunks import chunks
from app.storage.mapping import claim_detail, claim_row
from app.storage.tables import ClaimRow, RelationRow, SpeakerRow, VectorRow
from app.storage.writing.counters import LINKINGS, next_number


def insert(
    session: Session, claims: Sequence[StoredClaim], vectors: NDArray[np.float32], *, encoder_id: str, made_by: str
) -> list[StoredClaim]:
    """Stores new claims; `vectors[i]` belongs to `claims[i]`. Returns the same claims with their numbers.

    A claim that was withdrawn lives again under its old number (an article's text that returned). The vectors carry the number
    of this linking, which grows in the order of commits: `reading.claims.linked_after` finds what came since an earlier one.
    """
    back: dict[str, ClaimRow] = {}
    for some in chunks([claim.id for claim in claims]):
        back.update((row.id, row) for row in session.exec(select(ClaimRow).where(col(ClaimRow.id).in_(some))))
    rows = []
    for claim in claims:
        row = claim_row(claim, made_by)
        old = back.get(claim.id)
        if old is not None:
            row.number = old.number
            row = session.merge(row)
        else:
            session.add(row)
        rows.append(row)
    session.flush()
    linking = next_number(session, LINKINGS) if claims else 0
    stored = [replace(claim, number=int(row.number or 0)) for claim, row in zip(claims, rows, strict=True)]
    for claim, vector in zip(stored, vectors, strict=True):
        kept = np.asarray(vector, dtype="<f4").tobytes()
        session.add(VectorRow(claim_number=claim.number, encoder_id=encoder_id, vector=kept, linking=linking))
        session.add_all(_speakers(claim))
    session.flush()
    return stored


def move(session: Session, claims: Iterable[StoredClaim]) -> None:
    """Gives claims that a revision kept their new place in the text, and whatever else of them does not make them another claim."""
    for claim in claims:
        session.execute(
            update(ClaimRow)
            .where(col(ClaimRow.id) == claim.id)
            .values(
                revision=claim.revision,
                origin_outlet_id=claim.origin_outlet_id,
                voice=claim.claim.voice.value,
                quoted=claim.claim.quoted,
                type=claim.claim.type.value,
                text=claim.claim.text,
                start_char=claim.claim.span.start_char,
                end_char=claim.claim.span.end_char,
                detail=claim_detail(claim.claim),
            )
        )


def withdraw(session: Session, claims: Sequence[StoredClaim], now: datetime) -> None:
    """Takes claims out: their vectors, names and relations go, the claims stay as withdrawn."""
    for ids in chunks([claim.id for claim in claims]):
        session.execute(update(ClaimRow).where(col(ClaimRow.id).in_(ids)).values(withdrawn_at=now, cluster_id=None))
        session.execute(delete(RelationRow).where(col(RelationRow.a).in_(ids) | col(RelationRow.b).in_(ids)))
    for numbers in chunks([claim.number for claim in claims]):
        session.execute(delete(VectorRow).where(col(VectorRow.claim_number).in_(numbers)))
        session.execute(delete(SpeakerRow).where(col(SpeakerRow.claim_number).in_(numbers)))


def set_clusters(session: Session, cluster_of: Mapping[str, str]) -> None:
    """Writes which cluster each claim id belongs to."""
    by_cluster: dict[str, list[str]] = {}
    for claim, cluster in cluster_of.items():
        by_cluster.setdefault(cluster, []).append(claim)
    for cluster, ids in sorted(by_cluster.items()):
        for some in chunks(ids):
            session.execute(update(ClaimRow).where(col(ClaimRow.id).in_(some)).values(cluster_id=cluster))


def _speakers(claim: StoredClaim) -> list[SpeakerRow]:
    rows = []
    for position, link in enumerate(claim.claim.chain[:-1]):
        name = link.name or (link.source.text if link.source else None)
        if name:
            rows.append(SpeakerRow(claim_number=claim.number, position=position, folded_name=name.casefold()))
    return rows


def replace_vectors(session: Session, claims: Sequence[StoredClaim], vectors: NDArray[np.float32], encoder_id: str) -> None:
    """Gives claims the vectors of another encoder; `vectors[i]` belongs to `claims[i]`."""
    for claim, vector in zip(claims, vectors, strict=True):
        kept = np.asarray(vector, dtype="<f4").tobytes()
        session.execute(update(VectorRow).where(col(VectorRow.claim_number) == claim.number).values(encoder_id=encoder_id, vector=kept))
