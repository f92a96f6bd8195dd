"""Dates resolved against the publishing time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import DateMention
from app.claims.dates import dates_compatible, find_dates

# A Monday, six in the morning, two hours east of Greenwich.
PUBLISHED_AT = datetime.fromisoformat("2024-02-12T06:00:00+02:00")
EARLIEST, LATEST = datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2100-01-01")


def one(text: str, published_at: datetime = PUBLISHED_AT) -> DateMention:
    (mention,) = find_dates(text, published_at)
    return mention


def local_day(mention: DateMention) -> str:
    start = mention.start.astimezone(PUBLISHED_AT.tzinfo)
    assert mention.end - mention.start == timedelta(days=1)
    return start.date().isoformat()


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("They spoke on Sunday, an official said", "Sunday", "2024-02-11"),
        ("The talks will resume on Saturday", "Saturday", "2024-02-17"),
        ("The vote is to be held on Friday", "Friday", "2024-02-16"),
        ("On Friday the court will rule", "Friday", "2024-02-16"),
        ("The minister said on Saturday that it will open", "Saturday", "2024-02-10"),
        ("Police arrested him on Friday", "Friday", "2024-02-09"),
        ("It happened yesterday", "yesterday", "2024-02-11"),
        ("It opens tomorrow", "tomorrow", "2024-02-13"),
        ("their first call since January 19", "January 19", "2024-01-19"),
        ("The summit is set for 9 March", "9 March", "2024-03-09"),
        ("He resigned on Sept. 11", "Sept. 11", "2023-09-11"),
        ("It opened on March 3, 2022", "March 3, 2022", "2022-03-03"),
        ("It opens on the fourteenth of March", "fourteenth of March", "2024-03-14"),
        ("It opened on 2023-11-05", "2023-11-05", "2023-11-05"),
        ("The vote falls on the second Sunday of March", "second Sunday of March", "2024-03-10"),
        ("last Friday", "last Friday", "2024-02-09"),
        ("three days ago", "three days ago", "2024-02-09"),
    ],
)
def test_a_day_is_the_local_day_it_names(text: str, words: str, day: str) -> None:
    mention = one(text)
    assert (mention.text, local_day(mention)) == (words, day)


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("inspected in November", "November", "2023-11-01", "2023-12-01"),
        ("in early March 2024", "early March 2024", "2024-03-01", "2024-03-13"),
        ("in 2011", "2011", "2011-01-01", "2012-01-01"),
        ("in the spring of 2022", "spring of 2022", "2022-03-01", "2022-06-01"),
        ("by June 2030", "June 2030", "2030-06-01", "2030-07-01"),
        ("last week", "last week", "2024-02-05", "2024-02-12"),
        ("last month", "last month", "2024-01-01", "2024-02-01"),
        ("last year", "last year", "2023-01-01", "2024-01-01"),
        ("in the 1970s", "1970s", "1970-01-01", "1980-01-01"),
        ("from 2016-2019", "2016-2019", "2016-01-01", "2020-01-01"),
        ("on the night of 4 to 5 May 2023", "4 to 5 May 2023", "2023-05-04", "2023-05-06"),
        ("between Monday and Wednesday", "Monday and Wednesday", "2024-02-12", "2024-02-15"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(text: str, words: str, start: str, end: str) -> None:
    mention = one(text)
    zone = PUBLISHED_AT.tzinfo
    assert mention.text == words
    assert mention.start == datetime.fromisoformat(start).replace(tzinfo=zone)
    assert mention.end == datetime.fromisoformat(end).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("at ten to nine yesterday morning", "ten to nine yesterday morning", "2024-02-11T08:50"),
        ("noon on Wednesday", "noon on Wednesday", "2024-02-07T12:00"),
        ("8:10 a.m. on Sunday, February 11", "8:10 a.m. on Sunday, February 11", "2024-02-11T08:10"),
        ("4.50 a.m. on Tuesday", "4.50 a.m. on Tuesday", "2024-02-06T04:50"),
        ("at 5 p.m. on Friday", "5 p.m. on Friday", "2024-02-09T17:00"),
        ("at 20:30 GMT on Friday", "20:30 GMT on Friday", "2024-02-09T22:30"),
    ],
)
def test_a_time_of_day_joins_its_day(text: str, words: str, start: str) -> None:
    mention = one(text)
    assert mention.text == words
    assert mention.start == datetime.fromisoformat(start).replace(tzinfo=PUBLISHED_AT.tzinfo)
    assert not mention.floating


def test_a_time_without_a_day_floats_and_its_hedge_widens_it() -> None:
    mention = one("struck shortly after 8:10 a.m., she said")
    assert mention.text == "shortly after 8:10 a.m."
    assert mention.floating
    assert mention.end - mention.start == timedelta(minutes=25)


def test_days_come_out_in_utc() -> None:
    mention = one("on Sunday")
    assert mention.start == datetime(2024, 2, 10, 22, tzinfo=UTC)
    assert mention.start.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "for 30 days",
        "within 30 days",
        "three days later",
        "ten to nine votes",
        "he may resign",
        "they march on",
        "Good Friday agreement",
        "the Sunday Times",
        "on February 30",
        "2,011 people",
        "more than 2000 people",
        "a second time",
        "it will be on a Sunday",
        "a population of 1582 million",
        "",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, PUBLISHED_AT) == ()


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        ("in early March 2024", "on March 3, 2024", True),
        ("on Sunday morning", "yesterday", True),
        ("shortly after 8:10 a.m.", "at 8:20 a.m. on Sunday", True),
        ("shortly after 8:10 a.m.", "at ten to nine yesterday morning", False),
        ("on 14 March", "on 21 March", False),
        ("on 14 March", "after 18 March", False),
        ("on 21 March", "after 18 March", True),
        ("by Friday", "on Thursday", True),
        ("on Sunday", "on Saturday", False),
        ("in 2011", "in 2012", False),
        ("in March", "on 9 March", True),
        ("more than 15 years ago", "30 years ago", True),
        ("less than 15 years ago", "30 years ago", False),
    ],
)
def test_which_dates_can_be_of_one_event(a: str, b: str, *, both: bool) -> None:
    assert dates_compatible(one(a), one(b)) is both
    assert dates_compatible(one(b), one(a)) is both


PHRASES = st.builds(
    " ".join,
    st.lists(
        st.sampled_from(
            (
                *(
                    "on",
                    "Sunday",
                    "morning",
                    "March 3",
                    "2011",
                    "8:10 a.m.",
                    "ten to nine",
                    "yesterday",
                    "next",
                    "last week",
                    "by",
                    "since",
                ),
                *("the first half of", "June", "will", "said", ",", "two weeks ago", "between", "and", "4 to", "5 May", "noon", "early"),
                *("the 1970s", "weekend", "spring of 2022"),
            )
        ),
        max_size=7,
    ),
)


@given(PHRASES, st.datetimes(min_value=EARLIEST, max_value=LATEST, timezones=st.just(UTC)))
def test_spans_hold_their_text_and_intervals_are_never_empty(text: str, published_at: datetime) -> None:
    found = find_dates(text, published_at)
    assert all(mention.span.of(text) == mention.text for mention in found)
    assert all(mention.start < mention.end for mention in found)
    assert all(a.span.end_char <= b.span.start_char for a, b in pairwise(found))


@given(PHRASES, PHRASES)
def test_compatibility_is_symmetric_and_reflexive(first: str, second: str) -> None:
    for a in find_dates(first, PUBLISHED_AT):
        assert dates_compatible(a, a)
        for b in find_dates(second, PUBLISHED_AT):
            assert dates_compatible(a, b) == dates_compatible(b, a)
