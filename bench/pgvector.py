"""`python -m bench pgvector`: the index in PostgreSQL against FAISS at equal recall, told in a section of its own."""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bench.report import measured_on, with_section

if TYPE_CHECKING:
    from app.storage.database import Database
    from app.storage.pgvector_index import PgVectorClaimIndex

Vectors = NDArray[np.float32]
# (queries, count) -> the numbers found, a list a query.
Search = Callable[[Vectors, int], list[list[int]]]

HEADING = "pgvector against FAISS"
# What linking asks for. Source: the default of PARALLAX_LINK_NEIGHBOURS.
NEIGHBOURS = 32
DIMENSIONS = 384
_CLUSTER = 30
_QUERIES = 256
_BATCHES = (1, 16, 256)
# Where every vector is looked at a query takes long, and in a batch no less.
_EXACT_QUERIES = 16
_LADDER = (40, 64, 100, 200, 400)
# What pgvector builds with when nothing is said. Source: pgvector's README, "HNSW".
_LINKS, _BUILD_CANDIDATES = 16, 64
_ENCODER = "made"
_ROWS_A_COMMIT = 5_000


@dataclass(frozen=True)
class Index:
    """One index over the same vectors: recall 0..1, queries a second by batch size (the largest may be left out), and what it took."""

    name: str
    recall: float
    rates: tuple[float, ...]
    build_seconds: float | None
    size_bytes: int


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--claims", type=int, default=100_000, help="vectors stored")
    parser.add_argument("--seed", type=int, default=1, help="of the vectors")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each rate is measured")
    parser.add_argument("--maintenance-mb", type=int, default=512, help="PostgreSQL's maintenance_work_mem while the graph is built")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures all of them and writes the section."""
    load_at_start = os.getloadavg()[0]
    vectors, queries = made_vectors(asked.claims, _QUERIES, asked.seed)
    truth = _truth(vectors, queries)
    with tempfile.TemporaryDirectory(prefix="parallax-pgvector-") as folder, _stored(Path(folder), vectors, asked.maintenance_mb) as stored:
        index, database, insert_seconds, build_seconds = stored
        ladder = [_rung(index, candidates, queries, truth) for candidates in _LADDER]
        with _looking(index, None):
            pg = _measured("PgVectorClaimIndex", _numbers_of(index.nearest), queries, truth, asked.seconds)
        graph_bytes, table_bytes = _sizes(database, index)
        index._exact_claims = asked.claims
        few = queries[:_EXACT_QUERIES]
        exact = _measured("PgVectorClaimIndex, no graph", _numbers_of(index.nearest), few, truth[:_EXACT_QUERIES], asked.seconds)
    found = [
        *_faiss(vectors, queries, truth, pg[0], asked.seconds),
        Index("`PgVectorClaimIndex` (HNSW over `halfvec`, full vectors rank)", *pg, build_seconds, graph_bytes),
        Index("`PgVectorClaimIndex`, every vector looked at", *exact, None, table_bytes),
    ]
    notes = (asked.maintenance_mb, insert_seconds / asked.claims * 1e3)
    text = section_of(found, ladder, _command(asked), notes, measured_on(load_at_start))
    print(text)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    return 0


def made_vectors(claims: int, queries: int, seed: int) -> tuple[Vectors, Vectors]:
    """Unit vectors in clusters of about thirty, two of one cluster about 0.8 similar, and queries near one of them."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((max(claims // _CLUSTER, 1), DIMENSIONS), dtype=np.float32)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)

    def around(count: int) -> Vectors:
        noise = rng.standard_normal((count, DIMENSIONS), dtype=np.float32) * np.float32(0.5 / DIMENSIONS**0.5)
        noise += centres[rng.integers(0, len(centres), count)]
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        return noise

    return around(claims), around(queries)


def section_of(
    found: Sequence[Index], ladder: Sequence[tuple[int, float, float]], command: str, notes: tuple[int, float], machine: Sequence[str]
) -> str:
    """The section as Markdown, its heading first. `notes`: maintenance_work_mem in MB, milliseconds an insert."""
    memory_mb, insert_ms = notes
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. Made vectors of {DIMENSIONS} dimensions in clusters of about {_CLUSTER},",
            f"{_QUERIES} queries near one of them, nearest {NEIGHBOURS}; recall is against brute force. FAISS searches in this process",
            "with one thread; PostgreSQL is asked over a socket by one client, in one transaction a call.",
            f"Both graphs have {_LINKS} links and {_BUILD_CANDIDATES} candidates while they are built; FAISS's `efSearch` is the first",
            "that reaches pgvector's recall.",
            "",
            f"| index | recall@{NEIGHBOURS} | {' | '.join(f'queries/s, {size} at a time' for size in _BATCHES)} | build (s) | size (MB) |",
            f"|---|---:|{'---:|' * (len(_BATCHES) + 2)}",
            *(_row(index) for index in found),
            "",
            f"Inserting without a graph: {insert_ms:.2f} ms a vector. The graph was built with `maintenance_work_mem` {memory_mb} MB.",
            "",
            f"| `ef_search` | recall@{NEIGHBOURS} | milliseconds a query |",
            "|---:|---:|---:|",
            *(f"| {candidates} | {recall:.3f} | {milliseconds:.1f} |" for candidates, recall, milliseconds in ladder),
            "",
            *machine,
        ]
    )


def recall_of(found: Sequence[Sequence[int]], truth: Sequence[frozenset[int]]) -> float:
    """The share of the true neighbours that were found."""
    hits = sum(len(right & set(numbers)) for numbers, right in zip(found, truth, strict=True))
    return hits / max(sum(map(len, truth)), 1)


def _row(index: Index) -> str:
    built = "" if index.build_seconds is None else f"{index.build_seconds:,.0f}"
    rates = " | ".join([*(f"{rate:,.1f}" for rate in index.rates), *[""] * (len(_BATCHES) - len(index.rates))])
    return f"| {index.name} | {index.recall:.3f} | {rates} | {built} | {index.size_bytes / 1e6:,.0f} |"


def _truth(vectors: Vectors, queries: Vectors) -> list[frozenset[int]]:
    similar = queries @ vectors.T
    return [frozenset(np.argpartition(-row, NEIGHBOURS)[:NEIGHBOURS].tolist()) for row in similar]


def _numbers_of(nearest: Callable[[Vectors, int], Any]) -> Search:
    return lambda queries, count: [[hit.number for hit in near] for near in nearest(queries, count)]


def _measured(
    name: str, search: Search, queries: Vectors, truth: Sequence[frozenset[int]], seconds: float
) -> tuple[float, tuple[float, ...]]:
    """Recall, and queries a second by batch size."""
    recall = recall_of(search(queries, NEIGHBOURS), truth)
    rates = tuple(_rate(search, queries, size, seconds) for size in _BATCHES if size <= len(queries))
    print(f"{name}: recall {recall:.3f}, {', '.join(f'{rate:.1f}' for rate in rates)} queries/s", flush=True)
    return recall, rates


def _rate(search: Search, queries: Vectors, size: int, seconds: float) -> float:
    """Queries a second, `size` at a time, over at least `seconds`."""
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        start = done % (len(queries) - size + 1)
        search(queries[start : start + size], NEIGHBOURS)
        done += size
    return done / (time.perf_counter() - began)


def _faiss(vectors: Vectors, queries: Vectors, truth: Sequence[frozenset[int]], recall: float, seconds: float) -> Iterator[Index]:
    """The exact index of the service, and FAISS's own graph at no less than `recall`."""
    import faiss

    from app.vectors.faiss_index import FaissClaimIndex

    began = time.perf_counter()
    flat = FaissClaimIndex(DIMENSIONS)
    flat.add(range(len(vectors)), vectors)
    built = time.perf_counter() - began
    yield Index(
        "`FaissClaimIndex` (exact)",
        *_measured("FaissClaimIndex", _numbers_of(flat.nearest), queries, truth, seconds),
        built,
        vectors.nbytes,
    )
    del flat
    faiss.omp_set_num_threads(1)
    graph = faiss.IndexHNSWFlat(DIMENSIONS, _LINKS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = _BUILD_CANDIDATES
    began = time.perf_counter()
    graph.add(vectors)
    built = time.perf_counter() - began

    def search(some: Vectors, count: int) -> list[list[int]]:
        rows: list[list[int]] = graph.search(some, count)[1].tolist()
        return rows

    for candidates in (NEIGHBOURS, *_LADDER, 600, 800, 1_200, 1_600):
        graph.hnsw.efSearch = candidates
        if recall_of(search(queries, NEIGHBOURS), truth) >= recall:
            break
    name = f"`faiss.IndexHNSWFlat`, `efSearch` {graph.hnsw.efSearch}"
    yield Index(name, *_measured(name, search, queries, truth, seconds), built, len(faiss.serialize_index(graph)))


@contextmanager
def _stored(folder: Path, vectors: Vectors, maintenance_mb: int) -> Iterator[tuple["PgVectorClaimIndex", "Database", float, float]]:
    """The index over `vectors` in a PostgreSQL of its own, the seconds that inserting took, and building the graph."""
    from app.main import migrate
    from app.settings import Settings
    from app.storage.database import Database
    from app.storage.pgvector_index import PgVectorClaimIndex
    from bench.fleet import Postgres

    server = Postgres(folder)
    try:
        migrate(Settings(data_dir=folder, database_url=server.url))
        database = Database(server.url)
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"ALTER SYSTEM SET maintenance_work_mem = '{maintenance_mb}MB'")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        index = PgVectorClaimIndex(database, DIMENSIONS, _ENCODER)
        began = time.perf_counter()
        for start in range(0, len(vectors), _ROWS_A_COMMIT):
            some = vectors[start : start + _ROWS_A_COMMIT]
            index.add(range(start, start + len(some)), some)
        inserted = time.perf_counter() - began
        print(f"inserted in {inserted:.0f} s", flush=True)
        began = time.perf_counter()
        index.build()
        built = time.perf_counter() - began
        print(f"graph built in {built:.0f} s", flush=True)
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE claim_vector")
        yield index, database, inserted, built
        database.close()
    finally:
        server.close()


@contextmanager
def _looking(index: "PgVectorClaimIndex", candidates: int | None) -> Iterator[None]:
    """The graph is searched with so many candidates; None for what the service takes."""
    from app.storage import pgvector_index

    before = pgvector_index.SEARCH_CANDIDATES
    pgvector_index.SEARCH_CANDIDATES = candidates or before
    exact, index._exact_claims = index._exact_claims, 0
    try:
        yield
    finally:
        pgvector_index.SEARCH_CANDIDATES, index._exact_claims = before, exact


def _rung(index: "PgVectorClaimIndex", candidates: int, queries: Vectors, truth: Sequence[frozenset[int]]) -> tuple[int, float, float]:
    """The candidates, the recall with them, and the milliseconds of a query sent alone."""
    with _looking(index, candidates):
        search = _numbers_of(index.nearest)
        recall = recall_of(search(queries, NEIGHBOURS), truth)
        began = time.perf_counter()
        for at in range(len(queries)):
            search(queries[at : at + 1], NEIGHBOURS)
        return candidates, recall, (time.perf_counter() - began) / len(queries) * 1e3


def _sizes(database: "Database", index: "PgVectorClaimIndex") -> tuple[int, int]:
    """Bytes of the graph, and of the table with what is stored out of line."""
    with database.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT pg_relation_size('{index._graph}'), pg_table_size('claim_vector')").one()
        return int(found[0]), int(found[1])


def _command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    return f"python -m bench pgvector --claims {asked.claims} --seed {asked.seed}"
