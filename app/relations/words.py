"""Words with their places: tokens, light stems, names. No model, no download.

The stemmer only has to bring the forms of one word together ("rejecting", "rejected" -> "reject"); it need not give dictionary forms.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from app.articles.document import Span

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'\-‑][^\W\d_]+)*|\d[\d.,:]*\d|\d|[^\w\s]")


def each_word(listed: str) -> list[str]:
    """The words of a list written as running text, which is how this room keeps its small lexicons."""
    return listed.split()


_STOP = frozenset(
    each_word(
        """
    a an the this that these those and or but nor so yet of to in on at by for from with into onto over under about as than then
    too very just only also even still already again ever here there where when while who whom whose which what why how he she
    it they we you i his her hers its their theirs our ours your my mine me him them us himself herself itself themselves
    ourselves be is are was were been being am do does did done doing have has had having will would shall should can could may
    might must not no n't s t d ll m re ve mr mrs ms dr sir one ones all any some each both either neither such own same other
    others another more most less least much many few several up down out off if because since until through during before after
    between among against within without upon per via whether however though although every nobody nothing none never like get
    got put it's that's there's
    """
    )
)

_NUMBER_WORDS = frozenset(
    each_word(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion
    billions trillion dozen dozens half third thirds quarter quarters fifth fifths tenth tenths twice once thrice couple
    """
    )
)

# Irregular forms that news uses often -> the stem of their base form.
_IRREGULAR = dict(
    pair.split(":")
    for pair in each_word(
        """
    rose:rise risen:rise fell:fall fallen:fall paid:pay won:win lost:lose shot:shoot held:hold met:meet left:leave gave:give
    given:give took:take taken:take went:go gone:go began:begin begun:begin broke:break broken:break found:find sent:send
    kept:keep made:make built:build sold:sell bought:buy told:tell struck:strike fled:flee stole:steal stolen:steal said:say
    saw:see seen:see knew:know known:know grew:grow grown:grow drew:draw drawn:draw threw:throw thrown:throw flew:fly flown:fly
    drove:drive driven:drive wrote:write written:write spoke:speak spoken:speak chose:choose chosen:choose froze:freeze
    frozen:freeze led:lead fed:feed bled:bleed brought:bring thought:think caught:catch fought:fight sought:seek taught:teach
    stood:stand understood:understand lent:lend spent:spend bent:bend lay:lie laid:lay lain:lie rang:ring rung:ring sank:sink
    sunk:sink swam:swim ran:run came:come became:become died:die dead:dead hung:hang stuck:stick swore:swear sworn:swear
    tore:tear torn:tear wore:wear worn:wear beat:beat beaten:beat bore:bear born:born heard:hear felt:feel dealt:deal meant:mean
    slept:sleep swept:sweep shook:shake shaken:shake hid:hide hidden:hide bit:bite bitten:bite forgot:forget forgave:forgive
    withdrew:withdraw withdrawn:withdraw overthrew:overthrow underwent:undergo men:man women:woman children:child people:people
    lives:life knives:knife feet:foot shut:shut cut:cut hit:hit wed:wed lit:light slid:slide slain:slay better:good best:good
    worse:bad worst:bad
    """
    )
)

_VOWELS = "aeiouy"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a statement: its span in the text, its stem, and what it can be.

    `name` is true for a capitalised word that is no ordinary sentence opener. `number` for digits and number words.
    `stop` for words without subject of their own. `index` counts from 0 over all tokens, punctuation included.
    `content`: the word says what the statement is about; `low`: the text in lower case. Both follow from the rest, and are asked
    for so often that they are kept.
    """

    text: str
    span: Span
    stem: str
    index: int
    name: bool = False
    number: bool = False
    stop: bool = False
    mark: bool = False
    content: bool = field(init=False, repr=False, compare=False)
    low: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", not (self.number or self.stop or self.mark))
        object.__setattr__(self, "low", self.text.lower())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The form under which inflections of a word meet; lower case. Empty for an empty word.

    >>> stem("rejected") == stem("rejects") == stem("rejecting")
    True
    """
    w = word.lower().replace("’", "'").replace("‑", "-")
    for tail in ("'s", "s'", "'"):
        if w.endswith(tail) and len(w) > len(tail) + 1:
            w = w[: -len(tail)] + ("s" if tail == "s'" else "")
            break
    w = _IRREGULAR.get(w, w)
    if len(w) > 4 and w.endswith("ies"):
        w = w[:-3] + "y"
    elif len(w) > 4 and w.endswith(("sses", "shes", "ches", "xes", "zes")):
        w = w[:-2]
    elif len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")):
        w = w[:-1]
    for tail in ("ing", "ed"):
        root = w[: -len(tail)]
        if w.endswith(tail) and len(root) >= 3 and any(c in _VOWELS for c in root):
            w = root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    if len(w) > 4 and w.endswith("ly"):
        w = w[:-2]
    if len(w) > 3 and w.endswith("e"):
        w = w[:-1]
    if len(w) > 2 and w.endswith("y"):
        w = w[:-1] + "i"
    if len(w) > 4 and w[-1] == w[-2] == "l":
        w = w[:-1]
    return w


def _opens(text: str, start_char: int) -> bool:
    before = text[:start_char].rstrip(" \"“”‘'’([—–-")
    return not before or before[-1] in ".!?:;…"


def words(text: str) -> tuple[Word, ...]:
    """All tokens of a text in order, punctuation as `mark`s; `text[w.span.start_char:w.span.end_char] == w.text`. Empty for no token."""
    found: list[Word] = []
    for index, match in enumerate(_TOKEN.finditer(text)):
        token = match.group()
        span = Span(match.start(), match.end())
        if not token[0].isalnum():
            found.append(Word(token, span, token, index, mark=True))
            continue
        low = token.lower().replace("’", "'")
        number = token[0].isdigit() or low in _NUMBER_WORDS or all(p in _NUMBER_WORDS or p == "and" for p in low.split("-"))
        stop = low in _STOP or low.endswith("n't") or low.split("'")[0] in {"it", "that", "he", "she", "they", "we", "i", "you", "there"}
        capital = token[0].isupper()
        # A capital at the start of a sentence says nothing by itself; two in a row ("Elena Marsk") do.
        rest = text[span.end_char :].lstrip(" ")
        name = capital and not stop and not number and (not _opens(text, span.start_char) or (rest[:1].isupper() and rest[:1] != "I"))
        found.append(Word(token, span, stem(token), index, name=name, number=number, stop=stop))
    return tuple(found)
