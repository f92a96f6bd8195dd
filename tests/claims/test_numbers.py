"""Numbers in words and digits, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.articles.document import Span
from app.claims.numbers import AMOUNTS, NumberKind, find_numbers


def amounts(text: str) -> list[tuple[str, float]]:
    return [(number.span.of(text), number.value) for number in find_numbers(text) if number.kind in AMOUNTS]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("twenty-three people came", "twenty-three", 23),
        ("a four-hundred-and-twelve vote lead", "four-hundred-and-twelve", 412),
        ("a hundred and forty-two of them", "a hundred and forty-two", 142),
        ("1,500 prisoners", "1,500", 1_500),
        ("2.5 million people", "2.5 million", 2.5e6),
        ("worth 1.2bn in all", "1.2bn", 1.2e9),
        ("a $38m deal", "$38m", 38e6),
        ("for €38m", "€38m", 38e6),
        ("38 million euros", "38 million", 38e6),
        ("half a million people", "half a million", 5e5),
        ("a fifth of a million", "a fifth of a million", 2e5),
        ("three and a half years", "three and a half", 3.5),
        ("two and a half million homes", "two and a half million", 2.5e6),
        ("six and a quarter percent", "six and a quarter", 6.25),
        ("two dozen eggs", "two dozen", 24),
        ("half a dozen ships", "half a dozen", 6),
        ("two hundred and forty-eight millimetres", "two hundred and forty-eight", 248),
        ("one hundred thousand and five", "one hundred thousand and five", 100_005),
        ("twelve hundred cars", "twelve hundred", 1_200),
        ("eight point four per cent", "eight point four", 8.4),
        ("1½ hours", "1½", 1.5),
        ("minus 5 degrees", "5", -5),
        ("zero deaths", "zero", 0),
        ("more than 2000 people", "2000", 2_000),
    ],
)
def test_an_amount_is_read_with_its_exact_words(text: str, words: str, value: float) -> None:
    ((found_words, found_value),) = amounts(text)
    assert found_words == words
    assert found_value == pytest.approx(value)


@pytest.mark.parametrize(("text", "value"), [("two-thirds of it", 2 / 3), ("half of them", 0.5), ("a third of voters", 1 / 3)])
def test_a_fraction_is_told_from_a_count(text: str, value: float) -> None:
    (number,) = find_numbers(text)
    assert number.kind is NumberKind.FRACTION
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens were hurt", 24, 99),
        ("scores of people", 40, 199),
        ("hundreds of men", 200, 1_999),
        ("thousands fled", 2_000, 99_999),
        ("hundreds of thousands of people", 200_000, 999_999),
        ("several thousand men", 3_000, 20_999),
        ("a couple of hundred men", 200, 399),
        ("a few days", 2, 9),
    ],
)
def test_an_order_of_magnitude_is_an_interval(text: str, low: float, high: float) -> None:
    (number,) = find_numbers(text)
    assert (number.kind, number.low, number.high) == (NumberKind.VAGUE, low, high)


@pytest.mark.parametrize("word", ["Nobody", "No one", "None"])
def test_nobody_is_zero(word: str) -> None:
    assert amounts(f"{word} was hurt") == [(word, 0.0)]


@pytest.mark.parametrize(
    "text",
    [
        "built in 1998",
        "on page 17",
        "the number 17 shirt",
        "No. 10 declined",
        "the G7 met",
        "since 9/11",
        "open 24/7",
        "COVID-19 spread",
        "a B-52 and an F-16",
        "call 555-0134",
        "call 212-555-0134 now",
        "the third man",
        "the 21st amendment",
        "one of them left",
        "the first half",
        "the third quarter",
        "Apollo 11 landed safely on the moon",
        "under Section 230 they may",
        "the senate voted 50-49",
        "Vandermoor beat her rival by 50,206 to 49,794",
        "they won 3-1",
        "carried by five votes to four",
        "a ratio of 3:1",
        "the couple left",
        "no 5G network",
    ],
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert amounts(text) == []


def test_an_ascending_pair_without_a_contest_is_a_range_and_no_tally() -> None:
    assert amounts("20-25 people came") == [("20", 20.0), ("25", 25.0)]


def test_the_step_is_the_worth_of_the_last_digit_said() -> None:
    steps = [number.step for number in find_numbers("1,500 men, 2.5 million women, 45 dogs and 8.05 percent")]
    assert steps == pytest.approx([100, 1e5, 1, 0.01])


def test_what_is_taken_is_not_read_again() -> None:
    text = "8 people on 9 March"
    assert [number.span.of(text) for number in find_numbers(text, [Span(12, 19)])] == ["8"]


@given(st.integers(min_value=10_000, max_value=10**12))
def test_digits_with_commas_read_as_their_value(value: int) -> None:
    assert amounts(f"some {value:,} birds") == [(f"{value:,}", float(value))]


@given(st.text(alphabet="0123456789 ,.-:/%$€mktfhando½a", max_size=40))
def test_numbers_stand_in_order_and_never_overlap(text: str) -> None:
    spans = [number.span for number in find_numbers(text)]
    assert all(0 <= span.start_char < span.end_char <= len(text) for span in spans)
    assert all(first.end_char <= second.start_char for first, second in pairwise(spans))
