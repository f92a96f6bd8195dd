"""From mini-stories to labelled pairs, and which topics are held out."""

import itertools
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AGREE, DIVERGE, UPDATE, UNRELATED = "agree", "diverge", "update", "unrelated"
LABELS = (AGREE, UNRELATED, DIVERGE, UPDATE)
EARLY, LATE = "2025-03-03T09:00:00Z", "2025-03-04T09:00:00Z"
# One topic in ten is held out. Source: decision.
_HELD_OUT_OF = 10
_DEV_SUFFIX = "-dev"
# How often a kind of pair is drawn, so that the near-misses, three in five of a grid, do not drown the rest. Source: decision.
_SHARE = {AGREE: 1.0, DIVERGE: 0.9, UPDATE: 1.2, UNRELATED: 0.45}


@dataclass(frozen=True)
class Example:
    """Two texts and what they are to each other. `source` names the set, `story` the mini-story (empty elsewhere).

    `weight` is how readily the example is drawn, against 1 for the usual. Times are ISO 8601, None where there is none.
    """

    a: str
    b: str
    label: str
    source: str
    story: str = ""
    weight: float = 1.0
    a_published_at: str | None = None
    b_published_at: str | None = None

    @property
    def chance(self) -> float:
        """A number in 0..1 that depends on the texts alone: draws come out the same whatever else is read."""
        return (zlib.crc32(f"{self.a}\n{self.b}".encode()) + 1) / (2**32 + 1)

    def swapped(self) -> "Example":
        """The same pair in the other order."""
        return Example(self.b, self.a, self.label, self.source, self.story, self.weight, self.b_published_at, self.a_published_at)


@dataclass(frozen=True)
class Ministory:
    """One open question with rival positions, as its line of JSON gives it; `held_out` says that no training may see it."""

    fields: dict[str, Any]
    held_out: bool

    @property
    def id(self) -> str:
        return str(self.fields["id"])

    @property
    def topic(self) -> str:
        return str(self.fields["topic"])

    @property
    def statements(self) -> tuple[str, ...]:
        """Every statement of a position, in the file's order."""
        return tuple(text for position in self.fields["positions"] for text in position["statements"])


def read_ministories(folders: Sequence[Path]) -> list[Ministory]:
    """All mini-stories of the `.jsonl` files in `folders`, by file name; an id that comes again is passed over.

    Held out are the topics of every `*-dev.jsonl` file and every tenth topic of all, wherever they occur: whole topics stay apart.
    """
    found: dict[str, tuple[dict[str, Any], bool]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            for line in path.read_text(encoding="utf8").splitlines():
                if line.strip():
                    fields = json.loads(line)
                    found.setdefault(fields["id"], (fields, path.stem.endswith(_DEV_SUFFIX)))
    apart = {_topic(fields) for fields, dev in found.values() if dev or zlib.crc32(_topic(fields).encode()) % _HELD_OUT_OF == 0}
    return [Ministory(fields, _topic(fields) in apart) for fields, _ in found.values()]


def _topic(fields: dict[str, Any]) -> str:
    return str(fields["topic"]).strip().lower()


def grid(story: Ministory) -> Iterator[Example]:
    """Every labelled pair of a story, once, in the file's order.

    Within a position: agree; across: diverge; a refinement agrees with its own; a compatible one as it says; an update follows
    its own a day later; a near-miss is unrelated to all.
    """
    fields = story.fields
    positions = {position["id"]: position["statements"] for position in fields["positions"]}
    kind = str(fields.get("kind", "other"))

    def example(a: str, b: str, label: str, what: str, late: bool = False) -> Example:
        return Example(a, b, label, f"{label}/{what}", story.id, _SHARE[label], EARLY, LATE if late else EARLY)

    for statements in positions.values():
        for a, b in itertools.combinations(statements, 2):
            yield example(a, b, AGREE, kind)
    for one, other in itertools.combinations(positions, 2):
        for a, b in itertools.product(positions[one], positions[other]):
            yield example(a, b, DIVERGE, kind)
    for refined in fields.get("refines", []):
        for name, statements in positions.items():
            for a in statements[:3]:
                yield example(a, refined["text"], AGREE if name == refined["of"] else DIVERGE, "refine")
    for hedged in fields.get("compatible", []):
        for key, label in (("agrees_with", AGREE), ("diverges_from", DIVERGE)):
            for name in hedged.get(key, []):
                for a in positions[name][:3]:
                    yield example(a, hedged["text"], label, "hedge")
    for update in fields.get("updates", []):
        for a in positions[update["of"]][:3]:
            yield example(a, update["text"], UPDATE, UPDATE, late=True)
    for miss in fields.get("near_misses", []):
        for statements in positions.values():
            for a in statements[:2]:
                yield example(a, miss["text"], UNRELATED, str(miss.get("why", "other")))


def grids(stories: Iterable[Ministory]) -> list[Example]:
    """The grids of many stories, one after the other."""
    return [example for story in stories for example in grid(story)]
