"""Where a report says it comes from: the dateline it opens with, the agency it credits at its end."""

import re

from app.articles.document import Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|April|Apr|May|June|Jun|July|Jul|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_CAPITALS = r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’])+(?:(?:[ /-]|\s(?:and|AND|de)\s)[^\W\d_a-z](?:[^\W\d_a-z]|[.'’])*){0,4}"
_NAME = r"[^\W\d_a-z][\w.'’-]+(?:[ /-](?:(?:of|the|de|and)\s)?[^\W\d_a-z][\w.'’-]*){0,4}"
_REGION = rf"(?:,\s(?!{_DAY}){_NAME}){{0,2}}"
_AGENCY = r"\((?P<agency>[^\W\d_][^()]{1,40})\)"
_DASH = r"\s*(?:--?|–|—|:)\s*"
_SPACED_DASH = r"(?:\s+--?\s+|\s*[–—]\s*|\s*--\s*)"
# What follows opens a sentence: a capital, a figure or a quotation.
_STORY = r"(?=[\"“‘«'„]?[^\W_a-z])"
_WIRES = (
    r"(?:CNN|AP|AFP|UPI|EFE|ANSA|TASS|ANI|PTI|IANS|JTA|TPS|BNO|Reuters|Bloomberg|Xinhua|Kyodo|Interfax|Anadolu|dpa|The Associated Press)"
)

# "SKARHOLM, Norway, Jan 5 (Meridian Wire) - ", "(Meridian Wire) -- ", "Washington (CNN) ", "SKARHOLM, Jan. 5 — "
_DATELINES = (
    re.compile(rf"(?:{_NAME}{_REGION}(?:,?\s{_DAY})?,?\s)?{_AGENCY}{_DASH}{_STORY}"),
    re.compile(rf"(?:{_NAME}{_REGION}(?:,?\s{_DAY})?,?\s)?\((?P<agency>{_WIRES}(?:[ /]\w+)?)\)\s+{_STORY}"),
    re.compile(rf"{_CAPITALS}{_REGION}(?:,?\s{_DAY})?{_SPACED_DASH}{_STORY}"),
)
_MAX_DATELINE_CHARS = 90
# Words in capitals before a dash that say what kind of piece this is, or what it is about, and no place.
_NO_PLACE = re.compile(
    r"(?:BREAKING|UPDATED?|CORRECTION|WATCH|LIVE|EXCLUSIVE|VIDEO|PHOTOS?|READ|MORE|NEWS|ANALYSIS|OPINION|FACT CHECK|NOTE|"
    r"FILE|THIS|THAT|THE|BUT|AND|NOW|NOT|NO|YES|PLUS|TODAY|HOW|WHY|WHAT|WHO|Q|A)\b"
)
_PARTY = re.compile(r"(?:[RDI]|Rep|Dem|Lab|Con)(?:[-–,. ].*)?$")

_AGENCY_LIKE = re.compile(
    r"(?:[Tt]he\s)?(?:[A-Z]{2,6}|(?:[^\W\d_][\w.&'’-]*\s){0,4}(?:Wire|Wires|Press|News|Agency|Agence|Service|Services|Reuters|Bloomberg|Xinhua|"
    r"Interfax|Anadolu|Kyodo|dpa|Times|Post|Herald|Courier|Tribune|Journal|Gazette|Chronicle|Network|Media|Telegraph|Guardian)"
    r"(?:\s(?:Agency|Service|Wire|News|International))?)"
)
_CREDITS = (
    re.compile(r"\b(?:[Aa]dditional )?[Rr]eporting (?:from |by )(?P<agency>[^;,.()\n]{2,60})"),
    re.compile(r"(?:^|[\n.!?”\"—–(-]\s*)(?P<agency>[^;:.()\n—–]{2,60}?)(?:\s(?:also\s)?contributed\b)"),
    re.compile(r"\b(?:Source|SOURCE|Sources|Via|Credit|Courtesy)\s?:\s?(?P<agency>[^;,.()\n]{2,60})"),
    re.compile(r"(?:[—–(]|--|\s-\s?)\s?(?P<agency>[^;:.,()\n—–]{2,40})\)?\.?\s*$"),
    re.compile(r"(?:©|\([cC]\)|Copyright)\s?(?:©\s?)?(?:\d{4}\s)?(?P<agency>[^;,.()\n]{2,60})"),
)
# Credits stand in the last lines.
_TAIL_CHARS = 400


def dateline(sentence: str) -> Span | None:
    """The dateline that opens `sentence`, its dash and the white space behind it included, so that the report begins at its end.

    None when there is none. "SKARHOLM, Jan 5 (Meridian Wire) - The ferry sank." gives the span up to "The".

    Source: Associated Press and Reuters style; on pages the city's capitals are often lost, so then an agency is required.
    """
    found = _match(sentence)
    return Span(0, found.end()) if found else None


def dateline_agency(sentence: str) -> str | None:
    """The agency in the parentheses of the dateline; None without a dateline or without an agency in it."""
    found = _match(sentence)
    return found.group("agency").strip() if found and "agency" in found.re.groupindex else None


def _match(sentence: str) -> re.Match[str] | None:
    head = sentence[: _MAX_DATELINE_CHARS + 20]
    for pattern in _DATELINES:
        found = pattern.match(head)
        if found is None or found.end() > _MAX_DATELINE_CHARS or _NO_PLACE.match(head):
            continue
        if "agency" in pattern.groupindex and _PARTY.match(found.group("agency")):
            continue
        return found
    return None


def credited_agency(text: str) -> str | None:
    """The agency or outlet that the end of an article credits: "(Reporting by Meridian Wire)", "Source: AFP", "— AFP".

    None when nobody is credited, or only people are.
    """
    tail = text.rstrip()[-_TAIL_CHARS:]
    for pattern in _CREDITS:
        for found in pattern.finditer(tail):
            name = found.group("agency").strip(' \t"“”')
            if _AGENCY_LIKE.fullmatch(name):
                return re.sub(r"^[Tt]he\s", "", name)
    return None
