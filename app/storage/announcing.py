"""What a writing session tells the processes beside it when it commits.

A session collects words by kind; `Database.write` sends them with PostgreSQL's NOTIFY, which delivers them at commit or never.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from sqlmodel import Session

CHANNEL = "parallax"
# What a writing session carries in its `info`.
_KEY = "announced"
# PostgreSQL's bound is 8,000 bytes a notice; ids are of letters and digits.
PAYLOAD_CHARS = 7_000


class Kind(StrEnum):
    """What happened."""

    CONFLICTS = "conflicts"
    FINISHED = "finished"
    OUTLETS = "outlets"
    RECEIVED = "received"


def announce(session: Session, kind: Kind, *words: str) -> None:
    """Notes for the commit that something of this kind happened, to these ids."""
    session.info.setdefault(_KEY, {}).setdefault(kind, set()).update(words)


def payloads(session: Session) -> Iterator[str]:
    """What the session collected, as notices short enough to send."""
    announced: dict[Kind, set[str]] = session.info.get(_KEY, {})
    for kind, words in sorted(announced.items()):
        yield from _cut(kind, sorted(words))


def understood(payload: str) -> tuple[str, list[str]]:
    """The kind and the words of a notice."""
    kind, *words = payload.split(" ")
    return kind, words


def _cut(kind: str, words: Iterable[str]) -> Iterator[str]:
    line = kind
    for word in words:
        if len(line) + 1 + len(word) > PAYLOAD_CHARS:
            yield line
            line = kind
        line += f" {word}"
    yield line
