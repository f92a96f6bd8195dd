"""The claim index that lives in PostgreSQL: the stored vectors themselves, searched through pgvector."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from app.errors import OtherEncoder
from app.storage.chunks import chunks
from app.storage.database import Database
from app.storage.graph import BUILDERS_LOCK, graph_name, is_whole, make_graph, quoted
from app.storage.reading import claims as claims_in
from app.storage.tables import VectorRow
from app.storage.vector_type import vector_text
from app.vectors.checking import checked_additions, checked_numbers, checked_vectors
from app.vectors.checksum import checksum_of
from app.vectors.encoder import Vectors
from app.vectors.index import Neighbour

log = structlog.get_logger()

# Up to so many claims every vector is looked at and the answer is exact; past it the graph answers. Source: decision; about where
# walking the rows costs as much as the graph.
EXACT_CLAIMS = 2_000
# How many candidates the graph keeps while it searches. Source: measured, docs/decisions/0006.
SEARCH_CANDIDATES = 100
# Candidates fetched beyond those asked for: the graph ranks by half precision, the answer by the vectors themselves.
SPARE_CANDIDATES = 8
# pgvector's own bound of `hnsw.ef_search`.
MOST_CANDIDATES = 1_000

_NEAREST = """
WITH query AS MATERIALIZED (
    SELECT place, CAST(given AS vector) AS full_size, CAST(CAST(given AS vector) AS halfvec({dimensions})) AS half_size
    FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY AS given(given, place)
)
SELECT query.place - 1, near.claim_number, near.similarity
FROM query CROSS JOIN LATERAL (
    SELECT claim_number, -(vector <#> query.full_size) AS similarity
    FROM claim_vector
    WHERE encoder_id = '{encoder}'
    ORDER BY {order}
    LIMIT :wanted
) AS near
"""
_BY_GRAPH = "CAST(claim_vector.vector AS halfvec({dimensions})) <#> query.half_size"
_EXACTLY = "claim_vector.vector <#> query.full_size, claim_number"


class PgVectorClaimIndex:
    """`ClaimIndex` over the table of vectors: what a transaction commits every process finds, and nothing has to be kept in step.

    Up to `exact_claims` it equals brute force. Past that a graph (HNSW over half precision) proposes candidates and the full
    vectors rank them: the similarities are exact, and of the nearest ones a few in a hundred may be missed.
    """

    shared = True

    def __init__(self, database: Database, dimensions: int, encoder_id: str, *, exact_claims: int = EXACT_CLAIMS):
        """The index of the vectors that the encoder called `encoder_id` made; others' are not seen."""
        self.dimensions = dimensions
        self.encoder_id = encoder_id
        self._database = database
        self._exact_claims = exact_claims
        self._graph = graph_name(str(VectorRow.__tablename__), encoder_id, dimensions)
        self._names = {"dimensions": dimensions, "encoder": quoted(encoder_id)}

    def __len__(self) -> int:
        with self._database.read() as session:
            return int(session.execute(select(func.count()).select_from(VectorRow).where(self._own())).scalar_one())

    def __contains__(self, number: int) -> bool:
        with self._database.read() as session:
            return (
                session.execute(select(col(VectorRow.claim_number)).where(self._own(), col(VectorRow.claim_number) == number)).first()
                is not None
            )

    def checksum(self) -> int:
        """See `ClaimIndex`; reads every number."""
        with self._database.read() as session:
            return checksum_of(session.execute(select(col(VectorRow.claim_number)).where(self._own())).scalars())

    def add(self, numbers: Sequence[int], vectors: Vectors) -> None:
        """See `ClaimIndex`. The pipeline never calls it: it stores claims with their vectors."""
        keys, rows = checked_additions(numbers, vectors, self.dimensions)
        values = [
            {"claim_number": key, "encoder_id": self.encoder_id, "vector": row.tobytes()}
            for key, row in zip(keys.tolist(), rows.astype("<f4"), strict=True)
        ]
        if values:
            put = insert(VectorRow)
            with self._database.write() as session:
                session.execute(
                    put.on_conflict_do_update(
                        index_elements=["claim_number"], set_={"encoder_id": put.excluded.encoder_id, "vector": put.excluded.vector}
                    ),
                    values,
                )

    def remove(self, numbers: Sequence[int]) -> None:
        """See `ClaimIndex`. The pipeline never calls it: it withdraws claims with their vectors."""
        with self._database.write() as session:
            for some in chunks(set(checked_numbers(numbers).tolist())):
                session.execute(delete(VectorRow).where(self._own(), col(VectorRow.claim_number).in_(some)))

    def nearest(self, vectors: Vectors, count: int, min_similarity: float = -1.0) -> list[list[Neighbour]]:
        """See `ClaimIndex`: exact while few are held; of what is committed when it is asked.

        Raises:
            ValueError: `count` is negative.
            OtherEncoder: there are vectors, and none is this encoder's.
        """
        queries = checked_vectors(vectors, self.dimensions)
        if count < 0:
            raise ValueError(f"count must not be negative, got {count}")
        found: list[list[Neighbour]] = [[] for _ in queries]
        if not count or not len(queries):
            return found
        with self._database.read() as session:
            other = claims_in.other_encoder(session, self.encoder_id)
            if other is not None and session.execute(select(col(VectorRow.claim_number)).where(self._own()).limit(1)).first() is None:
                raise OtherEncoder(other, self.encoder_id)
            for place, number, similarity in self._rows(session, queries, count):
                found[place].append(Neighbour(number, float(np.float32(min(max(similarity, -1.0), 1.0)))))
        ranked = [sorted(near, key=lambda hit: (-hit.similarity, hit.number))[:count] for near in found]
        return [[hit for hit in near if hit.similarity >= min_similarity] for near in ranked]

    def save(self, path: Path, *, encoder_id: str) -> None:
        """Nothing: the rows are the index."""

    def build(self) -> None:
        """Makes the graph where there is none, while others go on reading and writing; returns at once where another process makes it.

        Takes about a millisecond a claim. Until the graph is whole every search is exact and slow.
        """
        with self._database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(select(func.pg_try_advisory_lock(BUILDERS_LOCK))).scalar_one():
                return
            try:
                if is_whole(connection, self._graph):
                    return
                log.info("index_building", encoder=self.encoder_id)
                # What an interrupted build left is there and not valid.
                connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {self._graph}"))
                make_graph(connection, str(VectorRow.__tablename__), self.encoder_id, self.dimensions, concurrently=True)
            finally:
                connection.execute(select(func.pg_advisory_unlock(BUILDERS_LOCK)))
        log.info("index_built", encoder=self.encoder_id)

    @property
    def built(self) -> bool:
        """Whether the graph is whole."""
        with self._database.read() as session:
            return is_whole(session, self._graph)

    def in_step(self) -> bool:
        """Whether every stored vector is found: all are this encoder's, and those that are many have their graph."""
        with self._database.read() as session:
            alone = claims_in.other_encoder(session, self.encoder_id) is None
            return alone and (is_whole(session, self._graph) or self._few(session))

    def _few(self, session: Session) -> bool:
        some = select(col(VectorRow.claim_number)).limit(self._exact_claims + 1).subquery()
        return int(session.execute(select(func.count()).select_from(some)).scalar_one()) <= self._exact_claims

    def _own(self) -> Any:
        return col(VectorRow.encoder_id) == self.encoder_id

    def _rows(self, session: Session, queries: Vectors, count: int) -> Sequence[tuple[int, int, float]]:
        """(place of the query, claim number, similarity), in no order."""
        exact = self._few(session) or not is_whole(session, self._graph)
        wanted = count if exact else min(count + SPARE_CANDIDATES, MOST_CANDIDATES)
        # Whether the rows or the graph are walked is decided here: answers must not depend on the planner's statistics.
        settings = {
            "enable_indexscan": "off" if exact else "on",
            "enable_seqscan": "on" if exact else "off",
            "hnsw.ef_search": str(min(max(SEARCH_CANDIDATES, wanted), MOST_CANDIDATES)),
        }
        session.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))
        order = (_EXACTLY if exact else _BY_GRAPH).format_map(self._names)
        query = text(_NEAREST.format_map(self._names | {"order": order}))
        rows: Any = session.execute(query, {"queries": [vector_text(row) for row in queries], "wanted": wanted}).all()
        return [(place, number, similarity) for place, number, similarity in rows]
