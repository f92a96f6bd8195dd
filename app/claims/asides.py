"""What an outlet says in passing of those it quotes: who they are, and where they spoke."""

import re

from app.articles.document import Span
from app.claims.checkable import checkable
from app.claims.statements import Statement
from app.claims.tagger import Attribution

# "General Foo, who commands the front, said …"; how and why somebody spoke is not about the matter.
_RELATIVE = re.compile(
    r"(?!(?:an?|some|people|those|others|[a-z]+)\s)(?P<name>[^,]{3,80}?),?\s(?:who|which)\s"
    r"(?P<said>(?!asked|spoke|spoken|requested|declined|insisted|did not want|wanted)[^,]+)",
    re.DOTALL,
)
_NAMED = re.compile(r"(?:[A-Z][\w’'.-]*\s){1,4}[A-Z][\w’'-]+$")
# The event or the place: "told a 45-minute news conference", "said in the capital". A medium ("in a statement") is neither.
_WHERE = re.compile(
    r"\s(?P<where>(?:(?:a|an|the|his|her|their)\s(?:[\w’'-]+\s){0,3}?(?:conference|briefing|rally|audience|crowd|meeting|hearing|gathering|summit|panel|"
    r"court|parliament|committee|forum)|(?:in|at|outside|inside)\s(?:the|a|an|his|her|their)\s(?!(?:[\w-]+\s)?(?:statement|interview|"
    r"e-?mail|letter|tweet|post|call|message|memo|report|speech|telephone|phone|report|time|past|same|end|filing|video|article)\b)[\w’'-]+)"
    r"(?:\s(?:in|at|on|outside|of|near|by|after|before)\s[^,.;:“”\"]+)?)(?=[,.;:“”\"]|\sthat\b|$)"
)


def asides(text: str, attribution: Attribution, sentence: Span) -> list[Statement]:
    """The statements of the outlet's own about the source of `attribution`, from its words within `sentence`; mostly none."""
    found: list[Statement] = []
    for source in attribution.source:
        if not sentence.contains(source):
            continue
        words = source.of(text)
        match = _RELATIVE.match(words)
        if match is not None:
            content = f"{match.group('name').rstrip(' —–-')} {match.group('said').strip(' —–-')}."
            if checkable(content):
                span = Span(source.start_char, source.start_char + match.end("said"))
                found.append(Statement(span, (span,), content[0].upper() + content[1:]))
        appeared = _appearance(text, attribution, source, sentence)
        if appeared is not None:
            found.append(appeared)
    return found


def _appearance(text: str, attribution: Attribution, source: Span, sentence: Span) -> Statement | None:
    """ "Superintendent Foo told a briefing at the town hall": that this person spoke there."""
    if not attribution.cue or attribution.cue[0].start_char < source.end_char or not _NAMED.search(source.of(text).split(",")[0]):
        return None
    cue = attribution.cue[0]
    match = _WHERE.match(text, cue.end_char, sentence.end_char)
    if match is None or cue.start_char - source.end_char > 1:
        return None
    span = Span(source.start_char, match.end("where"))
    told = text[cue.start_char : cue.end_char].lower().endswith("told")
    verb = "told" if told else "spoke"
    return Statement(span, (span,), f"{source.of(text).strip(' ,')} {verb} {match.group('where')}.")
