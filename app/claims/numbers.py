"""Numbers as English writes them, in digits or words, each with its exact span and what sort of number it is.

Ordinals, years, labels ("number 17", "COVID-19", "B-52") and tallies ("50-49") are told apart from amounts, because a label taken for
an amount makes a false conflict. Roman numerals are not read.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.articles.document import Span
from app.claims.number_words import ORDINALS, PARTS, SCALES, SMALL, TENS, read, step_of
from app.claims.units import unit_after
from app.claims.word_lists import listed


class NumberKind(StrEnum):
    """What a number does in its sentence. Only the first four can be a quantity."""

    CARDINAL = "cardinal"
    FRACTION = "fraction"
    VAGUE = "vague"
    ZERO = "zero"
    ORDINAL = "ordinal"
    YEAR = "year"
    LABEL = "label"
    TALLY = "tally"


AMOUNTS = frozenset({NumberKind.CARDINAL, NumberKind.FRACTION, NumberKind.VAGUE, NumberKind.ZERO})


@dataclass(frozen=True)
class Number:
    """One number. `step` is the worth of the last digit said (1,500: 100; 2.5 million: 100,000; forty-five: 1).

    A vague number ("dozens") has no single value: `low` and `high` bound it (closed) and `value` is `low`; elsewhere the three
    are one. `currency` is the sign or code written before it, `scale` the multiplier written after it (1 when none is).
    """

    span: Span
    value: float
    step: float
    kind: NumberKind
    low: float
    high: float
    currency: str | None = None
    scale: float = 1.0


_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_SLASHED = {"1/2": 0.5, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 0.25, "3/4": 0.75}

# What a writer means by words that give only the order of magnitude, as closed intervals.
# Source: decision: such a word is used until the next larger one is the natural choice, and its plural starts at two of them.
# Wide on purpose: a figure far outside is worth a conflict, one at the edge is not (thirteen hundred are still hundreds).
_VAGUE = {
    "dozens": (24.0, 99.0),
    "scores": (40.0, 199.0),
    "hundreds": (200.0, 1_999.0),
    "thousands": (2_000.0, 99_999.0),
    "millions": (2e6, 999e6),
    "billions": (2e9, 999e9),
    "trillions": (2e12, 999e12),
}
_MULTIPLIED = {"tens": (20.0, 99.0), "dozens": (24.0, 99.0), "hundreds": (200.0, 999.0), "thousands": (2_000.0, 9_999.0)}
_FEW = {"few": (2.0, 9.0), "several": (3.0, 20.0), "handful": (1.0, 9.0), "couple": (2.0, 3.0)}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_PARTS = "|".join(["halves", *(rf"{part}s?" if part != "half" else part for part in PARTS)])
_WORDS = "|".join(sorted([*SMALL, *TENS, *SCALES, *(ORDINALS - PARTS.keys())], key=len, reverse=True))
_DIGIT_WORDS = "|".join(word for word, value in SMALL.items() if value < 10)
_ITEM = rf"(?:{_DIGITS}(?![\w½¼¾⅓⅔]|[.,]\d)|(?:{_WORDS}|{_PARTS}|point(?=\s(?:{_DIGIT_WORDS})\b))\b)"
_CURRENCY = r"(?:US|AU?|CA?|HK|NZ|S)?\$|[€£¥₪₹₽₩]|\b(?:USD|EUR|GBP|AUD|CAD|CHF|JPY|INR|NIS)\s"
_SCALED = "|".join(SCALES)
_JOIN = rf"(?:\sof\san?\s(?=(?:{_SCALED})\b)|[\s-]and[\s-]an?\s|[\s-]and[\s-](?=[a-z])|\san?\s(?=(?:{_SCALED})\b)|[\s-])"
_UNIT_SUFFIX = "mm|cm|km|kms|kg|kgs|kw|mw|gw|ft|lbs?|mph|kph|kmh|pp|bps?|pct|hrs?|mins?|secs?|yds?|oz"

_MASTER = re.compile(
    rf"""
    (?P<label>
        \b[A-Za-z]+-\d[\w-]*                                    # COVID-19, B-52, mid-20s
      | \#\s?\d+
      | (?<![\w.,])\d+(?:/\d+)+                                   # 24/7, 9/11; plain fractions are looked at below
      | (?<![\w.,])\d+(?::\d+)+
      | (?<![\w.,])\+?\d{{1,3}}[-. ]\(?\d{{3}}\)?[-. ]\d{{3}}[-. ]?\d{{2,4}}\b       # telephone numbers
      | (?<![\w.,])\(?\d{{3}}\)?[- ]\d{{3}}-\d{{4}}\b
      | (?<![\w.,])\d{{3}}-\d{{4}}\b
      | \b[A-Za-z]+\d[\w-]*                                        # G7, H1N1
      | (?<![\w.,])\d+(?:\.\d+){{2,}}
      | (?<![\w.,$€£])\d+(?!(?:{"|".join(_SHORT_SCALES)}|{_UNIT_SUFFIX})\b)[A-Za-z]\w*        # 5G, 737s, 21st
    )
  | (?P<zero>\b(?:nobody|no[ -]one|none)\b)
  | \b(?:(?P<few>a\ few|several|a\ handful|a\ couple(?=\s(?:of|hundred|thousand|dozen|more)\b))\b(?:\s(?:of\s)?(?P<fewscale>{_SCALED})\b)?)
  | (?P<vague>\b(?:(?:tens|dozens|hundreds|thousands)\ of\ (?:thousands|millions|billions)|{"|".join(_VAGUE)})\b)
  | (?P<currency>{_CURRENCY})\s?(?P<money>{_DIGITS})(?P<mglyph>[½¼¾⅓⅔])?
      (?:[\s-]?(?P<mscale>million|billion|trillion|thousand|hundred|mln|trn|bn|mn|tn|[mbk])(?!\w))?
  | (?<![\w.,$€£])(?P<short>{_DIGITS})\s?(?P<sscale>mln|trn|bn|mn|tn|(?<!\s)[mk])(?![\w/²])
  | (?<![\w.,])(?P<whole>{_DIGITS})?\s?(?P<glyph>[½¼¾⅓⅔])(?:[\s-](?P<gscale>{_SCALED})\b)?
  | (?P<run>(?<![\w.,])(?:an?\s(?=(?:{_SCALED}|{_PARTS})\b))?{_ITEM}(?:{_JOIN}{_ITEM})*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOKEN = re.compile(rf"{_DIGITS}|[A-Za-z]+")
# Where a number can begin; the pattern is tried there alone.
_PLACE = re.compile(r"[^\W\d_]+|\d+|[$€£¥₪₹₽₩#½¼¾⅓⅔]")
_STARTS = frozenset([*SMALL, *TENS, *SCALES, *PARTS, *ORDINALS, *_VAGUE, *_MULTIPLIED, *(f"{part}s" for part in PARTS), "halves"]).union(
    listed("a an nobody no none several usd eur gbp aud cad chf jpy inr nis")
)

_LABEL_BEFORE = re.compile(
    r"\b(?:numbers?|nos?\.|pages?|pp?\.|sections?|articles?|chapters?|clause|paragraph|verse|rule|resolution|route|highway|interstate|"
    r"junction|flight|room|gate|platform|unit|title|phase|stage|level|tier|category|grade|class|group|groups? of|type|version|volume|"
    r"vol\.|episode|series|lot|block|district|ward|zone|sector|area|channel|line|bus|exit|formula|boeing|airbus|proposition|prop\.?|"
    r"amendment|appendix|annex|figure|table|item|step|round|week|day|game|match|lap|super bowl|apollo|mark|mk|model|protocol|bill|"
    r"psalm|act|scene|form|u\.?s\. route|under|top|opus|locomotive|engine)\s$",
    re.IGNORECASE,
)
# A label noun in lower case before a figure that counts something after all: "in the first round 20 players", "that week 3 people".
_COUNTED_NEXT = re.compile(
    r"[\s-](?:[a-z][\w-]*[^s\W]s|people|persons|men|women|children|percent|per\scent|dead|troops|staff)\b|\s?%", re.I
)
_NAME_BEFORE = re.compile(r"(?<=[\s(“\"‘'])[A-Z][\w’']*\s$")
_AMOUNT_AFTER = re.compile(
    r"\s(?:[a-z][\w-]*\s)?[A-Za-z][\w-]*[^s\W]s\b(?<!\bwas)(?<!\bhas)|\s(?:people|men|women|children|dead|killed|injured|wounded|hurt|arrested|missing|more|"
    r"million|billion|thousand|hundred|percent|per\scent|or|and|to|of\s(?:the|its|their))\b|-[a-z]",
)
_LOWER_WORD = re.compile(r"(?:\b[a-z]{4,}\b.*?){2}")
# The other side of a score: "Corran 3-1 up".
_SECOND_SIDE = re.compile(r"[-–]\d{1,3}\b(?![-/])")
# What follows a four-digit number that is no year.
NOT_A_YEAR = re.compile(
    r"\s?(?:[%°]|[-\s](?:people|persons|men|women|children|troops|soldiers|civilians|prisoners|votes|jobs|homes|houses|workers|staff|dead|"
    r"killed|wounded|injured|percent|per cent|f(?:ee|oo)?t|miles?|met(?:re|er)s?|km|kilomet(?:re|er)s?|kg|tons?|tonnes?|hours?|minutes?|"
    r"days?|years?|acres|hectares|dollars?|euros?|pounds?|points?|seats|students|others|more|cases|megawatts|million|billion|trillion|thousand|hundred)\b)",
    re.IGNORECASE,
)
_AMOUNT_BEFORE = re.compile(
    r"\b(?:more than|less than|fewer than|at least|nearly|almost|approximately|up to|estimated|as many as|some|roughly)\s$", re.I
)
# "one" is a pronoun or a name far more often than a count.
_ONE_NOT = re.compile(
    r"\s(?:of|another|by|who|that|which|day|thing|side|hand|is|was|has|had|can|could|will|would|should|may|might|must|does|"
    r"in the|or)\b|['’]|"
    r"-(?!(?:year|month|week|day|hour|minute|mile|metre|meter|foot|inch|point|vote|man|woman|person)\b)|\s?(?:[.,;:!?”\"')]|$)",
    re.IGNORECASE,
)
_ONE_NOT_BEFORE = re.compile(
    r"(?:\b(?:the|this|that|any|every|each|no|which|another|an?|last|next|new|good|bad|big|other|loved)|[’']s)[\s-]$", re.I
)
_NOT_BEFORE = re.compile(r"\bnot (?:even )?$", re.I)
_OUT_OF_NUMBER = re.compile(rf"\s(?:in|out\sof)(?:\severy)?\s(?:\d|(?:{'|'.join(SMALL)})\b)", re.I)
_FRACTION_AFTER = re.compile(r"\s(?:of|more|less|fewer|higher|lower|as)\b|[\s-](?:point|mile|hour|percent|percentage)\b", re.I)
_HALF_NOT_BEFORE = re.compile(r"\b(?:first|second|other|latter|top|bottom|better|final|last|this|next)[\s-]$", re.I)
_HALF_NOT_AFTER = re.compile(
    r"\s(?:what|that|as|asleep|empty|full|way)\b|-(?!(?:hour|mile|point|million|billion|dozen|percent|year|century|day|inch)\b)", re.I
)
_PART_NOT_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|last|latest|next|current|this|previous|each|every|the|per|fiscal)[\s-]$", re.I
)
_TALLY_WORDS = re.compile(
    r"\b(?:won|wins?|lost|lose|beat\w*|vot\w+|draw|drew|defeat\w*|victory|score\w*|leads?|led|split|ruling|ruled|decision|level)\b", re.I
)
_METRES = re.compile(
    r"[\s-](?:high|tall|long|wide|deep|thick|away|apart|above|below|from|race|sprint|freestyle|hurdles|relay|dash|butterfly|backstroke|"
    r"breaststroke|swell|waves?|wall|stretch|final|off|down|up|underwater)\b",
    re.IGNORECASE,
)


def find_numbers(text: str, taken: Sequence[Span] = ()) -> tuple[Number, ...]:
    """Every number of `text` in order, none overlapping another or a span of `taken` (dates); empty when there is none."""
    found: list[Number] = []
    read_to = 0
    for start in _starts(text):
        match = _MASTER.match(text, start) if start >= read_to else None
        if match is not None:
            found.extend(_of_match(text, match))
            read_to = match.end()
    if taken:
        ordered = sorted(taken)
        starts = [span.start_char for span in ordered]
        found = [number for number in found if not _is_taken(number.span, ordered, starts)]
    return tuple(_tallies(text, found))


def _starts(text: str) -> Iterator[int]:
    """The places of `text` where the pattern is worth trying, in order."""
    last_start, last_end = 0, -2
    for place in _PLACE.finditer(text):
        token, start = place.group(), place.start()
        if token[0].isalpha():
            if token.lower() in _STARTS:
                yield start
        else:
            # "COVID-19", "H1N1", "US$": the word before belongs to it.
            if last_end == start or (last_end == start - 1 and text[last_end] == "-" and token[0].isdigit()):
                yield last_start
            if text[start - 1 : start] in ("+", "("):
                # A telephone number begins there; any other figure in brackets at its first digit.
                yield start - 1
            yield start
        last_start, last_end = start, place.end()


def _is_taken(span: Span, ordered: Sequence[Span], starts: Sequence[int]) -> bool:
    last = bisect_right(starts, span.end_char - 1)
    return any(span.overlaps(ordered[index]) for index in range(max(0, last - 2), last))


def _of_match(text: str, match: re.Match[str]) -> Iterator[Number]:
    """The numbers of one match of the master pattern; a run of words may hold several."""
    groups, span = match.groupdict(), Span(*match.span())
    if groups["label"]:
        value = _SLASHED.get(match.group())
        kind = NumberKind.LABEL if value is None else NumberKind.FRACTION
        if match.group()[-2:].lower() in ("st", "nd", "rd", "th") and match.group()[0].isdigit():
            kind = NumberKind.ORDINAL
        yield _plain(span, value or 0.0, value or 1.0, kind)
    elif groups["zero"]:
        yield _plain(span, 0.0, 1.0, NumberKind.ZERO)
    elif groups["few"]:
        low, high = _FEW[groups["few"].lower().split()[-1]]
        scale = SCALES[groups["fewscale"].lower()] if groups["fewscale"] else 1.0
        yield replace(_plain(span, low * scale, scale, NumberKind.VAGUE), high=high * scale + (scale - 1 if scale > 1 else 0), scale=scale)
    elif groups["vague"]:
        yield from _vague(text, span, groups["vague"].lower())
    elif groups["money"]:
        yield _scaled(span, groups["money"], groups["mglyph"], groups["mscale"], groups["currency"].strip())
    elif groups["short"]:
        if groups["sscale"].lower() == "m" and _METRES.match(text, match.end()):
            # "90m apart": metres; the unit is read from the letter.
            number = _scaled(Span(match.start(), match.start("sscale")), groups["short"], None, None, None)
            yield replace(number, span=Span(match.start(), match.end("short")))
        else:
            yield _scaled(span, groups["short"], None, groups["sscale"], None)
    elif groups["glyph"]:
        number = _scaled(span, groups["whole"] or "0", groups["glyph"], groups["gscale"], None)
        yield number if groups["whole"] or groups["gscale"] else replace(number, kind=NumberKind.FRACTION)
    else:
        yield from _run(text, match)


def _plain(span: Span, value: float, step: float, kind: NumberKind) -> Number:
    return Number(span, value, step, kind, value, value)


def _scaled(span: Span, digits: str, glyph: str | None, scale_word: str | None, currency: str | None) -> Number:
    scale = 1.0
    if scale_word:
        scale = SCALES.get(scale_word.lower()) or _SHORT_SCALES[scale_word.lower()]
    value = (float(digits.replace(",", "")) + (_GLYPHS[glyph] if glyph else 0.0)) * scale
    step = (0.25 if glyph else step_of(digits)) * scale
    return Number(span, value, step, NumberKind.CARDINAL, value, value, currency, scale)


def _vague(text: str, span: Span, words: str) -> Iterator[Number]:
    if " of " in words:
        many, scale_word = words.split(" of ")
        scale = SCALES[scale_word[:-1]]
        low, high = _MULTIPLIED[many]
        yield replace(_plain(span, low * scale, scale, NumberKind.VAGUE), high=(high + 1) * scale - 1, scale=scale)
        return
    if words == "scores" and not re.match(
        r"\s(?:of|more|dead|killed|injured|wounded|hurt|were|have)\b", text[span.end_char : span.end_char + 12]
    ):
        return
    low, high = _VAGUE[words]
    yield replace(_plain(span, low, low / 2, NumberKind.VAGUE), high=high)


def _run(text: str, match: re.Match[str]) -> Iterator[Number]:
    pieces = [
        (token.group().lower(), token.start() + match.start(), token.end() + match.start()) for token in _TOKEN.finditer(match.group())
    ]
    words, position = [piece[0] for piece in pieces], 0
    while position < len(pieces):
        reading = read(words, position)
        if reading is None:
            position += 1
            continue
        span = Span(pieces[position][1], pieces[reading.end - 1][2])
        kind = NumberKind.ORDINAL if reading.ordinal else NumberKind.FRACTION if reading.fraction else NumberKind.CARDINAL
        word = words[position] if reading.end == position + 1 else ""
        kind = _kind_in_context(text, span, word, reading.value, kind, words[position : reading.end])
        if word == "one" and _NOT_BEFORE.search(text, max(0, span.start_char - 10), span.start_char):
            # "not one shell", "not even one"
            yield _plain(span, 0.0, 1.0, NumberKind.ZERO)
            position = reading.end
            continue
        value = -reading.value if _is_negative(text, span.start_char, words[position]) else reading.value
        yield Number(span, value, reading.step, kind, value, value, None, reading.scale)
        position = reading.end


def _is_negative(text: str, start: int, first_word: str) -> bool:
    if text[max(0, start - 6) : start].lower() == "minus ":
        return True
    return start > 0 and first_word[0].isdigit() and text[start - 1] in "-−" and (start == 1 or text[start - 2].isspace())


def _kind_in_context(text: str, span: Span, word: str, value: float, kind: NumberKind, words: Sequence[str]) -> NumberKind:
    """Looks at both sides of a number for what makes it no amount: a year, a label, a pronoun, an ordinal half or quarter."""
    start, end = span.start_char, span.end_char
    if kind is NumberKind.FRACTION:
        if words[-1] == "half" and (_HALF_NOT_BEFORE.search(text, max(0, start - 12), start) or _HALF_NOT_AFTER.match(text, end)):
            return NumberKind.ORDINAL
        singular = words[-1] in PARTS and words[-1] != "half"
        hyphened = "-" in span.of(text)
        if (
            singular
            and not hyphened
            and not _FRACTION_AFTER.match(text, end)
            and not re.match(r"\s?(?:[.,;:!?”\"')]|$)", text[end : end + 2])
        ):
            return NumberKind.ORDINAL
        return kind
    if kind is not NumberKind.CARDINAL:
        return kind
    if word == "one":
        before_one = _ONE_NOT_BEFORE.search(text, max(0, start - 12), start)
        if _OUT_OF_NUMBER.match(text, end) and not before_one:
            return kind
        if _ONE_NOT.match(text, end) or before_one:
            return NumberKind.LABEL
    digits = words[0][0].isdigit()
    looks_like_year = digits and len(words) == 1 and len(words[0]) == 4 and words[0].isdigit() and 1500 <= value <= 2099
    if looks_like_year and not NOT_A_YEAR.match(text, end) and not _AMOUNT_BEFORE.search(text, max(0, start - 18), start):
        return NumberKind.YEAR
    if word == "one" and text[start] == "O" and re.search(r"[A-Z]\w*\s$", text[max(0, start - 12) : start]):
        return NumberKind.LABEL
    if (
        digits
        and re.match(r"\s[A-Z]", text[end : end + 2])
        and re.search(r"\b[Tt]he\s$", text[max(0, start - 4) : start])
        and not re.match(r"\s[A-Z]\w+s\b", text[end : end + 20])
    ):
        return NumberKind.LABEL
    if _LABEL_BEFORE.search(text, max(0, start - 14), start) and not _COUNTED_NEXT.match(text, end):
        return NumberKind.LABEL
    if (
        digits
        and len(words) == 1
        and not _SECOND_SIDE.match(text, end)
        and _NAME_BEFORE.search(text, max(0, start - 20), start)
        and _is_name_label(text, span)
    ):
        return NumberKind.LABEL
    return kind


# Words a headline or a sentence capitalises before a figure that is an amount all the same.
_NOT_A_NAME = frozenset(
    listed(
        "the in on at by for from to and but or only some about around with of a an kills killed killing injures injured "
        "injuring wounds wounded over under nearly almost least most than least after before between into all just another more "
        "least hits reaches tops is are was were at as up charges arrests detains frees releases seeks wants wins gets loses "
        "cuts adds says raises pays costs takes leaves left dead"
    )
)


def _is_name_label(text: str, span: Span) -> bool:
    """Whether a figure after a capitalised word names something ("Apollo 11").

    So it does where nothing it could count follows and the text is no headline.
    """
    match = _NAME_BEFORE.search(text, max(0, span.start_char - 20), span.start_char)
    if match is None or match.group().strip().lower() in _NOT_A_NAME:
        return False
    if unit_after(text, span.end_char) or _AMOUNT_AFTER.match(text, span.end_char):
        return False
    return _LOWER_WORD.search(text) is not None


def _tallies(text: str, numbers: list[Number]) -> list[Number]:
    """Marks the two sides of a vote or a score: "50-49", "by 50,206 to 49,794", "five votes to four", "won 3-1"."""
    for index in range(len(numbers) - 1):
        first, second = numbers[index], numbers[index + 1]
        if first.kind is not NumberKind.CARDINAL or second.kind is not NumberKind.CARDINAL or first.currency or second.currency:
            continue
        between = text[first.span.end_char : second.span.start_char]
        if re.fullmatch(r"\s(?:votes|points|goals|sets|ballots) to ", between):
            pass
        elif (
            not re.fullmatch(r"\s?[-–—]\s?| to ", between)
            or first.scale != second.scale
            or re.match(
                r"\s?(?:%|per|million|billion|[-\s](?:year|month|day|week|hour|minute|mile))",
                text[second.span.end_char : second.span.end_char + 9],
            )
            or (
                between == " to "
                and re.search(r"\b(?:from|between)\s(?:\S+\s)?$", text[max(0, first.span.start_char - 18) : first.span.start_char])
            )
            or (
                first.value <= second.value and not _TALLY_WORDS.search(text, max(0, first.span.start_char - 40), second.span.end_char + 15)
            )
        ):
            continue
        numbers[index], numbers[index + 1] = replace(first, kind=NumberKind.TALLY), replace(second, kind=NumberKind.TALLY)
    return numbers
