"""The recipe's pairs: what a mini-story yields, and what is made from it."""

import json
import random
from pathlib import Path

from models.relation.corruptions import corruptions, figure, in_style, rounded_down
from models.relation.made import made_pairs
from models.relation.measures import figures
from models.relation.pairs import AGREE, DIVERGE, UNRELATED, UPDATE, Ministory, grid, read_ministories

STORY = {
    "id": "osmarra-ferry",
    "topic": "ferries",
    "question": "How many were aboard?",
    "kind": "quantity",
    "positions": [
        {"id": "A", "statements": ["The Osmarra ferry carried 212 people.", "There were 212 aboard the Osmarra ferry."]},
        {"id": "B", "statements": ["The Osmarra ferry carried 180 people."]},
    ],
    "refines": [{"of": "A", "text": "Of the 212 on the Osmarra ferry, 12 were crew."}],
    "compatible": [{"text": "The Osmarra ferry carried more than 200 people.", "agrees_with": ["A"], "diverges_from": ["B"]}],
    "updates": [{"of": "B", "text": "The Osmarra ferry's owner has corrected the number aboard from 180 to 195."}],
    "near_misses": [{"text": "The Osmarra ferry was built for 400 passengers.", "why": "other-thing"}],
}


def story(**changed: object) -> Ministory:
    return Ministory({**STORY, **changed}, held_out=False)


def test_a_grid_labels_every_pair_as_the_story_says() -> None:
    labels = {(e.a, e.b): e.label for e in grid(story())}
    first, second = STORY["positions"][0]["statements"]  # type: ignore[index]
    (rival,) = STORY["positions"][1]["statements"]  # type: ignore[index]
    assert labels[first, second] == AGREE
    assert labels[first, rival] == DIVERGE
    assert labels[rival, "The Osmarra ferry carried more than 200 people."] == DIVERGE
    assert labels[rival, "The Osmarra ferry's owner has corrected the number aboard from 180 to 195."] == UPDATE
    assert labels[first, "The Osmarra ferry was built for 400 passengers."] == UNRELATED


def test_an_update_comes_a_day_later() -> None:
    (late,) = {e.b_published_at for e in grid(story()) if e.label == UPDATE}
    (early,) = {e.a_published_at for e in grid(story()) if e.label == UPDATE}
    assert early is not None
    assert late is not None
    assert early < late


def test_a_topic_of_a_dev_file_is_held_out_wherever_it_occurs(tmp_path: Path) -> None:
    other = {**STORY, "id": "other", "topic": "  FERRIES "}
    apart = {**STORY, "id": "apart", "topic": "banks"}
    (tmp_path / "sea-dev.jsonl").write_text(json.dumps(STORY) + "\n", encoding="utf8")
    (tmp_path / "sea.jsonl").write_text(f"{json.dumps(other)}\n{json.dumps(apart)}\n", encoding="utf8")
    held_out = {one.id for one in read_ministories([tmp_path]) if one.held_out}
    assert {"osmarra-ferry", "other"} <= held_out


def test_a_corrupted_figure_diverges_and_differs_in_the_figure_alone() -> None:
    made = [e for e in corruptions(story(), random.Random(3)) if e.label == DIVERGE and e.source == "made/number"]
    assert made
    for example in made:
        found = figure(example.b, random.Random(0))
        assert found is not None
        assert found[2] not in (212, 180) or "212" not in example.a


def test_a_hedge_below_the_figure_agrees_and_above_it_diverges() -> None:
    made = {e.b: e.label for e in corruptions(story(), random.Random(3)) if e.source == "made/hedge"}
    assert made["The Osmarra ferry carried more than 200 people."] == AGREE
    assert made["The Osmarra ferry carried fewer than 200 people."] == DIVERGE


def test_rounding_down_leaves_a_smaller_number() -> None:
    assert [rounded_down(n) for n in (412, 400, 37, 12)] == [400, 300, 35, 10]


def test_a_number_is_written_as_the_old_one_was() -> None:
    assert [in_style(33, "twelve"), in_style(33, "Twelve"), in_style(12500, "9"), in_style(33, "9")] == [
        "thirty-three",
        "Thirty-three",
        "12,500",
        "33",
    ]


def test_what_is_made_is_the_same_each_time() -> None:
    assert made_pairs([story()]) == made_pairs([story()])


def test_nothing_right_is_no_score_and_all_right_is_one() -> None:
    gold = [AGREE, DIVERGE, UNRELATED]
    assert figures(gold, gold).macro_f1 == 1.0
    assert figures(gold, [DIVERGE, UNRELATED, AGREE]).macro_f1 == 0.0


def test_an_update_called_where_the_two_are_unrelated_is_no_fault() -> None:
    assert figures([UNRELATED], [UPDATE]).accuracy == 1.0
