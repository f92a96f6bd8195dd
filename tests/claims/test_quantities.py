"""Quantities: intervals, units, what is counted, and which figures can both be true."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import Quantity
from app.claims.dates import find_dates
from app.claims.quantities import admits, find_quantities, same_count

PUBLISHED_AT = datetime(2025, 3, 10, 9, tzinfo=UTC)


def one(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("The call lasted about 45 minutes", "about 45 minutes", 40.5, 49.5, "minute"),
        ("at least 20 people", "at least 20", 20, None, None),
        ("more than 20 people", "more than 20", 21, None, None),
        ("no fewer than 20 people", "no fewer than 20", 20, None, None),
        ("upwards of 300 homes", "upwards of 300", 301, None, None),
        ("up to 30 trips", "up to 30", None, 30, None),
        ("fewer than 20 people", "fewer than 20", None, 19, None),
        ("between 20 and 30 people", "between 20 and 30", 20, 30, None),
        ("20-25 people", "20-25", 20, 25, None),
        ("20 to 25 million people", "20 to 25 million", 20e6, 25e6, None),
        ("two or three people", "two or three", 2, 3, None),
        ("it is closer to 50 million than 40", "closer to 50 million than 40", 45e6, 55e6, None),
        ("two-thirds of the call", "two-thirds", 66.7, 66.7, "percent"),
        ("more than half of voters", "more than half", 50, 100, "percent"),
        ("three in four of the voters", "three in four", 75, 75, "percent"),
        ("half a percentage point", "half a percentage point", 0.5, 0.5, "percentage point"),
        ("three-tenths of a kilometre", "three-tenths of a kilometre", 0.3, 0.3, "kilometre"),
        ("four and a half years", "four and a half years", 4.5, 4.5, "year"),
        ("an hour and a half", "an hour and a half", 1.5, 1.5, "hour"),
        ("it lasted an hour", "an hour", 1, 1, "hour"),
        ("two hours and 15 minutes", "two hours and 15 minutes", 135, 135, "minute"),
        ("an hour and thirty minutes", "an hour and thirty minutes", 90, 90, "minute"),
        ("a magnitude 6.4 earthquake", "magnitude 6.4", 6.4, 6.4, "magnitude"),
        ("men aged 50 and above", "50 and above", 50, None, "year of age"),
        ("Petra Lund, 34, a nurse", "34", 34, 34, "year of age"),
        ("a fee of €38m", "€38m", 38e6, 38e6, "euro"),
        ("airliners were 90m apart", "90m", 90, 90, "metre"),
        ("20 minutes or so", "20 minutes or so", 17, 23, "minute"),
        ("a handful of barges", "a handful", 1, 9, None),
        ("the town (2,500 strong)", "2,500", 2_500, 2_500, None),
        ("a mere hundred and sixty pages", "hundred and sixty", 160, 160, None),
        ("Petra Lund, around 45, a nurse", "around 45", 40.5, 49.5, "year of age"),
        ("Petra Lund, seventy-two, a nurse", "seventy-two", 72, 72, "year of age"),
        ("almost 53 percent", "almost 53 percent", 52, 53, "percent"),
        ("No side may own more than 1,400 missiles", "more than 1,400", None, 1_400, None),
        ("the crowd never had fewer than 300 people", "fewer than 300", 300, None, None),
        ("not one shell", "one", 0, 0, None),
    ],
)
def test_a_figure_is_read_as_an_interval(text: str, words: str, low: float | None, high: float | None, unit: str | None) -> None:
    quantity = one(text)
    assert quantity.text == words
    assert quantity.span.of(text) == words
    assert (quantity.low, quantity.high, quantity.unit) == (
        low if low is None else pytest.approx(low),
        high if high is None else pytest.approx(high),
        unit,
    )


def test_nearly_fifty_is_below_fifty() -> None:
    quantity = one("nearly 50 minutes")
    assert quantity.high is not None
    assert quantity.high < 50
    assert quantity.exact == 50


@pytest.mark.parametrize(
    ("text", "of", "event"),
    [
        ("At least 20 civilians have been killed", "civilian", "killed"),
        ("killing at least three people", "person", "killed"),
        ("Five people are now known to have died", "person", "killed"),
        ("a death toll of 20", "person", "killed"),
        ("The number of people killed in the collision has climbed to seven", "person", "killed"),
        ("The storm left 3 dead", "person", "killed"),
        ("and injuring 12, the coastguard said", "person", "injured"),
        ("Four people remain unaccounted for", "person", "missing"),
        ("Nobody is missing any more", "person", "missing"),
        ("Police arrested 40 protesters", "protester", "arrested"),
        ("about 140 passengers", "passenger", None),
        ("a crew of nine", "crew", None),
        ("approximately 1,500 other Palestinian Arab prisoners", "prisoner", None),
        ("the eighteen-carriage train", "carriage", None),
        ("a £38m deal for him", "deal", None),
        ("The call between the leaders lasted about 45 minutes", "call", None),
        ("30 percent of voters", "voter", None),
        ("39 of the barges", "barge", None),
        ("1,200 cars a week", "car per week", None),
    ],
)
def test_what_is_counted_and_what_befell_it_are_kept(text: str, of: str, event: str | None) -> None:
    quantity = one(text)
    assert (quantity.of, quantity.event) == (of, event)


def test_the_dead_and_the_injured_of_one_sentence_stay_apart() -> None:
    dead, injured = find_quantities("killing at least three people and injuring 12, the coastguard said")
    assert (dead.event, injured.event) == ("killed", "injured")
    assert not same_count(dead, injured)


def test_three_dead_are_three_people_killed() -> None:
    assert same_count(one("3 dead after storm"), one("the storm killed 3 people"))


def test_passengers_are_no_crew() -> None:
    assert not same_count(one("138 passengers were aboard"), one("a crew of nine"))


def test_a_rate_is_no_total() -> None:
    assert not same_count(one("300 cars a week"), one("1,200 cars a month"))


def test_the_value_before_a_change_is_marked() -> None:
    before, after = find_quantities("raised from 6 percent to 6.5 percent")
    assert (before.event, before.exact) == ("earlier", 6)
    assert (after.event, after.exact) == (None, 6.5)
    assert not same_count(before, after)


def test_a_difference_is_no_count() -> None:
    counted, difference = find_quantities("The examiner counts nine victims, ten fewer than the sheriff")
    assert (counted.of, counted.event) == ("victim", None)
    assert difference.event == "difference"
    assert not same_count(counted, difference)


def test_two_bare_figures_are_not_compared() -> None:
    assert not same_count(one("it came to 72"), one("they had 27"))


def test_the_whole_that_a_part_is_taken_from_is_marked() -> None:
    part, whole = find_quantities("They shot down 39 of the 46 drones")
    assert (part.of, whole.of, whole.event) == ("drone", "drone", "whole")


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        ("about 45 minutes", "47 minutes", True),
        ("about 140 passengers", "138 passengers", True),
        ("at least 20 people", "27 people", True),
        ("20 people", "at least 27 people", False),
        ("45 minutes", "30 minutes", False),
        ("roughly five miles", "eight kilometres", True),
        ("five miles", "eight kilometres", True),
        ("five miles", "12 kilometres", False),
        ("a little under 70m people", "70 million people", True),
        ("more than 50 people", "fewer than 50 people", False),
        ("dozens of people", "43 people", True),
        ("dozens of people", "200 people", False),
        ("more than half of voters", "two-thirds of voters", True),
        ("two-thirds of voters", "67 percent of voters", True),
        ("half an hour", "30 minutes", True),
        ("50 basis points", "half a percentage point", True),
        ("6 percent", "6 percentage points", False),
        ("$38m", "€38m", False),
        ("nearly 20 people", "17 people", True),
        ("nearly 50 people", "55 people", False),
        ("1.2 million people", "1.23 million people", True),
        ("33 hostages", "23 hostages", False),
        ("412 votes", "142 votes", False),
        ("21 people", "20 people", False),
        ("two days", "48 hours", True),
        ("under 20 minutes", "15 minutes", True),
    ],
)
def test_which_figures_can_both_be_true(a: str, b: str, *, both: bool) -> None:
    assert admits(one(a), one(b)) is both
    assert admits(one(b), one(a)) is both


def test_dates_are_not_quantities() -> None:
    text = "On March 3 at 8:10 a.m. in 2011, 12 people were hurt within 30 days"
    dates = find_dates(text, PUBLISHED_AT)
    assert [quantity.text for quantity in find_quantities(text, [date.span for date in dates])] == ["12", "within 30 days"]


def test_a_sentence_without_figures_has_none() -> None:
    assert find_quantities("The ministry declined to comment on the cause.") == ()
    assert find_quantities("") == ()


def test_no_casualties_are_zero() -> None:
    quantity = one("There were no casualties")
    assert (quantity.low, quantity.high, quantity.of, quantity.event) == (0, 0, "person", None)


PHRASES = st.builds(
    " ".join,
    st.lists(
        st.sampled_from(
            (
                *("about 45 minutes", "nearly 20 people were killed", "at least", "more than half", "5 miles", "8 kilometres", "$3.5bn"),
                *("two-thirds of", "from 6 to", "up to", "12 dead", "and", "between 20 and 30", "or so", "hundreds of", "a handful"),
                *("no survivors", "an hour and a half", "aged 50 and above", "one in five", "the 46", "of", ",", "."),
            )
        ),
        max_size=6,
    ),
)


@given(PHRASES)
def test_spans_hold_their_text_and_never_overlap(text: str) -> None:
    found = find_quantities(text)
    assert all(quantity.span.of(text) == quantity.text for quantity in found)
    assert all(a.span.end_char <= b.span.start_char for a, b in pairwise(found))
    assert all(q.low is None or q.high is None or q.low <= q.high for q in found)


@given(PHRASES, PHRASES)
def test_admitting_is_symmetric_and_reflexive(first: str, second: str) -> None:
    for a in find_quantities(first):
        assert admits(a, a)
        for b in find_quantities(second):
            assert admits(a, b) == admits(b, a)
            assert same_count(a, b) == same_count(b, a)


def test_bounds_that_meet_only_at_the_figure_exclude_each_other() -> None:
    assert not admits(one("below one million people"), one("at least a million people"))
    assert admits(one("at least a million people"), one("more than a million people"))


def test_a_part_and_its_whole_are_marked() -> None:
    whole, plain = find_quantities("Of the 48,000 cots sold, 31,000 were faulty.")
    assert (whole.event, plain.event) == ("whole", None)
    _, part = find_quantities("She saved five penalties, three of them with her foot.")
    assert part.event == "part"
