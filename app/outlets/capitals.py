"""A text as its capitalised words: what names are made of."""

import re
from dataclasses import dataclass
from typing import NamedTuple

_CAPITALISED = re.compile(r"[^\W_a-z](?<!\w\w)\w*")
_SAME_LENGTH = (("’", "'"), ("‘", "'"), ("\u00a0", " "), ("\u202f", " "), ("\u2011", "-"), ("\u2010", "-"))
_LEFT_JOINS = frozenset({" ", "-", "'s ", "' ", "'", " & "})
_RIGHT_JOINS = _LEFT_JOINS | {" de ", " del ", " della ", " di ", " do ", " da ", " du ", " des ", " y ", " e "}


def word_set(words: str) -> frozenset[str]:
    """Words written with spaces between them, as a set."""
    return frozenset(words.split())


WEEKDAYS_AND_MONTHS = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sep Sept "
    "Oct Nov Dec January February March April May June July August September October November December"
)
NOT_IN_A_NAME = WEEKDAYS_AND_MONTHS | word_set(
    "The A An And But Or In On At By As If When While After Before Since For From With To Of That This These Those It Its He She They We "
    "I You His Her Their Our Yet So Still Then Now Also Both Neither Either Not No Yes Per Via According Former Ex Late Says Said Told "
    "Citing Quoting Meanwhile However Earlier Later Separately Like Unlike Even Only Just Where Who What Why How Is Are Was Were Has Had "
    "Read Watch See Follow Photo Photos Image Picture Source Video More Several Some Many Most All Every Each Other Another Any Under"
)
"""Words that a sentence puts before a name with a capital of their own."""


class Word(NamedTuple):
    """One capitalised word (or number): `text` is what `flat[start:end]` holds."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Flat:
    """A text with straight apostrophes, plain hyphens and spaces, of the same length, and its capitalised words in order."""

    flat: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, text: str) -> "Flat":
        """The flat form of a text; its offsets are the text's own."""
        flat = text
        for written, plain in _SAME_LENGTH:
            flat = flat.replace(written, plain)
        return cls(flat, tuple([Word(m.start(), m.end(), m.group()) for m in _CAPITALISED.finditer(flat)]))

    def between(self, left: int) -> str:
        """What stands between the word at index `left` and the next one."""
        return self.flat[self.words[left].end : self.words[left + 1].start]

    def joins_left(self, left: int) -> bool:
        """Whether the words at `left` and `left + 1` can be two words of one name whose head stands further right."""
        return self.between(left) in _LEFT_JOINS

    def joins_right(self, left: int) -> bool:
        """Whether the words at `left` and `left + 1` can be two words of one name whose head stands further left."""
        return self.between(left) in _RIGHT_JOINS and self.words[left + 1].text not in WEEKDAYS_AND_MONTHS
