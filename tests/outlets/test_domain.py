import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outlets.domain import host_of, parents, registrable


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://edition.cnn.com/2024/x?y#z", "edition.cnn.com"),
        ("HTTP://WWW.HarborCourier.example:8080/", "harborcourier.example"),
        ("https://user:secret@ledger.example/x", "ledger.example"),
        ("harborcourier.example", "harborcourier.example"),
        ("harborcourier.example.", "harborcourier.example"),
        ("www.example", "www.example"),
        ("süddeutsche.example", "süddeutsche.example"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
    ],
)
def test_a_host_is_read_out_of_a_url_or_a_domain(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address", ["", "CNN", "St. Louis", "localhost", "http://", "http://[", "a..b", "-a.b", "1.5", "mailto:x", "/path"]
)
def test_what_names_no_host_has_none(address: str) -> None:
    assert host_of(address) is None


@given(st.text(max_size=80))
def test_reading_a_host_never_fails(address: str) -> None:
    host = host_of(address)
    assert host is None or host_of(host) == host


def test_parents_end_before_the_last_label() -> None:
    assert list(parents("a.b.news.co.uk")) == ["a.b.news.co.uk", "b.news.co.uk", "news.co.uk", "co.uk"]


@pytest.mark.parametrize(
    ("host", "held"),
    [
        ("m.harborcourier.example", "harborcourier.example"),
        ("news.ledger.co.uk", "ledger.co.uk"),
        ("ledger.com.au", "ledger.com.au"),
        ("tide.substack.com", "tide.substack.com"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_the_registrable_part_is_what_one_publisher_holds(host: str, held: str) -> None:
    assert registrable(host) == held
