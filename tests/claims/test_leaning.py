"""Word scores leaned towards the grammar's attributions."""

import numpy as np
import pytest

from app.articles.document import Span
from app.claims.decoding import Read
from app.claims.leaning import leaned
from app.claims.windows import LABELS
from tests.claims.spans import attribution

TEXT = "She said it rained hard"
WORDS = tuple(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in TEXT.split())


def read() -> Read:
    rows = len(WORDS)
    return Read(WORDS, np.zeros(rows, np.int64), np.zeros((rows, len(LABELS)), np.float32), np.zeros((rows, 1), np.float32))


def test_each_word_gains_the_weight_at_the_label_the_grammar_gives_it() -> None:
    scores = leaned(read(), [attribution(TEXT, "She", "said", "it rained")], 1.5).scores
    assert [LABELS[label] for label in scores.argmax(axis=1)] == ["B-source", "B-cue", "B-content", "I-content", "O"]
    assert scores.max(axis=1).tolist() == [1.5] * 5
    assert scores.sum() == 7.5


def test_a_cue_inside_a_content_keeps_its_own_label() -> None:
    found = [attribution(TEXT, "She", "said", "it rained"), attribution(TEXT, "", "rained", "hard")]
    assert LABELS[leaned(read(), found, 1.0).scores[3].argmax()] == "B-cue"


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_a_text_without_words_stays_empty(weight: float) -> None:
    empty = Read((), np.zeros(0, np.int64), np.zeros((0, len(LABELS)), np.float32), np.zeros((0, 0), np.float32))
    assert leaned(empty, [], weight) is empty


def test_without_weight_nothing_changes() -> None:
    same = read()
    assert leaned(same, [attribution(TEXT, "She", "said", "it rained")], 0.0) is same
