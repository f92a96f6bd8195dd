"""The bench of the index in PostgreSQL: what recall is, and how the section tells it."""

import numpy as np

from bench.pgvector import Index, _truth, made_vectors, recall_of, section_of


def test_recall_counts_the_true_neighbours_that_were_found() -> None:
    truth = [frozenset({1, 2}), frozenset({3, 4})]
    assert recall_of([[2, 1], [4, 3]], truth) == 1.0
    assert recall_of([[1, 9], [8]], truth) == 0.25
    assert recall_of([], []) == 0.0


def test_the_made_vectors_have_a_cluster_near_each_query() -> None:
    vectors, queries = made_vectors(3_000, 8, seed=1)
    again, _ = made_vectors(3_000, 8, seed=1)
    assert np.array_equal(vectors, again)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for query, near in zip(queries, _truth(vectors, queries), strict=True):
        similar = sorted((float(vectors[number] @ query) for number in near), reverse=True)
        assert 0.7 < similar[5] < 0.9


def test_the_section_tells_each_index_with_its_recall() -> None:
    index = Index("one", 0.9954, (10.0, 20.0, 1_000.0), 61.4, 150_000_000)
    text = section_of([index], [(100, 0.995, 4.2)], "python -m bench pgvector", (512, 1.5), ["- Machine: one"])
    assert "| one | 0.995 | 10.0 | 20.0 | 1,000.0 | 61 | 150 |" in text
    assert "| 100 | 0.995 | 4.2 |" in text
    exact = Index("two", 1.0, (5.0, 6.0), None, 150_000_000)
    assert "| two | 1.000 | 5.0 | 6.0 |  |  | 150 |" in section_of([exact], [], "python -m bench pgvector", (512, 1.5), [])
