"""Finding claims, their vectors and relations."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.claims.claim import ClaimType, StoredClaim
from app.errors import NotFound, OtherEncoder
from app.relations.judged import JudgedPair
from app.storage.chunks import CHUNK, chunks
from app.storage.mapping import judged_pair, stored_claim
from app.storage.reading.pages import Page, decode_cursor, encode_cursor, page_of
from app.storage.tables import ClaimRow, CounterRow, RelationRow, SpeakerRow, VectorRow, table_of
from app.storage.writing.counters import LINKINGS

# For what linking reads: rows without objects.
_CLAIMS, _RELATIONS, _VECTORS = table_of(ClaimRow), table_of(RelationRow), table_of(VectorRow)
ALIVE = col(ClaimRow.withdrawn_at).is_(None)


@dataclass(frozen=True)
class Place:
    """In which article a claim stands, and when that was published."""

    article_id: str
    published_at: datetime


def get(session: Session, claim_id: str) -> StoredClaim:
    """One claim.

    Raises:
        NotFound: unknown, or withdrawn.
    """
    row = session.exec(select(ClaimRow).where(ClaimRow.id == claim_id, ALIVE)).first()
    if row is None:
        raise NotFound(f"no claim has the id {claim_id[:80]!r}")
    return stored_claim(row)


def of_article(session: Session, article_id: str) -> list[StoredClaim]:
    """An article's claims in the order of the text."""
    query = select(ClaimRow).where(ClaimRow.article_id == article_id, ALIVE)
    return [stored_claim(row) for row in session.exec(query.order_by(col(ClaimRow.start_char), col(ClaimRow.number)))]


def by_numbers(session: Session, numbers: Collection[int]) -> dict[int, StoredClaim]:
    """The live ones of these claims, by number."""
    found: dict[int, StoredClaim] = {}
    for some in chunks(numbers):
        query = sql_select(_CLAIMS).where(_CLAIMS.c.number.in_(some), _CLAIMS.c.withdrawn_at.is_(None))
        found.update((int(row.number), stored_claim(row)) for row in session.execute(query))
    return found


def places(session: Session, numbers: Collection[int]) -> dict[int, Place]:
    """Where the live ones of these claims stand, by number; far cheaper than the claims themselves."""
    found: dict[int, Place] = {}
    for some in chunks(numbers):
        query = sql_select(_CLAIMS.c.number, _CLAIMS.c.article_id, _CLAIMS.c.published_at).where(_CLAIMS.c.number.in_(some))
        rows = session.execute(query.where(_CLAIMS.c.withdrawn_at.is_(None)))
        found.update((int(number), Place(article, at)) for number, article, at in rows)
    return found


def article_vectors(session: Session, article_ids: Collection[str]) -> dict[str, tuple[list[int], NDArray[np.float32]]]:
    """For each of these articles that has live claims: their numbers, growing, and a matrix with one row a number."""
    held: dict[str, list[tuple[int, bytes]]] = {}
    for some in chunks(article_ids):
        query = (
            select(ClaimRow.article_id, VectorRow.claim_number, VectorRow.vector)
            .join(VectorRow, col(VectorRow.claim_number) == col(ClaimRow.number))
            .where(col(ClaimRow.article_id).in_(some), ALIVE)
            .order_by(col(VectorRow.claim_number))
        )
        for article, number, stored in session.exec(query):
            held.setdefault(article, []).append((number, stored))
    return {
        article: (
            [number for number, _ in rows],
            np.frombuffer(b"".join(stored for _, stored in rows), dtype="<f4").reshape(len(rows), -1).astype(np.float32),
        )
        for article, rows in held.items()
    }


def by_ids(session: Session, claim_ids: Collection[str]) -> list[StoredClaim]:
    """The live ones of these claims, by id."""
    found: list[StoredClaim] = []
    for some in chunks(claim_ids):
        query = sql_select(_CLAIMS).where(_CLAIMS.c.id.in_(some), _CLAIMS.c.withdrawn_at.is_(None))
        found += [stored_claim(row) for row in session.execute(query.order_by(_CLAIMS.c.id))]
    return found


def of_clusters(session: Session, cluster_ids: Collection[str], *, origins: Collection[str] | None = None) -> list[StoredClaim]:
    """The claims of these clusters, by time of publication; with `origins` only those that go back to these outlets."""
    found: list[StoredClaim] = []
    for some in chunks(cluster_ids):
        query = sql_select(_CLAIMS).where(_CLAIMS.c.cluster_id.in_(some), _CLAIMS.c.withdrawn_at.is_(None))
        if origins is not None:
            query = query.where(_CLAIMS.c.origin_outlet_id.in_(origins))
        found += [stored_claim(row) for row in session.execute(query)]
    return sorted(found, key=lambda claim: (claim.published_at, claim.id))


def counts(session: Session, article_ids: Collection[str]) -> dict[str, int]:
    """How many live claims each of these articles has."""
    found = dict.fromkeys(article_ids, 0)
    for some in chunks(article_ids):
        query = select(ClaimRow.article_id, func.count()).where(col(ClaimRow.article_id).in_(some), ALIVE)
        found.update(session.exec(query.group_by(ClaimRow.article_id)).all())
    return found


def page(
    session: Session,
    limit: int,
    cursor: str | None,
    *,
    outlet: str | None = None,
    source: str | None = None,
    cluster: str | None = None,
    type: ClaimType | None = None,
    since: datetime | None = None,
) -> Page[StoredClaim]:
    """Claims, last stored first; `source` a name as it stands in a chain, `since` the earliest time of publication."""
    query = select(ClaimRow).where(ALIVE).order_by(col(ClaimRow.number).desc()).limit(limit + 1)
    if outlet is not None:
        query = query.where((ClaimRow.outlet_id == outlet) | (ClaimRow.origin_outlet_id == outlet))
    if source is not None:
        named = select(SpeakerRow.claim_number).where(SpeakerRow.folded_name == source.casefold())
        query = query.where(col(ClaimRow.number).in_(named))
    if cluster is not None:
        query = query.where(ClaimRow.cluster_id == cluster)
    if type is not None:
        query = query.where(ClaimRow.type == type.value)
    if since is not None:
        query = query.where(col(ClaimRow.published_at) >= since)
    if cursor is not None:
        query = query.where(col(ClaimRow.number) < decode_cursor(cursor, int)[0])
    return page_of([stored_claim(row) for row in session.exec(query)], limit, lambda claim: encode_cursor(claim.number))


def relations_among(session: Session, claim_ids: Collection[str]) -> list[JudgedPair]:
    """The stored relations with both ends among these claims, by ids."""
    known = set(claim_ids)
    found: list[JudgedPair] = []
    for some in chunks(known):
        query = sql_select(_RELATIONS).where(_RELATIONS.c.a.in_(some))
        found += [judged_pair(row) for row in session.execute(query) if row.b in known]
    return sorted(found, key=lambda pair: (pair.a, pair.b))


def vectors(session: Session, chunk: int = CHUNK) -> Iterator[tuple[str, list[int], NDArray[np.float32]]]:
    """Every live claim's vector, in runs of one encoder: (encoder id, numbers, matrix with one row a number)."""
    last = 0
    while True:
        query = select(VectorRow).where(col(VectorRow.claim_number) > last).order_by(col(VectorRow.claim_number)).limit(chunk)
        rows = list(session.exec(query))
        if not rows:
            return
        last = rows[-1].claim_number
        for encoder in sorted({row.encoder_id for row in rows}):
            own = [row for row in rows if row.encoder_id == encoder]
            matrix = np.frombuffer(b"".join(row.vector for row in own), dtype="<f4").reshape(len(own), -1)
            yield encoder, [row.claim_number for row in own], matrix.astype(np.float32)
        session.expunge_all()


def vector(session: Session, number: int, encoder_id: str) -> NDArray[np.float32] | None:
    """One claim's vector by this encoder; None when it has none.

    Raises:
        OtherEncoder: another encoder made it.
    """
    row = session.get(VectorRow, number)
    if row is not None and row.encoder_id != encoder_id:
        raise OtherEncoder(row.encoder_id, encoder_id)
    return np.frombuffer(row.vector, dtype="<f4").astype(np.float32) if row else None


def vectors_of(session: Session, numbers: Sequence[int]) -> tuple[list[int], NDArray[np.float32]]:
    """Those of these numbers that have a vector, growing, and a matrix with one row a number; at most a CHUNK of them."""
    query = select(VectorRow.claim_number, VectorRow.vector).where(col(VectorRow.claim_number).in_(numbers))
    rows = session.exec(query.order_by(col(VectorRow.claim_number))).all()
    matrix = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f4").astype(np.float32)
    return [number for number, _ in rows], matrix.reshape(len(rows), -1)


def vector_numbers(session: Session, encoder_id: str) -> list[int]:
    """The numbers of all claims that have a vector by this encoder."""
    return list(session.exec(select(VectorRow.claim_number).where(VectorRow.encoder_id == encoder_id)))


def with_other_vector(session: Session, encoder_id: str, limit: int) -> list[StoredClaim]:
    """Live claims whose vector another encoder made, up to `limit`."""
    # Neither "not equal" nor in order: either would look at every claim, at each start.
    others = (_VECTORS.c.encoder_id < encoder_id) | (_VECTORS.c.encoder_id > encoder_id)
    numbers = session.scalars(sql_select(_VECTORS.c.claim_number).where(others).limit(limit))
    return [claim for _, claim in sorted(by_numbers(session, list(numbers)).items())]


def other_vector_count(session: Session, encoder_id: str) -> int:
    """How many live claims have a vector that another encoder made."""
    return session.exec(select(func.count()).select_from(VectorRow).where(VectorRow.encoder_id != encoder_id)).one()


def other_encoder(session: Session, encoder_id: str) -> str | None:
    """The id of another encoder that made a stored vector; None: this one made all there are. Looks at both ends of an index alone."""
    ends = session.execute(sql_select(func.min(_VECTORS.c.encoder_id), func.max(_VECTORS.c.encoder_id))).one()
    return next((str(found) for found in ends if found not in (None, encoder_id)), None)


def vector_count(session: Session) -> int:
    """How many live claims have a vector."""
    return session.exec(select(func.count()).select_from(VectorRow)).one()


def linked_clusters(session: Session, cluster_ids: Collection[str]) -> set[str]:
    """The clusters that hold a claim related to a claim of one of these."""
    found: set[str] = set()
    near, far = aliased(ClaimRow), aliased(ClaimRow)
    for some in chunks(cluster_ids):
        for here, there in ((RelationRow.a, RelationRow.b), (RelationRow.b, RelationRow.a)):
            query = (
                select(far.cluster_id)
                .select_from(near)
                .join(RelationRow, col(here) == col(near.id))
                .join(far, col(far.id) == col(there))
                .where(col(near.cluster_id).in_(some), col(far.cluster_id).is_not(None))
                .distinct()
            )
            found.update(cluster for cluster in session.exec(query) if cluster is not None)
    return found


def last_linking(session: Session) -> int:
    """The number of the last linking that stored claims; 0 before the first."""
    return int(session.execute(select(CounterRow.value).where(CounterRow.name == LINKINGS)).scalar_one())


def linked_after(session: Session, linking: int, encoder_id: str) -> tuple[list[int], NDArray[np.float32]]:
    """The numbers and vectors of the live claims that were stored after the linking of that number; one row a number, growing."""
    query = sql_select(_VECTORS.c.claim_number, _VECTORS.c.vector, _VECTORS.c.encoder_id).where(_VECTORS.c.linking > linking)
    # Ordered and narrowed here: the database would rather look through all claims in order, or all of the encoder, than through the few.
    rows = sorted((row for row in session.execute(query) if row.encoder_id == encoder_id), key=lambda row: int(row.claim_number))
    matrix = np.frombuffer(b"".join(row.vector for row in rows), dtype="<f4").astype(np.float32)
    return [row.claim_number for row in rows], matrix.reshape(len(rows), -1) if rows else np.empty((0, 0), np.float32)
