"""The corpus that figures rest on: always the same, and like news."""

import gzip
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path

from app.articles.sentences import split
from bench.corpus import TOPICS, CorpusArticle, from_file, synthetic


def test_a_seed_always_gives_the_same_articles() -> None:
    assert synthetic(8, seed=4) == synthetic(8, seed=4)
    assert synthetic(8, seed=4).articles != synthetic(8, seed=5).articles


def test_synthetic_articles_are_told_apart_and_read_like_news() -> None:
    articles = synthetic(60).articles
    assert len({article.url for article in articles}) == 60
    assert len({article.text for article in articles}) == 60
    assert not any("{" in article.text + article.title for article in articles)
    counts = [len(split(article.text)) for article in articles]
    assert 20 <= sum(counts) / len(counts) <= 40
    assert all(earlier.published_at.tzinfo is UTC for earlier, _ in pairwise(articles))


def test_a_file_gives_its_usable_rows_once(tmp_path: Path) -> None:
    row = {"outlet": "Radio Calder", "url": "https://calder.example/1", "date": "2023-03-01", "title": "A title", "text": "One. Two."}
    rows = [row, row, row | {"url": "https://calder.example/2", "date": "3/1/23"}, row | {"url": "https://calder.example/3", "text": " "}]
    path = tmp_path / "articles.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    (article,) = from_file(path, 10).articles
    assert article.published_at == datetime(2023, 3, 1, tzinfo=UTC)
    assert from_file(path, 0).articles == ()


def _topic_of(article: CorpusArticle) -> int | None:
    """The topic whose event the title names, if it names one."""
    return next((at for at, topic in enumerate(TOPICS) if any(event in article.title for event in topic.events)), None)


def test_articles_within_two_weeks_share_a_topic_only_where_they_tell_one_story() -> None:
    told = [(article.published_at, topic) for article in synthetic(120).articles if (topic := _topic_of(article)) is not None]
    assert len({topic for _, topic in told}) == len(TOPICS)
    for (earlier, topic), (later, other) in combinations(told, 2):
        if topic == other and later - earlier <= timedelta(hours=336):
            assert later - earlier < timedelta(hours=4)


def test_most_stories_are_told_once_and_some_by_several_outlets() -> None:
    days = Counter(article.url.split("/", 3)[3].rsplit("/", 1)[0] for article in synthetic(150).articles)
    sizes = Counter(days.values())
    assert sizes[1] > sizes[2] > 0
    assert max(sizes) <= 8


def test_ten_thousand_articles_would_still_lie_in_the_past() -> None:
    articles = synthetic(200).articles
    first, last = articles[0].published_at, articles[-1].published_at
    assert first + (last - first) * 50 < datetime(2026, 1, 1, tzinfo=UTC)
