"""Units: how they are written, what is comparable, conversion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.units import UNITS, comparable, from_base, named, to_base, unit_after


def test_five_miles_are_eight_kilometres() -> None:
    metres, base = to_base(5, "mile")
    assert base == "metre"
    assert metres / to_base(1, "kilometre")[0] == pytest.approx(8.05, abs=0.005)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 nautical miles", "nautical mile"),
        ("5 percentage points", "percentage point"),
        ("5%", "percent"),
        ("5 per cent", "percent"),
        ("5-basis-point", "basis point"),
        ("5 miles an hour", "mile per hour"),
        ("5 kilometres an hour", "kilometre per hour"),
        ("5 years old", "year of age"),
        ("5-year-old", "year of age"),
        ("5 US dollars", "US dollar"),
        ("5 Australian dollars", "Australian dollar"),
        ("5 shekels", "shekel"),
        ("5 square kilometres", "square kilometre"),
        ("5 degrees Fahrenheit", "degree fahrenheit"),
        ("5°C", "degree celsius"),
        ("5 knots", "knot"),
        ("5km", "kilometre"),
        ("5 pounds of flour", "pound"),
        ("5 pounds", "pound sterling"),
    ],
)
def test_a_unit_is_found_behind_its_number(text: str, unit: str) -> None:
    found = unit_after(text, 1)
    assert found is not None
    assert found[0] == unit


@pytest.mark.parametrize("text", ["5 people", "5 minutiae", "5 daylight hours"])
def test_other_words_are_no_units(text: str) -> None:
    assert unit_after(text, 1) is None


def test_a_percentage_is_never_compared_with_percentage_points() -> None:
    assert not comparable("percent", "percentage point")
    assert comparable("basis point", "percentage point")
    points, base = to_base(50, "basis point")
    assert (round(points, 9), base) == (0.5, "percentage point")


def test_two_currencies_are_never_compared() -> None:
    assert not comparable("US dollar", "euro")
    assert not comparable("US dollar", "Australian dollar")
    assert comparable("euro", "euro")
    assert to_base(3, "euro") == (3, "euro")


def test_a_count_compares_with_a_count_only() -> None:
    assert comparable(None, None)
    assert not comparable(None, "minute")


def test_a_symbol_names_its_currency() -> None:
    assert [named(symbol) for symbol in ("$", "US$", "€", "£", "₪", "A$")] == [
        "US dollar",
        "US dollar",
        "euro",
        "pound sterling",
        "shekel",
        "Australian dollar",
    ]


def test_water_freezes_at_thirty_two_fahrenheit() -> None:
    degrees, base = to_base(32, "degree fahrenheit")
    assert (round(degrees, 9), base) == (0, "degree celsius")


@given(st.sampled_from(sorted(UNITS)), st.floats(min_value=-1e9, max_value=1e9))
def test_conversion_goes_there_and_back(unit: str, value: float) -> None:
    base, name = to_base(value, unit)
    assert UNITS[name].factor == pytest.approx(1.0)
    assert comparable(unit, name)
    assert from_base(base, unit) == pytest.approx(value, rel=1e-9, abs=1e-6)
