"""Words of a stretch of text, with the quotation each lies in."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.articles.document import Span

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|St|Jr|Sr|No|vs)\."
    r"|[$€£]?\d[\d.,:]*\d%?|''|\.\.\.|[$€£#@]?\w+(?:[-'’.&]\w+)*|[^\w\s]"
)


class Token(NamedTuple):
    """One word or mark. `quote` is the number of the quotation it lies in (marks included), -1 outside."""

    text: str
    lower: str
    start: int
    end: int
    quote: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        """Whether it is a word or number rather than a mark."""
        return self.text[-1].isalnum() or self.text[0].isalnum()


def tokenize(text: str, start_char: int, end_char: int, quotations: Sequence[Span]) -> list[Token]:
    """The tokens of `text[start_char:end_char]` in order; `quotations` are sorted spans of the whole text."""
    starts = [q.start_char for q in quotations]
    tokens = []
    for match in _WORD.finditer(text, start_char, end_char):
        word = match.group()
        at = bisect_right(starts, match.start()) - 1
        quote = at if at >= 0 and match.start() < quotations[at].end_char else -1
        tokens.append(Token(word, word.lower().replace("’", "'"), match.start(), match.end(), quote))
    return tokens
