"""How a text refers back to an outlet it has named: "the Ledger", "the newspaper"."""

from app.outlets.outlet import Outlet, OutletKind
from app.outlets.shape import STRONG_TAILS, WEAK_TAILS

_KIND_BY_WORD = {
    OutletKind.RADIO: {"Radio", "FM", "Rádio"},
    OutletKind.BROADCASTER: {"TV", "Television", "Broadcasting", "Channel", "Omroep", "Network", "Télé", "Televisión", "Rundfunk"},
    OutletKind.AGENCY: {"Agency", "Wire", "Newswire", "Agencia", "Agence", "Agência", "Agenzia", "Agentur"},
    OutletKind.MAGAZINE: {"Magazine", "Magazin", "Weekly", "Review"},
    OutletKind.WEBSITE: {"Online", "Insider", "Digital"},
}
_NOUNS = {
    OutletKind.NEWSPAPER: ("newspaper", "paper", "daily"),
    OutletKind.MAGAZINE: ("magazine", "weekly"),
    OutletKind.BROADCASTER: ("broadcaster", "network", "channel", "station"),
    OutletKind.RADIO: ("station", "broadcaster", "radio station"),
    OutletKind.AGENCY: ("agency", "news agency", "wire service", "newswire"),
    OutletKind.WEBSITE: ("website", "site", "news site", "portal"),
}
_ANY_KIND = ("outlet", "news outlet", "publication")
# Nouns that hardly mean anything but an outlet, whichever it is.
PUBLICATION_NOUNS = frozenset(
    {"newspaper", "paper", "daily", "tabloid", "magazine", "weekly", "broadcaster", "network", "channel", "newswire", "website"}
    | {"publication"}
)
_NO_SHORT_HEAD = frozenset(
    {"News", "Daily", "Weekly", "Newspaper", "TV", "FM", "Radio", "Television", "Broadcasting", "Magazine", "Today", "Wire", "Press"}
)
_NUMBERED = frozenset({"Channel", "News", "TV", "Radio"})


def kind_of(outlet: Outlet) -> OutletKind | None:
    """What sort of outlet it is: as registered, else as the words of its name say; None where they say nothing."""
    if outlet.kind is not None:
        return outlet.kind
    if outlet.wire:
        return OutletKind.AGENCY
    words = outlet.name.replace("-", " ").split()
    if "." in outlet.name and len(words) == 1:
        return OutletKind.WEBSITE
    for kind, marks in _KIND_BY_WORD.items():
        if marks.intersection(words):
            return kind
    printed = (STRONG_TAILS | WEAK_TAILS) - _NO_SHORT_HEAD | {"Daily"}
    return OutletKind.NEWSPAPER if printed.intersection((words[0], words[-1])) else None


def generic_nouns(outlet: Outlet) -> tuple[str, ...]:
    """Nouns a text may call the outlet by, without an article, most telling first.

    >>> generic_nouns(Outlet("daily-ledger", "The Daily Ledger"))
    ('newspaper', 'paper', 'daily', 'outlet', 'news outlet', 'publication')

    Every noun of every kind where the kind is unknown; never empty.
    """
    kind = kind_of(outlet)
    nouns = [noun for each in OutletKind for noun in _NOUNS[each]] if kind is None else list(_NOUNS[kind])
    return tuple(dict.fromkeys((*nouns, *_ANY_KIND)))


def short_forms(outlet: Outlet) -> tuple[str, ...]:
    """Short ways a text refers back to the outlet by its name, as they stand in mid-sentence, article included.

    >>> short_forms(Outlet("daily-ledger", "The Daily Ledger")), short_forms(Outlet("channel-nine", "Channel Nine"))
    (('the Ledger',), ('Nine',))

    They hold only after the outlet was named or in its own articles. Empty where the name has no short form.
    """
    found = [short for name in outlet.names if (short := _short(name)) is not None]
    return tuple(dict.fromkeys(short for short in found if short != outlet.name))


def _short(name: str) -> str | None:
    words = name.split()
    if words and words[0] in ("The", "the"):
        words = words[1:]
        if len(words) == 1:
            return f"the {words[0]}"
    if len(words) < 2:
        return None
    head = words[-1].rpartition("-")[2]
    if words[0] in _NUMBERED and len(words) == 2 and not head.isdigit():
        # "Channel Nine" is "Nine"; "Channel 4" is never "4", and "Radio Sahil" never the place it is named for.
        return head if words[0] in ("Channel", "News") else None
    if head in (STRONG_TAILS | WEAK_TAILS) - _NO_SHORT_HEAD:
        return f"the {head}"
    if "of" in words[1:-1] and words[words.index("of", 1) - 1] in STRONG_TAILS | WEAK_TAILS:
        return f"the {words[words.index('of', 1) - 1]}"
    if words[-1] in ("News", "TV") and len(words) == 2 and words[0].isupper():
        # "ABC News" is "ABC", but "Gulf News" is not "Gulf".
        return words[0]
    if words[-1] == "Wire":
        return "the Wire"
    return None
