"""From the words of a date to the calendar: which day, week, month or year an atom means, seen from the publishing time.

All times in here are local: they carry the publishing time's own UTC offset.
"""

import re
from datetime import datetime, timedelta

from app.claims.date_grammar import Atom

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

# Hours of the local day that a part of the day may mean; more than 24 runs into the next morning.
# Source: decision: the widest everyday use, neighbours overlap ("night" from 18:00, "evening" from 17:00).
_PART_HOURS = {
    "morning": (0, 12),
    "early morning": (0, 9),
    "late morning": (9, 13),
    "lunchtime": (11, 15),
    "afternoon": (12, 19),
    "evening": (16, 24),
    "night": (17, 30),
    "dawn": (3, 9),
    "sunrise": (3, 9),
    "daybreak": (3, 9),
    "dusk": (15, 23),
    "sunset": (15, 23),
    "early": (0, 12),
    "late": (15, 28),
}
_MORNING_PARTS = frozenset({"morning", "early morning", "late morning", "dawn", "sunrise", "daybreak", "early"})
_SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12)}
_EDGES = {
    "early": (0.0, 0.4),
    "beginning": (0.0, 0.34),
    "start": (0.0, 0.34),
    "mid": (0.25, 0.75),
    "middle": (0.25, 0.75),
    "late": (0.6, 1.0),
    "end": (0.6, 1.0),
    "close": (0.6, 1.0),
    "turn": (0.0, 0.2),
    "first half": (0.0, 0.5),
    "second half": (0.5, 1.0),
    "first week": (0.0, 0.26),
    "second week": (0.2, 0.5),
    "third week": (0.42, 0.74),
    "last week": (0.7, 1.0),
    "first quarter": (0.0, 0.25),
    "second quarter": (0.25, 0.5),
    "third quarter": (0.5, 0.75),
    "fourth quarter": (0.75, 1.0),
    "last quarter": (0.75, 1.0),
    "final quarter": (0.75, 1.0),
    "final week": (0.7, 1.0),
    "last day": (0.96, 1.0),
    "final day": (0.96, 1.0),
    "first day": (0.0, 0.03),
    "first days": (0.0, 0.34),
    "last days": (0.7, 1.0),
    "final days": (0.7, 1.0),
    "first ten days": (0.0, 0.34),
    "last ten days": (0.66, 1.0),
    "first fortnight": (0.0, 0.5),
}
_AGO_SLACK = {
    "minute": timedelta(minutes=10),
    "hour": timedelta(minutes=45),
    "day": timedelta(0),
    "week": timedelta(days=4),
    "fortnight": timedelta(days=4),
    "month": timedelta(days=20),
    "year": timedelta(days=250),
    "decade": timedelta(days=3 * 365),
}
_AGO_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.4375,
    "year": 365.25,
    "decade": 3652.5,
}

_FUTURE = re.compile(
    r"\b(?:will|won['’]t|would|shall|may|might|can|could|should|must|going to|due|set (?:for|to)|sets|slated|scheduled|"
    r"expect\w*|plan(?:s|ned|ning)?|"
    r"to be|upcoming|next|coming|deadline|ahead of|until|till|no later than|from now|invited|pencilled in|prepar\w+|"
    r"is (?:holding|meeting|hosting|travelling|traveling)|opens|begins|starts|resumes|ends|expires|takes effect|kicks off|"
    r"(?<!failed )(?<!refused )(?<!declined )(?<!according )to (?:meet|hold|resume|vote|start|begin|open|play|face|speak|"
    r"visit|travel|return|arrive|"
    r"appear|sign|release|decide|announce|publish|launch|host|rule|reopen|close|take|go|come|give|make|leave|present|discuss|get|raise|cut|"
    r"strike|walk|testify|address))\b|['’]ll\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|stated|added|wrote|tweeted|testified|warned|acknowledged|admitted|denied|insisted|"
    r"argued|ruled|decided|agreed|voted|published|released|statement|interview|reporters|statements?|according to \w+)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|came|took|began|went|saw|fell|rose|died|left|held|won|lost|since|last|ago|\w{3,}ed)\b", re.IGNORECASE
)
_CLAUSE_BREAK = re.compile(r"[.;!?]\s|,\s(?:but|and|while|although|after|before|when|who|which|where)\b|\b(?:after|when|that)\b")


def midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _is_future(text: str, atom: Atom) -> bool:
    """Whether the words before a date point ahead, seen from the last speech verb or clause on."""
    start = atom.span.start_char
    left = text[max(0, start - 90) : start]
    speeches = list(_SPEECH.finditer(left))
    if speeches:
        left = left[speeches[-1].end() :]
        if len(left) <= 5 or re.fullmatch(
            r"\s*(?:[\w’'.-]+\s){0,3}(?:on|late|early|in|a|statement|interview|reporters|late on|early on)?\s*", left
        ):
            return False
    for clause in _CLAUSE_BREAK.finditer(left):
        if _FUTURE.search(left, clause.end()) or clause.group().strip(", ").lower() in ("after", "when"):
            left = left[clause.start() :] if clause.group().strip(", ").lower() in ("after", "when") else left
    left_words = re.split(r"\b(?:after|when)\b", left)[-1]
    if _FUTURE.search(left_words) is not None:
        return True
    if not _PAST.search(left_words):
        # The date leads: "On Friday the court will rule".
        right = re.match(r"[^.;,]{0,60}", text[atom.span.end_char :])
        return (
            bool(
                right
                and re.match(
                    r",?\s[^,;.]{0,45}?\b(?:will|would|is (?:due|expected|set|scheduled)|are (?:due|expected|set|scheduled)|is to|"
                    r"are to)\b",
                    right.group(),
                )
            )
            and len(left.strip()) < 25
        )
    return False


def first_day(atom: Atom, text: str, local: datetime) -> datetime | None:
    """Local midnight of the day an atom names; None when it names none or the calendar has no such day."""
    today = midnight(local)
    if atom.shift_days is not None:
        return today + atom.shift_days * DAY
    if atom.month is not None and atom.day is not None:
        if atom.year is not None:
            return _calendar(local, atom.year, atom.month, atom.day)
        past, ahead = (_calendar(local, local.year + shift, atom.month, atom.day) for shift in (0, 1))
        if past is not None and past > today:
            past, ahead = _calendar(local, local.year - 1, atom.month, atom.day), past
        if past is None or ahead is None:
            return past or ahead
        if atom.weekday is not None and past.weekday() != ahead.weekday() and atom.weekday in (past.weekday(), ahead.weekday()):
            return past if past.weekday() == atom.weekday else ahead
        if past == today:
            return past
        if _is_future(text, atom):
            return ahead
        left = text[max(0, atom.span.start_char - 60) : atom.span.start_char]
        # Source: decision: a day less than a quarter ahead and long past is one to come, unless the words before it tell of the past.
        return ahead if ahead - today < 95 * DAY and today - past > 240 * DAY and not _PAST.search(left) else past
    if atom.weekday is None:
        return None
    if atom.nth is not None:
        return _nth_weekday(atom, text, local)
    back = (today.weekday() - atom.weekday) % 7
    if atom.which == "last":
        return today - (back or 7) * DAY
    if atom.which in ("next", "coming"):
        return today + ((7 - back) % 7 or 7) * DAY
    if atom.which == "this":
        return today + (atom.weekday - today.weekday()) * DAY
    if back and _is_future(text, atom):
        return today + (7 - back) * DAY
    return today - back * DAY


def _nth_weekday(atom: Atom, text: str, local: datetime) -> datetime | None:
    """ "the second Sunday of November"; "Sunday the sixteenth": the nearest month, past ones first, whose day it is."""
    first = midnight(local).replace(day=1)
    if atom.which == "day":
        for months in (0, -1, 1, -2, 2, -3, 3, -4, 4):
            month = _add_months(first, months)
            day = _calendar(local, month.year, month.month, atom.nth or 1)
            if day is not None and day.weekday() == atom.weekday:
                return day
        return None
    year = atom.year if atom.year is not None else _year_of_month(atom, text, local)
    month = _year(first, year).replace(month=atom.month or 1)
    if atom.nth == -1:
        last = _add_months(month, 1) - DAY
        return last - (last.weekday() - (atom.weekday or 0)) % 7 * DAY
    return month + (((atom.weekday or 0) - month.weekday()) % 7 + 7 * ((atom.nth or 1) - 1)) * DAY


def _calendar(local: datetime, year: int, month: int, day: int) -> datetime | None:
    try:
        return midnight(local).replace(year=year, month=month, day=day)
    except ValueError:
        return None


def interval_of_atom(atom: Atom, day: datetime | None, text: str, local: datetime) -> tuple[datetime, datetime] | None:
    """The local half-open interval of an atom; None when the calendar has no such day."""
    if atom.clock_minutes is not None:
        return _clock_interval(atom, day, local) if day is not None else None
    if day is not None:
        if atom.part in _PART_HOURS:
            low, high = _PART_HOURS[atom.part]
            return day + low * timedelta(hours=1), day + high * timedelta(hours=1)
        last = day + ((atom.day_last or 0) - (atom.day or 0)) * DAY if atom.day_last else day
        if atom.which == "next" and day.isocalendar()[:2] == local.isocalendar()[:2]:
            # "next Friday", said on a Monday, is this week's to some and next week's to most.
            last = day + 7 * DAY
        return day, last + DAY
    if atom.ago is not None:
        return _ago_interval(atom, local)
    if atom.names_a_day:
        return None
    span = _period(atom, text, local)
    if span is None:
        return None
    start, end = span
    if atom.edge in ("earlier", "later"):
        return (start, min(end, max(start + DAY, local))) if atom.edge == "earlier" else (min(max(start, midnight(local)), end - DAY), end)
    if atom.edge in _EDGES:
        first_share, last_share = _EDGES[atom.edge]
        days = (end - start) / DAY
        return start + round(first_share * days) * DAY, start + max(1, round(last_share * days)) * DAY
    return start, end


def _clock_interval(atom: Atom, day: datetime, local: datetime) -> tuple[datetime, datetime]:
    minutes = atom.clock_minutes or 0
    ambiguous = False
    if not atom.half_known:
        if atom.part in _MORNING_PARTS or (atom.part == "night" and minutes < 6 * 60):
            day = day + DAY if atom.part == "night" and atom.names_a_day else day
        elif atom.part is not None:
            minutes += 12 * 60
        else:
            ambiguous = minutes < 12 * 60
    if atom.zone_minutes is not None:
        minutes += round((local.utcoffset() or timedelta(0)) / MINUTE) - atom.zone_minutes
    start = day + minutes * MINUTE
    # Source: decision: a full or half hour is said for ten minutes, a multiple of five for five.
    width = 10 if minutes % 30 == 0 else 5 if minutes % 5 == 0 else 1
    return start, start + (width + (12 * 60 if ambiguous else 0)) * MINUTE


def _ago_interval(atom: Atom, local: datetime) -> tuple[datetime, datetime]:
    low, high = atom.ago or (0.0, 0.0)
    unit = atom.period or "day"
    slack = _AGO_SLACK[unit]
    early, late = local - timedelta(days=min(high * _AGO_DAYS[unit], 300_000)), local - timedelta(days=low * _AGO_DAYS[unit])
    if unit in ("minute", "hour"):
        return early - slack, late + slack
    if low == high and low > 10 and unit == "year":
        slack = timedelta(days=365)
    return midnight(early) - slack, min(midnight(late) + slack, midnight(local)) + DAY


def _period(atom: Atom, text: str, local: datetime) -> tuple[datetime, datetime] | None:
    """The local interval of a week, weekend, month, season, quarter, year or decade."""
    today = midnight(local)
    first = today.replace(day=1)
    shift = {"last": -1, "next": 1}.get(atom.which or "", 0)
    if atom.period == "week":
        monday = today - today.weekday() * DAY + shift * 7 * DAY
        return monday, monday + 7 * DAY
    if atom.period == "weekend":
        saturday = today + (5 - today.weekday()) * DAY
        if atom.which == "last" or (atom.which in ("the", "this") and today.weekday() < 3 and not _is_future(text, atom)):
            saturday -= 7 * DAY
        elif atom.which == "next":
            # Before the weekend the coming one or the one after may be meant.
            return (saturday if today.weekday() <= 4 else saturday + 7 * DAY), saturday + 9 * DAY
        return saturday, saturday + 2 * DAY
    if atom.period == "month":
        start = _add_months(first, shift)
        return start, _add_months(start, 1)
    if atom.period in ("year", "decade", "century"):
        size = {"year": 1, "decade": 10, "century": 100}[atom.period]
        year = local.year // size * size + shift * size
        return (_year(first, year), _year(first, year + size)) if atom.edge or size == 1 or shift == 0 else None
    if atom.period in _SEASONS or atom.period == "winter":
        return _season(atom, first, local)
    if atom.period is not None and atom.period[0] == "q" and atom.year is not None:
        start = _year(first, atom.year).replace(month=3 * int(atom.period[1]) - 2)
        return start, _add_months(start, 3)
    if atom.month is not None:
        year = atom.year if atom.year is not None else _year_of_month(atom, text, local)
        start = _year(first, year).replace(month=atom.month)
        return start, _add_months(start, 1)
    if atom.year is not None:
        return _year(first, atom.year), _year(first, (atom.year_last or atom.year) + 1)
    if atom.part in _PART_HOURS:
        low, high = _PART_HOURS[atom.part]
        return today + low * timedelta(hours=1), today + high * timedelta(hours=1)
    return None


def _season(atom: Atom, first: datetime, local: datetime) -> tuple[datetime, datetime]:
    name = atom.period or ""
    if atom.year is not None:
        if name == "winter":
            # "the winter of 2011" may be the one that ends or the one that begins in that year.
            return _year(first, atom.year - 1).replace(month=12), _year(first, atom.year + 1).replace(month=3)
        low, high = _SEASONS[name]
        return _year(first, atom.year).replace(month=low), _add_months(_year(first, atom.year).replace(month=low), high - low)
    low = _SEASONS[name][0] if name in _SEASONS else 12
    start = _year(first, local.year).replace(month=low)
    if low == 12 and local.month < 3:
        start = _year(first, local.year - 1).replace(month=12)
    if atom.which == "last" and _add_months(start, 3) > local:
        start = _add_months(start, -12)
    elif atom.which == "next" and start <= local:
        start = _add_months(start, 12)
    return start, _add_months(start, 3)


def _year_of_month(atom: Atom, text: str, local: datetime) -> int:
    """The year of a month named without one."""
    month = atom.month or 1
    year = local.year
    if atom.which in ("last year", "next year", "this year"):
        return year + {"last year": -1, "next year": 1, "this year": 0}[atom.which]
    if atom.which == "last":
        return year if month < local.month else year - 1
    if atom.which == "next":
        return year if month > local.month else year + 1
    if month == local.month or atom.which == "this":
        return year
    if _is_future(text, atom):
        return year if month > local.month else year + 1
    left = text[max(0, atom.span.start_char - 60) : atom.span.start_char]
    if (month - local.month) % 12 <= 3 and not _PAST.search(left):
        return year if month > local.month else year + 1
    return year if month < local.month else year - 1


def _year(first: datetime, year: int) -> datetime:
    return first.replace(year=max(1, min(9998, year)), month=1)


def _add_months(first: datetime, months: int) -> datetime:
    index = first.year * 12 + first.month - 1 + months
    return first.replace(year=index // 12, month=index % 12 + 1)
