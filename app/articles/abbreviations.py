"""Which full stops belong to an abbreviation.

Source: Associated Press and Reuters style for titles, states, months and companies; checked on news text.
"""

import re


def words(listed: str) -> frozenset[str]:
    """The set of the words that a string lists."""
    return frozenset(listed.split())


_TITLES = words(
    "mr mrs ms mx dr prof gen sen sens rep reps gov govs lt col maj capt cmdr cpt sgt cpl pvt pfc adm rev hon pres atty supt "
    "det insp amb brig msgr fr st mt ft messrs mme mlle sgts drs gens asst assoc dep pte vice-adm cdr"
)
# Followed by a number or a name they go on, whatever comes.
_NEVER_LAST = words("vs v cf approx viz ca e.g i.e eg ie incl esp al-q")
_BEFORE_NUMBERS = words(
    "no nos art arts fig figs vol vols p pp ch sec par para ver ext tel jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MAY_BE_LAST = words(
    "co inc corp ltd bros llc plc cos jr sr esq ave blvd rd rte hwy sq bldg apt dept univ assn assoc intl natl govt mfg etc "
    "al est jan feb mar apr jun jul aug sep sept oct nov dec mass ill wash miss ore pa ala ariz ark calif colo conn del fla "
    "ga ind kan ky la md me mich minn mo mont neb nev okla tenn tex va vt wis wyo ont que alta man sask ph.d m.d b.a m.a adm "
    "bhd pty gmbh sen gov rep"
)
# Abbreviations that are also words: only with a capital, and for states only after a place and a comma.
_ALSO_WORDS = words("mass ill wash miss ore pa ala ark del ga ind kan la me mo mar sep no art fig sec mt ft st man par ch al est fr det co")
_NUMBERED_ANYWAY = words("no nos p pp vol fig")
_CLOCK = re.compile(r"\d?\d?(?:[:.]\d\d)?(?:a\.m|p\.m|am|pm)", re.IGNORECASE)
_AFTER_CLOCK = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan January Feb February March April May June July Aug August "
    "Sept September Oct October Nov November Dec December ET EST EDT CT CST CDT MT PT PST PDT GMT UTC BST CET CEST IST "
    "Eastern Central Pacific Mountain Israel Moscow Greenwich Beijing Tokyo"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NUMBER = re.compile(r"\d|[IVXL]+$")
_INITIAL = re.compile(r"[^\W\d_]")

# Words that begin sentences and hardly ever go on with a name.
_OPENING_WORDS = words(
    "The This That These Those It Its He His She Her They Their We Our You Your I I’m I've I’ve But And Or Yet In At On For "
    "From With Without By After Before When While Where Since As If Though Although Because However Meanwhile There Here What "
    "Who Why How Some Many Most Several Both Each Every All Another Other Others No Not None Nor Now Then Also Still Just "
    "Even Only Once Instead Asked According Among During Under Despite Until Unlike Through Within To An A Last Next Two "
    "Three Four Five Six Seven Eight Nine Ten Is Are Was Were Has Have Had Did Do Does Police Officials Authorities "
    "Previously Earlier Later Today Yesterday Finally Recently Currently Eventually Moments Hours Days Weeks Months Years "
    "Nobody Everyone People"
)
# Of these, those that an initial may well be followed by in a name ("C. An", "J. In") or in a title ("Plan A. For").
_NAMES_TOO = words("An In No Do To On For Or All How Here Two Even Still Only Just Next Last Most A I")


def ends_after_abbreviation(before: str, after: str, *, quoted: bool = False, glued: bool = False) -> bool:
    """Whether a single full stop after the word `before` ends its sentence, when `after` comes next in upper case.

    `before` stands without its last stop ("U.S", "Jan", "percent"); `after` may be a word, a number or empty. `quoted`: a
    quotation mark or a bracket closes or opens at the stop. `glued`: no white space follows the stop.
    """
    opening = after in _OPENING_WORDS
    if glued:
        return opening and not _INITIAL.fullmatch(before) and not _DOTTED.fullmatch(before)
    bare = before.lstrip("'’-").rstrip("'’")
    key = bare.casefold()
    capital = bare[:1].isupper()
    if _CLOCK.fullmatch(key):
        return after not in _AFTER_CLOCK and bool(after) and not after[0].isdigit()
    if key in _NEVER_LAST:
        return False
    if key in _TITLES and capital:
        return key in ("st", "mt", "ft", "fr") and opening
    if key in _BEFORE_NUMBERS and _NUMBER.match(after) and (capital or key in _NUMBERED_ANYWAY):
        return False
    if key in _MAY_BE_LAST and (capital or key not in _ALSO_WORDS):
        return opening or (quoted and not after) or (key in _ALSO_WORDS and not capital)
    if _INITIAL.fullmatch(bare):
        if not capital:
            return not after[:1].isdigit() if bare in "pv" else True
        return (bare == "I" and opening) or (opening and after not in _NAMES_TOO)
    if _DOTTED.fullmatch(bare):
        return opening
    return True
