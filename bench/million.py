"""`python -m bench million`: finding the nearest among very many claims, told in a section of its own."""

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import faiss
import numpy as np

from app.vectors.cells import CellIndex
from app.vectors.encoder import Vectors
from app.vectors.faiss_index import SEARCH_THREADS
from app.vectors.growing_index import GrowingClaimIndex
from app.vectors.index import Neighbour
from bench import million_peers as peers
from bench.comparison import Comparison, in_turns
from bench.goals import HEADER, Row, printed, row_of
from bench.report import measured_on, with_section
from bench.sentence_vectors import around, sentence_vectors, sentences_for

HEADING = "A million claims"
NEIGHBOURS = 10
_QUERIES = 500
_TURNS, _TURN_QUERIES = 5, 100
_ARTICLE_CLAIMS = 40
_BATCH = 600
_SENTENCES = 10_000
_PIECE_ROWS = 10_000
_GOAL_RECALL = 0.98
_ENCODER = "bench"


def add_parser(parser: argparse.ArgumentParser, report: Path) -> None:
    """The options of the command."""
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles for the sentences; synthetic ones without")
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims searched among")
    parser.add_argument("--peer-claims", type=int, help="claims searched among against txtai and pgvector (default: all of them)")
    parser.add_argument("--no-peers", action="store_true", help="leave txtai and pgvector out")
    parser.add_argument("--vectors", type=Path, metavar="FILE.npy", help="keep the sentences' vectors there from run to run")
    parser.add_argument("--seed", type=int, default=1, help="of the sentences and the noise")
    parser.add_argument("--report", type=Path, default=report, help="the file whose section is replaced")


def run(asked: argparse.Namespace) -> int:
    """Measures and writes the section; 1 when a row misses its goal."""
    load_at_start = os.getloadavg()[0]
    peer_claims = 0 if asked.no_peers else asked.peer_claims or asked.claims
    found = rows(asked.claims, asked.seed, articles=asked.articles, vectors=asked.vectors, told=_told)
    if peer_claims:
        found += peer_rows(peer_claims, asked.seed, articles=asked.articles, vectors=asked.vectors, told=_told)
    text = section_of(found, asked.claims, _command(asked), measured_on(load_at_start))
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else "# Benchmarks\n"
    asked.report.write_text(with_section(before, text), encoding="utf-8")
    print(text)
    print(f"written: {asked.report}")
    return 0 if all(row.met for row in found) else 1


def rows(
    claims: int,
    seed: int = 1,
    *,
    articles: Path | None = None,
    vectors: Path | None = None,
    told: Callable[[Row], object] = lambda row: None,
) -> list[Row]:
    """The figures among so many claims with their goals; `told` gets each row as it is measured.

    Takes minutes for a million claims, most of them for training. `vectors` is where those of the sentences are kept.
    """
    sentences = sentence_vectors(sentences_for(claims, _SENTENCES), articles, seed, vectors)
    found: list[Row] = []

    def add(some: Sequence[Row]) -> None:
        for row in some:
            told(row)
            found.append(row)

    with tempfile.TemporaryDirectory(prefix="parallax-million-") as folder:
        path = Path(folder) / "claims.index"
        held = around(sentences, claims, seed)
        queries = around(sentences, _QUERIES, seed + 1)
        index, seconds = _filled(path, held)
        truth = _truth(held, queries, 4 * NEIGHBOURS)
        del held
        add(_search_rows(index, queries, truth, claims, seconds))
        index.save(path, encoder_id=_ENCODER)
        add(_restart_rows(path, queries, claims))
        add(_change_rows(index, queries, truth, claims, seed))
    return found


def peer_rows(
    claims: int,
    seed: int = 1,
    *,
    articles: Path | None = None,
    vectors: Path | None = None,
    told: Callable[[Row], object] = lambda row: None,
) -> list[Row]:
    """Queries a second among so many claims, one at a time, against each peer that is there: txtai, and pgvector at no less recall.

    Building pgvector's graph takes about a millisecond a claim, txtai's training minutes for a million.
    """
    sentences = sentence_vectors(sentences_for(claims, _SENTENCES), articles, seed, vectors)
    held, queries = around(sentences, claims, seed), around(sentences, _QUERIES, seed + 1)
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="parallax-million-") as folder:
        index, _ = _filled(Path(folder) / "claims.index", held)
        truth = _truth(held, queries, NEIGHBOURS)
        ours = _recall([index.nearest(query[None], NEIGHBOURS)[0] for query in queries], truth)

        def against(peer: peers.Peer) -> None:
            measure = f"one query at a time, {claims:,} claims"
            pairs = in_turns(
                _rate(lambda query: index.nearest(query, NEIGHBOURS), queries),
                _rate(lambda query: peer.search(query, NEIGHBOURS), queries),
                _TURNS,
            )
            recalls = f"recall {ours:.3f} against {peers.recall(peer.search, queries, truth):.3f}"
            found.append(row_of(Comparison(measure, "queries/s", peer.name, pairs, recalls), 1.0))
            told(found[-1])

        faiss.omp_set_num_threads(SEARCH_THREADS)
        if (other := peers.txtai(held)) is not None:
            against(other)
        with peers.pgvector(held, queries[:100], truth[:100], min(ours, _GOAL_RECALL)) as graph:
            if graph is not None:
                against(graph)
    return found


def section_of(found: Sequence[Row], claims: int, command: str, machine: Sequence[str]) -> str:
    """The section as Markdown, its heading first."""
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit.",
            "Vectors of real sentences, each repeated with noise (two wordings of one sentence are 0.64 alike) until there are",
            f"{claims:,}; {_QUERIES} queries of the same kind, one at a time, one thread. Recall is against looking at",
            "every vector. Ratios are queries a second, measured in turns; the time of an answer includes whatever else the machine did.",
            "",
            *HEADER,
            *(row.markdown("claims") for row in found),
            "",
            *machine,
        ]
    )


def _filled(path: Path, held: Vectors) -> tuple[GrowingClaimIndex, float]:
    """An index in cells, and the seconds that filling and training took. Numbers are spread: nothing may depend on their being rows."""
    index = GrowingClaimIndex(held.shape[1], path, exact_claims=1)
    began = time.perf_counter()
    index.fill((range(3 * at + 1, 3 * min(at + _PIECE_ROWS, len(held)) + 1, 3), held[at : at + _PIECE_ROWS]) for at in _starts(len(held)))
    return index, time.perf_counter() - began


def _search_rows(index: GrowingClaimIndex, queries: Vectors, truth: np.ndarray, claims: int, seconds: float) -> list[Row]:
    """Recall, the time of an answer, and the rate against FAISS's own search of the same inverted file."""
    cells = index._held
    assert isinstance(cells, CellIndex)
    raw = cells.cells
    size = f"{claims:,} claims"
    walls, works = [], []
    answers = []
    for query in queries:
        wall, work = time.perf_counter(), time.thread_time()
        answers.append(index.nearest(query[None], NEIGHBOURS)[0])
        walls.append((time.perf_counter() - wall) * 1000)
        works.append((time.thread_time() - work) * 1000)
    worked = f"its own processor time: median {median(works):.2f} ms, p99 {np.percentile(works, 99):.2f} ms"
    pairs = in_turns(
        _rate(lambda query: index.nearest(query, NEIGHBOURS), queries), _rate(lambda query: raw.search(query, NEIGHBOURS), queries), _TURNS
    )
    kind = f"faiss IVF{raw.nlist},SQ8, nprobe {raw.nprobe}, {NEIGHBOURS} neighbours, not ranked by full vectors"
    began = time.perf_counter()
    index.nearest(np.resize(queries, (_BATCH, queries.shape[1])), NEIGHBOURS)
    batch = _BATCH / (time.perf_counter() - began)
    share = f"filled and trained in {seconds:.0f} s; {_BATCH} at once: {batch:,.0f} queries/s"
    return [
        Row(f"recall@{NEIGHBOURS}, {size}", _recall(answers, truth), _GOAL_RECALL, "recall", note=share),
        Row(
            f"one query, p99, {size}",
            float(np.percentile(walls, 99)),
            5,
            "ms",
            at_most=True,
            note=worked,
            ours=f"median {median(walls):.2f} ms",
        ),
        row_of(Comparison(f"one query at a time, {size}", "queries/s", kind, pairs), 0.9),
    ]


def _change_rows(index: GrowingClaimIndex, queries: Vectors, truth: np.ndarray, claims: int, seed: int) -> list[Row]:
    """What is left to find after a tenth was withdrawn, an article's claims at a time; what adding an article's claims takes."""
    rng = np.random.default_rng(seed)
    going = rng.permutation(claims)[: claims // 10]
    removals = []
    for at in range(0, len(going), _ARTICLE_CLAIMS):
        began = time.perf_counter()
        index.remove((going[at : at + _ARTICLE_CLAIMS] * 3 + 1).tolist())
        removals.append((time.perf_counter() - began) * 1000)
    gone = set(going.tolist())
    left = np.array([[row for row in line.tolist() if row not in gone][:NEIGHBOURS] for line in truth])
    recall = _recall([index.nearest(query[None], NEIGHBOURS)[0] for query in queries], left)
    additions = []
    for at in range(20):
        began = time.perf_counter()
        index.add(range(10 * claims + at * _ARTICLE_CLAIMS, 10 * claims + (at + 1) * _ARTICLE_CLAIMS), around(queries, _ARTICLE_CLAIMS, at))
        additions.append((time.perf_counter() - began) * 1000)
    note = f"{_ARTICLE_CLAIMS} claims at a time: median {median(removals):.2f} ms, slowest {max(removals):.1f} ms"
    added = f"slowest {max(additions):.1f} ms, making the vectors included"
    return [
        Row(f"recall@{NEIGHBOURS} after a tenth was withdrawn, {claims:,} claims", recall, _GOAL_RECALL, "recall", note=note),
        Row(f"adding an article's {_ARTICLE_CLAIMS} claims, {claims:,} claims", median(additions), 50, "ms", at_most=True, note=added),
    ]


def _restart_rows(path: Path, queries: Vectors, claims: int) -> list[Row]:
    """A new process loads the models and the snapshot, and searches."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, models_gb, both_gb = pool.apply(_loaded, (path, queries))
    size = f"{claims:,} claims"
    note = f"models {models_gb:.2f} GB, index {both_gb - models_gb:.2f} GB, after {len(queries)} searches; rows in SQL not read"
    return [
        Row(f"loading the snapshot, {size}", seconds, 15, "s", at_most=True, note="every byte of it checked"),
        Row(f"resident memory of the service's models and the index, {size}", both_gb, 2.5, "GB", at_most=True, note=note),
    ]


def _loaded(path: Path, queries: Vectors) -> tuple[float, float, float]:
    """Seconds to load the snapshot, and resident GB before and after; in a process of its own."""
    from app.main import Models
    from app.settings import read_settings

    models = Models.of(read_settings({}))
    models.encoder.encode(["A ferry left Port Alder with 45 passengers on board."])
    before = _resident_gb()
    began = time.perf_counter()
    index = GrowingClaimIndex.load(path, dimensions=queries.shape[1], encoder_id=_ENCODER, exact_claims=1)
    seconds = time.perf_counter() - began
    if index is None:
        raise ValueError("the snapshot was not believed")
    for query in queries:
        index.nearest(query[None], NEIGHBOURS)
    return seconds, before, _resident_gb()


def _rate(search: Callable[[Vectors], object], queries: Vectors) -> Callable[[int], float]:
    """A measurement of `search`: queries a second, one at a time, each turn other queries."""

    def measure(turn: int) -> float:
        faiss.omp_set_num_threads(SEARCH_THREADS)
        first = turn * _TURN_QUERIES % len(queries)
        some = queries[first : first + _TURN_QUERIES]
        began = time.perf_counter()
        for query in some:
            search(query[None])
        return len(some) / (time.perf_counter() - began)

    return measure


def _truth(held: Vectors, queries: Vectors, count: int) -> np.ndarray:
    """The rows nearest to each query, by looking at all."""
    faiss.omp_set_num_threads(SEARCH_THREADS)
    rows: np.ndarray = faiss.knn(queries, held, count, metric=faiss.METRIC_INNER_PRODUCT)[1]
    return rows


def _recall(answers: Sequence[Sequence[Neighbour]], truth: np.ndarray) -> float:
    """The share of the true nearest rows that the answers name by number."""
    expected = truth[:, :NEIGHBOURS]
    hits = sum(len({near.number for near in found} & set((line * 3 + 1).tolist())) for found, line in zip(answers, expected, strict=True))
    return hits / expected.size


def _starts(count: int) -> range:
    return range(0, count, _PIECE_ROWS)


def _resident_gb() -> float:
    """This process's resident memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e9


def _told(row: Row) -> None:
    print(printed(row), flush=True)


def _command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    parts = [f"python -m bench million --claims {asked.claims} --seed {asked.seed}"]
    if asked.articles:
        parts.append(f"--articles {asked.articles.name}")
    if asked.peer_claims:
        parts.append(f"--peer-claims {asked.peer_claims}")
    if asked.no_peers:
        parts.append("--no-peers")
    return " ".join(parts)
