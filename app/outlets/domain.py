"""Web hosts: read out of a URL, walked up to their parents, cut to the part that somebody registers."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_LABEL = re.compile(r"(?!-)[^\W_](?:[^\W_]|-)*\Z")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "govt", "ne", "net", "nom", "or", "org", "uol", "web"})
"""Labels under which a country registers names ("co.uk", "com.au"), as far as news sites use them.
Source: the Public Suffix List's common country patterns; a full list would be another dependency for the rare rest."""

_PLATFORMS = frozenset(
    {"beehiiv.com", "blogspot.com", "ghost.io", "github.io", "livejournal.com", "medium.com", "substack.com", "tumblr.com", "wordpress.com"}
)
"""Hosts that give each publisher a label of its own below them."""


def host_of(address: str) -> str | None:
    """The host of a URL or of a bare domain: lower case, without "www.", port or user; None where there is none.

    >>> host_of("https://edition.cnn.com/x"), host_of("WWW.Cnn.com:443/x"), host_of("CNN"), host_of("St. Louis")
    ('edition.cnn.com', 'cnn.com', None, None)

    A name without a dot ("localhost") is no host of an outlet.
    """
    address = address.strip()
    if any(c.isspace() for c in address):
        return None
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return None
    host = host.rstrip(".")
    if host.startswith("www.") and host.count(".") > 1:
        host = host[len("www.") :]
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(_LABEL.match(label) for label in labels):
        return None
    if labels[-1].isdigit() and (len(labels) != 4 or not all(label.isdigit() for label in labels)):
        return None
    return host


def parents(host: str) -> Iterator[str]:
    """The host and every domain above it that still has a dot, nearest first.

    >>> list(parents("edition.cnn.com"))
    ['edition.cnn.com', 'cnn.com']
    """
    yield host
    while host.count(".") > 1:
        host = host.partition(".")[2]
        yield host


def registrable(host: str) -> str:
    """The part of a host that one publisher holds.

    >>> registrable("m.harborcourier.example"), registrable("news.ledger.co.uk"), registrable("tide.substack.com")
    ('harborcourier.example', 'ledger.co.uk', 'tide.substack.com')
    """
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    keep = 2
    if len(labels) > 2 and ((len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL) or ".".join(labels[-2:]) in _PLATFORMS):
        keep = 3
    return ".".join(labels[-keep:])
