"""How English writes dates and times: the names, one pattern of all forms, and the words at which the pattern is worth trying."""

import re
from collections.abc import Iterator

from app.claims.word_lists import listed

MONTHS = {
    name: index
    for index, name in enumerate(listed("january february march april may june july august september october november december"), 1)
}
WEEKDAYS = {name: index for index, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
MONTH_PREFIXES = {name[:3]: index for name, index in MONTHS.items()} | {"sept": 9}
# Offsets of the zones that English-language news names, in minutes. Source: the IANA zone names' standard abbreviations.
# Letters that leave summer time open ("ET", "PT") are left to the article's own offset.
ZONE_MINUTES = {
    "GMT": 0,
    "UTC": 0,
    "Z": 0,
    "BST": 60,
    "CET": 60,
    "CEST": 120,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "PST": -480,
    "PDT": -420,
}

DAY_WORDS = {
    word: value
    for value, word in enumerate(
        listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
            "sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}
DAY_WORDS |= {f"twenty-{word}": 20 + DAY_WORDS[word] for word in list(DAY_WORDS)[:9]} | {"thirtieth": 30, "thirty-first": 31}

_HOURS = listed("one two three four five six seven eight nine ten eleven twelve")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![A-Za-z])"
)
_FULL_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Sept\.|Aug\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.)(?![A-Za-z])"
)
WEEKDAY_PATTERN = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUM_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d|\s?[ap]\.?m\b)"
_WORD_DAY = "(?:" + "|".join(sorted(DAY_WORDS, key=len, reverse=True)) + r")\b"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w])"
_PART = "(?:early\\smorning|late\\smorning|morning|lunchtime|afternoon|evening|night|dawn|dusk|sunrise|daybreak|sunset)"
_EDGE = (
    r"(?i:(?:early|mid|late|later|earlier)[ -](?:in\s)?|(?:beginning|start|middle|end|close|turn|(?:first|second)\shalf|"
    r"(?:first|second|third|last|final)\sweek|(?:first|last|final)\s(?:ten\s)?days?|first\sfortnight|(?:first|second|third|"
    r"fourth|last|final)\squarter)\sof\s)"
)
_HOUR_WORD = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MINUTE_WORD = r"(?:five|ten|quarter|a\squarter|twenty|twenty[- ]five|half|\d{1,2}\sminutes)"
_AMPM = r"(?:[ap]\.m\.|[ap]\.?m\b)"
_ZONE = r"(?:\s?\(?(?P<zone>GMT|UTC|BST|CES?T|E[SD]T|C[SD]T|P[SD]T)\b\)?|\s(?:local\stime|ET|PT|CT)\b)?"
_CLOCK_TAIL = r"(?:\s(?:in\sthe\s(?P<tail>morning|afternoon|evening)|(?P<tail_night>at\snight)))?"
_UNIT = "(?:minutes?|hours?|days?|weeks?|fortnights?|months?|years?|decades?)"

DATE_PATTERN = re.compile(
    rf"""
    \b(?P<iso>\d{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T\s](?P<isotime>\d\d:\d\d)(?::\d\d)?(?P<isozone>Z|[+-]\d\d:\d\d)?)?
      (?!\d)
  | (?<![\d:.,])(?P<clock>(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?\s?(?P<ampm>{_AMPM})|(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?:1[0-2]
      |0?[1-9])\s?(?P<ampm2>{_AMPM})|(?:[01]\d|2[0-3])[0-5]\d(?=\s(?:GMT|UTC|local\stime)))\.?{_ZONE}{_CLOCK_TAIL}
  | \b(?i:(?P<past_minutes>{_MINUTE_WORD})\s(?P<direction>to|past)\s(?P<past_hour>{_HOUR_WORD}|1[0-2]|[1-9]))\b(?!-|\svotes?)(?:\s
      (?:in\sthe\s(?P<past_tail>morning|afternoon|evening)|(?P<past_night>at\snight)))?
  | (?i:\b(?P<hour>{_HOUR_WORD}|1[0-2]|[1-9])(?:\so['’]clock(?:\s(?:in\sthe\s(?P<h_tail>morning|afternoon|evening)|
      (?P<h_night>at\snight)))?|\s(?:in\sthe\s(?P<h_tail2>morning|afternoon|evening)|(?P<h_night2>at\snight))\b))
  | \b(?i:at|by|around|about|until|before|after|since)\s(?P<bare_hour>(?i:{_HOUR_WORD})|1[0-2]|[1-9])
      (?=\s(?:on\s{WEEKDAY_PATTERN}|{WEEKDAY_PATTERN}|
      (?i:yesterday|this|last|tomorrow|tonight)\b))
  | \b(?P<noon>(?i:noon|midday|midnight))\b
  | \b(?P<edge_md>(?i:night\sof\s))?(?P<md_month>{_MONTH})\s(?:(?P<md_day>{_NUM_DAY})(?:\s?(?:-|–|to|and|through)\s?
      (?P<md_last>{_NUM_DAY}))?|(?:the\s)?(?P<md_word>{_WORD_DAY}))(?:,?\s(?P<md_year>{_YEAR}))?
  | \b(?:(?P<dm_first>{_NUM_DAY})\s?(?:-|–|to|and)\s?)?(?P<dm_day>{_NUM_DAY})(?:\sof)?\s(?P<dm_month>{_MONTH})(?:,?\s
      (?P<dm_year>{_YEAR}))?
  | \b(?P<wd_day>(?i:{_WORD_DAY}))(?:\sday)?\s(?:of\s)?(?P<wd_month>{_FULL_MONTH})(?:,?\s(?P<wd_year>{_YEAR}))?
  | \b(?P<n_nth>(?i:first|second|third|fourth|last))\s(?P<n_weekday>{WEEKDAY_PATTERN})\s(?:of|in)\s(?P<n_month>{_FULL_MONTH})(?:,?\s
      (?P<n_year>{_YEAR}))?
  | \b(?P<t_weekday>{WEEKDAY_PATTERN}),?\sthe\s(?P<t_day>(?i:{_WORD_DAY})|\d{{1,2}}(?:st|nd|rd|th)\b)(?!\s(?:of\s)?{_FULL_MONTH})
  | (?P<m_edge>\b{_EDGE})?\b(?:(?P<m_which>(?i:last|this|next|coming))\s)?(?P<m_month>{_FULL_MONTH})(?!\s\d{{1,2}}(?![\d%:]))(?:,?\s
      (?:of\s)?(?P<m_year>{_YEAR}|(?i:(?P<m_rel>last|this|next)\syear)))?
  | (?P<s_edge>\b{_EDGE})?\b(?:(?P<s_which>(?i:last|this|next))\s)?(?P<season>(?i:spring|summer|autumn|fall|winter))(?:(?:\sof)?\s
      (?P<s_year>{_YEAR}))?(?![\w-])
  | \b(?:Q(?P<q_number>[1-4])|(?P<q_word>(?i:first|second|third|fourth))[\s-](?i:quarter)\sof)\s(?P<q_year>{_YEAR})
  | \b(?P<w_edge>(?i:early|late)\s(?:on\s)?)?(?:(?P<w_which>(?i:last|this|next|this\scoming|this\spast))\s)?(?P<weekday>{WEEKDAY_PATTERN})\b
      (?!\s(?:Times|Telegraph|Mirror|Post|Herald|Mail|Express|People|World|Night\sLive))(?:[\s-](?P<w_part>(?i:{_PART})))?
  | \b(?i:(?P<rel>the\sday\sbefore\syesterday|the\sday\safter\stomorrow|yesterday|tomorrow|today|tonight|last\snight|this\s(?:{_PART})
      |earlier\stoday|later\stoday))\b(?:\s(?P<r_part>(?i:{_PART}))\b)?
  | \b(?i:(?P<p_edge>(?:earlier|later|early|late|beginning|start|middle|end|(?:first|second)\shalf)\s(?:in\s|of\s)?)?(?P<p_which>last
      |this|next|the\sprevious|the\scurrent|the\scoming)\s(?P<p_unit>week(?:end)?|month|year|decade|century))\b(?!['’]?-)
  | \b(?i:(?P<e_edge>beginning|start|middle|end)\sof\sthe\s(?P<e_unit>week|month|year))\b(?!\s(?:of|in)\b)
  | \b(?i:(?:at|over|during)\sthe\s(?P<weekend>weekend))\b
  | (?P<ago>\b(?i:(?:an?|[\w-]+|a\sfew|a\scouple\sof|\d+)(?:\sand\sa\shalf)?\s{_UNIT}(?:\sand\sa\shalf)?\sago))\b
  | \b(?P<feast>(?:New\sYear|Christmas)(?:['’]s)?\s(?:Day|Eve))(?:,?\s(?P<f_year>{_YEAR}))?
  | \b(?P<decade>(?:1[5-9]|20)\d0)s\b
  | (?<![\w$€£#.,/–-])(?P<y_edge>{_EDGE})?(?P<year>(?:1[5-9]|20)\d\d)
      (?:\s?[-–/]\s?(?P<year_last>(?:(?:1[5-9]|20)\d\d|\d\d)))?(?![\w%])
      (?![,.]\d)
    """,
    re.VERBOSE,
)
# Where a date expression can begin. Trying the pattern at these words alone, not at every character, makes reading ten times faster.
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_STARTS = frozenset(
    listed(
        "yesterday today tonight tomorrow noon midday midnight early mid late later earlier beginning start middle "
        "end close turn spring summer autumn fall winter this next last weekend new christmas q"
    )
)
_MONTH_STARTS = frozenset([*MONTHS, *MONTH_PREFIXES])
_NEAR_PERIOD = frozenset([*DAY_WORDS, *listed("second third final opening the twenty thirty")])
_PERIOD_WORDS = frozenset([*MONTHS, *listed("sept quarter yesterday tomorrow previous current coming weekend")])
_CLOCK_STARTS = frozenset([*_HOURS, *listed("a quarter half at by around about until before after since over during")])
_CLOCK_WORDS = frozenset([*WEEKDAYS, *listed("clock yesterday last this tomorrow tonight morning afternoon evening night weekend")])

_TO_PAST = frozenset({"to", "past"})
_MINUTES = frozenset(listed("five ten quarter twenty half minutes"))
_ANY_START = _STARTS | _MONTH_STARTS | _PERIOD_WORDS | WEEKDAYS.keys()
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


def date_starts(text: str) -> Iterator[int]:
    """The places of `text` where the pattern is worth trying, in order."""
    lower = set(_WORD.findall(text.lower()))
    ago, period, clock = "ago" in lower, not lower.isdisjoint(_PERIOD_WORDS), not lower.isdisjoint(_CLOCK_WORDS)
    clock = clock or not (lower.isdisjoint(_TO_PAST) or lower.isdisjoint(_MINUTES))
    if not (ago or clock) and lower.isdisjoint(_ANY_START) and _DIGIT.search(text) is None:
        return
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        word = token.lower()
        if (
            token[0].isdigit()
            or word in _STARTS
            or (token[0].isupper() and (word in WEEKDAYS or word in _MONTH_STARTS))
            or (period and word in _NEAR_PERIOD)
            or (clock and word in _CLOCK_STARTS)
            or ago
        ):
            yield start
