"""Draws claims at random from real articles, each in its place in the text, for a person to judge.

    python -m models.attribution.sample articles.jsonl.gz --articles 120 --claims 50 --seed 12

Rows of the file: {"outlet", "url", "date", "title", "text"}; those without a date are passed over. The same seed draws the same claims
as long as the code finds the same ones.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.articles.document import Document
from app.articles.reading import read
from app.claims.claim import Claim
from app.claims.extraction import ClaimExtractor
from app.main import tagger_of
from app.outlets.directory import OutletDirectory
from app.settings import Settings

_BEFORE_CHARS, _AFTER_CHARS = 160, 120


def rows(path: Path) -> list[dict[str, Any]]:
    """The dated rows of the file, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["date"]]


def document_of(row: dict[str, Any], directory: OutletDirectory) -> Document:
    """The row as the service reads it."""
    return read(directory.for_article(row["outlet"], None), row["title"], row["text"], _date(row["date"]))


def _date(written: str) -> datetime:
    """2019-04-15, or as some outlets write it: 4/15/19."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return datetime.strptime(written, "%m/%d/%y").replace(tzinfo=UTC)


def shown(number: int, claim: Claim, document: Document) -> Iterator[str]:
    """The claim between what stands before and after it, and all that it says of itself."""
    text, span = document.text, claim.span
    before, after = text[max(0, span.start_char - _BEFORE_CHARS) : span.start_char], text[span.end_char : span.end_char + _AFTER_CHARS]
    yield f"{number}. {document.outlet.name}: …{before}[[{claim.text}]]{after}…".replace("\n", " ")
    yield f"   content: {claim.content}"
    yield "   chain: " + " -> ".join(f"{link.name} ({link.kind.value})" for link in claim.chain)
    yield f"   {claim.voice.value}, {claim.certainty.value}, {claim.type.value}{', quoted' if claim.quoted else ''}"
    yield from (f"   quantity: {q.text!r} {q.low} to {q.high} {q.unit or ''} of {q.of}" for q in claim.quantities)
    yield from (f"   date: {d.text!r} {d.start} to {d.end}" for d in claim.dates)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--claims", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    directory = OutletDirectory.load()
    extractor = ClaimExtractor(tagger_of(Settings()), directory)
    found: list[tuple[Claim, Document]] = []
    for row in chance.sample(rows(options.file), options.articles):
        document = document_of(row, directory)
        found += [(claim, document) for claim in extractor.extract([document])[0].claims]
    print(f"{options.articles} articles, {len(found)} claims")
    for number, (claim, document) in enumerate(chance.sample(found, options.claims), start=1):
        print("\n".join(shown(number, claim, document)))


if __name__ == "__main__":
    main()
