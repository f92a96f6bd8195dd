"""An outlet and the slug that is its key."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Outlet:
    """Who publishes.

    `id` is a slug of the name; `aliases` are other names in use ("ynetnews"); `domains` are web domains without "www.";
    `wire` marks a news agency, whose texts other outlets republish.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    wire: bool = False


def slug(name: str) -> str:
    """The key for a name: lower case, letters and digits of any script joined by hyphens, a leading "the" dropped.

    >>> slug("The Daily Ledger"), slug("Süddeutsche Zeitung"), slug("N+1")
    ('daily-ledger', 'suddeutsche-zeitung', 'n-1')

    Empty when the name has no letter or digit.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain.replace("_", " "))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "-".join(words)
