"""The words that name dates and times: a small grammar that cuts a sentence into atoms and joins neighbouring ones.

"8:10 a.m. on Sunday, March 9" is one mention of three atoms: a clock time, a weekday, a day of a month. What an atom means
on the calendar is decided in `app.claims.dates`.
"""

import re
from dataclasses import dataclass, replace

from app.articles.document import Span
from app.claims.date_words import DATE_PATTERN, DAY_WORDS, MONTH_PREFIXES, WEEKDAY_PATTERN, WEEKDAYS, ZONE_MINUTES, date_starts
from app.claims.number_words import SMALL, read
from app.claims.numbers import NOT_A_YEAR


@dataclass(frozen=True)
class Atom:
    """What the words of a date say; a field is None where they leave it open.

    `day_last` and `year_last` close a range. `weekday` counts from Monday = 0; `nth` is its place in the month
    (-1 the last; with `which` "day", the day of the month). `which` is "last", "this" or "next" before a weekday, month, season,
    week, month, year or weekend. `shift_days` counts from the publishing day. `part` is a part of the day.
    `edge` narrows a period ("early", "first half").
    `clock_minutes` counts from midnight; `half_known` is false when morning or afternoon is not said; `zone_minutes` is an offset from UTC.
    `period`, `ago` hold "three weeks ago" (ago as low, high).
    """

    span: Span
    year: int | None = None
    year_last: int | None = None
    month: int | None = None
    day: int | None = None
    day_last: int | None = None
    weekday: int | None = None
    nth: int | None = None
    shift_days: int | None = None
    which: str | None = None
    period: str | None = None
    edge: str | None = None
    part: str | None = None
    clock_minutes: int | None = None
    half_known: bool = True
    zone_minutes: int | None = None
    ago: tuple[float, float] | None = None

    @property
    def names_a_day(self) -> bool:
        """Whether a single calendar day is named."""
        return self.day is not None or self.weekday is not None or self.shift_days is not None


_NAMED_DAY = re.compile(
    r"\b(?:Good|Black|Super|Bloody|Ash|Palm|Easter|Holy|Giving|Cyber|Shrove|Fat|Whit|Maundy|Man|Casual|every|Every|each|"
    r"Each|The|most|Most|a|A|any|some|one)\s$"
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|last|next|this|early|late|mid|of|for|from|before|after|during|through|throughout|the|an?|"
    r"its|their|to|and|or|"
    r"between|around|about|as|every)[\s-]$|[,(“\"]\s?$",
    re.IGNORECASE,
)
_NO_CLOCK_BEFORE = re.compile(r"\b(?:from|between|won|lost|beat|vote[ds]?|led|score|margin of)\s(?:a\s)?$", re.I)
_GLUE = re.compile(r"(?:,?\s|\s?[,(]\s?)(?:(?:on|at|in|of|the|early|late|that)\s)*$|\s?,\s?")


def atoms(text: str) -> list[Atom]:
    """Every date expression of `text`, neighbours joined, in order and without overlap; empty when there is none."""
    joined: list[Atom] = []
    read_to = 0
    for start in date_starts(text):
        match = DATE_PATTERN.match(text, start) if start >= read_to else None
        if match is None:
            continue
        read_to = match.end()
        atom = _atom(text, match)
        if atom is None:
            continue
        if joined and _GLUE.fullmatch(text, joined[-1].span.end_char, atom.span.start_char):
            merged = _merge(joined[-1], atom)
            if merged is not None:
                joined[-1] = merged
                continue
        joined.append(atom)
    return [atom for atom in joined if atom.half_known or atom.names_a_day or atom.part or atom.clock_minutes is not None]


def _merge(first: Atom, second: Atom) -> Atom | None:
    """One mention of both, None when they say different things about the same field."""
    fields = ("year", "month", "day", "weekday", "shift_days", "period", "clock_minutes", "part", "ago", "edge", "which")
    said = [{name for name in fields if getattr(atom, name) is not None} for atom in (first, second)]
    if said[0] & said[1]:
        return None
    if not any("clock_minutes" in names or "weekday" in names or names == {"part"} or names == {"year"} for names in said):
        return None
    if (
        "ago" in said[0] | said[1]
        or (said[0] & {"clock_minutes"} and not second.names_a_day)
        or (said[1] & {"clock_minutes"} and not first.names_a_day)
    ):
        return None
    if {"period"} & (said[0] | said[1]) or ("year" in said[0] and "weekday" in said[1] and "day" not in said[0]):
        return None
    both = {
        name: getattr(second, name) if getattr(second, name) is not None else getattr(first, name)
        for name in (*fields, "day_last", "year_last", "zone_minutes", "nth")
    }
    return replace(first, span=Span(first.span.start_char, second.span.end_char), half_known=first.half_known and second.half_known, **both)


def _month_number(word: str) -> int:
    return MONTH_PREFIXES[word.rstrip(".").lower()[:3]]


def _day_number(word: str) -> int:
    word = word.lower()
    return DAY_WORDS[word] if word in DAY_WORDS else int(re.sub(r"\D", "", word))


def _hour_number(word: str) -> int:
    return int(word) if word.isdigit() else int(SMALL[word.lower()])


def _atom(text: str, match: re.Match[str]) -> Atom | None:
    """The atom of one match of the master pattern, None where its surroundings make it no date."""
    g, span = match.groupdict(), Span(*match.span())
    if g["iso"]:
        year, month, day = (int(piece) for piece in g["iso"].split("-"))
        minutes = int(g["isotime"][:2]) * 60 + int(g["isotime"][3:]) if g["isotime"] else None
        zone = None
        if g["isozone"]:
            zone = (
                0 if g["isozone"] == "Z" else (-1 if g["isozone"][0] == "-" else 1) * (int(g["isozone"][1:3]) * 60 + int(g["isozone"][4:]))
            )
        return Atom(span, year=year, month=month, day=day, clock_minutes=minutes, zone_minutes=zone)
    if g["clock"] or g["past_hour"] or g["hour"] or g["bare_hour"] or g["noon"]:
        return _clock(text, match, g)
    if g["md_month"]:
        day = _day_number(g["md_day"] or g["md_word"])
        last = _day_number(g["md_last"]) if g["md_last"] else None
        if last is not None and last <= day:
            return None
        return Atom(span, month=_month_number(g["md_month"]), day=day, day_last=last, year=_int(g["md_year"]))
    if g["dm_month"]:
        first, last = _int_day(g["dm_first"]), _day_number(g["dm_day"])
        if first is not None and first >= last:
            first, span = None, Span(match.start("dm_day"), match.end())
        day_last = last if first is not None else None
        return Atom(span, month=_month_number(g["dm_month"]), day=first or last, day_last=day_last, year=_int(g["dm_year"]))
    if g["wd_month"]:
        return Atom(span, month=_month_number(g["wd_month"]), day=_day_number(g["wd_day"]), year=_int(g["wd_year"]))
    if g["n_month"]:
        nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[(g["n_nth"] or "").lower()]
        weekday = WEEKDAYS[(g["n_weekday"] or "").lower()]
        return Atom(span, month=_month_number(g["n_month"]), weekday=weekday, nth=nth, year=_int(g["n_year"]))
    if g["t_weekday"]:
        return Atom(span, weekday=WEEKDAYS[g["t_weekday"].lower()], nth=_day_number(g["t_day"] or "1"), which="day")
    if g["m_month"]:
        return _bare_month(text, match, g)
    if g["season"]:
        if not (g["s_year"] or g["s_which"]):
            return None
        return Atom(span, period=g["season"].lower(), which=_lower(g["s_which"]), edge=_edge(g["s_edge"]), year=_int(g["s_year"]))
    if g["q_year"]:
        number = int(g["q_number"]) if g["q_number"] else DAY_WORDS[g["q_word"].lower()]
        return Atom(span, period=f"q{number}", year=int(g["q_year"]))
    if g["weekday"]:
        return _weekday(text, match, g)
    if g["rel"]:
        return _relative_day(span, g["rel"].lower(), _lower(g["r_part"]))
    if g["p_unit"]:
        which = {"the previous": "last", "the current": "this", "the coming": "next"}.get(g["p_which"].lower(), g["p_which"].lower())
        return Atom(span, period=g["p_unit"].lower(), which=which, edge=_edge(g["p_edge"]))
    if g["e_unit"]:
        return Atom(span, period=g["e_unit"].lower(), which="this", edge=_edge(g["e_edge"]))
    if g["weekend"]:
        return Atom(Span(*match.span("weekend")), period="weekend", which="the")
    if g["ago"]:
        return _ago(match)
    if g["feast"]:
        month, day = (
            (12, 31 if g["feast"].endswith("Eve") else 1)
            if g["feast"].startswith("New")
            else (12, 24 if g["feast"].endswith("Eve") else 25)
        )
        return Atom(span, month=1 if day == 1 else month, day=day, year=_int(g["f_year"]))
    if g["decade"]:
        return Atom(span, year=int(g["decade"]), year_last=int(g["decade"]) + 9)
    return _bare_year(text, match, g)


def _int(word: str | None) -> int | None:
    return int(word) if word and word.isdigit() else None


def _int_day(word: str | None) -> int | None:
    return _day_number(word) if word else None


def _lower(word: str | None) -> str | None:
    return word.lower() if word else None


def _edge(words: str | None) -> str | None:
    if not words:
        return None
    plain = re.sub(r"\b(?:the|of|in)\b|-", " ", words.lower()).split()
    return " ".join(plain) or None


def _clock(text: str, match: re.Match[str], g: dict[str, str | None]) -> Atom | None:
    span = Span(*match.span())
    tail = g["tail"] or g["past_tail"] or g["h_tail"] or g["h_tail2"]
    part = tail.lower() if tail else "night" if g["tail_night"] or g["past_night"] or g["h_night"] or g["h_night2"] else None
    zone = ZONE_MINUTES.get(g["zone"]) if g["zone"] else None
    half_known = True
    if g["clock"]:
        numbers = re.findall(r"\d+", g["clock"])
        if len(numbers) == 1 and len(numbers[0]) == 4:
            numbers = [numbers[0][:2], numbers[0][2:]]
        hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
        meridiem = (g["ampm"] or g["ampm2"] or "")[:1].lower()
        if meridiem:
            if hour > 12 or hour == 0:
                return None
            hour = hour % 12 + (12 if meridiem == "p" else 0)
        elif part is None and hour <= 12 and not g["zone"]:
            half_known = not re.search(
                r"\b(?:at|by|after|before|around|about|until|till|since|from)\s$", text[max(0, span.start_char - 8) : span.start_char]
            )
            if half_known:
                # A ratio, a score or a verse; without "at" or the like no time of day.
                return None
            half_known = hour == 12 or len(numbers[0]) == 2
    elif g["past_hour"]:
        if _NO_CLOCK_BEFORE.search(text, max(0, span.start_char - 14), span.start_char):
            return None
        if part is None and not _clock_is_likely(text, span):
            return None
        word = (g["past_minutes"] or "").lower().removesuffix(" minutes").removeprefix("a ")
        minutes_away = {"quarter": 15, "half": 30}.get(word)
        if minutes_away is None:
            reading = read(word.replace("-", " ").split(), 0)
            minutes_away = int(reading.value) if reading else 0
        hour, minute = _hour_number(g["past_hour"]) % 12, minutes_away
        if (g["direction"] or "").lower() == "to":
            hour, minute = (hour - 1) % 12, 60 - minutes_away
        half_known = False
    elif g["noon"]:
        return Atom(span, clock_minutes=1440 if g["noon"].lower() == "midnight" else 720)
    else:
        group = "hour" if g["hour"] else "bare_hour"
        hour, minute, half_known = _hour_number(g[group] or "1") % 12, 0, False
        if g["bare_hour"]:
            span = Span(match.start("bare_hour"), match.end())
    return Atom(span, clock_minutes=hour * 60 + minute, half_known=half_known, part=part, zone_minutes=zone)


def _clock_is_likely(text: str, span: Span) -> bool:
    before = re.search(
        r"\b(?:at|by|after|before|around|about|until|till|since|from|just|nearly|almost)\s$",
        text[max(0, span.start_char - 8) : span.start_char],
    )
    after = re.match(
        rf"\s(?:on {WEEKDAY_PATTERN}|{WEEKDAY_PATTERN}|yesterday|this|last night|in the|tonight|tomorrow)",
        text[span.end_char : span.end_char + 24],
    )
    return bool(before or after)


def _bare_month(text: str, match: re.Match[str], g: dict[str, str | None]) -> Atom | None:
    month = g["m_month"] or ""
    span = Span(*match.span())
    anchored = g["m_edge"] or g["m_which"] or g["m_year"]
    if not anchored:
        before = _MONTH_BEFORE.search(text, max(0, span.start_char - 12), span.start_char)
        after = text[span.end_char : span.end_char + 6]
        if before is None or re.match(r"\s[A-Z]", after):
            return None
        if month in ("March", "May") and not re.search(
            r"\b(?:in|since|by|until|till|of|from|before|after|during|through|throughout|between)\s$",
            text[max(0, span.start_char - 11) : span.start_char],
            re.I,
        ):
            return None
    which = _lower(g["m_which"])
    which = "next" if which == "coming" else which
    if g["m_rel"]:
        return Atom(span, month=_month_number(month), which=f"{g['m_rel'].lower()} year", edge=_edge(g["m_edge"]))
    return Atom(span, month=_month_number(month), year=_int(g["m_year"]), which=which, edge=_edge(g["m_edge"]))


def _weekday(text: str, match: re.Match[str], g: dict[str, str | None]) -> Atom | None:
    start = match.start("weekday")
    if _NAMED_DAY.search(text, max(0, start - 9), start):
        return None
    which = _lower(g["w_which"])
    which = {"this coming": "next", "this past": "last"}.get(which, which) if which else None
    if which == "next" and (g["w_which"] or "").lower() == "this coming":
        which = "coming"
    edge = (g["w_edge"] or "").split()
    part = _lower(g["w_part"])
    if edge and not part:
        part = edge[0].lower()
    return Atom(Span(*match.span()), weekday=WEEKDAYS[(g["weekday"] or "").lower()], which=which, part=part)


_RELATIVE = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "earlier today": 0,
    "later today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


def _relative_day(span: Span, words: str, part: str | None) -> Atom:
    if words.startswith("this "):
        return Atom(span, shift_days=0, part=words.removeprefix("this "))
    if words in ("last night", "tonight"):
        part = "night"
    return Atom(span, shift_days=_RELATIVE[words], part=part)


_AGO_VAGUE = {
    "several": (3.0, 12.0),
    "a few": (2.0, 9.0),
    "few": (2.0, 9.0),
    "a couple of": (2.0, 3.0),
    "many": (3.0, 50.0),
    "some": (2.0, 20.0),
}


def _ago(match: re.Match[str]) -> Atom | None:
    words = match.group().lower().split()
    unit = words[-2].rstrip("s") if words[-2] != "half" else words[-5].rstrip("s")
    amount = " ".join(words[: words.index(next(word for word in words if word.rstrip("s") == unit))])
    half = 0.5 if "half" in words else 0.0
    vague = _AGO_VAGUE.get(amount)
    if vague is None:
        if amount in ("a", "an"):
            low = high = 1.0 + half
        else:
            reading = read(amount.replace("-", " ").split(), 0)
            if reading is None or reading.ordinal:
                return None
            low = high = reading.value + (half if "and" not in amount else 0.0)
        vague = (low, high)
    return Atom(Span(*match.span()), ago=vague, period=unit)


def _bare_year(text: str, match: re.Match[str], g: dict[str, str | None]) -> Atom | None:
    year = int(g["year"] or 0)
    if NOT_A_YEAR.match(text, match.end()) and not g["y_edge"]:
        return None
    before = text[max(0, match.start("year") - 12) : match.start("year")]
    if re.search(
        r"(?:\b(?:than|least|nearly|almost|some|about|roughly|number|no\.|room|route|section|page|article|rule|flight)\s|[$€£])$",
        before,
        re.I,
    ):
        return None
    if year < 1800 and not re.search(r"\b(?:in|since|by|of|from|until|to|the|early|late|around)\s$", before, re.I):
        return None
    last = g["year_last"]
    year_last = None
    if last:
        year_last = int(last) if len(last) == 4 else year // 100 * 100 + int(last)
        if not year < year_last <= year + 60:
            return Atom(Span(match.start(), match.end("year")), year=year, edge=_edge(g["y_edge"]))
    return Atom(Span(*match.span()), year=year, year_last=year_last, edge=_edge(g["y_edge"]))
