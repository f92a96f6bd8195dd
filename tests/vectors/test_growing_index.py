"""The index that goes from exact to cells: it answers as brute force would, whatever happens to it meanwhile."""

import json
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
from app.vectors.growing_index import GrowingClaimIndex
from app.vectors.index import Neighbour
from tests.vectors.test_faiss_index import DIMENSIONS, POOL, assert_equals_brute_force, numbers, steps

WIDE = 32


def around(centres: Vectors, count: int, seed: int) -> Vectors:
    """Unit vectors that gather around some centres, as wordings of the same sentences do."""
    rng = np.random.default_rng(seed)
    found = centres[rng.integers(0, len(centres), count)] + rng.standard_normal((count, centres.shape[1])) * 0.1
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


CENTRES = np.random.default_rng(3).standard_normal((150, WIDE)).astype(np.float32)
CENTRES /= np.linalg.norm(CENTRES, axis=1, keepdims=True)
MANY = around(CENTRES, 3_000, 4)
QUERIES = around(CENTRES, 60, 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "claims.index"


def filled(path: Path, **limits: int) -> GrowingClaimIndex:
    """The many vectors under spread numbers, in cells."""
    index = GrowingClaimIndex(WIDE, path, **({"exact_claims": 500} | limits))
    for at in range(0, len(MANY), 250):
        index.add((np.arange(at, at + 250) * 3 + 1).tolist(), MANY[at : at + 250])
    index.settle()
    assert not index.exact
    return index


def reference(held: dict[int, Vectors]) -> FaissClaimIndex:
    index = FaissClaimIndex(WIDE)
    index.add(list(held), np.stack(list(held.values())))
    return index


def recall(found: list[list[Neighbour]], expected: list[list[Neighbour]]) -> float:
    hits = [len({near.number for near in a} & {near.number for near in b}) / len(b) for a, b in zip(found, expected, strict=True)]
    return float(np.mean(hits))


def files(path: Path) -> list[str]:
    return sorted(file.name.partition(".rows-")[0] for file in path.parent.iterdir())


@settings(deadline=None, max_examples=60)
@given(steps, st.integers(0, 12), st.sampled_from([-1.0, 0.0, 0.3]), st.sampled_from([0, 1, 4, 9]))
def test_it_equals_brute_force_after_any_sequence_of_changes_where_all_cells_are_looked_into(
    changes: list[tuple[str, dict[int, int] | list[int]]], count: int, min_similarity: float, exact_claims: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = GrowingClaimIndex(DIMENSIONS, Path(folder) / "claims.index", exact_claims=exact_claims, probes=1_000)
        assert_equals_brute_force(index, changes, count, min_similarity)
        index.settle()


@settings(deadline=None, max_examples=20)
@given(st.dictionaries(numbers, st.integers(0, len(POOL) - 1), min_size=2, max_size=25), st.integers(0, 3))
def test_a_snapshot_gives_back_the_index(held: dict[int, int], exact_claims: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.index"
        before = GrowingClaimIndex(DIMENSIONS, path, exact_claims=exact_claims)
        before.add(list(held), POOL[list(held.values())])
        before.settle()
        before.remove(list(held)[:1])
        before.save(path, encoder_id="hash-8")
        after = GrowingClaimIndex.load(path, dimensions=DIMENSIONS, encoder_id="hash-8", exact_claims=exact_claims)
        assert after is not None
        after.settle()
        assert len(after) == len(held) - 1
        assert after.checksum() == before.checksum() == checksum_of(list(held)[1:])
        assert after.nearest(POOL, 5) == before.nearest(POOL, 5)
        after.add([100], POOL[:1])
        after.remove(list(held))
        assert [near.number for near in after.nearest(POOL[:1], 5)[0]] == [100]
        after.settle()


def test_up_to_its_limit_every_search_is_exact_and_past_it_cells_are_trained_in_the_background(path: Path) -> None:
    index = GrowingClaimIndex(WIDE, path, exact_claims=500)
    index.add(range(500), MANY[:500])
    assert index.exact
    index.add(range(500, 3_000), MANY[500:])
    index.settle()
    assert not index.exact
    assert (len(index), index.checksum()) == (3_000, checksum_of(range(3_000)))


def test_cells_miss_few_and_their_similarities_are_exact(path: Path) -> None:
    expected = reference(dict(zip((np.arange(3_000) * 3 + 1).tolist(), MANY, strict=True))).nearest(QUERIES, 10)
    found = filled(path, probes=16).nearest(QUERIES, 10)
    assert recall(found, expected) >= 0.98
    known = {near.number: near.similarity for near in expected[0]}
    assert all(near.similarity == pytest.approx(known[near.number], abs=1e-6) for near in found[0] if near.number in known)


def test_a_tenth_withdrawn_is_not_found_again_and_the_others_are(path: Path) -> None:
    index = filled(path, probes=16)
    going = (np.random.default_rng(6).permutation(3_000)[:300] * 3 + 1).tolist()
    index.remove(going)
    held = {number: row for number, row in zip((np.arange(3_000) * 3 + 1).tolist(), MANY, strict=True) if number not in set(going)}
    assert (len(index), index.checksum()) == (2_700, checksum_of(held))
    found = index.nearest(QUERIES, 10)
    assert not {near.number for line in found for near in line} & set(going)
    assert recall(found, reference(held).nearest(QUERIES, 10)) >= 0.98


def test_a_claim_that_is_replaced_is_found_where_it_is_now(path: Path) -> None:
    index = filled(path)
    index.add([4], QUERIES[:1])
    assert index.nearest(QUERIES[:1], 1) == [[Neighbour(4, 1.0)]]
    assert all(near.number != 4 for near in index.nearest(MANY[1:2], 3)[0])


def test_what_changes_during_a_training_is_in_what_comes_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    build = GrowingClaimIndex._built

    def slow(self: GrowingClaimIndex, *given: object) -> object:
        begun.set()
        assert go_on.wait(60)
        return build(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(GrowingClaimIndex, "_built", slow)
    index = GrowingClaimIndex(WIDE, path, exact_claims=500)
    index.add(range(600), MANY[:600])
    assert begun.wait(60)
    index.add([10], QUERIES[:1])
    index.remove([11])
    index.add([9_000], QUERIES[1:2])
    index.add([9_001], QUERIES[2:3])
    index.remove([9_001])
    assert index.exact
    go_on.set()
    index.settle()
    assert not index.exact
    assert index.checksum() == checksum_of([*range(11), *range(12, 600), 9_000])
    assert [line[0].number for line in index.nearest(QUERIES[:2], 1)] == [10, 9_000]


def test_cells_are_trained_anew_when_claims_have_grown_and_when_most_rows_are_forgotten(path: Path) -> None:
    index = filled(path)
    index.settle()
    index.remove((np.arange(2_900) * 3 + 1).tolist())
    index.settle()
    # So few are left that every one is looked at again.
    assert index.exact
    assert len(index) == 100
    assert {near.number for near in index.nearest(MANY[2_950:2_951], 5)[0]} <= set((np.arange(2_900, 3_000) * 3 + 1).tolist())


@pytest.mark.parametrize("queries", [1, 3, 40])
def test_of_thousands_of_equal_claims_the_lowest_numbers_come_first(path: Path, queries: int) -> None:
    index = filled(path)
    index.add((np.random.default_rng(1).permutation(2_000) * 3).tolist(), np.repeat(QUERIES[:1], 2_000, axis=0))
    for found in index.nearest(np.repeat(QUERIES[:1], queries, axis=0), 10):
        assert [near.number for near in found] == list(range(0, 30, 3))


def test_as_many_are_found_as_are_asked_for_however_few_cells_are_looked_into(path: Path) -> None:
    index = filled(path, probes=1)
    assert [len(line) for line in index.nearest(QUERIES[:3], 1_000)] == [1_000] * 3
    assert len(index.nearest(QUERIES[:1], 10_000)[0]) == 3_000


def test_a_query_answers_the_same_alone_and_in_a_batch(path: Path) -> None:
    index = filled(path)
    assert index.nearest(QUERIES, 7) == [index.nearest(row[None], 7)[0] for row in QUERIES]


def test_filling_at_once_gives_an_index_in_cells_and_a_small_one_an_exact_one(path: Path) -> None:
    index = GrowingClaimIndex(WIDE, path, exact_claims=500, probes=16)
    index.fill((range(at, at + 300), MANY[at : at + 300]) for at in range(0, 3_000, 300))
    assert not index.exact
    assert (len(index), index.checksum()) == (3_000, checksum_of(range(3_000)))
    assert [line[0].number for line in index.nearest(MANY[:50], 1)] == list(range(50))
    small = GrowingClaimIndex(WIDE, path.with_name("small"), exact_claims=500)
    small.fill([(range(500), MANY[:500])])
    assert small.exact
    assert len(small) == 500


def test_a_snapshot_is_still_good_after_more_was_added_and_the_process_died(path: Path) -> None:
    index = filled(path)
    index.save(path, encoder_id="hash")
    index.add([7_000_001], QUERIES[:1])
    index.remove([1])
    after = GrowingClaimIndex.load(path, dimensions=WIDE, encoder_id="hash", exact_claims=500)
    assert after is not None
    assert after.checksum() == checksum_of((np.arange(3_000) * 3 + 1).tolist())
    assert files(path) == ["claims.index", "claims.index", "claims.index.json"]
    after.add([7_000_002], QUERIES[1:2])
    assert after.nearest(QUERIES[1:2], 1)[0][0] == Neighbour(7_000_002, 1.0)


def test_saving_elsewhere_takes_the_rows_along(path: Path, tmp_path: Path) -> None:
    index = filled(path)
    index.save(tmp_path / "other" / "copy", encoder_id="hash")
    assert files(tmp_path / "other" / "copy") == ["copy", "copy", "copy.json"]
    after = GrowingClaimIndex.load(tmp_path / "other" / "copy", dimensions=WIDE, encoder_id="hash", exact_claims=500)
    assert after is not None
    assert after.nearest(QUERIES, 5) == index.nearest(QUERIES, 5)


def test_a_flat_snapshot_is_taken_over_and_grows_into_cells(path: Path) -> None:
    reference(dict(enumerate(MANY[:600]))).save(path, encoder_id="hash")
    after = GrowingClaimIndex.load(path, dimensions=WIDE, encoder_id="hash", exact_claims=500)
    assert after is not None
    after.settle()
    assert not after.exact
    assert after.checksum() == checksum_of(range(600))


@pytest.fixture
def saved(path: Path) -> Path:
    filled(path).save(path, encoder_id="hash")
    return path


@pytest.mark.parametrize("which", ["claims.index", "claims.index.json", "claims.index.rows-*"])
@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "flipped"])
def test_a_broken_snapshot_is_not_loaded(saved: Path, which: str, harm: str) -> None:
    victim = next(saved.parent.glob(which))
    content = victim.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 0x40]) + content[middle + 1 :]
    if harm == "missing":
        victim.unlink()
    else:
        victim.write_bytes({"empty": b"", "cut": content[:-3], "flipped": flipped}[harm])
    assert GrowingClaimIndex.load(saved, dimensions=WIDE, encoder_id="hash") is None


@pytest.mark.parametrize(
    "changed",
    [{"dimensions": 9}, {"encoder_id": "x"}, {"count": 2}, {"format": 3}, {"rows_file": "../x"}, {"more": 1}, {"trained_on": None}],
)
def test_a_sidecar_that_says_something_else_is_not_believed(saved: Path, changed: dict[str, object]) -> None:
    sidecar = saved.with_name(saved.name + ".json")
    sidecar.write_text(json.dumps(json.loads(sidecar.read_bytes()) | changed))
    assert GrowingClaimIndex.load(saved, dimensions=WIDE, encoder_id="hash") is None


def test_a_disk_that_refuses_leaves_the_search_exact(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, vectors: Vectors) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.vectors.rows.RowFile.append", full)
    index = GrowingClaimIndex(WIDE, path, exact_claims=500)
    index.add(range(600), MANY[:600])
    index.settle()
    assert index.exact
    assert index.nearest(MANY[:1], 1)[0][0].number == 0
    assert not list(path.parent.glob("*.rows-*"))


def test_what_is_not_a_claim_vector_is_refused_and_nothing_is_added(path: Path) -> None:
    index = filled(path)
    with pytest.raises(ValueError, match="length 1"):
        index.add([1], MANY[:1] * 2)
    with pytest.raises(ValueError, match="negative"):
        index.nearest(MANY[:1], -1)
    assert len(index) == 3_000
    assert index.nearest(np.empty((0, WIDE), dtype=np.float32), 3) == []
