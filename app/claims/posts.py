"""Posts set into an article: "… — Lena Holm (@lholm) May 4, 2031" signs what stands before it."""

import re
from collections.abc import Sequence

from app.articles.document import Span
from app.claims.tagger import Attribution

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_SIGNATURE = re.compile(
    rf"(?:—|–|--)\s?(?P<name>[^\n(@—–]{{2,60}}?)\s\(@\w{{1,30}}\)\s(?:{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{1,2}}\s{_MONTH}\s\d{{4}})"
)


def posts(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """`attributions` and one for every signed post that none of them touches, in no particular order.

    A post reaches from the beginning of its paragraph, or the post before it, to its signature.
    """
    taken = [c for a in attributions for c in a.content]
    found = list(attributions)
    before = 0
    for match in _SIGNATURE.finditer(text):
        begin = max(text.rfind("\n", 0, match.start()) + 1, before)
        before = match.end()
        words = text[begin : match.start()]
        start, end = begin + len(words) - len(words.lstrip()), begin + len(words.rstrip())
        if start < end and not any(c.start_char < end and start < c.end_char for c in taken):
            found.append(Attribution((Span(match.start("name"), match.end("name")),), (), (Span(start, end),)))
    return found
