"""Units of measure: how they are written, which are comparable, and their worth in a base unit.

A unit is named by a normalised singular ("minute", "percentage point", "US dollar"); a plain count has none. Each currency is a
dimension of its own: rates move, so nothing is ever converted between two. A percentage and a percentage point differ in
kind (a rate of 6 percent that rises by 2 percent is 6.12, by 2 percentage points 8), so they are never comparable.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A unit: `value * factor + offset` is its worth in the base unit of its `dimension`; `forms` is how it is written (regex)."""

    name: str
    dimension: str
    factor: float
    forms: str
    offset: float = 0.0


# Source: the international yard and pound agreement of 1959 and the SI brochure; a month is a twelfth of 365.25 days.
_DAY = 86_400.0
_MEASURES: tuple[Unit, ...] = (
    Unit("second", "time", 1.0, "seconds?|secs?"),
    Unit("minute", "time", 60.0, "minutes?|mins?"),
    Unit("hour", "time", 3_600.0, "hours?|hrs?"),
    Unit("day", "time", _DAY, "days?"),
    Unit("week", "time", 7 * _DAY, "weeks?"),
    Unit("fortnight", "time", 14 * _DAY, "fortnights?"),
    Unit("month", "time", 365.25 / 12 * _DAY, "months?"),
    Unit("year", "time", 365.25 * _DAY, "years?|yrs?"),
    Unit("decade", "time", 3652.5 * _DAY, "decades?"),
    Unit("century", "time", 36525 * _DAY, "century|centuries"),
    Unit("year of age", "age", 1.0, r"years?[ -]olds?|years? of age"),
    Unit("millimetre", "length", 0.001, "millimet(?:re|er)s?|mm"),
    Unit("centimetre", "length", 0.01, "centimet(?:re|er)s?|cm"),
    Unit("metre", "length", 1.0, "met(?:re|er)s?"),
    Unit("kilometre", "length", 1_000.0, "kilomet(?:re|er)s?|kms?"),
    Unit("inch", "length", 0.0254, "inch(?:es)?"),
    Unit("foot", "length", 0.3048, "foot|feet|ft"),
    Unit("yard", "length", 0.9144, "yards?|yds?"),
    Unit("mile", "length", 1_609.344, "miles?"),
    Unit("nautical mile", "length", 1_852.0, "nautical miles?"),
    Unit("gram", "mass", 0.001, "grams?|grammes?"),
    Unit("kilogram", "mass", 1.0, "kilograms?|kilogrammes?|kilos?|kgs?"),
    Unit("tonne", "mass", 1_000.0, "tonnes?|metric tons?"),
    Unit("ton", "mass", 1_000.0, "tons?"),
    Unit("pound", "mass", 0.45359237, "lbs?"),
    Unit("ounce", "mass", 0.028349523125, "ounces?|oz"),
    Unit("square metre", "area", 1.0, "square met(?:re|er)s?|sq m|m²"),
    Unit("square foot", "area", 0.09290304, "square (?:foot|feet)|sq ft"),
    Unit("square kilometre", "area", 1e6, "square kilomet(?:re|er)s?|sq km|km²"),
    Unit("square mile", "area", 2_589_988.110336, "square miles?|sq mi"),
    Unit("hectare", "area", 10_000.0, "hectares?"),
    Unit("acre", "area", 4_046.8564224, "acres?"),
    Unit("litre", "volume", 1.0, "lit(?:re|er)s?"),
    Unit("cubic metre", "volume", 1_000.0, "cubic met(?:re|er)s?"),
    Unit("gallon", "volume", 3.785411784, "gallons?"),
    Unit("barrel", "volume", 158.987294928, "barrels?"),
    Unit("degree celsius", "temperature", 1.0, r"(?:degrees? |°\s?)?(?:celsius|centigrade)|°\s?c"),
    Unit("degree fahrenheit", "temperature", 5 / 9, r"(?:degrees? |°\s?)?fahrenheit|°\s?f", offset=-160 / 9),
    Unit("degree", "degree", 1.0, "degrees?|°"),
    Unit("kilometre per hour", "speed", 1 / 3.6, r"kilomet(?:re|er)s? (?:an|per) hour|km/h|kph|kmh"),
    Unit("mile per hour", "speed", 0.44704, r"miles? (?:an|per) hour|mph"),
    Unit("metre per second", "speed", 1.0, r"met(?:re|er)s? (?:a|per) second|m/s"),
    Unit("knot", "speed", 1_852 / 3_600, "knots?"),
    Unit("watt", "power", 1.0, "watts?"),
    Unit("kilowatt", "power", 1e3, "kilowatts?|kw"),
    Unit("megawatt", "power", 1e6, "megawatts?|mw"),
    Unit("gigawatt", "power", 1e9, "gigawatts?|gw"),
    Unit("percent", "percent", 1.0, r"percent|per cent|pct|%|per-cent"),
    Unit("percentage point", "percentage point", 1.0, r"(?:percentage|percent|per cent|%)[ -]points?|pp"),
    Unit("point", "percentage point", 1.0, "points?"),
    Unit("magnitude", "magnitude", 1.0, "magnitude"),
    Unit("basis point", "percentage point", 0.01, r"basis[ -]points?|bps?"),
)

# Cents and pence are parts of one currency or another; which is not said, so each is a dimension of its own.
_CURRENCIES: tuple[tuple[str, str], ...] = (
    ("Australian dollar", r"australian dollars?|aud|a\$|au\$"),
    ("Canadian dollar", r"canadian dollars?|cad|c\$|ca\$"),
    ("Hong Kong dollar", r"hong kong dollars?|hkd|hk\$"),
    ("New Zealand dollar", r"new zealand dollars?|nzd|nz\$"),
    ("Singapore dollar", r"singapore dollars?|sgd|s\$"),
    ("US dollar", r"(?:us |u\.s\. |american )?dollars?|usd|us\$|\$|bucks"),
    ("euro", r"euros?|eur|€"),
    ("pound sterling", r"pounds? sterling|pounds?|gbp|£|quid"),
    ("yen", "(?:japanese )?yen|jpy|¥"),
    ("yuan", "yuan|renminbi|cny|rmb"),
    ("shekel", "(?:new )?(?:israeli )?shekels?|nis|ils|₪"),
    ("rupee", "(?:indian |pakistani )?rupees?|inr|₹"),
    ("rouble", "(?:russian )?rou?bles?|rub|₽"),
    ("South Korean won", "south korean won|korean won|krw|₩"),
    ("Swiss franc", "swiss francs?|chf"),
    ("peso", "pesos?"),
    ("franc", "francs?|cfa"),
    ("krona", "kron(?:a|or|e|er)|sek|nok|dkk"),
    ("lira", "(?:turkish )?lir[ae]"),
    ("real", "reais"),
    ("rand", "rand"),
    ("dinar", "dinars?"),
    ("dirham", "dirhams?"),
    ("riyal", "riyals?"),
    ("hryvnia", "hryvnias?"),
    ("zloty", "zlot(?:y|ys|ies)"),
    ("forint", "forints?"),
    ("cent", "cents?"),
    ("penny", "penn(?:y|ies)|pence"),
)

UNITS: dict[str, Unit] = {unit.name: unit for unit in _MEASURES} | {
    name: Unit(name, f"currency {name}", 1.0, forms) for name, forms in _CURRENCIES
}

_SYMBOLS = "%°$€£¥₪₹₽₩²"
# Longest names first, so that "nautical miles", "percentage points" and "years old" are never cut to their first or last word.
_ORDERED = sorted(UNITS.values(), key=lambda unit: (" " not in unit.name, " " not in unit.forms, -len(unit.name)))
_BY_GROUP = {f"u{index}": unit.name for index, unit in enumerate(_ORDERED)}
UNIT_PATTERN = "|".join(f"(?P<u{index}>{unit.forms})" for index, unit in enumerate(_ORDERED))
_UNIT_AFTER = re.compile(rf"[\s -]?(?:{UNIT_PATTERN})(?:(?<=[{_SYMBOLS}])|(?![\w]))", re.IGNORECASE)
_MASS_CONTEXT = re.compile(r"\s(?:of (?!the )|heavier|lighter|in weight|overweight)|\bweigh\w*\b|-pound", re.IGNORECASE)


def unit_after(text: str, position: int) -> tuple[str, int] | None:
    """The unit written at `position` (a space or hyphen may precede it) and where it ends; None if there is none."""
    match = _UNIT_AFTER.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    name = _BY_GROUP[match.lastgroup]
    if name == "pound sterling" and "pound" in match.group().lower() and "sterling" not in match.group().lower():
        # "pounds" is money or weight; the words beside it tell.
        around = text[max(0, position - 40) : match.end() + 14]
        if _MASS_CONTEXT.search(around):
            name = "pound"
    return name, match.end()


def named(form: str) -> str | None:
    """The unit that `form` writes out in full or as a symbol, None when it writes none."""
    match = _UNIT_AFTER.fullmatch(form.strip())
    return _BY_GROUP[match.lastgroup] if match and match.lastgroup else None


def dimension(unit: str | None) -> str:
    """What the unit measures; "count" for no unit; a unit not in the table is a dimension of its own."""
    if unit is None:
        return "count"
    known = UNITS.get(unit)
    return known.dimension if known else f"unit {unit}"


def is_currency(unit: str | None) -> bool:
    """Whether the unit is money."""
    return dimension(unit).startswith("currency")


def comparable(unit_a: str | None, unit_b: str | None) -> bool:
    """Whether figures in the two units can be set against each other: one dimension, hence never two currencies."""
    return dimension(unit_a) == dimension(unit_b)


def base_unit(unit: str) -> str:
    """The unit of factor 1 in the same dimension: second, metre, kilogram, percentage point; a currency is its own."""
    wanted = dimension(unit)
    return next((known.name for known in UNITS.values() if known.dimension == wanted and known.factor == 1.0), unit)


_BASE: dict[str, str] = {name: base_unit(name) for name in UNITS}


def to_base(value: float, unit: str) -> tuple[float, str]:
    """`value` in the base unit of its dimension, and that unit's name; an unknown unit is its own base."""
    known = UNITS.get(unit)
    return (value * known.factor + known.offset, _BASE[unit]) if known else (value, unit)


def from_base(value: float, unit: str) -> float:
    """The inverse of `to_base`: `value` is in the base unit of `unit`'s dimension, the answer is in `unit`."""
    known = UNITS.get(unit)
    return (value - known.offset) / known.factor if known else value
