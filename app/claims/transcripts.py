"""Turns of a transcript: "HOLM: We sailed at noon." is said by the name in front of its colon and by nobody else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.articles.document import Span
from app.claims.tagger import Attribution

# The name and, in brackets, how or as what it is said: "LIND (via telephone):".
_BEFORE_COLON = re.compile(r"(?:^|[.!?”\"\n]\s*)(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3})(?:,?\s[A-Z, -]+)?(?:\s?\([^()]*\))?\s*$")
_NAME_CHARS = 80


def turns(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """`attributions`, each whose cue is a colon given the name that opens the paragraph right in front of it."""
    found = []
    for attribution in attributions:
        cue = attribution.cue[0] if attribution.cue else None
        if cue is not None and cue.of(text).strip() == ":" and attribution.source:
            between = text[max(s.end_char for s in attribution.source) : cue.start_char]
            if re.search(r"\w", re.sub(r"\([^()]*\)", "", between)) or cue.start_char < attribution.source[0].start_char:
                begin = max(0, cue.start_char - _NAME_CHARS)
                match = _BEFORE_COLON.search(text[begin : cue.start_char])
                if match is not None and (match.start() or not begin):
                    named = Span(begin + match.start("name"), begin + match.end("name"))
                    attribution = replace(attribution, source=(named,))
        found.append(attribution)
    return found
