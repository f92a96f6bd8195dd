"""The articles a comparison runs on: synthetic news from a seed, or real articles from a file."""

import gzip
import json
import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count as count_from
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from bench.news_topics import FRAMES, SPEAKERS, Topic
from bench.news_topics import TOPICS as SHORT_TOPICS
from bench.news_words import FREE, OUTLETS, PLACES, SENTENCES, STORY, TAILS, TITLES

# Fewest, most usual, most. Source: chosen for agency news; 2,000 articles of large English-language papers measured a median of
# 39 sentences of 20 words, a tenth of them below 17 and a tenth above 70.
_SENTENCES_AN_ARTICLE = (15, 25, 45)
_SENTENCES_A_PARAGRAPH = (1, 3)
# Most stories of a stream are told once: so that, as in a news stream, a claim meets two or three others. Source: chosen.
_OUTLETS_A_STORY = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4)
_TAIL_SHARE = 0.55
TOPICS = (Topic(STORY["event"], SENTENCES, ()), *SHORT_TOPICS)
# So far apart that two stories of one topic, which share sentences, lie further apart than claims are linked (two weeks).
_HOURS_A_STORY = 34
# Early enough for ten thousand articles before today: the service takes none from the future.
_FIRST_STORY = datetime(2000, 3, 1, 6, tzinfo=UTC)
_FIRST_DAY = datetime(2023, 3, 1, 6, tzinfo=UTC)


@dataclass(frozen=True)
class CorpusArticle:
    """What is posted: `published_at` carries a zone."""

    outlet: str
    url: str
    title: str
    text: str
    published_at: datetime


@dataclass(frozen=True)
class Corpus:
    """Articles and the name the report gives them."""

    name: str
    articles: tuple[CorpusArticle, ...]


def synthetic(count: int, seed: int = 1) -> Corpus:
    """`count` invented articles, always the same for a seed: stories told by one to four fictional outlets each.

    The tellings share people, place and event; figures differ now and then, and no two articles are equal. Stories that share
    sentences lie more than two weeks apart.
    """
    return Corpus(f"synthetic news, seed {seed}", tuple(islice(_stories(random.Random(seed)), count)))


def from_file(path: Path, count: int) -> Corpus:
    """The first `count` usable articles of a JSON-lines file (gzipped or not) with outlet, url, date, title and text in each row.

    Raises OSError or ValueError when the file is not that.
    """
    articles: list[CorpusArticle] = []
    seen: set[str] = set()
    with _opened(path) as rows:
        for row in map(json.loads, rows):
            if len(articles) == count:
                break
            article = _from_row(row)
            if article is not None and article.url not in seen:
                seen.add(article.url)
                articles.append(article)
    return Corpus(path.name, tuple(articles))


def drawn(path: Path, count: int, seed: int = 1) -> Corpus:
    """`count` articles drawn from a JSON-lines file (gzipped or not), the same for a seed; all when it has no more.

    A row needs an outlet and a text; without a readable date its article is taken to be of one fixed day. Raises OSError or
    ValueError when the file is not that.
    """
    with _opened(path) as rows:
        lines = [line for line in rows if line.strip()]
    random.Random(seed).shuffle(lines)
    articles: list[CorpusArticle] = []
    for row in map(json.loads, lines):
        if len(articles) == count:
            break
        if all(str(row.get(part) or "").strip() for part in ("outlet", "text")):
            published_at = _date(row.get("date")) or _FIRST_DAY
            articles.append(CorpusArticle(row["outlet"], row.get("url") or "", row.get("title") or "", row["text"], published_at))
    return Corpus(f"{path.name}, {len(articles):,} of {len(lines):,} drawn with seed {seed}", tuple(articles))


def postable(path: Path | None, count: int, seed: int = 1) -> Corpus:
    """`count` articles that the API takes, each under an address of its own: drawn from the file, or synthetic without one.

    Raises OSError or ValueError when the file is not that, or holds too few.
    """
    if path is None:
        return synthetic(count, seed)
    # Only here: who invents articles needs no API.
    from app.api.requests import ArticleIn
    from app.articles.submission import check_text
    from app.errors import ParallaxError
    from app.settings import Settings

    most_chars = Settings().max_article_chars
    found: dict[str, CorpusArticle] = {}
    everything = drawn(path, sys.maxsize, seed)
    for article in everything.articles:
        if len(found) == count:
            break
        with suppress(ParallaxError, ValueError):
            ArticleIn(outlet=article.outlet, url=article.url, title=article.title, text=check_text("text", article.text, most_chars))
            if article.url:
                found.setdefault(article.url, article)
    if len(found) < count:
        raise ValueError(f"{path.name} holds {len(found)} articles that the API takes, {count} are needed")
    return Corpus(f"{path.name}, {count:,} of {len(everything.articles):,} drawn with seed {seed}", tuple(found.values()))


def _opened(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def _from_row(row: dict[str, Any]) -> CorpusArticle | None:
    """The row as an article; None where a part is missing or the date is not ISO 8601. A date without a zone is taken as UTC."""
    if not all(str(row.get(part) or "").strip() for part in ("outlet", "url", "date", "title", "text")):
        return None
    published_at = _date(row["date"])
    return None if published_at is None else CorpusArticle(row["outlet"], row["url"], row["title"], row["text"], published_at)


def _date(written: object) -> datetime | None:
    """An ISO 8601 date; without a zone it is taken as UTC."""
    try:
        date = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _stories(rng: random.Random) -> Iterator[CorpusArticle]:
    """Articles without end, story after story, their topics in turn."""
    number = 0
    for story in count_from(0):
        topic = TOPICS[story % len(TOPICS)]
        facts = {slot: rng.choice(words) for slot, words in STORY.items()}
        facts["event"] = rng.choice(topic.events)
        facts |= zip(("place", "region", "river"), rng.choice(PLACES), strict=True)
        facts["toll"] = str(rng.randint(3, 90))
        facts["minutes"] = str(5 * rng.randint(2, 18))
        began_at = _FIRST_STORY + timedelta(hours=_HOURS_A_STORY * story)
        tellers = rng.sample(OUTLETS, rng.choice(_OUTLETS_A_STORY) + 1)
        for at, outlet in enumerate(tellers[:-1]):
            number += 1
            yield _telling(rng, topic, facts, outlet, tellers[at - 1], began_at + timedelta(minutes=37 * at), number)


def _telling(
    rng: random.Random, topic: Topic, facts: dict[str, str], outlet: str, other_outlet: str, published_at: datetime, number: int
) -> CorpusArticle:
    """One outlet's version of a story."""
    told = facts | {"outlet": outlet, "other_outlet": other_outlet}
    for figure in ("toll", "minutes"):
        if rng.random() < 0.2:
            told[figure] = str(int(told[figure]) + rng.randint(1, 15))
    low, mode, high = _SENTENCES_AN_ARTICLE
    sentences = [_sentence(rng, template, told) for template in _drawn(rng, topic, round(rng.triangular(low, high, mode)))]
    paragraphs = []
    while sentences:
        size = rng.randint(*_SENTENCES_A_PARAGRAPH)
        paragraphs.append(" ".join(sentences[:size]))
        del sentences[:size]
    title = _filled(rng, rng.choice(TITLES), told)
    url = f"https://{outlet.lower().removeprefix('the ').replace(' ', '-')}.example/{published_at:%Y/%m/%d}/{number}"
    return CorpusArticle(outlet, url, title, "\n\n".join(paragraphs), published_at)


def _drawn(rng: random.Random, topic: Topic, count: int) -> list[str]:
    """`count` sentence templates of the topic, none twice before all were used."""
    drawn: list[str] = []
    while len(drawn) < count:
        remarks = [rng.choice(FRAMES).replace("{remark}", remark).replace("{speaker}", rng.choice(SPEAKERS)) for remark in topic.remarks]
        templates = [*topic.told, *remarks]
        drawn += rng.sample(templates, min(len(templates), count - len(drawn)))
    return drawn


def _sentence(rng: random.Random, template: str, told: dict[str, str]) -> str:
    """The template filled; a tail is added before its full stop now and then."""
    if template.endswith(".") and rng.random() < _TAIL_SHARE:
        template = f"{template[:-1]}, {rng.choice(TAILS)}."
    filled = _filled(rng, template, told)
    opening = 1 if filled.startswith('"') else 0
    return filled[:opening] + filled[opening : opening + 1].upper() + filled[opening + 1 :]


def _filled(rng: random.Random, template: str, told: dict[str, str]) -> str:
    """The template with the story's facts and freshly drawn words."""
    drawn = {slot: rng.choice(words) for slot, words in FREE.items()}
    drawn |= {"n": str(rng.randint(2, 980)), "m": str(rng.randint(2, 60)), "share": str(rng.randint(3, 97))}
    return template.format_map(told | drawn)
