"""Number words to values: "four-hundred-and-twelve", "a hundred and forty-two", "half a million", "three and a half", "two-thirds"."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.claims.word_lists import listed

SMALL = {
    word: float(value)
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen"
        )
    )
}
TENS = {
    word: 10.0 * value for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12,
    "hundredth": 100,
}  # fmt: skip
ORDINALS = frozenset(
    listed(
        "first third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
        "seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth "
        "hundredth thousandth millionth"
    )
)
_PLURAL_PARTS = {"halves": 2} | {f"{word}s": value for word, value in PARTS.items() if word != "half"}
_ARTICLES = ("a", "an")


@dataclass(frozen=True)
class Reading:
    """A number read from tokens: tokens `[first, end)` make it. `step` is the worth of the last digit said.

    `scale` is the last multiplier said (1 when none). At most one of `fraction` and `ordinal` is true.
    """

    value: float
    step: float
    end: int
    scale: float = 1.0
    fraction: bool = False
    ordinal: bool = False


def step_of(digits: str) -> float:
    """The worth of the last significant digit written: "1,500" 100, "2.5" 0.1, "45" 1, "0" 1."""
    plain = digits.replace(",", "")
    if "." in plain:
        return 10.0 ** -(len(plain) - plain.index(".") - 1)
    zeros = len(plain) - len(plain.rstrip("0"))
    return 10.0**zeros if zeros < len(plain) else 1.0


def trailing_step(value: float) -> float:
    """The largest power of ten that divides a whole `value` (1,500: 100); 1 for zero and for what is not whole."""
    step = 1.0
    while value and value == int(value) and value % (step * 10) == 0:
        step *= 10
    return step


def read(tokens: Sequence[str], first: int) -> Reading | None:
    """The longest number that starts at `tokens[first]` (lower case words or digits), None if none starts there."""
    word = tokens[first]
    if word == "half" or (word in _ARTICLES and _at(tokens, first + 1) == "half"):
        return _half(tokens, first + (word != "half"))
    if word in _ARTICLES or word == "one":
        part = PARTS.get(_at(tokens, first + 1))
        if part:
            return _of_scale(tokens, 1 / part, 1 / part, first + 2)
    cardinal = _cardinal(tokens, first)
    if cardinal is None:
        return Reading(0.0, 1.0, first + 1, ordinal=True) if word in ORDINALS else None
    following = _at(tokens, cardinal.end)
    if following in _PLURAL_PARTS and cardinal.value <= 100 and cardinal.scale == 1:
        part = _PLURAL_PARTS[following]
        return _of_scale(tokens, cardinal.value / part, 1 / part, cardinal.end + 1)
    if following in ORDINALS or (following == "and" and _at(tokens, cardinal.end + 1) in ORDINALS):
        return Reading(cardinal.value, 1.0, cardinal.end + 1 + (following == "and"), ordinal=True)
    return _with_part(tokens, cardinal)


def _of_scale(tokens: Sequence[str], value: float, step: float, end: int) -> Reading:
    """A fraction, or an amount where a multiplier follows: "a fifth of a million", "three-quarters of a billion"."""
    after = end + 2 if _at(tokens, end) == "of" and _at(tokens, end + 1) in _ARTICLES else end
    scale = SCALES.get(_at(tokens, after)) if after > end else None
    return Reading(value * scale, step * scale, after + 1, scale) if scale else Reading(value, step, end, fraction=True)


def _at(tokens: Sequence[str], position: int) -> str:
    return tokens[position] if position < len(tokens) else ""


def _half(tokens: Sequence[str], position: int) -> Reading:
    """ "half", "half a million", "half a dozen"; `position` is that of "half"."""
    after = position + 1 + (_at(tokens, position + 1) in _ARTICLES)
    scale = SCALES.get(_at(tokens, after))
    if scale:
        return Reading(scale / 2, scale / 2 if scale > 12 else 1.0, after + 1, scale)
    return Reading(0.5, 0.5, position + 1, fraction=True)


def _cardinal(tokens: Sequence[str], first: int) -> Reading | None:
    """A whole or decimal number without "and a half": groups of up to three digits, each closed by its multiplier."""
    # "a mere hundred and sixty": the one is left out before "hundred" too.
    bare = tokens[first] == "hundred" and _at(tokens, first + 1) == "and"
    position = first + (tokens[first] in _ARTICLES)
    if position > first and _at(tokens, position) not in SCALES:
        return None
    total, step, last_scale, scale_said = 0.0, 1.0, float("inf"), 1.0
    while True:
        start = position + (total > 0 and _at(tokens, position) == "and")
        group = _group(tokens, start, implied_one=(start == first + 1 and tokens[first] in _ARTICLES) or (start == first and bare))
        if group is None or (total and group.value >= last_scale):
            break
        scale = 1.0
        position = group.end
        # A bare "hundred" was taken into the group; what follows multiplies the group.
        while _at(tokens, position) in SCALES and tokens[position] != "hundred" and scale * SCALES[tokens[position]] < last_scale:
            scale *= SCALES[tokens[position]]
            position += 1
        total += group.value * scale
        step = 1.0 if scale == 12 else group.step * scale
        if scale == 1:
            scale_said = max(scale_said, group.scale)
            break
        last_scale = scale_said = scale
    return Reading(total, step, position, scale_said) if position > first and (total or tokens[first].startswith(("0", "zero"))) else None


def _group(tokens: Sequence[str], first: int, *, implied_one: bool = False) -> Reading | None:
    """A number below a thousand in words, or digits ("20", "2.5", "3 hundred"). `implied_one`: "a" stood before."""
    word = _at(tokens, first)
    if not word:
        return None
    if word in SCALES:
        if not implied_one:
            return None
        return _hundreds(tokens, first, 1.0, 1.0) if word == "hundred" else Reading(1.0, 1.0, first)
    if word[0].isdigit():
        value, step = float(word.replace(",", "")), step_of(word)
        return _hundreds(tokens, first + 1, value, step) if _at(tokens, first + 1) == "hundred" else Reading(value, step, first + 1)
    below = _below_hundred(tokens, first)
    if below is None:
        return None
    value, end = below
    if _at(tokens, end) == "point" and SMALL.get(_at(tokens, end + 1), 10.0) < 10:
        return _decimals(tokens, value, end + 1)
    return _hundreds(tokens, end, value, 1.0) if _at(tokens, end) == "hundred" else Reading(value, trailing_step(value), end)


def _decimals(tokens: Sequence[str], whole: float, position: int) -> Reading:
    """ "eight point four", "six point two five"; `position` is that of the first digit word after "point"."""
    step = 1.0
    while SMALL.get(_at(tokens, position), 10.0) < 10:
        step /= 10
        whole += SMALL[tokens[position]] * step
        position += 1
    return Reading(round(whole, 9), step, position)


def _hundreds(tokens: Sequence[str], position: int, multiplier: float, step: float) -> Reading:
    """`position` is that of "hundred": "four hundred", "four hundred and twelve"."""
    rest = position + 1 + (_at(tokens, position + 1) == "and")
    below = _below_hundred(tokens, rest) if _at(tokens, rest) and not _at(tokens, rest)[0].isdigit() else None
    # "two hundred and one third" is 200 and a fraction, not 201.
    if below is None or not below[0] or _at(tokens, below[1]) in PARTS or _at(tokens, below[1]) in _PLURAL_PARTS:
        return Reading(multiplier * 100, max(step * 100, trailing_step(multiplier * 100)), position + 1, 100.0)
    return Reading(multiplier * 100 + below[0], trailing_step(below[0]), below[1])


def _below_hundred(tokens: Sequence[str], position: int) -> tuple[float, int] | None:
    word = _at(tokens, position)
    if word in SMALL:
        return SMALL[word], position + 1
    if word in TENS:
        unit = SMALL.get(_at(tokens, position + 1), 0.0)
        return (TENS[word] + unit, position + 2) if 0 < unit < 10 else (TENS[word], position + 1)
    return None


def _with_part(tokens: Sequence[str], cardinal: Reading) -> Reading:
    """Adds "and a half", "and three-quarters" and a multiplier after it: "two and a half million"."""
    if _at(tokens, cardinal.end) != "and":
        return cardinal
    position = cardinal.end + 1
    numerator = 1.0 if _at(tokens, position) in _ARTICLES else SMALL.get(_at(tokens, position), 0.0)
    denominator_word = _at(tokens, position + 1)
    denominator = PARTS.get(denominator_word) if numerator == 1 else _PLURAL_PARTS.get(denominator_word)
    if not numerator or not denominator:
        return cardinal
    fraction, end = numerator / denominator, position + 2
    scale = cardinal.scale
    if scale == 1 and _at(tokens, end) in SCALES:
        scale, end = SCALES[tokens[end]], end + 1
        return Reading((cardinal.value + fraction) * scale, scale / denominator, end, scale)
    return Reading(cardinal.value + fraction * scale, scale / denominator, end, scale)
