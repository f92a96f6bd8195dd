"""Gold attributions as the network learns them: a label for each word, spans, and each span's parent."""

import gzip
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.articles.document import Span
from app.claims.linking import TaggedSpan
from app.claims.tagger import Attribution
from app.claims.windows import LABELS, ROLES, Paragraph


@dataclass(frozen=True)
class Gold:
    """A text with its attributions."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True)
class Labelled:
    """A document's words with what is known of them.

    `label_at[c]` is the label of the word that begins at character c; `spans` are counted in words of the document;
    `parents[i]` is the index of span i's parent (a content's cue, a cue's source) or None.
    """

    paragraphs: tuple[Paragraph, ...]
    label_at: dict[int, int]
    word_at: dict[int, int]
    spans: tuple[TaggedSpan, ...]
    parents: tuple[int | None, ...]


def read(path: Path) -> Iterator[Gold]:
    """Rows {"id", "text", "attributions": [{"source", "cue", "content"}]}, each role a list of {"spans": [[start, end]]}."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Gold(row["id"], row["text"], tuple(_attribution(item) for item in row["attributions"]))


def _attribution(item: dict[str, Any]) -> Attribution:
    roles = {role: tuple(sorted(Span(*span) for part in item.get(role) or () for span in part["spans"])) for role in ROLES}
    return Attribution(roles["source"], roles["cue"], roles["content"])


def label(gold: Gold, paragraphs: Sequence[Paragraph]) -> Labelled:
    """The gold spans laid over the words. Where two overlap the earlier attribution keeps the words."""
    words = [(word, paragraph.number) for paragraph in paragraphs for word in paragraph.words]
    starts = [word.start_char for word, _ in words]
    word_at = {word.start_char: index for index, (word, _) in enumerate(words)}
    taken: dict[int, int] = {}
    spans: list[TaggedSpan] = []
    parents: list[int | None] = []
    known: dict[tuple[str, Span], int] = {}

    def add(role: str, span: Span, parent: int | None) -> int | None:
        if (role, span) in known:
            return known[role, span]
        covered = []
        for index in range(bisect_right(starts, span.start_char) - 1, bisect_left(starts, span.end_char)):
            if index >= 0 and words[index][0].overlaps(span):
                covered.append(index)
        covered = [index for index in covered if index not in taken and words[index][1] == words[covered[0]][1]]
        if not covered or covered[-1] - covered[0] + 1 != len(covered):
            return None
        begin = LABELS.index(f"B-{role}")
        for index in covered:
            taken[index] = begin if index == covered[0] else begin + 1
        spans.append(TaggedSpan(role, covered[0], covered[-1], words[covered[0]][1]))
        parents.append(parent)
        known[role, span] = len(spans) - 1
        return len(spans) - 1

    for attribution in gold.attributions:
        sources = [add("source", span, None) for span in attribution.source]
        cues = [add("cue", span, sources[0] if sources else None) for span in attribution.cue]
        for span in attribution.content:
            add("content", span, cues[0] if cues else None)
    label_at = {word.start_char: taken.get(index, 0) for index, (word, _) in enumerate(words)}
    return Labelled(tuple(paragraphs), label_at, word_at, tuple(spans), tuple(parents))
