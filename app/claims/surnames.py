"""A bare capitalised name as a source ("Ravn called"): whose surname it can be, and what in an article speaks against a person."""

import re
from collections.abc import Iterable

from app.claims.lexicon import (
    ANONYMOUS_NOUNS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENT_NOUNS,
    GENDERED_ROLES,
    ORGANIZATION_WORDS,
    PLACE_WORDS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    TITLES,
)
from app.claims.word_lists import listed

_SURNAME = re.compile(r"(?:Mc|Mac|O['’]|De|Le|La|Di|Van)?[A-ZÀ-ÞŠŽŁ][^\W\d_A-Z]+(?:[-'’][A-ZÀ-ÞŠŽŁ]?[^\W\d_A-Z]+)*")
# States, capitals and cities that speak for governments, and the companies and services that news names by one word.
# Source: general knowledge; a name missing here is still held for no person where the article shows what it is.
_KNOWN = frozenset(
    listed(
        """afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium bolivia
        bosnia brazil britain bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus denmark ecuador egypt
        england eritrea estonia ethiopia europe finland france germany ghana greece guatemala haiti honduras hungary iceland india
        indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait laos latvia lebanon libya
        lithuania luxembourg malaysia mali malta mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal
        netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar
        romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan
        tanzania thailand tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe
        washington moscow beijing tehran kyiv kiev london paris berlin brussels ankara damascus baghdad jerusalem riyadh cairo tokyo
        seoul pyongyang delhi islamabad kabul caracas havana warsaw rome madrid athens vienna geneva budapest minsk ottawa canberra
        beirut doha dubai tripoli hollywood congress senate alaska arizona arkansas california colorado connecticut delaware florida
        hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi
        missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming
        chicago boston houston dallas philadelphia detroit miami seattle facebook twitter google amazon apple microsoft youtube
        instagram netflix uber lyft airbnb boeing airbus walmart pfizer moderna gallup nielsen quinnipiac rasmussen reuters bloomberg
        politico breitbart buzzfeed telegram tiktok whatsapp wikipedia wikileaks snapchat reddit toyota volkswagen huawei samsung
        sony intel starbucks exxon exxonmobil chevron citigroup barclays democrats republicans labour greens liberals conservatives
        tories democrat republican christians muslims jews christian muslim american british russian chinese israeli iranian
        palestinian european ukrainian syrian turkish french german"""
    )
)
_NO_NAME = (
    ANONYMOUS_NOUNS
    | DOCUMENT_NOUNS
    | ORGANIZATION_WORDS
    | PLACE_WORDS
    | TIMES
    | frozenset(TITLES)
    | frozenset(GENDERED_ROLES)
    | DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | SUBJECT_PRONOUNS
    | SUBORDINATORS
    | RELATIVES
    | AUXILIARIES
    | _KNOWN
)
# What an organization or a place has, and a person seldom.
_ITS_PART = re.compile(
    r"(?:['’]s)? (?:Inc|Corp|Co|Ltd|LLC|PLC|AG|Group|Holdings|spokes\w+|shares?|stock|users?|employees?|executives?|officials?|CEO"
    r"|government|troops|forces|apps?|customers?|headquarters|website|authorities|police|parliament|lawmakers|residents|workers|engineers|investors"
    r"|shareholders)\b"
)
_WHERE = re.compile(r"\b(?:in|at|inside|outside|across|near|via|throughout) \Z")
_WHAT = re.compile(r"\b(?:company|firm|group|start-?up|bank|agency|site|website|platform|charity|party),? \Z")
_ENDS = re.compile(r"\b")
_NOT_OWNING = re.compile(r"\b(?!['’]s?\b)")
_LEAD_CHARS = 16  # longer than what leads to a name, so that a cut makes no border of a word
_PEOPLES = re.compile(r"(?:ans|ians|ists|crats|eans|ites|ers|ors)$")


def surname_like(word: str) -> bool:
    """Whether a single word has the form of a surname and is no known place, people, company or word of an office."""
    return _SURNAME.fullmatch(word) is not None and word.lower() not in _NO_NAME and not _PEOPLES.search(word)


def institution(name: str, text: str) -> bool:
    """Whether the article writes of `name` as of a place or an organization: "in Skarholm", "the Ostbank", "Nordik shares"."""
    at = text.find(name)
    while at >= 0:
        end, lead = at + len(name), text[max(at - _LEAD_CHARS, 0) : at]
        if (
            (_ENDS.match(text, at) and _ITS_PART.match(text, end))
            or (_WHERE.search(lead) and _NOT_OWNING.match(text, end))
            or (_WHAT.search(lead) and _ENDS.match(text, end))
        ):
            return True
        at = text.find(name, at + 1)
    return False


def acts_alone(name: str, text: str) -> bool:
    """Whether a name in "s" takes a singular verb somewhere, as no people or group would: "Sanders is"."""
    return re.search(rf"\b{re.escape(name)} (?:is|was|has|says|does|isn|wasn|hasn|himself|herself)\b", text) is not None


def full_names(runs: Iterable[str], surname: str, text: str) -> set[str]:
    """Which of the capitalised `runs` of the article are full names with that surname: "Mitja Ravn", not "Democrat Ravn"."""
    found = set()
    for run in runs:
        words = run.split()
        first = words[0]
        if words[-1] != surname or not 2 <= len(words) <= 3 or first.lower() in _NO_NAME or first.lower().endswith("ing"):
            continue
        if not re.search(rf"\b{re.escape(first.lower())}\b", text) and not any(w.lower() in ORGANIZATION_WORDS for w in words):
            found.add(run)
    return found
