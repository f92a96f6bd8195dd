"""Names that look like an outlet's, for the outlets nobody registered: a rule by head words, in several languages.

Source: the head words are those of newspaper, broadcaster and agency names in common use; what may not stand before or after a
head ("Post Office", "Medical Examiner", "Royal Mail") was read out of news text in which the head meant something else.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from app.outlets.capitals import word_set


class Likeness(IntEnum):
    """How much a name looks like an outlet's. WEAK needs an attributing cue beside it; STRONG stands for itself."""

    NONE = 0
    WEAK = 1
    STRONG = 2


STRONG_TAILS = word_set(
    "Times Herald Tribune Gazette Courier Ledger Chronicle Observer Examiner Inquirer Enquirer Argus Daily Weekly Newswire Newspaper News "
    "Wire TV FM Radio Television Broadcasting Intelligencer Picayune Zeitung Tageblatt Rundschau Anzeiger Nachrichten Kurier Dagblad "
    "Dagbladet Nieuwsblad Tidende Tidning Tidningen Avis Avisen Shimbun Ilbo Sanomat Gazetesi Pravda Nyheter Nieuws Notícias Noticias"
)
"""Last words that hardly any name but an outlet's ends in."""

WEAK_TAILS = word_set(
    "Post Star Sun Mail Standard Mirror Echo Globe Press Sentinel Guardian Independent Express Telegraph Journal Dispatch "
    "Bulletin Record Register Today Banner Beacon Magazine"
)
"""Last words that ships, clubs, firms and documents carry too."""

TAIL_SUFFIX = re.compile(r"\w{3,}(?:zeitung|tageblatt|abendblatt|bladet|tidende|tidningen|avisen|nachrichten)\Z", re.IGNORECASE)

_COMPOUND_TAILS = {
    "Agency": word_set("News Press Telegraph Telegraphic"),
    "Service": word_set("News Broadcasting World"),
    "Network": word_set("News Television Broadcasting Radio TV"),
    "Channel": word_set("News"),
    "Corporation": word_set("Broadcasting"),
    "Company": word_set("Broadcasting"),
    "Desk": word_set("News"),
}
"""Last words that need one of these before them: a news agency is an outlet, a space agency is none."""

_STRONG_STARTS = word_set(
    "Omroep Diario Diário Jornal Correio Gazeta Gazzetta Corriere Giornale Periódico Rádio Radyo Rundfunk Televisión Dziennik Gazeti "
    "Zeitung Nieuwsblad Dagblad"
)
_WEAK_STARTS = word_set("Radio TV Channel Télé Tele Televisión Daily Folha Courrier Gazette Quotidien Tribuna Kurier")
_ROMANCE_HEADS = word_set(
    "Monde Parisien "
    "Journal Quotidien Matin Courrier Soir Temps Progrès Télégramme Tribune Presse Voix Dépêche Gazette Libre Écho Echo Express "
    "Observateur Figaro Diario Periódico Correo Heraldo Universal Mundo Tiempo Comercio Voz Prensa Nación Gaceta Jornada Tribuna "
    "Vanguardia Verdad Razón Jornal Folha Correio Estado Globo Giornale Messaggero Corriere Gazzetta Stampa Repubblica Mattino Nazione "
    "Imparcial Espectador Mercurio Pueblo Siglo Independiente"
)
_ROMANCE_ARTICLES = word_set("Le La Les El Los Las Il O A L")
_NUMBERS = word_set("One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen")
_LINKS = word_set("of the and & de del della delle di do da dos das du des la le les el los las der die das den van von for al o a e y")
_OF_PLACE = word_set("Times Voice Radio Herald Tribune Star Sun")

_NEVER_LAST = word_set(
    "Office Officer Company Co Corp Corporation Inc Ltd Limited Plc Group Holdings Trust Foundation Institute University College School "
    "Secretary Conference Club Index Hall Tower Building Center Centre Square Station Authority Commission Council Ministry Minister "
    "Department Party Union Association Guild Award Awards Prize Festival Tunnel Islands Shack City Show Briefing Brief Mass Guide Bread "
    "Freedom Release Gallery Corps Pool Sports Studios Pictures Films Books Fellowship Theater Theatre Arena Stadium League Cup Universal"
)
_NEVER_BEFORE = {
    "News": word_set(
        "Fake Breaking Good Bad Big Great Latest Top Local More Related Other Old World Sports Business Political Real State The "
        "TV Cable Network Newport Front-Page Google Apple Facebook Twitter"
    ),
    "Times": word_set(
        "Modern Hard End Ancient Medieval Roman Trying Good Bad Old These Best Worst Different Many Several Three Troubled Four"
    ),
    "Post": word_set(
        "Trading Command Border Military Guard Outer Army Facebook Instagram Twitter Blog Social Deutsche Swiss Canada Australia "
        "India Zealand Royal An Observation Whipping Goal Legion Parcel First Last Staging"
    ),
    "Mail": word_set("Royal Certified Direct Electronic Voice Hate Chain Air Junk First-Class"),
    "Press": word_set("University College Foreign State White Full Free Bench Printing Academic The"),
    "Examiner": word_set("Medical Chief Bank Patent County Independent"),
    "Observer": word_set("Permanent Military Election Independent International Casual UN"),
    "Journal": word_set("Medical Scientific Academic Law England Peer-Reviewed Lancet Travel"),
    "Record": word_set("Congressional Criminal World Public National Medical Guinness Military Track Voting Academic"),
    "Register": word_set("Federal National Electoral Cash Lloyd's Offender Land"),
    "Standard": word_set("Gold Double Living Safety International National"),
    "Star": word_set("Rock Film Movie Pop Lone Five Northern Death All Red North Dog Silver Bronze Gold Sports TV Porn Morning Evening"),
    "Sun": word_set("Midnight Rising Black Connecticut Phoenix"),
    "Globe": word_set("Golden"),
    "Express": word_set("American Orient Polar Pony Federal Panda Midnight"),
    "Mirror": word_set("Black"),
    "Guardian": word_set("Coast Legal"),
    "Independent": word_set("Vermont Maine Democrat"),
    "Wire": word_set("Barbed Live High Razor Copper Western"),
    "TV": word_set("US UK One Smart Apple Cable Reality Satellite Local State Live Daytime Google Pay"),
    "Television": word_set("Cable Reality Satellite Local State Live Public Network"),
    "Radio": word_set("Talk Local State Public Conservative Amateur Ham Two-Way Satellite"),
    "Broadcasting": word_set("Public Educational"),
    "Gazette": word_set("Official Government Federal"),
    "Ledger": word_set("General Public Distributed"),
    "Daily": word_set("Twice Once Three"),
    "Dispatch": word_set("Police Emergency County Fire"),
    "Echo": word_set("Amazon"),
    "Magazine": word_set("Round High-Capacity"),
}
_PERSON_TITLES = word_set("Mr Mrs Ms Dr Sir Lord Lady President Senator Sen Gov Governor Rep Judge Justice Professor Captain Sgt Lt Rev")
_BARE_WEAK = word_set("Post Mail Standard Guardian Telegraph Express")
_BARE_NEVER = word_set("News Daily Weekly Newspaper TV FM Radio Television Broadcasting Wire")

HEADS = (
    STRONG_TAILS
    | WEAK_TAILS
    | _COMPOUND_TAILS.keys()
    | _STRONG_STARTS
    | _WEAK_STARTS
    | _ROMANCE_HEADS
    | {"Channel", "News", "Agence", "Agencia"}
)
"""A name without any of these, or a word with the suffix of a tail, never looks like an outlet's."""


def looks_like_outlet(name: str) -> bool:
    """Whether a name, with or without its article, looks like an outlet's although nobody registered it.

    >>> [looks_like_outlet(n) for n in ("the Daily Ledger", "Channel Nine", "Washington Post Office", "the New York Times reporter")]
    [True, True, False, False]
    """
    words = name.replace("’", "'").split()
    article = bool(words) and words[0] in ("the", "The")
    return likeness(words[1:] if article else words, article=article) > Likeness.NONE


def likeness(words: Sequence[str], *, article: bool = False) -> Likeness:
    """How much a name in words looks like an outlet's; `article`: whether a "the" stood before it. NONE for no words."""
    if (
        not words
        or not _capitalised(words)
        or words[0].rstrip(".") in _PERSON_TITLES
        or words[-1].rstrip(".") in _NEVER_LAST - _COMPOUND_TAILS.keys()
    ):
        return Likeness.NONE
    if len(words) == 1:
        return _single(words[0], article=article)
    return max(_by_tail(words), _by_start(words))


def _capitalised(words: Sequence[str]) -> bool:
    ends = (words[0], words[-1])
    return all(_upper_first(w) for w in ends) and all(_upper_first(w) or w in _LINKS for w in words)


def _upper_first(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or word.startswith(("l'", "d'"))


def _single(word: str, *, article: bool) -> Likeness:
    if TAIL_SUFFIX.match(word):
        return Likeness.STRONG
    tail = word.rpartition("-")[2]
    if tail != word:
        return likeness([word[: -len(tail) - 1], tail])
    if article and word in STRONG_TAILS - _BARE_NEVER:
        return Likeness.STRONG
    return Likeness.WEAK if article and word in _BARE_WEAK else Likeness.NONE


def _by_tail(words: Sequence[str]) -> Likeness:
    if "of" in words[1:-1]:
        # "Times of Malta", but not "Journal of Medicine".
        return Likeness.STRONG if words[words.index("of", 1) - 1] in _OF_PLACE else Likeness.NONE
    tail, before = words[-1], words[-2]
    if tail in ("Online", "Digital", "English") and len(words) > 2:
        return _by_tail(words[:-1])
    if "-" in tail:
        before, _, tail = tail.rpartition("-")
    if before in _NEVER_BEFORE.get(tail, ()) and len(words) == 2:
        return Likeness.NONE
    if TAIL_SUFFIX.match(tail):
        return Likeness.STRONG
    if tail in _COMPOUND_TAILS:
        return Likeness.STRONG if before in _COMPOUND_TAILS[tail] and len(words) > 2 else Likeness.NONE
    if "University" in words or "College" in words:
        return Likeness.NONE
    if tail in STRONG_TAILS:
        return Likeness.STRONG if before not in _NEVER_BEFORE.get(tail, ()) else Likeness.WEAK
    if tail in WEAK_TAILS and before not in _NEVER_BEFORE.get(tail, ()):
        return Likeness.WEAK
    return Likeness.NONE


def _by_start(words: Sequence[str]) -> Likeness:
    first, second = words[0], words[1]
    if first in ("Channel", "News", "TV", "Radio") and len(words) == 2 and (second in _NUMBERS or second.isdigit()):
        # Many towns have a "Channel 12".
        return Likeness.WEAK if second.isdigit() else Likeness.STRONG
    if first in _STRONG_STARTS:
        return Likeness.STRONG
    if first in _WEAK_STARTS:
        return Likeness.WEAK
    if first.startswith(("Agence", "Agenc", "Agênc", "Agenzi")):
        press = any(w.startswith(("Press", "Prens", "Notíc", "Notic", "Stamp", "News")) for w in words[1:])
        return Likeness.STRONG if press else Likeness.NONE
    if first.startswith(("L'", "l'")) and first[2:] in _ROMANCE_HEADS:
        return Likeness.STRONG
    if first in _ROMANCE_ARTICLES and second in _ROMANCE_HEADS:
        return Likeness.STRONG
    return Likeness.NONE
