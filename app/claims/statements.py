"""From the content of an attribution, or a sentence of the outlet's own, to statements: exact spans and a readable sentence each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.articles.document import Span
from app.claims.clauses import stands
from app.claims.frames import takes
from app.claims.lexicon import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBORDINATORS, Takes
from app.claims.splitting import atoms, quoted_groups, sentences_within
from app.claims.wording import joined, lead, sentence, stripped

_OPENING, _CLOSING = "\"'“‘«„`", "\"'”’»"
_WORD = re.compile(r"\w+(?:['’]\w+)?")
# So many words beside source and cue may stand between two parts of one sentence ("on Friday", "in a short statement").
_BETWEEN_WORDS = 4
_TORN_WORDS = 8
_LAST_WORD = re.compile(r"\w+$")
# Words at the end that lead on to what was not reported: "of a car in what".
_DANGLING = re.compile(
    r"(?:[\s,]+(?:and|but|or|of|in|at|by|for|from|with|to|on|as|that|which|who|whom|what|whose|because|while|when|where|the|a|an|his|her|its|their))*"
    r"[\s,]+(?:and|but|or|of|that|which|who|whom|what|whose|because|while|when|where|the|a|an|his|its|their)$"
)
_GOES_ON = PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | {"which", "who"}
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


def reported(
    text: str, pieces: Sequence[Span], cue: str, sentences: Sequence[Span], quotations: Sequence[Span], frame: Sequence[Span] = ()
) -> list[Statement]:
    """The statements of an attribution's content `pieces`, in order; the cue decides how a bare phrase is read.

    `frame` is the source and cue: what else stands between two pieces parts them.
    """
    kinds = takes(cue)
    found: list[Statement] = []
    for group in _groups(text, pieces, sentences, frame):
        if len(group) > 1:
            span = Span(group[0].start_char, group[-1].end_char)
            found.append(Statement(span, tuple(group), joined([p.of(text) for p in group])))
            continue
        piece = group[0]
        if kinds & (Takes.PREDICATES | Takes.ACCUSES):
            built = _built(piece.of(text), cue, bool(kinds & Takes.ACCUSES))
            if built:
                found.append(Statement(piece, (piece,), built))
            continue
        if _wrapped(text, piece, quotations):
            found += [_statement(text, part) for part in quoted_groups(piece, sentences)]
            continue
        for part in sentences_within(_reason(text, piece), sentences):
            found += [_statement(text, atom) for atom in atoms(text, _unled(text, part), quotations)]
    return found


def _reason(text: str, piece: Span) -> Span:
    """A report that only gives a reason without its "because": "because the dam leaked" says that the dam leaked."""
    because = re.match(r"(?:because|since|as)\s", text[piece.start_char : piece.end_char])
    inside = (
        Span(piece.start_char + because.end(), piece.end_char) if because and because.end() < piece.end_char - piece.start_char else piece
    )
    return inside if because and not stands(text, piece) and stands(text, inside) else piece


def own(text: str, span: Span, quotations: Sequence[Span], *, whole: bool) -> list[Statement]:
    """The statements of words that nobody is quoted on; `whole` says that they are a sentence of the article."""
    parts = atoms(text, _unled(text, span, own=True), quotations, own=True)
    return [_statement(text, part, whole=whole and len(parts) == 1, own=True) for part in parts]


def _groups(text: str, pieces: Sequence[Span], sentences: Sequence[Span], frame: Sequence[Span]) -> list[list[Span]]:
    """Pieces joined where a cue breaks a sentence between them; bare words behind a clause of somebody else's are left out."""
    groups: list[list[Span]] = []
    for piece in pieces:
        if groups:
            last = groups[-1][-1]
            if _torn(text, last, piece, frame):
                groups[-1][-1] = Span(last.start_char, piece.end_char)
                continue
            ended = re.search(r"[.!?…][,\"'”’»]*$", last.of(text)) is not None
            together = any(s.start_char < last.end_char and piece.start_char < s.end_char for s in sentences)
            quoted = piece.of(text)[:1] in _OPENING
            begins = piece.of(text).lstrip(_OPENING)[:1].isupper() and quoted and not _continues(text, last, piece)
            begins = begins or re.match(r"(?:and|but|while)\s", piece.of(text)) is not None
            far = together and not quoted and not begins and _strange_words(text, last, piece, frame) > _BETWEEN_WORDS
            if far and not piece.of(text).startswith("that "):
                continue
            if together and not ended and not begins and not far and (quoted or _same_clause(text, last, piece)):
                groups[-1].append(piece)
                continue
        groups.append([piece])
    return groups


def _torn(text: str, last: Span, piece: Span, frame: Sequence[Span]) -> bool:
    """Whether a few words that belong between two pieces are missing: "two days after the | agency's head cancelled | a meeting"."""
    between = text[last.end_char : piece.start_char]
    if not _WORD.search(between) and "." not in between:
        return last.of(text)[-1] not in _CLOSING and piece.of(text)[0] not in _OPENING
    word = _LAST_WORD.search(last.of(text))
    if (
        word is None
        or word.group().lower() not in PREPOSITIONS | DETERMINERS
        or any(last.end_char <= f.start_char < piece.start_char for f in frame)
    ):
        return False
    return len(_WORD.findall(between)) <= _TORN_WORDS


def _strange_words(text: str, last: Span, piece: Span, frame: Sequence[Span]) -> int:
    """How many words between two pieces are neither source nor cue."""
    return sum(
        not any(f.start_char <= word.start() < f.end_char for f in frame) for word in _WORD.finditer(text, last.end_char, piece.start_char)
    )


def _same_clause(text: str, last: Span, piece: Span) -> bool:
    """Whether bare words go on with the clause before the cue: behind a comma, with a word that leads on, or with its missing verb."""
    first = _WORD.search(text, piece.start_char, piece.end_char)
    leads_on = first is not None and first.group().lower() in _GOES_ON
    return leads_on or text[: piece.start_char].rstrip().endswith((",", "—", "–", "-", "”", '"')) or not stands(text, last)


def _continues(text: str, last: Span, piece: Span) -> bool:
    """Whether a quotation goes on in capitals only because of a name or "I": its break was no full stop."""
    between = text[last.end_char : piece.start_char]
    return "." not in between


def _wrapped(text: str, piece: Span, quotations: Sequence[Span]) -> bool:
    """Whether a piece is one quotation and nothing else."""
    return any(q.start_char <= piece.start_char + 1 and piece.end_char - 1 <= q.end_char for q in quotations if q.overlaps(piece))


def _unled(text: str, span: Span, *, own: bool = False) -> Span:
    """Without "that", "and", "but" in front and marks around; the outlet's `own` "that" stays."""
    start, end = span.start_char, span.end_char
    while start < end and (text[start].isspace() or text[start] in ",;:—–-"):
        start += 1
    start = lead(text, start, end, own=own)
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-"):
        end -= 1
    return Span(start, end) if start < end else span


def _statement(text: str, span: Span, *, whole: bool = False, own: bool = False) -> Statement:
    span = _unled(text, span, own=own)
    cut = None if own else _DANGLING.search(text, span.start_char, span.end_char)
    if cut is not None and cut.start() > span.start_char:
        span = Span(span.start_char, cut.start())
    return Statement(span, (span,), sentence(stripped(span.of(text), own=own)), whole)


# Names of groups that end like these are plural: Democrats, Republicans, Europeans, Conservatives; "Texas" and "Evans" are not.
_PEOPLE = re.compile(r"(?:crats|icans|ians|peans|reans|ists|ites|atives)$")


def _built(words: str, cue: str, accuses: bool) -> str | None:
    """A sentence out of "called the plan a joke", "blamed the crew for it": None where the parts cannot be told apart."""
    words = " ".join(words.split()).strip(" ,;:")
    if accuses:
        match = _ACCUSED.match(words)
        if match is None:
            return None
        if not _subject(match.group("thing")):
            return None
        blamed = "blam" in cue.lower()
        if blamed and match.group("link") == "on":
            return sentence(f"{_subject(match.group('said'))} to blame for {match.group('thing')}")
        verb = "to blame for" if blamed else "accused of"
        return sentence(f"{_subject(match.group('thing'))} {verb} {match.group('said')}")
    match = _PARTS.match(words) or (_CALLED.match(words) if re.search(r"\b(?:call|deem|label|brand|hail)", cue.lower()) else None)
    if match is None:
        return None
    said = match.group("said")
    quote = re.match(r"(?:the |an? )?[“\"‘']([^”\"’]+)[”\"’']", said)
    if quote and quote.end() < len(said) and said[quote.end()] in " ,":
        said = said[: quote.end()]
    subject = _subject(match.group("thing"))
    return sentence(f"{subject} {said}") if subject else None


def _subject(thing: str) -> str:
    """The thing with its "is" or "are"."""
    thing = _SUBJECTS.get(thing.lower(), thing)
    head = re.split(r"\s(?:of|in|on|at|for|with|from|to|by)\s", thing)[0]
    plural = (
        (head.endswith("s") and not head.endswith(("ss", "'s", "’s")) and not head[:1].isupper())
        or thing.lower() in ("they", "we")
        or " and " in head
        or _PEOPLE.search(head) is not None
    )
    if thing.lower() in ("itself", "himself", "herself", "themselves", "each other", "one another"):
        return ""
    verb = "am" if thing == "I" else "are" if plural else "is"
    return f"{thing} {verb}"
