import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import StartRefused
from app.outlets.domain import host_of
from app.outlets.outlet import Outlet, OutletKind, slug
from app.outlets.registry import read_registry

WIRES = {
    "reuters",
    "associated-press",
    "agence-france-presse",
    "deutsche-presse-agentur",
    "xinhua-news-agency",
    "tass",
    "ansa",
    "agencia-efe",
    "kyodo-news",
    "press-trust-of-india",
    "anadolu-agency",
    "pa-media",
    "yonhap-news-agency",
}


@pytest.fixture(scope="module")
def outlets() -> tuple[Outlet, ...]:
    return read_registry()


def written(tmp_path: Path, entries: Any) -> Path:
    path = tmp_path / "outlets.json"
    path.write_text(entries if isinstance(entries, str) else json.dumps(entries), encoding="utf-8")
    return path


def test_the_bundled_registry_knows_outlets_of_the_whole_world(outlets: tuple[Outlet, ...]) -> None:
    assert len(outlets) >= 150
    assert {"cnn", "ynet", "nbc-news", "israel-national-news", "haaretz", "straits-times", "daily-maverick"} <= {o.id for o in outlets}


def test_no_two_outlets_share_a_slug_a_name_or_a_domain(outlets: tuple[Outlet, ...]) -> None:
    assert len({o.id for o in outlets}) == len(outlets)
    names = [key for o in outlets for key in {slug(name) for name in o.names}]
    assert len(names) == len(set(names))
    domains = [domain for o in outlets for domain in o.domains]
    assert len(domains) == len(set(domains))


def test_every_domain_is_a_bare_host(outlets: tuple[Outlet, ...]) -> None:
    assert all(host_of(domain) == domain for o in outlets for domain in o.domains)


def test_every_news_agency_is_a_wire_and_nothing_else_is(outlets: tuple[Outlet, ...]) -> None:
    assert {o.id for o in outlets if o.wire} >= WIRES
    assert all(o.wire == (o.kind is OutletKind.AGENCY) for o in outlets)


@pytest.mark.parametrize("word", ["Time", "The Sun", "The Hill", "The Mirror", "The Independent", "Fox", "Metro", "Stern", "Bloomberg"])
def test_ordinary_words_are_marked_ambiguous(outlets: tuple[Outlet, ...], word: str) -> None:
    assert any(word in o.ambiguous for o in outlets)


def test_a_file_gives_its_outlets_in_order(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [
            {"name": "The Harbor Courier", "aliases": ["Courier Online"], "domains": ["www.harborcourier.example"]},
            {"name": "Wire", "wire": True},
        ],
    )
    assert read_registry(path) == (
        Outlet("harbor-courier", "The Harbor Courier", ("Courier Online",), ("harborcourier.example",)),
        Outlet("wire", "Wire", wire=True),
    )


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ("{", "not JSON"),
        ({"name": "X"}, "array"),
        (["X"], "entry 1"),
        ([{"name": "Harbor Courier"}, {"aliases": []}], "entry 2"),
        ([{"name": "!!"}], "entry 1"),
        ([{"name": "x" * 201}], "1 to 200"),
        ([{"name": "Harbor Courier", "alias": []}], "unknown field 'alias'"),
        ([{"name": "Harbor Courier", "aliases": "HC"}], "aliases must be a list"),
        ([{"name": "Harbor Courier", "domains": ["courier"]}], "'courier' is no web domain"),
        ([{"name": "Harbor Courier", "wire": "yes"}], "wire must be true or false"),
        ([{"name": "Harbor Courier", "kind": "gossip"}], "kind must be one of"),
        ([{"name": "Harbor Courier", "ambiguous": ["Courier"]}], "neither the name nor an alias"),
        ([{"name": "Harbor Courier"}, {"name": "Sea", "aliases": ["the harbor courier"]}], "entry 2 (Sea)"),
        ([{"name": "A", "domains": ["x.example"]}, {"name": "B", "domains": ["x.example"]}], "belongs to A already"),
    ],
)
def test_a_wrong_entry_refuses_the_start_and_is_named(tmp_path: Path, entries: Any, says: str) -> None:
    with pytest.raises(StartRefused) as refused:
        read_registry(written(tmp_path, entries))
    assert says in refused.value.detail
    assert "outlets.json" in refused.value.detail


def test_a_missing_file_refuses_the_start(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="cannot be read"):
        read_registry(tmp_path / "none.json")
