"""What of the grammar's attributions mends the trained tagger's."""

from collections.abc import Sequence

import numpy as np

from app.articles.document import Document, Span
from app.claims.decoding import Read
from app.claims.mended import MendedTagger, mended
from app.claims.tagger import Attribution
from app.claims.windows import LABELS
from tests.claims.fictional import document
from tests.claims.spans import attribution, shown


def test_what_both_found_stays_as_the_network_has_it() -> None:
    text = "The dam would hold, Mara Lind, the mayor, said."
    found = attribution(text, "Mara Lind, the mayor,", "said", "The dam would hold")
    assert mended(text, [found], [attribution(text, "the mayor", "said", "The dam would hold")]) == [found]


def test_a_cue_without_a_source_gets_the_grammars() -> None:
    text = "Mara Lind left, adding that the dam would hold."
    found = attribution(text, "", "adding", "that the dam would hold")
    sure = attribution(text, "Mara Lind", "adding", "that the dam would hold")
    assert mended(text, [found], [sure]) == [sure]


def test_a_content_before_its_cue_that_was_cut_short_is_made_whole() -> None:
    text = "The Halden Star was carrying 140 people when it was struck, the harbour master told reporters."
    sure = attribution(text, "the harbour master", "told", "The Halden Star was carrying 140 people when it was struck")
    assert mended(text, [attribution(text, "the harbour master", "told", "The Halden Star")], [sure]) == [sure]


def test_a_source_in_another_paragraph_gives_way_to_one_beside_the_cue() -> None:
    text = "The guard added that the dam held.\n\nMara Lind left."
    found = attribution(text, "Mara Lind", "added", "that the dam held")
    sure = attribution(text, "The guard", "added", "that the dam held")
    assert mended(text, [found], [sure]) == [sure]


def test_according_to_is_followed_by_its_source_at_once() -> None:
    text = "The dam held, according to a list shown to Orbit TV."
    found = attribution(text, "Orbit TV", "according to", "The dam held")
    sure = attribution(text, "a list shown to Orbit TV", "according to", "The dam held")
    assert mended(text, [found], [sure]) == [sure]


def test_another_source_beside_the_cue_is_left_alone() -> None:
    text = "Mara Lind, whom the guard knew, said the dam held."
    found = attribution(text, "Mara Lind", "said", "the dam held")
    assert mended(text, [found], [attribution(text, "the guard", "said", "the dam held")]) == [found]


def test_a_lone_small_word_is_no_content() -> None:
    text = "Mara Lind said the dam held. The road was gone."
    whole = attribution(text, "Mara Lind", "said", "the dam held")
    assert mended(text, [attribution(text, "Mara Lind", "said", "the dam held", "The")], []) == [whole]
    assert mended(text, [attribution(text, "Mara Lind", "said", "The")], []) == []


def test_a_content_given_to_a_cue_in_another_paragraph_brings_back_the_report_it_belongs_to() -> None:
    text = "The guard conceded that the dam held.\n\nMara Lind said that the road was gone."
    found = attribution(text, "Mara Lind", "said", "that the dam held", "that the road was gone")
    sure = attribution(text, "The guard", "conceded", "that the dam held")
    assert mended(text, [found], [sure]) == [sure, attribution(text, "Mara Lind", "said", "that the road was gone")]


def test_a_quotation_is_never_made_longer() -> None:
    text = "“No,” and much more besides that was said, Mara Lind said."
    found = attribution(text, "Mara Lind", "said", "“No,”")
    assert mended(text, [found], [attribution(text, "Mara Lind", "said", "“No,” and much more besides that was said")]) == [found]


def test_what_goes_on_behind_the_attribution_belongs_to_it() -> None:
    text = "Ten guests sailed, according to the list, along with a crew of nine."
    found = attribution(text, "the list", "according to", "Ten guests sailed")
    sure = attribution(text, "the list", "according to", "Ten guests sailed", "along with a crew of nine")
    assert mended(text, [found], [sure]) == [sure]


def test_a_plain_report_that_the_network_overlooked_is_added() -> None:
    text = "Mara Lind said the dam held."
    sure = attribution(text, "Mara Lind", "said", "the dam held")
    assert mended(text, [], [sure]) == [sure]


def test_a_cue_that_may_be_no_report_is_not_added() -> None:
    text = "Mara Lind charged the battery. A guard told her to leave."
    orders = [attribution(text, "Mara Lind", "charged", "the battery"), attribution(text, "A guard", "told", "to leave")]
    assert mended(text, [], orders) == []


def test_a_content_given_to_a_far_cue_goes_to_the_one_beside_it() -> None:
    text = "Ilse Vos said the dam held.\n\nMara Lind said the road was gone."
    found = attribution(text, "Ilse Vos", "said", "the dam held", "the road was gone")
    sure = attribution(text, "Mara Lind", "Lind said", "the road was gone")
    assert [shown(text, a) for a in mended(text, [found], [sure])] == [
        ("Ilse Vos", "said", ["the dam held"]),
        ("Mara Lind", "Lind said", ["the road was gone"]),
    ]


def test_a_report_inside_a_content_leaves_the_content_whole() -> None:
    text = "Orbit TV reported that Mara Lind had told guards the dam held."
    found = attribution(text, "Orbit TV", "reported", "that Mara Lind had told", "the dam held")
    inner = attribution(text, "Mara Lind", "had told", "the dam held")
    assert [shown(text, a) for a in mended(text, [found], [inner])] == [
        ("Orbit TV", "reported", ["that Mara Lind had told guards the dam held"]),
        ("Mara Lind", "had told", ["the dam held"]),
    ]


def test_words_before_the_cue_are_no_content_where_that_follows_it() -> None:
    text = "Despite the storm, Mara Lind told Orbit TV that the dam held."
    found = attribution(text, "Mara Lind", "told", "Despite the storm", "that the dam held")
    assert mended(text, [found], []) == [attribution(text, "Mara Lind", "told", "that the dam held")]


def test_an_outlet_that_has_learned_from_somebody_reports_it() -> None:
    text = "The dam held, Orbit TV has learned from two engineers."
    found = attribution(text, "two engineers", "has learned", "The dam held")
    sure = attribution(text, "Orbit TV", "has learned", "The dam held")
    assert mended(text, [found], [sure]) == [sure]


class Listed:
    """A tagger that finds the same in every document."""

    id = "rules-3"

    def __init__(self, *found: Attribution):
        self._found = found

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        return [list(self._found) for _ in documents]


class Network(Listed):
    """The same as a network of one word a document; remembers what it was handed to link."""

    id = "network-7"
    grammar_weight = 2.0

    def read(self, documents: Sequence[Document]) -> list[Read]:
        word = (Span(0, 3),)
        return [Read(word, np.zeros(1, np.int64), np.zeros((1, len(LABELS)), np.float32), np.zeros((1, 1), np.float32)) for _ in documents]

    def link(self, reads: Sequence[Read]) -> list[list[Attribution]]:
        self.linked = reads
        return [list(self._found) for _ in reads]


def test_both_taggers_are_asked_and_named() -> None:
    text = "The dam held, a guard said. Mara Lind said the road was gone."
    first, second = attribution(text, "a guard", "said", "The dam held"), attribution(text, "Mara Lind", "Lind said", "the road was gone")
    tagger = MendedTagger(Network(first), Listed(second))
    assert tagger.id == "network-7+rules-3"
    assert tagger.tag([document(text), document(text)]) == [[first, second]] * 2
    assert tagger.tag([]) == []


def test_the_network_is_leaned_towards_what_the_grammar_found() -> None:
    text = "The dam held, a guard said."
    network = Network()
    MendedTagger(network, Listed(attribution(text, "a guard", "said", "The dam held"))).tag([document(text)])
    assert network.linked[0].scores.tolist() == [[2.0 if label == "B-content" else 0.0 for label in LABELS]]
