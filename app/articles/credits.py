"""Who wrote, reported, edited or photographed: bylines and credits."""

import re

from app.articles.abbreviations import words as _words

_WORD = re.compile(r"[^\W\d_][\w'’]*")
# A byline's own words beside names, and words that begin a sentence about a time and not about an author.
_BYLINE_WORDS = _words(
    "and for of the in at with to de van von al bin la der staff writer writers reporter reporters correspondent editor "
    "columnist contributor contributing senior chief political national special via on from news health science business "
    "foreign white house affairs world updated published pm am"
)
_NO_AUTHORS = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December The Then Late Early Last Next Now Some Most All Contrast Law Midnight Noon"
)
_MADE_BY = re.compile(
    r"\(?(?:additional |further |with )?(?:reporting|editing|writing|compiled|edited|written|reported|produced|photography|photographs?|"
    r"illustrations?|translated|graphics?|video|analysis|story|text|words)(?: and \w+)? (?:by|from)\s(?P<who>.{2,200})",
    re.IGNORECASE,
)
_FILES_FROM = re.compile(r"\(?(?:with )?(?:files|contributions|reports|material|reporting) (?:from|by)\s(?P<who>.{2,120})", re.IGNORECASE)
_CONTRIBUTED = re.compile(
    r"(?P<who>.{0,300}?)\b(?:also )?contributed(?: (?:additional |further )?(?:reporting|research))?"
    r"(?: (?:to|for) (?:this|the) (?:\w+ )?(?:report|story|article|post|piece|project)| from [\w ,.]{2,40})?\W*"
)
_CREDIT_WORDS = _words(
    "and of the in from for at by with de van von al bin la der editing reporting writing additional further staff writer "
    "writers reporter reporters correspondent also was were edited compiled bureau desk photo photos file via courtesy"
)
_AGENCY = (
    r"(?:Getty Images|Getty|Shutterstock|iStockphoto(?:\.com)?|Alamy|Reuters|REUTERS|AFP|EPA|AP|Associated Press|Zuma(?: Press)?|Bloomberg|"
    r"Handout|Flickr|Wikimedia(?: Commons)?|Creative Commons|GPO|Redux|Sipa(?: USA)?|Screenshot|Screengrab)"
)
_AGENCY_END = re.compile(rf"\b{_AGENCY}\W{{0,3}}$")
_PHOTO_NOTE = re.compile(
    r"\(?\s?(?:(?:[\w.]+ ){0,3}(?:file )?(?:photos?|images?|pictures?)(?: by|:|/|\s?\|| via| courtesy| illustration)"
    r"|photograph by|photograph:)"
    r"(?:[^.!?]|(?<=[A-Z])\.){1,90}\)?\W{0,3}",
    re.IGNORECASE,
)
_PHOTOGRAPHER = re.compile(
    r"(?P<who>[^\W\d_a-z][\w.'’ -]{2,60})\s?/{1,2}\s?(?P<for>(?:[A-Z]{2,8}|[A-Z]\w+(?:\s[A-Z]\w+){0,3})(?:[/ ][\w ,]{2,40})?)\W{0,3}"
)
_ENDS = re.compile(r"[.!?…:;,\"”'’)\]]\s*$")
_SMALL_WORDS = _words("and of the for in at on de van von al bin la le der with vs v to by")
_VERB_LIKE = re.compile(
    r"(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|says?|said|wins?|won|dies?|hits?|"
    r"kills?|calls?|gets?|goes|went|takes?|took|makes?|made|sees?|saw|tells?|told|asks?|backs?|bans?|seeks?|sinks?|sank|falls?|fell|rises?|"
    r"rose|leads?|led|holds?|held|meets?|met|faces?|wants?|needs?|plans?|vows?|warns?|urges?|rejects?|accepts?|signs?|votes?|fires?|quits?|"
    r"resigns?|returns?|leaves?|left|arrives?|strikes?|struck|shoots?|shot|cuts?|sets?|puts?)",
    re.IGNORECASE,
)
_MAX_CREDIT_CHARS = 320
_MAX_CAPTION_CHARS = 120
_MAX_NAMES = 5


def is_byline(line: str) -> bool:
    """Whether a whole line is "By Jane Doe, Staff Writer": two names or more, and no word that an author's line lacks."""
    if not line.startswith(("By ", "BY ", "by ", "By: ")) or len(line) > _MAX_CAPTION_CHARS or line.endswith(("!", "?", '"', "”")):
        return False
    words = _WORD.findall(line)[1:]
    if len(words) < 2 or words[0] in _NO_AUTHORS or words[0].endswith("ing"):
        return False
    return sum(word[0].isupper() for word in words) >= 2 and all(word[0].isupper() or word in _BYLINE_WORDS for word in words)


def is_credit(sentence: str) -> bool:
    """Whether a sentence only says who made the piece: "(Reporting by …; Editing by …)", "… contributed to this report"."""
    if len(sentence) > _MAX_CREDIT_CHARS:
        return False
    for pattern in (_MADE_BY, _FILES_FROM, *([_CONTRIBUTED] if "contributed" in sentence else [])):
        found = pattern.fullmatch(sentence)
        if found and _only(found.group("who"), _CREDIT_WORDS):
            return True
    return False


def is_photo_credit(sentence: str) -> bool:
    """Whether a line is a photograph's credit, with or without a caption of bare names: "Netanyahu and BidenAvi Ohayon/GPO"."""
    if len(sentence) > _MAX_CAPTION_CHARS:
        return False
    if _PHOTO_NOTE.fullmatch(sentence) or (
        sentence.startswith(("Courtesy", "(Courtesy")) and _only(sentence, _SMALL_WORDS | _CREDIT_WORDS)
    ):
        return True
    if sentence.endswith((".", "!", "?", "”", '"')):
        return False
    found = _PHOTOGRAPHER.fullmatch(sentence)
    if found and _only(found.group("who"), _SMALL_WORDS | _CREDIT_WORDS):
        return True
    return bool(_AGENCY_END.search(sentence)) and _only(sentence, _SMALL_WORDS | _CREDIT_WORDS)


def is_only_names(line: str) -> bool:
    """Whether a line is names and no verb: "Netanyahu and Biden" under a picture, an author's name above the story."""
    words = line[: _MAX_CAPTION_CHARS + 1].split()
    return len(line) <= _MAX_CAPTION_CHARS and len(words) <= _MAX_NAMES and not _ENDS.search(line) and _only(line, _SMALL_WORDS)


def _only(words: str, allowed: frozenset[str]) -> bool:
    """Whether all words are names (capitals, no verb), figures or `allowed`."""
    return all(word in allowed or (not word[0].islower() and not _VERB_LIKE.fullmatch(word)) for word in _WORD.findall(words))
