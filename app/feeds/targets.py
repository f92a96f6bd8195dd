"""Where a webhook may point: never, unasked, at this machine or the network it stands in."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
PORTS = {"http": 80, "https": 443}
# Source: RFC 6052; such an address carries an IPv4 address in its last 32 bits, which a gateway would connect to.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class TargetRefused(Exception):
    """The target is not one that may be sent to; the message says why."""


@dataclass(frozen=True)
class Target:
    """Where to connect to."""

    host: str
    port: int
    tls: bool


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host by the system's resolver.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def target_of(url: str, *, private: bool) -> Target:
    """What a URL points at, as far as it can be told without asking anybody.

    Raises:
        TargetRefused: it is not http or https, has no host, carries a user or a fragment, or names what may not be sent to.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise TargetRefused(f"it is no URL: {error}") from error
    if parts.scheme not in PORTS:
        raise TargetRefused(f"its scheme is {parts.scheme[:20]!r}; http and https are allowed")
    if not host or not url.isascii() or any(character <= " " or character == "\x7f" for character in url):
        raise TargetRefused("it needs a host, and only visible ASCII characters")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise TargetRefused("it may carry neither a user nor a fragment")
    if not private:
        if host == "localhost" or host.endswith(".localhost"):
            raise TargetRefused("it points at this machine")
        if (address := _literal(host)) is not None:
            refuse_private(address)
    return Target(host, port or PORTS[parts.scheme], parts.scheme == "https")


def addresses(host: str, port: int, *, private: bool, ask: Resolve = resolve) -> list[str]:
    """The addresses of a host that may be connected to. One that may not is a reason to connect to none of them.

    Raises:
        TargetRefused: one of them is this machine's, or in its network.
        OSError: it has none.
    """
    found = ask(host, port)
    if not private:
        for text in found:
            refuse_private(ipaddress.ip_address(text.partition("%")[0]))
    return found


def refuse_private(address: Address) -> None:
    """Lets only addresses of the public internet pass, whatever they are wrapped in.

    Raises:
        TargetRefused: it is a loopback, private, link-local, shared, reserved or multicast address.
    """
    inner = _inside(address)
    if not inner.is_global or inner.is_multicast or inner.is_reserved:
        raise TargetRefused(f"{address} is not an address of the public internet; PARALLAX_WEBHOOK_PRIVATE_TARGETS=true would allow it")


def _inside(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.sixtofour is not None:
            return address.sixtofour
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
