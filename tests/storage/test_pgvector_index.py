"""The index in PostgreSQL: it equals brute force while few claims are held, and comes close past that."""

from collections.abc import Iterator

import numpy as np
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.storage.database import Database
from app.storage.pgvector_index import PgVectorClaimIndex
from app.storage.tables import VectorRow
from app.vectors.encoder import Vectors
from tests.storage import schema
from tests.vectors.test_faiss_index import DIMENSIONS, POOL, assert_equals_brute_force, steps

pytestmark = pytest.mark.postgres
EVEN = np.random.default_rng(3)
MANY = EVEN.standard_normal((400, 32)).astype(np.float32)
MANY /= np.linalg.norm(MANY, axis=1, keepdims=True)


@pytest.fixture
def store(postgres_store: Database) -> Database:
    """A store without vectors."""
    schema.empty(postgres_store)
    return postgres_store


@pytest.fixture
def graph(store: Database) -> Iterator[PgVectorClaimIndex]:
    """An index that searches its graph, however few it holds."""
    index = PgVectorClaimIndex(store, 32, "it's a test: 32", exact_claims=0)
    index.build()
    yield index
    with store.connect() as connection:
        connection.exec_driver_sql(f"DROP INDEX {index._graph}")
        connection.commit()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.integers(0, 12), st.sampled_from([-1.0, 0.0, 0.3]))
def test_the_index_equals_brute_force_after_any_sequence_of_changes(
    store: Database, changes: list[tuple[str, dict[int, int] | list[int]]], count: int, min_similarity: float
) -> None:
    with store.write() as session:
        session.execute(delete(VectorRow))
    assert_equals_brute_force(PgVectorClaimIndex(store, DIMENSIONS, "pool"), changes, count, min_similarity)


def test_vectors_come_back_as_they_were_stored(store: Database) -> None:
    PgVectorClaimIndex(store, 32, "many").add(range(len(MANY)), MANY)
    with store.read() as session:
        for number, row in enumerate(MANY):
            assert session.get_one(VectorRow, number).vector == row.tobytes()


def test_the_graph_finds_nearly_all_and_their_similarities_are_exact(graph: PgVectorClaimIndex) -> None:
    assert graph.built
    graph.add(range(len(MANY)), MANY)
    graph.remove(range(0, 400, 5))
    kept = np.array([number for number in range(400) if number % 5])
    right = 0
    for query, found in zip(MANY[:50], graph.nearest(MANY[:50], 10), strict=True):
        exact = MANY[kept] @ query
        assert [hit.similarity for hit in found] == sorted((hit.similarity for hit in found), reverse=True)
        assert all(hit.similarity == pytest.approx(float(MANY[hit.number] @ query), abs=1e-6) for hit in found)
        right += len({hit.number for hit in found} & set(kept[np.argsort(-exact)[:10]].tolist()))
    assert right >= 0.95 * 50 * 10


def test_the_graph_gives_as_many_as_are_asked_for(graph: PgVectorClaimIndex) -> None:
    graph.add(range(len(MANY)), MANY)
    assert len(graph.nearest(MANY[:1], 1_000)[0]) == len(MANY)


def test_building_twice_is_building_once(graph: PgVectorClaimIndex) -> None:
    graph.build()
    assert graph.built
    assert graph.in_step()


def test_an_index_without_its_graph_is_exact(store: Database) -> None:
    index = PgVectorClaimIndex(store, 32, "many", exact_claims=0)
    assert not index.built
    assert index.in_step(), "an empty one needs no graph"
    index.add(range(len(MANY)), MANY)
    for query, found in zip(MANY[:5], index.nearest(MANY[:5], 7), strict=True):
        assert [hit.number for hit in found] == np.argsort(-(MANY @ query))[:7].tolist()
    assert not index.in_step()


def test_vectors_of_another_encoder_are_not_seen(store: Database) -> None:
    PgVectorClaimIndex(store, DIMENSIONS, "other").add([1], POOL[:1])
    index = PgVectorClaimIndex(store, 32, "many")
    index.add([2, 3], MANY[:2])
    assert len(index) == 2
    assert 1 not in index
    assert not index.in_step()
    assert index.nearest(MANY[:1], 5)[0][0].number == 2
    index.remove([1, 2])
    assert len(index) == 1


def test_of_equal_claims_the_lowest_numbers_come_first(store: Database) -> None:
    index = PgVectorClaimIndex(store, 32, "many")
    index.add([7, 3, 9, 1], np.repeat(MANY[:1], 4, axis=0))
    assert [hit.number for hit in index.nearest(MANY[:1], 3)[0]] == [1, 3, 7]


@pytest.mark.parametrize(("numbers", "vectors"), [([1], MANY[:2]), ([1, 1], MANY[:2]), ([1], MANY[:1] * 2), ([1.5], MANY[:1])])
def test_what_is_not_a_claim_vector_is_refused_and_nothing_is_added(store: Database, numbers: list[int], vectors: Vectors) -> None:
    index = PgVectorClaimIndex(store, 32, "many")
    with pytest.raises(ValueError, match=r"must|repeated|number"):
        index.add(numbers, vectors)
    with pytest.raises(ValueError, match="negative"):
        index.nearest(MANY[:1], -1)
    assert len(index) == 0


def test_pgvector_may_be_there_before_the_first_table(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS prepared")
        connection.execute("CREATE DATABASE prepared")
    database = Database(postgres_url.replace("/postgres?", "/prepared?"))
    try:
        with database.connect() as connection:
            connection.exec_driver_sql("CREATE EXTENSION vector")
            connection.commit()
        schema.upgrade(database)
        index = PgVectorClaimIndex(database, 32, "many")
        index.add([1], MANY[:1])
        assert 1 in index
    finally:
        database.close()
