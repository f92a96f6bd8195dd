"""The corpus that figures rest on: always the same, and like news."""

import gzip
import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from app.articles.sentences import split
from bench.corpus import from_file, synthetic


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
