"""An outlet and the slug that is its key."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_WORD_MARKS = frozenset({0, 7, 8, 9})
"""Combining classes of marks that make another letter, not an accent: vowel signs, nukta, kana voicing, virama.
Source: Unicode Standard Annex 44, table of canonical combining classes."""


class OutletKind(StrEnum):
    """What sort of outlet it is, as far as a text calls it by it ("the newspaper reported")."""

    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    RADIO = "radio"
    AGENCY = "agency"
    WEBSITE = "website"


@dataclass(frozen=True)
class Outlet:
    """Who publishes.

    `id` is a slug of the name; `aliases` are other names in use ("ynetnews"); `domains` are web domains without "www.";
    `wire` marks a news agency, whose texts other outlets republish. `ambiguous` are those of the name and the aliases that mean
    something else in running text ("Time", "The Hill"); `kind` is None where nobody said what sort of outlet it is.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    wire: bool = False
    ambiguous: tuple[str, ...] = ()
    kind: OutletKind | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)


def slug(name: str) -> str:
    """The key for a name: lower case, letters and digits of any script joined by hyphens, a leading "the" dropped.

    >>> slug("The Daily Ledger"), slug("Süddeutsche Zeitung"), slug("N+1")
    ('daily-ledger', 'suddeutsche-zeitung', 'n-1')

    The slug of a slug is the same slug. Empty when the name has no letter or digit.
    """
    words = [w for w in "".join(c if _of_a_word(c) else " " for c in plain_letters(name)).split() if any(map(str.isalnum, w))]
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return "-".join(words)


def plain_letters(text: str) -> str:
    """The text in lower case and without accents; of other length than the text where a letter has no plain form of its own."""
    if text.isascii():
        return text.lower()
    # A compatibility form may unfold into capitals, and a folded letter into marks: twice reaches the end for every code point.
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in decomposed if unicodedata.combining(c) in _WORD_MARKS)
    return unicodedata.normalize("NFC", text)


def _of_a_word(char: str) -> bool:
    return char.isalnum() or (not char.isascii() and unicodedata.category(char).startswith("M"))
