import pytest

from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet, OutletKind, slug
from app.outlets.reference import generic_nouns, kind_of, short_forms


def outlet(name: str, *, kind: OutletKind | None = None, wire: bool = False) -> Outlet:
    return Outlet(slug(name), name, kind=kind, wire=wire)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("The Daily Ledger", ("the Ledger",)),
        ("The Harbor Courier", ("the Courier",)),
        ("The Capital Standard", ("the Standard",)),
        ("The Eastern Tribune", ("the Tribune",)),
        ("Times of Velmora", ("the Times",)),
        ("Channel Nine", ("Nine",)),
        ("Meridian Wire", ("the Wire",)),
        ("KBX News", ("KBX",)),
        ("Bay Post-Dispatch", ("the Dispatch",)),
        ("Channel 4", ()),
        ("Radio Sahil", ()),
        ("Gulf News", ()),
        ("Touchline", ()),
    ],
)
def test_a_short_form_keeps_the_head_of_a_name(name: str, short: tuple[str, ...]) -> None:
    assert short_forms(outlet(name)) == short


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("The Daily Ledger", OutletKind.NEWSPAPER),
        ("Channel Nine", OutletKind.BROADCASTER),
        ("Radio Sahil", OutletKind.RADIO),
        ("Lechovia News Agency", OutletKind.AGENCY),
        ("harborcourier.example", OutletKind.WEBSITE),
        ("Touchline", None),
    ],
)
def test_the_kind_is_read_from_the_name(name: str, kind: OutletKind | None) -> None:
    assert kind_of(outlet(name)) is kind


def test_a_registered_kind_goes_before_the_name_and_a_wire_is_an_agency() -> None:
    assert kind_of(outlet("The Hill", kind=OutletKind.WEBSITE)) is OutletKind.WEBSITE
    assert kind_of(outlet("Harbor", wire=True)) is OutletKind.AGENCY


def test_generic_nouns_follow_the_kind() -> None:
    assert "newspaper" in generic_nouns(outlet("The Daily Ledger"))
    assert "agency" not in generic_nouns(outlet("The Daily Ledger"))
    assert "broadcaster" in generic_nouns(outlet("Channel Nine"))


def test_an_outlet_of_unknown_kind_may_be_called_anything() -> None:
    assert {"newspaper", "website", "agency", "broadcaster", "magazine", "outlet"} <= set(generic_nouns(outlet("Touchline")))


def test_every_bundled_outlet_has_generic_nouns_and_no_noun_among_its_short_forms() -> None:
    for each in OutletDirectory.load():
        assert generic_nouns(each)
        assert not set(generic_nouns(each)) & {short.removeprefix("the ") for short in short_forms(each)}
