"""Whom a sentence is about, for the pronoun of the next one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.claims.lexicon import AUXILIARIES, CUES, FINITE, PREPOSITIONS, SUBORDINATORS

_WORD = re.compile(r"[\w’']+")
_OWNS = re.compile(r"[\w-]+(?:\s[A-Z][\w-]+)*['’]s?\s")
_OWNS_CHARS = 60


@dataclass(frozen=True)
class Named:
    """The person a sentence is about, None where that is nobody, and the others it names who might be meant instead."""

    subject: str | None
    others: frozenset[str]


def named_in(text: str, start_char: int, end_char: int, mentions: Iterable[tuple[int, str]]) -> Named:
    """Of the persons mentioned in `text[start_char:end_char]` (place of the surname, full name; in order) the subject and the others.

    The subject stands before any verb of its clause, owns nothing ("Lind's appeal") and follows no preposition; who follows one
    ("backed by Lind") is left out altogether.
    """
    others: set[str] = set()
    for at, name in mentions:
        before = _before(text[start_char:at], name.split()[0].lower())
        if before and before[-1] in PREPOSITIONS and len(before) > 1:
            continue
        if _OWNS.match(text[at : min(end_char, at + _OWNS_CHARS)]) or any(_verb(w) for w in before):
            others.add(name)
            continue
        return Named(name, frozenset(others - {name}))
    return Named(None, frozenset(others))


def _before(words: str, first_name: str) -> list[str]:
    """The words before a surname, its first name and a leading "After …," left out."""
    found = [w.lower() for w in _WORD.findall(words)]
    if found and (found[0] in SUBORDINATORS or found[0] in PREPOSITIONS) and "," in words:
        found = [w.lower() for w in _WORD.findall(words[words.rindex(",") :])]
    return [w for w in found if w != first_name]


def _verb(word: str) -> bool:
    return word in AUXILIARIES or word in FINITE or word in CUES or (word.endswith("ed") and len(word) > 4)
