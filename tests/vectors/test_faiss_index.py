"""The exact index: it equals brute force after anything that may happen to it."""

import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vectors.checksum import checksum_of
from app.vectors.encoder import Vectors
from app.vectors.faiss_index import FaissClaimIndex
from app.vectors.index import ClaimIndex, Neighbour

DIMENSIONS = 8

# Few distinct vectors, so that ties (equal claims in several outlets) are the rule here.
_random = np.random.default_rng(7)
POOL = _random.standard_normal((12, DIMENSIONS)).astype(np.float32)
POOL /= np.linalg.norm(POOL, axis=1, keepdims=True)

numbers = st.integers(min_value=-5, max_value=30) | st.sampled_from([2**62, 2**63 - 1, -(2**63)])
additions = st.dictionaries(numbers, st.integers(0, len(POOL) - 1), max_size=25)
steps = st.lists(st.tuples(st.just("add"), additions) | st.tuples(st.just("remove"), st.lists(numbers, max_size=20)), max_size=12)


def index_of(held: dict[int, int]) -> FaissClaimIndex:
    index = FaissClaimIndex(DIMENSIONS)
    index.add(list(held), POOL[list(held.values())])
    return index


def brute_force(held: dict[int, int], query: Vectors, count: int, min_similarity: float) -> list[Neighbour]:
    exact = {number: np.float32(min(1.0, float(POOL[at].astype(float) @ query.astype(float)))) for number, at in held.items()}
    ranked = sorted(exact.items(), key=lambda item: (-item[1], item[0]))[:count]
    return [Neighbour(number, float(similarity)) for number, similarity in ranked if similarity >= min_similarity]


def assert_same(found: list[Neighbour], expected: list[Neighbour]) -> None:
    assert [near.number for near in found] == [near.number for near in expected]
    assert [near.similarity for near in found] == pytest.approx([near.similarity for near in expected], abs=1e-6)


def assert_equals_brute_force(
    index: ClaimIndex, changes: list[tuple[str, dict[int, int] | list[int]]], count: int, min_similarity: float
) -> None:
    """Makes the changes to an empty index and holds what it then answers against brute force."""
    held: dict[int, int] = {}
    for _, what in changes:
        if isinstance(what, dict):
            index.add(list(what), POOL[list(what.values())])
            held.update(what)
        else:
            index.remove(what)
            for number in what:
                held.pop(number, None)
    assert len(index) == len(held)
    assert all(number in index for number in held)
    assert index.checksum() == checksum_of(held)
    for query, found in zip(POOL, index.nearest(POOL, count, min_similarity), strict=True):
        assert_same(found, brute_force(held, query, count, min_similarity))


@settings(deadline=None)
@given(steps, st.integers(0, 12), st.sampled_from([-1.0, 0.0, 0.3]))
def test_the_index_equals_brute_force_after_any_sequence_of_changes(
    changes: list[tuple[str, dict[int, int] | list[int]]], count: int, min_similarity: float
) -> None:
    index: ClaimIndex = FaissClaimIndex(DIMENSIONS)
    assert_equals_brute_force(index, changes, count, min_similarity)


@settings(deadline=None)
@given(st.lists(numbers, unique=True).flatmap(lambda given: st.tuples(st.just(given), st.permutations(given))))
def test_the_checksum_depends_on_the_numbers_and_not_on_their_order(orders: tuple[list[int], list[int]]) -> None:
    assert checksum_of(orders[0]) == checksum_of(orders[1])


@settings(deadline=None)
@given(st.sets(numbers), st.sets(numbers))
def test_different_sets_of_numbers_have_different_checksums(one: set[int], other: set[int]) -> None:
    assert (checksum_of(one) == checksum_of(other)) == (one == other)


@settings(deadline=None, max_examples=20)
@given(additions)
def test_a_snapshot_gives_back_the_index(held: dict[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.vectors"
        before = index_of(held)
        before.save(path, encoder_id="hash-8")
        after = FaissClaimIndex.load(path, dimensions=DIMENSIONS, encoder_id="hash-8", count=len(held), checksum=checksum_of(held))
        assert after is not None
        assert after.checksum() == before.checksum()
        assert after.nearest(POOL, 5) == before.nearest(POOL, 5)
        after.add([100], POOL[:1])
        after.remove(list(held))
        assert [near.number for near in after.nearest(POOL[:1], 5)[0]] == [100]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "claims.vectors"
    index_of({1: 0, 2: 1, 3: 2}).save(path, encoder_id="hash-8")
    return path


def load(path: Path, **changed: object) -> FaissClaimIndex | None:
    expected = {"dimensions": DIMENSIONS, "encoder_id": "hash-8", "count": 3, "checksum": checksum_of([1, 2, 3])} | changed
    return FaissClaimIndex.load(path, **expected)  # type: ignore[arg-type]


def test_a_snapshot_leaves_two_files_and_nothing_half_written(saved: Path) -> None:
    assert sorted(file.name for file in saved.parent.iterdir()) == ["claims.vectors", "claims.vectors.json"]
    assert load(saved) is not None


@pytest.mark.parametrize("changed", [{"dimensions": 9}, {"encoder_id": "hash-9"}, {"count": 2}, {"checksum": checksum_of([1, 2, 4])}])
def test_a_snapshot_of_something_else_is_not_loaded(saved: Path, changed: dict[str, object]) -> None:
    assert load(saved, **changed) is None


def test_a_missing_snapshot_is_not_loaded(tmp_path: Path) -> None:
    assert load(tmp_path / "none") is None


@pytest.mark.parametrize("side", ["", ".json"])
@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "flipped", "longer"])
def test_a_broken_snapshot_is_not_loaded(saved: Path, side: str, harm: str) -> None:
    victim = saved.with_name(saved.name + side)
    content = victim.read_bytes()
    middle = len(content) // 2
    harmed = {
        "empty": b"",
        "cut": content[:-3],
        "flipped": content[:middle] + bytes([content[middle] ^ 0x40]) + content[middle + 1 :],
        "longer": content + b"x",
    }
    if harm == "missing":
        victim.unlink()
    else:
        victim.write_bytes(harmed[harm])
    assert load(saved) is None


@pytest.mark.parametrize("sidecar", ["[]", "{}", '"x"', "null", '{"format": 1}'])
def test_a_sidecar_that_says_something_else_is_not_believed(saved: Path, sidecar: str) -> None:
    saved.with_name(saved.name + ".json").write_text(sidecar)
    assert load(saved) is None


def test_data_and_sidecar_of_different_saves_are_not_believed_together(saved: Path) -> None:
    data = saved.read_bytes()
    index_of({1: 0, 2: 1, 3: 5}).save(saved, encoder_id="hash-8")
    saved.write_bytes(data)
    assert load(saved) is None


@pytest.mark.parametrize(
    ("given_numbers", "vectors"),
    [
        ([1], POOL[:1].astype(np.float64)),
        ([1], POOL[0]),
        ([1], POOL[:1, :4]),
        ([1, 2], POOL[:1]),
        ([1, 1], POOL[:2]),
        ([1.5], POOL[:1]),
        ([True], POOL[:1]),
        ([2**63], POOL[:1]),
        ([2**70], POOL[:1]),
        ([1], POOL[:1] * 2),
        ([1], POOL[:1] * 0),
        ([1], POOL[:1] * np.float32("nan")),
        ([1], [[1.0] + [0.0] * 7]),
    ],
)
def test_what_is_not_a_claim_vector_is_refused_and_nothing_is_added(given_numbers: list[int], vectors: Vectors) -> None:
    index = index_of({7: 0})
    with pytest.raises(ValueError, match=r"must|repeated|number"):
        index.add(given_numbers, vectors)
    assert len(index) == 1
    assert index.checksum() == checksum_of([7])


def test_a_query_that_is_not_a_unit_vector_is_refused() -> None:
    index = index_of({1: 0})
    with pytest.raises(ValueError, match="length 1"):
        index.nearest(POOL[:1] * np.float32("nan"), 1)
    with pytest.raises(ValueError, match="negative"):
        index.nearest(POOL[:1], -1)


def test_an_empty_index_and_an_empty_query_answer_with_nothing() -> None:
    index = FaissClaimIndex(DIMENSIONS)
    assert index.nearest(POOL[:2], 3) == [[], []]
    assert index.checksum() == 0
    index.add([], np.empty((0, DIMENSIONS), dtype=np.float32))
    index.remove([])
    assert index_of({1: 0}).nearest(np.empty((0, DIMENSIONS), dtype=np.float32), 3) == []


def test_vectors_that_are_not_contiguous_are_taken_as_they_read() -> None:
    index = FaissClaimIndex(DIMENSIONS)
    index.add(range(len(POOL)), np.asfortranarray(POOL))
    assert [near[0].number for near in index.nearest(POOL[::-1], 1)] == list(range(len(POOL)))[::-1]


@pytest.mark.parametrize("queries", [1, 3, 4, 40])
def test_of_thousands_of_equal_claims_the_lowest_numbers_come_first(queries: int) -> None:
    index = FaissClaimIndex(DIMENSIONS, threads=1)
    order = np.random.default_rng(1).permutation(5_000)
    index.add(order.tolist(), np.repeat(POOL[:1], 5_000, axis=0))
    for found in index.nearest(np.repeat(POOL[:1], queries, axis=0), 10):
        assert [near.number for near in found] == list(range(10))


def test_a_query_answers_the_same_alone_and_in_a_batch() -> None:
    rows = np.random.default_rng(2).standard_normal((3_000, DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = FaissClaimIndex(DIMENSIONS)
    index.add(range(len(rows)), rows)
    assert index.nearest(rows[:50], 7) == [index.nearest(row[None], 7)[0] for row in rows[:50]]


def test_threads_that_add_search_and_remove_leave_the_index_whole() -> None:
    index = FaissClaimIndex(DIMENSIONS)
    errors: list[Exception] = []

    def work(first: int) -> None:
        try:
            for at in range(first, first + 60):
                index.add([at], POOL[at % len(POOL)][None])
                assert index.nearest(POOL[at % len(POOL)][None], 1)[0][0].similarity > 0.999
                if at % 2:
                    index.remove([at])
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 1_000, 2_000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    kept = {at: at % len(POOL) for first in (0, 1_000, 2_000) for at in range(first, first + 60) if at % 2 == 0}
    assert index.checksum() == checksum_of(kept)
    for query, found in zip(POOL, index.nearest(POOL, 9), strict=True):
        assert_same(found, brute_force(kept, query, 9, -1.0))
