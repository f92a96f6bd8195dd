"""Sentences of real articles, read from files that stay where they are."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.articles.sentences import split

_WORDS_AT_LEAST, _WORDS_AT_MOST = 6, 45
_WHOLE = re.compile(r"[A-Z“\"$\d].*[.”\"]", re.DOTALL)
# An article without a date is taken to be of this day.
_UNDATED = datetime(2024, 6, 12, 12, tzinfo=UTC)


@dataclass(frozen=True)
class NewsSentence:
    """A sentence and when its article appeared."""

    text: str
    published_at: datetime


def news_sentences(files: Sequence[Path], at_most: int, seed: int) -> list[NewsSentence]:
    """Up to `at_most` sentences that hold a whole statement, in an order drawn by `seed`; each text once.

    Args:
        files: JSON Lines, plain or gzipped, a row an article with `text` (or `title`) and `date` or `published_at`.
        at_most: how many.
        seed: the same seed and files give the same sentences.
    """
    rows = [row for file in files for row in _rows(file)]
    random.Random(seed).shuffle(rows)
    found: dict[str, NewsSentence] = {}
    for row in rows:
        for text in _texts(row):
            if len(found) >= at_most:
                return list(found.values())
            found.setdefault(text, NewsSentence(text, _published_at(row)))
    return list(found.values())


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _texts(row: dict[str, Any]) -> Iterator[str]:
    for sentence in split(str(row.get("text") or row.get("title") or "")):
        text = " ".join(sentence.text.split())
        if _WORDS_AT_LEAST <= len(text.split()) <= _WORDS_AT_MOST and _WHOLE.fullmatch(text):
            yield text


def _published_at(row: dict[str, Any]) -> datetime:
    said = str(row.get("published_at") or row.get("date") or "")
    try:
        at = datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        return _UNDATED
    return at if at.tzinfo else at.replace(hour=12, tzinfo=UTC)
