"""From scores to attributions."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.articles.document import Span
from app.claims.decoding import START, TRANSITIONS, Read, attributions, best_labels, linked, role_probabilities, spans_of, sureness
from app.claims.linking import BUCKETS, LINK_DIMENSIONS, LinkWeights, TaggedSpan, buckets
from app.claims.tagger import Attribution
from app.claims.windows import LABELS

SCORES = arrays(np.float32, st.tuples(st.integers(1, 4), st.just(len(LABELS))), elements=st.floats(-8, 0, width=16))


def nearest() -> LinkWeights:
    """Links by distance alone: the closer the better, the null parent never."""
    zeros = np.zeros((LINK_DIMENSIONS, 2), dtype=np.float32)
    bias = np.zeros(LINK_DIMENSIONS, dtype=np.float32)
    distance = BUCKETS - np.abs(np.arange(BUCKETS, dtype=np.float32) - BUCKETS // 2)
    return LinkWeights(zeros, bias, zeros, bias, distance, bias)


def read_of(text: str, paragraph_of: list[int] | None = None) -> Read:
    words, start = [], 0
    for word in text.split(" "):
        words.append(Span(start, start + len(word)))
        start += len(word) + 1
    numbers = np.array(paragraph_of or [0] * len(words))
    return Read(tuple(words), numbers, np.zeros((len(words), len(LABELS)), np.float32), np.zeros((len(words), 1), np.float32))


def total(labels: list[int], scores: np.ndarray) -> float:
    steps = sum(TRANSITIONS[before, after] for before, after in pairwise(labels))
    return float(START[labels[0]] + steps + sum(scores[word, label] for word, label in enumerate(labels)))


@given(scores=SCORES)
def test_the_best_labelling_is_the_best_of_all(scores: np.ndarray) -> None:
    (found,) = best_labels([scores])
    best = max(total(list(labels), scores) for labels in product(range(len(LABELS)), repeat=len(scores)))
    assert np.isclose(total(list(found), scores), best, atol=1e-2)


@given(many=st.lists(SCORES, min_size=1, max_size=6))
def test_the_company_changes_no_labelling(many: list[np.ndarray]) -> None:
    together = best_labels(many)
    assert all((together[index] == best_labels([scores])[0]).all() for index, scores in enumerate(many))


@given(scores=SCORES)
def test_a_labelling_is_well_formed(scores: np.ndarray) -> None:
    (labels,) = best_labels([scores])
    names = ["O", *(LABELS[label] for label in labels)]
    assert all(not name.startswith("I-") or before[2:] == name[2:] for before, name in pairwise(names))


def test_a_second_begin_starts_a_second_span() -> None:
    begin, inside = LABELS.index("B-content"), LABELS.index("I-content")
    spans = spans_of(np.array([0, begin, inside, begin]), 10, 3)
    assert spans == [TaggedSpan("content", 11, 12, 3), TaggedSpan("content", 13, 13, 3)]


def test_distance_is_signed_and_symmetric_about_touching() -> None:
    child, before, after = TaggedSpan("content", 10, 12, 0), TaggedSpan("cue", 7, 7, 0), TaggedSpan("cue", 15, 15, 0)
    (row,) = buckets([child], [before, after])
    assert row[0] < BUCKETS // 2 < row[1]
    assert row[0] + row[1] == 2 * (BUCKETS // 2)


def test_a_quote_broken_by_its_cue_is_one_attribution() -> None:
    read = read_of("“It rained, she said, all day.”")
    spans = [TaggedSpan("content", 0, 1, 0), TaggedSpan("source", 2, 2, 0), TaggedSpan("cue", 3, 3, 0), TaggedSpan("content", 4, 5, 0)]
    assert linked(read, spans, nearest(), nearest()) == [Attribution((Span(12, 15),), (Span(16, 21),), (Span(0, 11), Span(22, 31)))]


def test_two_cues_may_share_a_source() -> None:
    read = read_of("She said no and added maybe")
    spans = [
        TaggedSpan("source", 0, 0, 0),
        TaggedSpan("cue", 1, 1, 0),
        TaggedSpan("content", 2, 2, 0),
        TaggedSpan("cue", 4, 4, 0),
        TaggedSpan("content", 5, 5, 0),
    ]
    found = linked(read, spans, nearest(), nearest())
    assert [attribution.source for attribution in found] == [(Span(0, 3),), (Span(0, 3),)]


def test_a_content_out_of_reach_of_every_cue_stands_alone() -> None:
    read = read_of("She said no far away", [0, 0, 0, 5, 5])
    spans = [TaggedSpan("cue", 1, 1, 0), TaggedSpan("content", 2, 2, 0), TaggedSpan("content", 3, 4, 5)]
    found = linked(read, spans, nearest(), nearest())
    assert found == [Attribution((), (Span(4, 8),), (Span(9, 11),)), Attribution((), (), (Span(12, 20),))]


def test_a_cue_without_content_is_no_attribution() -> None:
    assert linked(read_of("She said no"), [TaggedSpan("source", 0, 0, 0), TaggedSpan("cue", 1, 1, 0)], nearest(), nearest()) == []


def test_sureness_is_the_product_of_the_roles_probabilities() -> None:
    read = read_of("She said no")
    parts = [[TaggedSpan(role, word, word, 0)] for word, role in enumerate(("source", "cue", "content"))]
    assert np.isclose(sureness(role_probabilities(read.scores), *parts), (2 / 7) ** 3)  # each of the seven labels is as likely
    for word, (part,) in enumerate(parts):
        read.scores[word, LABELS.index(f"I-{part.role}")] = 50
    assert np.isclose(sureness(role_probabilities(read.scores), *parts), 1)
    likely = role_probabilities(read.scores)
    assert 0 < sureness(likely, [], [], parts[2]) < sureness(likely, [], parts[1], parts[2]) < 1


def test_what_is_less_sure_than_asked_for_is_left_out() -> None:
    read = read_of("She said no and added maybe")
    spans = [TaggedSpan("cue", 1, 1, 0), TaggedSpan("content", 2, 2, 0), TaggedSpan("cue", 4, 4, 0), TaggedSpan("content", 5, 5, 0)]
    for word, role in ((1, "cue"), (2, "content")):
        read.scores[word, LABELS.index(f"B-{role}")] = 9
    assert len(linked(read, spans, nearest(), nearest())) == 2
    assert linked(read, spans, nearest(), nearest(), 0.3) == [Attribution((), (Span(4, 8),), (Span(9, 11),))]


def test_a_text_without_words_has_no_attributions() -> None:
    nothing = Read((), np.zeros(0, np.int64), np.zeros((0, len(LABELS)), np.float32), np.zeros((0, 0), np.float32))
    assert attributions([nothing], nearest(), nearest()) == [[]]
