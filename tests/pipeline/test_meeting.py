"""Who meets: the same pairs are judged in whatever order and batches articles come."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.relations.judge import Pair
from app.relations.relation import Relation
from app.relations.rules import RuleJudge
from tests.pipeline.test_story import receive_all
from tests.service import FAKE_MODELS, post, running

TEXTS = {
    "Harrow Dispatch": "The Tarn opera house burned on Saturday night. The fire brigade saved the stage. “It was arson,” said Odo Brandt.",
    "Tarn Echo": "Fire took the Tarn opera house on Saturday night. The stage was saved. “It was a cable,” Lena Varga said.",
    "Radio Sava": "Nine people were hurt when the Tarn opera house burned. Mayor Lena Varga said the opera house will be built again.",
    "Sava Morning": "The opera house of Tarn will not be built again, Odo Brandt said. The brigade lost the stage on Saturday night.",
    "Port Gazette": "The chess title stays in Harrow. Grandmaster Ines Kolar drew her last game on Saturday night in Harrow.",
    "Hill Courier": "Ines Kolar keeps the chess title after a draw in Harrow. Her rival resigned the last game on Saturday night.",
}
ARTICLES: list[dict[str, Any]] = [
    {"outlet": outlet, "url": f"https://{at}.example/a", "text": text, "published_at": f"2025-03-0{1 + at % 3}T09:00:00Z"}
    for at, (outlet, text) in enumerate(TEXTS.items())
]


class Listening:
    """The rules, and a note of what they were asked."""

    id = RuleJudge().id

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def judge(self, pairs: Sequence[Pair]) -> list[Relation]:
        self.asked += [(*sorted((pair.a.text, pair.b.text)), f"{pair.similarity}") for pair in pairs]
        return RuleJudge().judge(pairs)


def asked(folder: Path, articles: Sequence[dict[str, Any]], batch: int) -> list[tuple[str, ...]]:
    judge = Listening()
    with running(folder, models=replace(FAKE_MODELS, judge=judge), batch_articles=batch) as client:
        receive_all(client, articles)
    return sorted(judge.asked)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_pairs_meet_once_whatever_the_order_of_arrival(tmp_path: Path, seed: int) -> None:
    expected = asked(tmp_path / "one", ARTICLES, 16)
    assert expected
    assert len(expected) == len(set(expected))
    shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
    assert asked(tmp_path / "other", shuffled, 1 + 2 * seed) == expected


def test_a_reworded_claim_meets_its_counterpart_and_strangers_stay_apart(tmp_path: Path) -> None:
    pairs = {frozenset(pair[:2]) for pair in asked(tmp_path, ARTICLES, 16)}
    assert frozenset(("The fire brigade saved the stage.", "The stage was saved.")) in pairs
    assert not any(any("chess" in text for text in pair) and any("opera" in text for text in pair) for pair in pairs)


def test_a_claim_that_a_revision_adds_meets_those_of_kin_articles(tmp_path: Path) -> None:
    judge = Listening()
    with running(tmp_path, models=replace(FAKE_MODELS, judge=judge)) as client:
        receive_all(client, ARTICLES[:4])
        before = set(judge.asked)
        judge.asked.clear()
        first = ARTICLES[0]
        post(client, first["outlet"], first["text"] + " The stage was lost.", url=first["url"], published_at=first["published_at"])
    assert judge.asked
    assert not before & set(judge.asked), "what was judged before is not judged again"
    assert any("The stage was lost." in pair for pair in judge.asked)
