"""What the outlet itself says in a sentence beside what it reports there."""

import re
from collections.abc import Iterator, Sequence

from app.articles.document import Span
from app.claims.clauses import main_verb, passage_of
from app.claims.frames import speech_only
from app.claims.lexicon import ADVERBS, AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, RELATIVES, SUBORDINATORS
from app.claims.passages import Passage
from app.claims.word_lists import listed

# Shorter ones were frames ("the mayor told the Ledger on Friday") more often than statements. Source: read on news text.
_MIN_WORDS = 5
_LEADERS = frozenset(
    ["while", "although", "though", "if", "when", "because", "since", "as", "after", "before", "once", "despite", "unless", "until"]
)
_EDGES = " \t\n,;:—–-"
_WORD = re.compile(r"[\w’'.-]*\w")
_LAST_WORD = re.compile(r"[\w’'-]+$")
# A clause may end before these without loss; after the others something is missing.
_LETS_GO = (SUBORDINATORS | CONJUNCTIONS | RELATIVES) - {"than", "what", "whatever"}
_WANTS_MORE = (PREPOSITIONS | DETERMINERS | AUXILIARIES | frozenset(["than", "what", "whatever", "according", "such", "not"])) - frozenset(
    listed("in on up over since before after until all both few many one do did more this that behind below above inside outside around")
)
# "a day after", "hours before": the words behind say when, so that nothing may be cut there.
_TIMED = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|moments?|time|long|soon|shortly|just|right|immediately)\s*$"
)
_TIMED_START = re.compile(r"(?:\w+\s){1,4}(?:after|before|since)\b", re.IGNORECASE)
_ONLY = frozenset(listed("even not just only also especially particularly notably largely partly mainly mostly simply"))
# "rose and, with a smile": what stands between a conjunction and the words covered goes with these.
_LOOSE_END = re.compile(r",?\s(?:and|but|while|who|which),\s[^,]*$")
_NO_START = frozenset(
    listed(
        """in on at during after before by from for with to of as when while who which whose whom that where outside last earlier late
        via through since until because if and or according adding saying noting citing referring calling describing about into over
        under amid against among told despite although though whether how why what not only than including asked pressed questioned
        speaking responding writing appearing testifying asserting insisting arguing warning claiming"""
    )
)


def leftovers(text: str, sentence: Span, covered: Sequence[Span], sources: Sequence[Span] = ()) -> list[Span]:
    """The parts of `sentence` beside `covered` (the attributed words within it) that stand as clauses of the outlet's own, in order.

    `sources` are those of the spans that name who speaks.

    Where the reported words only fill a place in the outlet's clause ("faced questions over “a reckless bet”"), that is the whole
    sentence; where what is left ends before "until" or "and", it ends there.
    """
    found: list[Span] = []
    running = {s.start_char for s in sources}
    for gap in _gaps(sentence, covered):
        opens = gap.start_char == sentence.start_char
        begins = _begin(text, gap, sentence)
        if begins is None:
            continue
        part, wanting = _ended(text, Span(begins, gap.end_char))
        # "the first time | a poll found that": words that run straight into the source are one clause with it.
        wanting = wanting or (part is not None and part.end_char + 1 == gap.end_char and gap.end_char in running)
        if part is None or len(_WORD.findall(part.of(text))) < _MIN_WORDS or (opens and _TIMED_START.match(part.of(text))):
            continue
        passage = passage_of(text, part)
        if _inverted(passage):
            continue
        if not opens and _verb_first(passage):
            # "Fears that it may fall | have been growing": the reported words are the subject.
            return [sentence]
        verb = main_verb(passage)
        if verb is None or _frame(passage, verb):
            continue
        if wanting and gap.end_char < sentence.end_char:
            if opens:
                return [sentence]
            continue
        found.append(part)
    return found


def _gaps(sentence: Span, covered: Sequence[Span]) -> Iterator[Span]:
    """What of the sentence no span covers, in order."""
    at = sentence.start_char
    for span in sorted(covered):
        if span.start_char > at:
            yield Span(at, span.start_char)
        at = max(at, span.end_char)
    if at < sentence.end_char:
        yield Span(at, sentence.end_char)


def _begin(text: str, gap: Span, sentence: Span) -> int | None:
    """Where a clause can begin in `gap`; None where it begins with what belongs to the words before: "on Friday", "who has …".

    After reported words only a conjunction, a semicolon or a dash opens a new clause, or the comma that ends a leading "while …".
    """
    words = gap.of(text)
    first = _WORD.search(words)
    if first is None:
        return None
    lead = words[: first.start()]
    opens = gap.start_char == sentence.start_char
    linked = False
    if re.match(r"\W*(?:even|only|just|especially)\s(?:though|if|as|when|after|before|because)\b", words, re.IGNORECASE):
        return None
    while first is not None and first.group().lower() in ("and", "but", "yet"):
        linked = True
        first = _WORD.search(words, first.end())
    if first is None or first.group().lower() in _NO_START or (not opens and linked and _is_verb(first.group())):
        return None
    parted = linked or re.search(r"[;:—–]|--|\s-\s", lead) or (lead.strip() == "," and _led(text, sentence)) or _is_verb(first.group())
    if not opens and not parted:
        return None
    start = gap.start_char + first.start()
    while start > gap.start_char and text[start - 1] in "\"“'‘($€£#@":
        start -= 1
    return start


def _led(text: str, sentence: Span) -> bool:
    """Whether the sentence begins with a subordinate clause, so that its main clause follows a comma."""
    first = re.match(r"[\W_]*(?:(?:and|but|so|even)\s)?(\w+)", sentence.of(text), re.IGNORECASE)
    return first is not None and first.group(1).lower() in _LEADERS


def _is_verb(word: str) -> bool:
    return word.lower() in AUXILIARIES


def _verb_first(passage: Passage) -> bool:
    return bool(passage.tokens) and _is_verb(passage.tokens[0].text)


def _inverted(passage: Passage) -> bool:
    """Whether the words are a condition without its "if": "should the town agree", "however, had it rained"."""
    words = [t.lower for t in passage.tokens[:4] if t.word and t.lower not in ADVERBS]
    return bool(words) and words[0] in ("should", "had", "were")


def _ended(text: str, part: Span) -> tuple[Span | None, bool]:
    """`part` without the words at its end that only lead on, and whether something is missing there all the same."""
    end = part.end_char
    if loose := _LOOSE_END.search(text, part.start_char, end):
        end = loose.start()
    cut = relative = False
    while True:
        words = text[part.start_char : end].rstrip(_EDGES + '“"‘(')
        last = _LAST_WORD.search(words)
        if last is None:
            end = part.start_char + len(words)
            return (Span(part.start_char, end) if words else None), False
        end = part.start_char + len(words)
        word = last.group().lower().replace("’", "'")
        before = words[: last.start()]
        if word in _LETS_GO:
            if word in ("after", "before", "since") and _TIMED.search(before):
                return Span(part.start_char, end), True
            relative = word in RELATIVES
        elif not ((cut and word in _ONLY) or (relative and word in PREPOSITIONS)):
            wanting = word in _WANTS_MORE or (word.endswith("'s") and word not in ("it's", "that's"))
            return (Span(part.start_char, end), wanting) if end > part.start_char else (None, wanting)
        cut = True
        end = part.start_char + last.start()


def _frame(passage: Passage, verb: int) -> bool:
    """Whether the clause only says that somebody spoke: "Lind told “Valley Morning” on Friday"."""
    return speech_only([t.text for t in passage.tokens[verb : verb + 1]]) and not any(
        t.lower in ("that", "about", "of", "how", "why", "what") for t in passage.tokens[verb + 1 :]
    )
