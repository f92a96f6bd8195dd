"""The bench of a million claims: what it searches among, and how it tells what it found."""

from pathlib import Path

import numpy as np

from bench.goals import Row
from bench.million import section_of
from bench.million_peers import recall
from bench.sentence_vectors import around, sentence_vectors, sentences_for

SENTENCES = np.eye(4, 32, dtype=np.float32)


def test_claims_stand_around_their_sentences_as_unit_vectors_and_are_the_same_for_a_seed() -> None:
    found = around(SENTENCES, 200, 3)
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-5)
    assert (found @ SENTENCES.T).max(axis=1).mean() > 0.7
    assert np.array_equal(found, around(SENTENCES, 200, 3))


def test_fifty_claims_stand_around_a_sentence_and_more_where_there_are_no_more_sentences() -> None:
    assert [sentences_for(claims, 10_000) for claims in (10, 20_000, 1_000_000)] == [1, 400, 10_000]


def test_sentence_vectors_are_read_from_where_they_were_kept(tmp_path: Path) -> None:
    np.save(tmp_path / "kept.npy", SENTENCES)
    assert np.array_equal(sentence_vectors(3, None, 1, tmp_path / "kept.npy"), SENTENCES[:3])


def test_recall_is_the_share_of_the_true_neighbours_that_are_found() -> None:
    truth = np.array([[0, 1], [2, 3]])
    assert recall(lambda query, count: [0, 1], SENTENCES[:2], truth) == 0.5


def test_the_section_holds_its_command_and_a_line_a_row() -> None:
    text = section_of([Row("recall@10", 0.99, 0.98, "recall")], 20_000, "python -m bench million --claims 20000", ["- Machine: one"])
    assert text.startswith("## A million claims\n")
    assert "`python -m bench million --claims 20000`" in text
    assert "| claims | recall@10 |" in text
    assert text.endswith("- Machine: one")
