"""Who else finds the nearest vectors: txtai's index as it comes, and pgvector's graph. Each answers one query at a time."""

import contextlib
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.vectors.encoder import Vectors

# Rows sent to PostgreSQL at once.
_PIECE_ROWS = 10_000
_MEMORY_MIB = 2_048
_MOST_CANDIDATES = (10, 20, 40, 64, 100, 200, 400, 800)


@dataclass(frozen=True)
class Peer:
    """`search(query, count)` gives row numbers, closest first; `name` says what it is and how it is set."""

    name: str
    search: Callable[[Vectors, int], list[int]]


def recall(search: Callable[[Vectors, int], list[int]], queries: Vectors, truth: np.ndarray) -> float:
    """The share of the true neighbours that are found; `truth[i]` are the rows nearest to query i."""
    count = truth.shape[1]
    return sum(len(set(search(query[None], count)) & set(line.tolist())) for query, line in zip(queries, truth, strict=True)) / truth.size


def txtai(vectors: Vectors) -> Peer | None:
    """txtai's FAISS index with its defaults for so many; None where txtai is not installed (`pip install --no-deps txtai==9.14.0`)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from txtai.ann.dense.faiss import Faiss
        except ImportError:
            return None
    index = Faiss({"backend": "faiss", "dimensions": vectors.shape[1]})
    index.index(vectors)

    def search(query: Vectors, count: int) -> list[int]:
        return [number for number, _ in index.search(query, count)[0]]

    return Peer(f"txtai, its FAISS default ({index.config['build']['settings']['components']})", search)


@contextlib.contextmanager
def pgvector(vectors: Vectors, queries: Vectors, truth: np.ndarray, wanted_recall: float) -> Iterator[Peer | None]:
    """A table of half vectors with an HNSW graph (pgvector's defaults), searched with the fewest candidates that reach the recall.

    None where no PostgreSQL is there to be started.
    """
    try:
        import psycopg

        from bench.fleet import Postgres
    except ImportError:
        yield None
        return
    dimensions = vectors.shape[1]
    with tempfile.TemporaryDirectory(prefix="parallax-million-") as folder:
        server = Postgres(Path(folder))
        try:
            with psycopg.connect(server.url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as connection:
                connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
                connection.execute(f"CREATE TABLE near (number integer, vector halfvec({dimensions}))")
                _copy(connection, vectors)
                connection.execute(f"SET maintenance_work_mem = '{_MEMORY_MIB}MB'")
                connection.execute("SET max_parallel_maintenance_workers = 0")
                connection.execute("CREATE INDEX ON near USING hnsw (vector halfvec_ip_ops)")
                connection.execute("SET enable_seqscan = off")
                order = f"SELECT number FROM near ORDER BY vector <#> %s::halfvec({dimensions}) LIMIT %s"

                def search(query: Vectors, count: int) -> list[int]:
                    text = "[" + ",".join(map(repr, query[0].tolist())) + "]"
                    return [row[0] for row in connection.execute(order, (text, count), prepare=True)]

                candidates, reached = 0, 0.0
                for candidates in _MOST_CANDIDATES:
                    connection.execute(f"SET hnsw.ef_search = {candidates}")
                    reached = recall(search, queries, truth)
                    if reached >= wanted_recall:
                        break
                yield Peer(f"pgvector HNSW, halfvec, ef_search {candidates}", search)
        finally:
            server.close()


def _copy(connection: Any, vectors: Vectors) -> None:
    """Rows into the table, in PostgreSQL's binary form: column count, then length and bytes of number and half vector."""
    count, dimensions = vectors.shape
    form = np.dtype(
        [
            ("columns", ">i2"),
            ("number_bytes", ">i4"),
            ("number", ">i4"),
            ("vector_bytes", ">i4"),
            ("dimensions", ">i2"),
            ("unused", ">i2"),
            ("vector", ">f2", dimensions),
        ]
    )
    with connection.cursor() as cursor, cursor.copy("COPY near FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        for at in range(0, count, _PIECE_ROWS):
            piece = vectors[at : at + _PIECE_ROWS]
            rows = np.zeros(len(piece), dtype=form)
            rows["columns"], rows["number_bytes"], rows["vector_bytes"], rows["dimensions"] = 2, 4, 4 + 2 * dimensions, dimensions
            rows["number"] = np.arange(at, at + len(piece))
            rows["vector"] = piece
            copy.write(rows.tobytes())
        copy.write(b"\xff\xff")
