"""From the content of an attribution, or a sentence of the outlet's own, to statements: exact spans and a readable sentence each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.articles.document import Span
from app.claims.lexicon import CUES, PHRASAL, PHRASAL_FORMS, Takes
from app.claims.splitting import atoms, quoted_groups, sentences_within

_OPENING, _CLOSING = "\"'“‘«„`", "\"'”’»'"
_LEAD = re.compile(r"(?:that|[Aa]nd that|[Bb]ut that|[Aa]nd|[Bb]ut|[Ss]o|[Yy]et),?\s+")
_INDIRECT_QUESTION = re.compile(r"(?:that\s+)?(?:(?:whether|how|why|what|who|where|when|to)\b|if\b(?!.*,))")
_PARTS = re.compile(r"^(?P<thing>.+?)\s+as\s+(?P<said>(?:being\s+)?.+)$", re.DOTALL)
_CALLED = re.compile(
    r"^(?P<thing>(?:the|a|an|his|her|their|its|that|this|these|those|[A-Z])[^“\"‘]*?|him|her|it|them|that|this)\s+(?P<said>(?:the\s|an?\s|both\s)?[“\"‘].+|(?:an?\s).+|[a-z-]+)$",
    re.DOTALL,
)
_ACCUSED = re.compile(r"^(?P<thing>.+?)\s+(?P<link>of|for|on)\s+(?P<said>.+)$", re.DOTALL)
_SUBJECTS = {"him": "he", "her": "she", "them": "they", "me": "I", "us": "we"}
_POINTS_BACK = re.compile(
    r"(?:it|this|that|them|(?:the|this|that|those|these|both|such|any such)\s"
    r"(?:claims?|reports?|allegations?|accusations?|rumou?rs|charges?|account|story))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """One statement: the article's words under `span`, the pieces its content was taken from, and the content itself."""

    span: Span
    pieces: tuple[Span, ...]
    content: str
    whole_sentence: bool = False


def points_back(content: str) -> bool:
    """Whether a content only points at what was said before: "denied it", "rejected the claim"."""
    return _POINTS_BACK.fullmatch(content.strip(" .,“”\"'")) is not None


def indirect_question(content: str) -> bool:
    """Whether a content is what somebody asked or will do rather than what they assert: "whether …", "to resign"."""
    return _INDIRECT_QUESTION.match(content) is not None


def reported(text: str, pieces: Sequence[Span], cue: str, sentences: Sequence[Span], quotations: Sequence[Span]) -> list[Statement]:
    """The statements of an attribution's content `pieces`, in order; the cue decides how a bare phrase is read."""
    takes = _takes(cue)
    found: list[Statement] = []
    for group in _groups(text, pieces, sentences):
        if len(group) > 1:
            span = Span(group[0].start_char, group[-1].end_char)
            found.append(Statement(span, tuple(group), _joined(text, group)))
            continue
        piece = group[0]
        if takes & (Takes.PREDICATES | Takes.ACCUSES):
            built = _built(piece.of(text), cue, bool(takes & Takes.ACCUSES))
            if built:
                found.append(Statement(piece, (piece,), built))
            continue
        if _wrapped(text, piece, quotations):
            found += [_statement(text, part) for part in quoted_groups(piece, sentences)]
            continue
        for sentence in sentences_within(piece, sentences):
            found += [_statement(text, atom) for atom in atoms(text, _unled(text, sentence), quotations)]
    return found


def own(text: str, span: Span, quotations: Sequence[Span], *, whole: bool) -> list[Statement]:
    """The statements of words that nobody is quoted on; `whole` says that they are a sentence of the article."""
    parts = atoms(text, _unled(text, span), quotations)
    return [_statement(text, part, whole=whole and len(parts) == 1) for part in parts]


def asserts(cue: str) -> bool:
    """Whether a cue puts its content forward as so: "said", "according to", "called"; not "endorsed", "urged".

    A cue of unknown words is trusted.
    """
    takes = _takes(cue)
    return not takes or bool(takes & (Takes.CLAUSE | Takes.PREDICATES | Takes.ACCUSES))


def speaks(cue: str) -> bool:
    """Whether a cue introduces somebody's very words or questions."""
    return bool(_takes(cue) & Takes.CLAUSE)


def weak(cue: str) -> bool:
    """Whether a cue often takes a thing rather than a statement ("found", "shows", "proposed"): its content must prove to be a clause."""
    takes = _takes(cue)
    return Takes.CLAUSE in takes and not takes & (Takes.INVERTS | Takes.ADDRESSEE)


def _takes(cue: str) -> Takes:
    takes = Takes(0)
    words = re.findall(r"\w+", cue.lower())
    for word, following in pairwise([*words, ""]):
        if word in CUES:
            takes = CUES[word].takes
        if word in PHRASAL_FORMS and (PHRASAL_FORMS[word], following) in PHRASAL:
            return PHRASAL[PHRASAL_FORMS[word], following]
    return takes


def _groups(text: str, pieces: Sequence[Span], sentences: Sequence[Span]) -> list[list[Span]]:
    """Pieces joined where a cue breaks a sentence between them."""
    groups: list[list[Span]] = []
    for piece in pieces:
        if groups:
            last = groups[-1][-1]
            ended = re.search(r"[.!?…][\"'”’»]*$", last.of(text)) is not None
            together = any(s.start_char < last.end_char and piece.start_char < s.end_char for s in sentences)
            first = piece.of(text).lstrip(_OPENING)[:1]
            begins = first.isupper() and piece.of(text)[:1] in _OPENING and not _continues(text, last, piece)
            begins = begins or re.match(r"(?:and|but|while)\s", piece.of(text)) is not None
            if together and not ended and not begins:
                groups[-1].append(piece)
                continue
        groups.append([piece])
    return groups


def _continues(text: str, last: Span, piece: Span) -> bool:
    """Whether a quotation goes on in capitals only because of a name or "I": its break was no full stop."""
    between = text[last.end_char : piece.start_char]
    return "." not in between


def _joined(text: str, pieces: Sequence[Span]) -> str:
    words = [_stripped(p.of(text)) for p in pieces]
    quoted = all(p.of(text)[:1] in _OPENING for p in pieces)
    return _sentence((", " if quoted and not words[0].endswith(("—", "–")) else " ").join(words))


def _wrapped(text: str, piece: Span, quotations: Sequence[Span]) -> bool:
    """Whether a piece is one quotation and nothing else."""
    return any(q.start_char <= piece.start_char + 1 and piece.end_char - 1 <= q.end_char for q in quotations if q.overlaps(piece))


def _unled(text: str, span: Span) -> Span:
    """Without "that", "and", "but" in front and marks around."""
    start, end = span.start_char, span.end_char
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    lead = _LEAD.match(text, start, end)
    if lead and lead.group().strip().lower() != "so":
        start = lead.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
        end -= 1
    return Span(start, end) if start < end else span


def _statement(text: str, span: Span, *, whole: bool = False) -> Statement:
    span = _unled(text, span)
    return Statement(span, (span,), _sentence(_stripped(span.of(text))), whole)


def _stripped(words: str) -> str:
    """Freed of marks that quote all of it and of a comma at the end."""
    words = " ".join(words.split()).strip(" ,;")
    for opening, closing in (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("''", "''"), ("«", "»"), ("„", "“")):
        if words.startswith(opening) and words.endswith(closing) and len(words) > len(opening) + len(closing):
            inside = words[len(opening) : -len(closing)]
            if opening not in inside and closing not in (inside if len(closing) > 1 or closing not in "’'" else ""):
                words = inside
        elif words.startswith(opening) and closing not in words[1:] and opening not in "'‘":
            words = words[len(opening) :]
        elif words.endswith(closing) and opening not in words[:-1] and closing not in "'’":
            words = words[: -len(closing)]
    words = words.strip(" ,;:")
    return _LEAD.sub("", words, count=1) if _LEAD.match(words) and not words.lower().startswith("so ") else words


def _sentence(words: str) -> str:
    if not words:
        return words
    words = words[0].upper() + words[1:]
    return words if re.search(r"[.!?…][\"'”’»)]*$", words) else words + "."


def _built(words: str, cue: str, accuses: bool) -> str | None:
    """A sentence out of "called the plan a joke", "blamed the crew for it": None where the parts cannot be told apart."""
    words = " ".join(words.split()).strip(" ,;:")
    if accuses:
        match = _ACCUSED.match(words)
        if match is None:
            return None
        blamed = "blam" in cue.lower()
        if blamed and match.group("link") == "on":
            return _sentence(f"{_subject(match.group('said'))} to blame for {match.group('thing')}")
        verb = "to blame for" if blamed else "accused of"
        return _sentence(f"{_subject(match.group('thing'))} {verb} {match.group('said')}")
    match = _PARTS.match(words) or (_CALLED.match(words) if re.search(r"\b(?:call|deem|label|brand|hail)", cue.lower()) else None)
    if match is None:
        return None
    said = match.group("said")
    quote = re.match(r"(?:the |an? )?[“\"‘']([^”\"’]+)[”\"’']", said)
    if quote and quote.end() < len(said) and said[quote.end()] in " ,":
        said = said[: quote.end()]
    subject = _subject(match.group("thing"))
    return _sentence(f"{subject} {said}") if subject else None


def _subject(thing: str) -> str:
    """The thing with its "is" or "are"."""
    thing = _SUBJECTS.get(thing.lower(), thing)
    head = re.split(r"\s(?:of|in|on|at|for|with|from|to|by)\s", thing)[0]
    plural = (
        (head.endswith("s") and not head.endswith(("ss", "'s", "’s")) and not head[:1].isupper())
        or thing.lower() in ("they", "we")
        or " and " in head
    )
    if thing.lower() in ("itself", "himself", "herself", "themselves"):
        return ""
    verb = "am" if thing == "I" else "are" if plural else "is"
    return f"{thing} {verb}"
