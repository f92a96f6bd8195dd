"""The probes: what is made of a sentence, and that the same seed makes the same."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.relations.relation import Probabilities, Relation, RelationKind
from models.relation.changed_figures import Changed, changed_figures
from models.relation.hedged_figures import hedged_figures
from models.relation.news_sentences import NewsSentence, news_sentences
from models.relation.pairs import AGREE
from models.relation.probes import Probe, probes, table


def changes(text: str) -> dict[str, str]:
    return {changed.kind: changed.b for changed in changed_figures(text, random.Random(1))}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mine at Kolvar employs 340 people.", "digits"),
        ("The mine at Kolvar employs twelve people.", "spelled"),
        ("The mine at Kolvar cost $12.5 million.", "money"),
        ("The mine at Kolvar lost 12 percent of its staff.", "share"),
        ("Ilse Marn, 53, runs the mine.", "age"),
        ("The council voted 6-3 to close the mine.", "score"),
        ("The mine closed on March 9.", "day"),
        ("The mine was dug in 1987.", "year"),
        ("The mine closed on Friday.", "weekday"),
        ("The shift ends at 8:30 p.m. each day.", "clock"),
    ],
)
def test_each_kind_of_figure_is_changed_and_nothing_else(text: str, kind: str) -> None:
    changed = changes(text)[kind]
    kept = [(a, b) for a, b in zip(text.split(), changed.split(), strict=True) if a != b]
    assert len(kept) == 1


@pytest.mark.parametrize("text", ["More than 340 people work there.", "It makes 20 to 30 cars.", "It cost $12 billion or more in all."])
def test_a_figure_that_leaves_room_for_the_other_is_left_alone(text: str) -> None:
    assert not changed_figures(text, random.Random(1))


def test_when_it_was_said_is_no_part_of_what_was_said() -> None:
    assert "weekday" not in changes("The mine at Kolvar is to close for good, its owner said on Friday.")


def test_hedges_and_roundings_keep_the_words() -> None:
    made = {changed.kind: changed.b for changed in hedged_figures("The storm drowned 47 sailors off the cape.", random.Random(1))}
    assert {"about", "rounded", "nearly", "more than", "spelling", "credited"} <= made.keys()
    assert made["spelling"] == "The storm drowned forty-seven sailors off the cape."
    assert all("sailors off the cape" in text for text in made.values())


def test_the_same_seed_gives_the_same_pairs(tmp_path: Path) -> None:
    text = "The storm drowned 47 sailors off the cape. The council of Ardal voted 6-3 to close the harbour on Friday. It was late."
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps({"text": text, "date": "2024-02-03"}) + "\n", encoding="utf-8")
    sentences = news_sentences([file], 10, seed=1)
    assert [sentence.text for sentence in sentences] == [text[:42], text[43:-13]]
    assert probes(sentences, changed_figures, 5, 3) == probes(sentences, changed_figures, 5, 3)


def test_the_table_counts_what_was_let_through() -> None:
    pair = Changed("digits", "a", "b")
    probe = Probe(pair, NewsSentence("a", datetime(2024, 2, 3, tzinfo=UTC)))
    likely = Probabilities(1.0, 0.0, 0.0, 0.0)
    relations = [Relation(RelationKind.CORROBORATES, 1.0, likely), Relation(RelationKind.UNRELATED, 1.0, likely)]
    shown = table([probe, probe], relations, AGREE)
    assert "| all | 2 | 1 | 0 | 0 | 1 | 50.0% |" in shown
