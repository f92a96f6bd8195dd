import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet, slug

LEDGER = Outlet("daily-ledger", "The Daily Ledger", aliases=("Ledger Online",), domains=("dailyledger.example",))
HARBOR = Outlet("harbor-courier", "The Harbor Courier", domains=("harborcourier.example", "news.harborcourier.example"))
FOCAL = Outlet("focal", "Focal", ambiguous=("Focal",))
BUNDLED = OutletDirectory.load()


@pytest.fixture
def directory() -> OutletDirectory:
    return OutletDirectory([LEDGER, HARBOR, FOCAL])


@pytest.mark.parametrize(
    "name",
    [
        "The Daily Ledger",
        "daily ledger",
        "DAILY LEDGER",
        "  the dáily lédger ",
        "ledger online",
        "dailyledger.example",
        "www.DailyLedger.example",
        "https://m.sport.dailyledger.example/x?y",
    ],
)
def test_an_outlet_is_found_by_name_alias_domain_and_url(directory: OutletDirectory, name: str) -> None:
    assert directory.resolve(name) == LEDGER


@pytest.mark.parametrize(
    ("name", "outlet_id"),
    [
        ("CNN", "cnn"),
        ("https://edition.cnn.com/x", "cnn"),
        ("edition.cnn.com", "cnn"),
        ("ynetnews", "ynet"),
        ("Ynet News", "ynet"),
        ("www.ynetnews.com", "ynet"),
        ("ynet.co.il", "ynet"),
        ("NBC", "nbc-news"),
        ("Arutz Sheva", "israel-national-news"),
        ("AP", "associated-press"),
        ("suddeutsche zeitung", "suddeutsche-zeitung"),
        ("The Hill", "hill"),
        ("the Hill", "hill"),
    ],
)
def test_the_bundled_directory_knows_who_is_meant(name: str, outlet_id: str) -> None:
    found = BUNDLED.resolve(name)
    assert found is not None
    assert found.id == outlet_id
    assert BUNDLED.by_id(outlet_id) is found


@pytest.mark.parametrize(
    "name", ["", "Nobody's Gazette", "ledger", "the hill", "time", "vice", "cnn.com.evil.example", "notcnn.com", "com"]
)
def test_what_nobody_registered_resolves_to_nothing(name: str) -> None:
    assert BUNDLED.resolve(name) is None


@given(st.text(max_size=80))
def test_resolving_never_fails(name: str) -> None:
    BUNDLED.resolve(name)


def test_every_bundled_outlet_is_found_by_each_of_its_names_and_domains() -> None:
    for outlet in BUNDLED:
        for name in (*outlet.names, *outlet.domains):
            assert BUNDLED.resolve(name) is outlet, name


def test_adding_an_outlet_leaves_the_directory_as_it_was(directory: OutletDirectory) -> None:
    tide = Outlet("radio-tide", "Radio Tide")
    larger = directory.with_outlet(tide)
    assert larger.resolve("radio tide") == tide
    assert directory.resolve("radio tide") is None
    assert (len(directory), len(larger)) == (3, 4)


def test_an_outlet_registered_again_replaces_the_first_but_stays_ambiguous(directory: OutletDirectory) -> None:
    again = directory.with_outlet(Outlet("focal", "Focal", domains=("focal.example",)))
    assert again.resolve("focal.example") == Outlet("focal", "Focal", domains=("focal.example",), ambiguous=("Focal",))
    assert len(again) == 3


def test_an_ambiguous_name_that_an_outlet_gives_up_means_nothing_any_more() -> None:
    bundled = OutletDirectory.load()
    fox = bundled.by_id("fox-news")
    assert fox is not None
    assert "Fox" in fox.ambiguous
    directory = bundled.with_outlet(replace(fox, aliases=("Fox News Channel",)))
    assert directory.resolve("Fox") is None
    found = directory.resolve("Fox News Channel")
    assert found is not None
    assert found.id == "fox-news"
    assert directory.for_article("The Guardian", None).id == "guardian"


def test_a_new_outlet_named_with_a_plain_word_is_ambiguous(directory: OutletDirectory) -> None:
    added = directory.with_outlets([Outlet("touchline", "Touchline"), Outlet("bytewatch", "ByteWatch")])
    assert [added.by_id(i).ambiguous for i in ("touchline", "bytewatch")] == [("Touchline",), ()]  # type: ignore[union-attr]


def test_a_users_file_adds_to_and_overrides_the_bundled_one(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    own = [
        {"name": "The Harbor Courier", "domains": ["harborcourier.example"]},
        {"name": "Sea", "aliases": ["Ynet News"], "domains": ["cnn.it"]},
    ]
    path.write_text(json.dumps([*own, {"name": "CNN", "domains": ["cnn.example"]}]), encoding="utf-8")
    directory = OutletDirectory.load(extra_path=path)
    found = [directory.resolve(n) for n in ("harborcourier.example", "Ynet News", "cnn.it", "cnn.example", "ynetnews.com", "cnn.com")]
    assert [o.id if o else None for o in found] == ["harbor-courier", "sea", "sea", "cnn", "ynet", None]
    assert len(directory) == len(BUNDLED) + 2


def test_a_name_given_with_an_article_goes_before_its_url(directory: OutletDirectory) -> None:
    assert directory.for_article("Ledger Online", "https://harborcourier.example/x") == LEDGER
    assert directory.for_article(None, "https://www.harborcourier.example/x") == HARBOR


def test_an_unknown_name_becomes_a_new_outlet_trimmed(directory: OutletDirectory) -> None:
    assert directory.for_article("  The Eastern Tribune ", None) == Outlet("eastern-tribune", "The Eastern Tribune")


@pytest.mark.parametrize("name", [None, "tidenews.example", "https://m.tidenews.example/a"])
def test_an_unknown_domain_becomes_an_outlet_of_that_name(directory: OutletDirectory, name: str | None) -> None:
    expected = Outlet("tidenews-example", "tidenews.example", domains=("tidenews.example",))
    assert directory.for_article(name, "https://m.tidenews.example/a") == expected


@pytest.mark.parametrize("name", ["CNN (Web News)", "CNN - Opinion", "cnn"])
def test_a_section_of_a_known_outlet_is_that_outlet(name: str) -> None:
    assert BUNDLED.for_article(name, None).id == "cnn"


def test_another_paper_in_parentheses_is_another_outlet() -> None:
    assert BUNDLED.for_article("The Times (Velmora)", None).id == "times-velmora"


def test_an_outlet_field_may_write_an_ambiguous_name_in_any_case(directory: OutletDirectory) -> None:
    assert directory.for_article("focal", None) == FOCAL


@pytest.mark.parametrize(
    ("name", "url", "says"),
    [
        (None, None, "neither outlet nor url"),
        (None, "http://localhost/x", "no web domain"),
        ("", None, "0 characters"),
        ("   ", "https://cnn.com", "0 characters"),
        ("x" * 201, None, "201 characters"),
        ("!!!", None, "'!!!'"),
        ("Led\x00ger", None, "control characters"),
        ("\ud800x", None, "control characters"),
    ],
)
def test_a_wrong_outlet_is_refused_with_the_field_the_value_and_the_bound(
    directory: OutletDirectory, name: str | None, url: str | None, says: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        directory.for_article(name, url)
    (error,) = refused.value.errors
    assert error.loc == ("outlet",)
    assert says in error.msg
    assert "expected" in error.msg


@given(st.text(min_size=1, max_size=200))
def test_what_a_name_registers_is_found_by_it_again(name: str) -> None:
    directory = OutletDirectory([LEDGER])
    try:
        outlet = directory.for_article(name, None)
    except InvalidInput:
        assert not slug(name) or not name.isprintable()
        return
    assert directory.with_outlet(outlet).for_article(name, None).id == outlet.id
