"""Wire copies for a stream: the same words republished by another outlet under its own dateline and credit."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bench.corpus import CorpusArticle
from bench.news_words import OUTLETS, PLACES

# "WASHINGTON (Reuters) - " and the like, which whoever republishes a text replaces.
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}(?:, [A-Z][a-z]+\.? \d{1,2})?\s*(?:\([^)\n]{2,40}\)\s*)?[—–-]{1,2}\s")
# Source: chosen; an outlet republishes within hours, and now and then cuts the end off.
_LATER_ARTICLES = 20
_LATER_MINUTES = (10, 600)
_CUT_SHARE = 0.3


def mixed(articles: Sequence[CorpusArticle], share: float, seed: int = 1) -> list[CorpusArticle]:
    """The articles in their order with wire copies of some of them behind their originals; of all that come out `share` are copies.

    The same for a seed. `share` lies from 0 to below 0.5; no article is copied twice.
    """
    if not 0 <= share < 0.5:
        raise ValueError(f"share must lie from 0 to below 0.5, got {share}")
    rng = random.Random(seed)
    copies = round(len(articles) * share / (1 - share))
    places = [(float(at), article) for at, article in enumerate(articles)]
    for number, at in enumerate(rng.sample(range(len(articles)), copies)):
        places.append((at + rng.uniform(0.5, _LATER_ARTICLES), republished(articles[at], rng, number)))
    return [article for _, article in sorted(places, key=lambda place: place[0])]


def republished(article: CorpusArticle, rng: random.Random, number: int) -> CorpusArticle:
    """The article as another, fictional outlet prints it: its own dateline and credit, sometimes without the last paragraph."""
    outlet, agency = rng.sample([name for name in OUTLETS if name != article.outlet], 2)
    paragraphs = _DATELINE.sub("", article.text.lstrip(), count=1).split("\n\n")
    if len(paragraphs) > 2 and rng.random() < _CUT_SHARE:
        paragraphs.pop()
    paragraphs[0] = f"{rng.choice(PLACES)[0].upper()} ({agency}) — {paragraphs[0]}"
    paragraphs.append(f"This story was supplied by {agency} and appears in {outlet} by arrangement.")
    return replace(
        article,
        outlet=outlet,
        url=f"https://{outlet.lower().removeprefix('the ').replace(' ', '-')}.example/wire/{number}",
        text="\n\n".join(paragraphs),
        published_at=article.published_at + timedelta(minutes=rng.randint(*_LATER_MINUTES)),
    )
