"""A figure of another outlet's mentioned beside one's own: "900,000, far fewer than the 2.3 million reported by the Foo Times"."""

import re
from collections.abc import Sequence

from app.articles.document import Span
from app.claims.claim import Quantity
from app.claims.outlets_quoted import OutletFound, OutletsOf
from app.claims.statements import Statement

_COMPARED = re.compile(
    r",\s(?:[a-z]+\s){0,2}?(?:fewer|more|less|higher|lower|above|below|greater|smaller|larger|longer|shorter|different|up|down|compared)\s"
    r"(?:than|from|to|with)?\s?(?P<theirs>(?:the|an?)\s(?P<figure>(?:about\s|some\s|estimated\s)?[^,;.]*?\d[^,;]*?)\s"
    r"(?:first\s|initially\s|previously\s|earlier\s|originally\s)?(?:reported|claimed|given|estimated|cited|published|put\sout)\sby\s)"
)
_FIGURE = re.compile(r"[$€£]?\d[\d.,]*(?:\s(?:million|billion|trillion|thousand|hundred|percent|per\scent))?")


def echo(text: str, statement: Statement, quantities: Sequence[Quantity], outlets: OutletsOf) -> tuple[Statement, OutletFound] | None:
    """The statement as the other outlet would have it, its own figure in place, and that outlet; None where none is compared."""
    match = _COMPARED.search(text, statement.span.start_char, statement.span.end_char)
    if match is None:
        return None
    named = outlets.within(match.end(), min(len(text), statement.span.end_char + 60))
    ours = [q for q in quantities if statement.span.start_char <= q.span.start_char and q.span.end_char <= match.start()]
    theirs = _FIGURE.search(match.group("figure"))
    if not named or not ours or theirs is None or named[0].span.start_char - match.end() > 40:
        return None
    replaced = ours[-1].span
    own = _FIGURE.search(ours[-1].text)
    rest = ours[-1].text[own.end() :] if own else ""
    content = text[statement.span.start_char : replaced.start_char] + theirs.group() + rest + text[replaced.end_char : match.start()]
    span = Span(match.start("theirs"), named[0].span.end_char)
    return Statement(span, (span,), content[0].upper() + content[1:] + "."), named[0]
