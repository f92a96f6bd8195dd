"""Dates and times of a sentence, resolved against the moment it was published.

Local days are those of `published_at`'s own UTC offset; what comes out is UTC, half-open. An expression that leaves something open
comes out wide rather than guessed: two wide dates are compatible, a wrong narrow one is a false conflict.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from app.articles.document import Span
from app.claims.calendar import DAY, MINUTE, first_day, interval_of_atom, midnight
from app.claims.claim import DateMention
from app.claims.date_grammar import Atom, atoms

_UNTIL = re.compile(
    r"\b(?:by|before|until|till|no later than|ahead of|prior to|up to|through)(?:\s(?:the|then|about|around))?\s$", re.IGNORECASE
)
_FROM = re.compile(
    r"(?<!shortly\s)(?<!just\s)(?<!soon\s)(?<!minutes\s)(?<!moments\s)\b(?:after|since|from|starting|beginning|"
    r"following|as early as)(?:\s(?:the|on|about|around))?\s$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?:\bnot|\bno|n[’']t|\bnever)\s[^.;,]{0,60}\bbefore(?:\sthe)?(?:\s[a-z]+)?\s$", re.IGNORECASE)
_NOT_UNTIL = re.compile(r"(?:\bnot|n[’']t)\s[^.;,]{0,50}\buntil\s(?:the\s)?$", re.IGNORECASE)
_JUST_AFTER = re.compile(r"\b(?:shortly|just|soon|(?:a few )?(?:minutes|moments)|a little) (?:after|past)\s$", re.IGNORECASE)
_JUST_BEFORE = re.compile(
    r"\b(?:shortly before|just before|(?:a few )?(?:minutes|moments) before|a little before|just shy of|nearly|almost)\s$", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|circa|some time around)\s(?:the\s)?$", re.IGNORECASE)


def find_dates(text: str, published_at: datetime) -> tuple[DateMention, ...]:
    """The dates and times of one sentence, in order, none overlapping another; empty when there is none.

    `published_at` must carry a zone (a naive one is read as UTC). Durations ("for 30 days", "within a year") are not dates.
    """
    found = atoms(text)
    if not found:
        return ()
    local = published_at if published_at.tzinfo else published_at.replace(tzinfo=UTC)
    offset = local.utcoffset() or timedelta(0)
    local = local.astimezone(timezone(offset))
    days = [(atom, first_day(atom, text, local)) for atom in found]
    mentions = []
    for atom, day in days:
        floating = atom.clock_minutes is not None and not atom.names_a_day
        if floating:
            day = _nearest_day(atom, days) or _clock_day(atom, local)
        interval = interval_of_atom(atom, day, text, local)
        if interval is not None and interval[0] < interval[1]:
            mentions.append(_mention(atom, interval, text, floating=floating))
    return tuple(_between(text, mentions))


def _between(text: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Joins "between Monday and Wednesday" to one mention from the first's start to the second's end."""
    joined: list[DateMention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and re.fullmatch(r"\sand\s(?:the\s)?", text[last.span.end_char : mention.span.start_char]):
            before = text[max(0, last.span.start_char - 12) : last.span.start_char]
            end = mention.end
            if end <= last.start and end + timedelta(days=7) > last.start:
                end += timedelta(days=7)
            if re.search(r"\bbetween\s(?:the\s)?$", before, re.IGNORECASE) and last.start < end:
                span = Span(last.span.start_char, mention.span.end_char)
                joined[-1] = DateMention(span.of(text), span, last.start, end)
                continue
        joined.append(mention)
    return joined


def dates_compatible(a: DateMention, b: DateMention) -> bool:
    """Whether both can date the same thing: the intervals meet, an open end reaching on for ever.

    Two clock times may lie five minutes apart; where one of them names no day, only the times of day are compared.
    Source: decision: reporters round to five minutes.
    """
    both_clock = max(a.end - a.start, b.end - b.start) <= timedelta(hours=1)
    slack = timedelta(minutes=5) if both_clock else timedelta(0)
    if a.floating or b.floating:
        if not both_clock or a.bound or b.bound:
            return True
        apart = (b.start - a.start) % DAY
        return apart < (a.end - a.start) + slack or DAY - apart < (b.end - b.start) + slack
    # Of the guesses left open the one that brings the two nearest is judged.
    shifts = (timedelta(0), *_guesses(a, b))
    return _meet(a, b, slack, min(shifts, key=lambda shift: abs(b.start + shift - a.start)))


_YEAR_SAID = re.compile(r"\d{4}|ago|year", re.IGNORECASE)
_MONTH_SAID = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_WEEKDAY_ONLY = re.compile(r"(?:(?:early|late)(?: on)? )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,? \w* ?\d)")


def _guesses(a: DateMention, b: DateMention) -> tuple[timedelta, ...]:
    """Shifts of b under which the two may meet after all: a year or a week that one of them left to the reader to guess."""
    shifts: tuple[timedelta, ...] = ()
    if any(_MONTH_SAID.search(date.text) and not _YEAR_SAID.search(date.text) for date in (a, b)):
        shifts += tuple(sign * timedelta(days=days) for sign in (1, -1) for days in (365, 366))
    if any(_WEEKDAY_ONLY.match(date.text) for date in (a, b)):
        shifts += (timedelta(days=7), timedelta(days=-7))
    return shifts


def _meet(a: DateMention, b: DateMention, slack: timedelta, shift: timedelta) -> bool:
    if a.end + slack <= b.start + shift:
        # What lasts until one day may be over from the next: touching is meeting where an end is bounded.
        return a.bound == "from" or b.bound == "until" or (a.bound is not None and a.end == b.start + shift)
    if b.end + shift + slack <= a.start:
        return b.bound == "from" or a.bound == "until" or (b.bound is not None and b.end + shift == a.start)
    return True


def _mention(atom: Atom, interval: tuple[datetime, datetime], text: str, *, floating: bool) -> DateMention:
    start_char = atom.span.start_char
    before_start = max(0, start_char - 24)
    start, end = interval
    bound = None
    if atom.clock_minutes is not None:
        for pattern, before, after in ((_JUST_AFTER, 0, 25), (_JUST_BEFORE, 25, 0), (_ABOUT, 15, 15)):
            hedge = pattern.search(text, before_start, start_char)
            if hedge:
                start_char = hedge.start()
                start, end = (start, start + after * MINUTE) if not before else (start - before * MINUTE, end + after * MINUTE)
                break
    elif atom.names_a_day:
        hedge = _ABOUT.search(text, before_start, start_char)
        if hedge:
            start_char, start, end = hedge.start(), start - 2 * DAY, end + 2 * DAY
    if start_char == atom.span.start_char:
        bound = (_ago_bound(text, start_char) if atom.ago else None) or _bound(text, start_char)
    span = Span(start_char, atom.span.end_char)
    return DateMention(span.of(text), span, start.astimezone(UTC), end.astimezone(UTC), bound, floating)


_LONGER = re.compile(r"\b(?:more than|over|at least|well over|no less than)\s$", re.IGNORECASE)
_SHORTER = re.compile(r"\b(?:less than|under|nearly|almost|not even|at most|just under|up to)\s$", re.IGNORECASE)


def _ago_bound(text: str, start_char: int) -> str | None:
    """ "More than ten years ago" may lie earlier, "nearly ten years ago" later."""
    before_start = max(0, start_char - 14)
    return (
        "until" if _LONGER.search(text, before_start, start_char) else "from" if _SHORTER.search(text, before_start, start_char) else None
    )


def _bound(text: str, start_char: int) -> str | None:
    before_start = max(0, start_char - 24)
    if _NOT_BEFORE.search(text, max(0, start_char - 80), start_char):
        return "from"
    if _UNTIL.search(text, before_start, start_char) and not _NOT_UNTIL.search(text, max(0, start_char - 80), start_char):
        return "until"
    return "from" if _FROM.search(text, before_start, start_char) else None


def _nearest_day(atom: Atom, days: Sequence[tuple[Atom, datetime | None]]) -> datetime | None:
    """The day named nearest before (else after) a clock time that names none."""
    named = [(other, day) for other, day in days if other.names_a_day and day is not None and other.clock_minutes is None]
    before = [day for other, day in named if other.span.end_char <= atom.span.start_char]
    return before[-1] if before else named[0][1] if named else None


def _clock_day(atom: Atom, local: datetime) -> datetime:
    day = midnight(local)
    return day if day + (atom.clock_minutes or 0) * MINUTE <= local else day - DAY
