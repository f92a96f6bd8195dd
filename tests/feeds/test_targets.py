"""Where a webhook may point."""

import pytest

from app.feeds.targets import Target, TargetRefused, addresses, target_of

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused_even_beside_public_addresses(address: str) -> None:
    def alone(host: str, port: int) -> list[str]:
        return [address]

    def among_public(host: str, port: int) -> list[str]:
        return [*PUBLIC, address]

    for ask in (alone, among_public):
        with pytest.raises(TargetRefused, match="not an address of the public internet"):
            addresses("desk.example", 443, private=False, ask=ask)
        assert addresses("desk.example", 443, private=True, ask=ask) == ask("desk.example", 443)


@pytest.mark.parametrize("address", [address for address in INSIDE if "%" not in address])
def test_an_address_inside_is_refused_where_the_url_names_it(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(TargetRefused, match="not an address of the public internet"):
        target_of(f"https://{host}/hook", private=False)
    assert target_of(f"https://{host}/hook", private=True).port == 443


def test_public_addresses_pass() -> None:
    assert addresses("desk.example", 443, private=False, ask=lambda host, port: PUBLIC) == PUBLIC
    assert target_of("https://desk.example/hook?a=b", private=False) == Target("desk.example", 443, True)
    assert target_of("http://93.184.215.14:8080", private=False) == Target("93.184.215.14", 8080, False)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://desk.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("desk.example/hook", "scheme"),
        ("https://", "host"),
        ("https://user:word@desk.example/", "user"),
        ("https://desk.example/#part", "fragment"),
        ("https://desk.example:99999/", "URL"),
        ("https://[::1/", "URL"),
        ("https://désk.example/", "ASCII"),
        ("https://desk.example/a b", "ASCII"),
        ("https://desk.example/\r\nX: y", "ASCII"),
        ("http://localhost:8000/", "this machine"),
        ("http://api.localhost/", "this machine"),
    ],
)
def test_a_url_that_is_none_is_refused_with_the_reason(url: str, why: str) -> None:
    with pytest.raises(TargetRefused, match=why):
        target_of(url, private=False)
