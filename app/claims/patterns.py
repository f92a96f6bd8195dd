"""Where the source of a cue stands and on which side of it the content lies: one pattern a way of reporting."""

from dataclasses import dataclass, field

from app.claims.adjuncts import after_addressee, after_adverbials
from app.claims.cues import VerbCue
from app.claims.lexicon import (
    ADVERBS,
    CONJUNCTIONS,
    CUES,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    Takes,
)
from app.claims.passages import Passage
from app.claims.phrases import Range, subject_left, subject_right


@dataclass
class Found:
    """An attribution in the making, in tokens of its passage."""

    source: Range | None
    cue: Range | None
    content: list[Range] = field(default_factory=list)
    head: int = 0  # the leftmost token of its attributing words
    tail: int = 0  # one past the rightmost
    open: int | None = None  # where content to the right begins, until it is known where it ends
    sibling: bool = True  # ends the content of one that begins before it
    clausal: bool = True
    relative: bool = False  # "the mayor, who said …"


def verb(passage: Passage, cue: VerbCue, earlier: list[Found]) -> Found | None:
    """The attribution of one cue verb: beside it the source, and on which side its content lies."""
    tokens, last = passage.tokens, passage.last
    floor = max((f.cue[1] for f in earlier if f.cue and not f.relative), default=0)
    before = tokens[cue.start - 1] if cue.start else None
    if cue.passive:
        return _passive(passage, cue, floor)
    right = cue.end
    clausal = Takes.CLAUSE in cue.takes
    if Takes.ADDRESSEE in cue.takes:
        right = after_addressee(passage, right)
    if clausal:
        right = after_adverbials(passage, right)
        if right < last and tokens[right].text == ":":
            right += 1
    coordinated = before is not None and before.quote < 0 and before.lower in ("and", "but", "or", "then")
    if cue.participle or coordinated:
        source = _shared_subject(passage, cue.start, earlier)
        if source is None or (before is not None and before.quote >= 0 and not cue.participle):
            return None
        return _rightward(passage, cue, source, right, clausal, sibling=coordinated or (before is not None and not before.word))
    if before is not None and before.lower in RELATIVES:
        at = cue.start - 1
        source = subject_left(passage, at - 1 if at and tokens[at - 1].text == "," else at, floor)
        if source is None:
            return None
        found = _rightward(passage, cue, source, right, clausal, sibling=False)
        if found is not None:
            found.relative = True
        return found
    inverted = _inverted(passage, cue, floor)
    if inverted is not None:
        found = Found(inverted, (cue.start, cue.end), head=cue.start, tail=inverted[1])
        _leftward(passage, found, earlier, cue.start)
        _after_tail(passage, found)
        return found
    source = subject_left(passage, cue.start, floor)
    if source is None or _no_source(passage, source):
        return None
    if source[0] and tokens[source[0] - 1].lower in ("if", "whether", "unless"):
        return None  # nobody has said it yet
    if clausal and _postposed(passage, source, right):
        found = Found(source, (cue.start, cue.end), head=source[0], tail=max(right, cue.end))
        _leftward(passage, found, earlier, source[0])
        _after_tail(passage, found)
        return found if found.content or found.open is not None else None
    return _rightward(passage, cue, source, right, clausal, sibling=_starts_clause(passage, source[0]))


def _inverted(passage: Passage, cue: VerbCue, floor: int) -> Range | None:
    """The source right of its cue, '"…", said Mary Foo, the mayor': None where the cue is not turned round."""
    tokens, last = passage.tokens, passage.last
    if not cue.start or cue.end >= last or Takes.INVERTS not in cue.takes:
        return None
    before, after = tokens[cue.start - 1], tokens[cue.end]
    quoted = before.quote >= 0
    if not quoted and before.text not in (",", "—", "–"):
        return None
    if after.lower in PREPOSITIONS or after.lower in ADVERBS or after.lower in TIMES or after.lower in SUBORDINATORS or not after.word:
        return None
    source = subject_right(passage, cue.end)
    if source is None or _right_clause(passage, source[1]):
        return None
    if source[1] < last and passage.finite[source[1]]:
        return None
    if quoted:
        return source
    named = any(t.capital for t in tokens[source[0] : source[1]]) or after.lower in SUBJECT_PRONOUNS or after.lower in DETERMINERS
    return source if named and _left_clause(passage, 0, cue.start - 1) and not _right_clause(passage, cue.end) else None


def _no_source(passage: Passage, source: Range) -> bool:
    words = [t.lower for t in passage.tokens[source[0] : source[1]]]
    return (
        not any(w[0].isalpha() for w in words)
        or (len(words) == 1 and words[0] in ("there", "that", "which", "what", "it", "this"))
        or words[0] in RELATIVES
    )


def _starts_clause(passage: Passage, start: int) -> bool:
    """Whether a subject at `start` opens a clause beside the one before it rather than inside it."""
    if start == 0:
        return True
    before = passage.tokens[start - 1]
    if before.quote >= 0 or before.text in ";—–":
        return True
    if before.lower in ("but", "while", "though", "although", "whereas"):
        return True
    return before.lower == "and" and start > 1 and passage.tokens[start - 2].text == ","


def _postposed(passage: Passage, source: Range, right: int) -> bool:
    """Whether the content lies before the source: "…, she said", "…, the mayor told reporters in Paris"."""
    tokens, last = passage.tokens, passage.last
    start = source[0]
    if start == 0:
        return False
    before = tokens[start - 1]
    left_ends = before.quote >= 0 or before.text in ",—–)-"
    if not left_ends:
        return False
    if right < last and tokens[right].lower == "that" and not (before.quote >= 0 and _long_quote(passage, start - 1)):
        return False
    if right < last and tokens[right - 1].text == ":":
        return False
    if before.quote >= 0 and _long_quote(passage, start - 1):
        return not (tokens[0].lower.endswith("ing") and tokens[0].lower in CUES)  # 'Warning that "…," she voted no'
    if right + 1 < last and tokens[right].text == "," and before.text == "," and passage.finite[right + 1]:
        return True  # "The way in, she said, was a server"
    if not _left_clause(passage, 0, start - 1):
        return False
    if right >= last or tokens[right].text == ",":
        return True
    return not _right_clause(passage, right)


def _long_quote(passage: Passage, at: int) -> bool:
    number = passage.tokens[at].quote
    return passage.tokens[at].text in "”\"''’" or sum(t.quote == number for t in passage.tokens) >= 3


def _left_clause(passage: Passage, start: int, end: int) -> bool:
    """Whether tokens [start, end) can stand as content: a full clause, not "In a statement" or "When asked"."""
    if end - start < 2:
        return False
    first = passage.tokens[start].lower
    if first in ("when", "while", "although", "though", "because", "since", "as", "after", "before", "if", "unless", "asked"):
        # A clause of its own must follow: "If the talks fail, the army will strike, he said".
        comma = next((i for i in range(start, end) if passage.tokens[i].text == "," and passage.tokens[i].quote < 0), None)
        return comma is not None and passage.clause(comma, end)
    return passage.clause(start, end)


def _right_clause(passage: Passage, start: int) -> bool:
    """Whether what follows a cue is its content: "that …", a clause of its own, a quotation."""
    tokens, last = passage.tokens, passage.last
    if start >= last:
        return False
    if tokens[start].lower == "that" or (tokens[start].quote >= 0):
        return True
    if tokens[start].lower in PREPOSITIONS or tokens[start].lower in ("when", "while", "as", "after", "before", "outside"):
        return False
    end = next((i for i in range(start, last) if tokens[i].text in ",;—–" and tokens[i].quote < 0), last)
    return passage.clause(start, end)


def _leftward(passage: Passage, found: Found, earlier: list[Found], end: int) -> None:
    """Content to the left, up to token `end`: from the sentence's beginning, or from the clause border after an earlier report."""
    tokens = passage.tokens
    start = 0
    reported = max((f.tail for f in earlier if f.clausal and f.open is not None and not f.relative), default=0)
    for i in range(end - 1, 0, -1):
        if tokens[i].quote >= 0:
            continue
        after_report = i > reported > 0 and tokens[i].text == "," and i + 1 < end and tokens[i + 1].lower in ("and", "but", "while")
        if tokens[i].text == ";" or after_report:
            start = i + 1
            break
        if i + 1 < end and tokens[i].text in ".!?" and tokens[end - 1].quote < 0:
            start = i + 1
            break
    while start < end and tokens[start].quote < 0 and not tokens[start].word:
        start += 1
    if start and start < end and tokens[start].lower in CONJUNCTIONS:
        start += 1
    if start < end:
        found.content.append((start, end))


def _after_tail(passage: Passage, found: Found) -> None:
    """A quote or clause that goes on after its cue: '"Yes," he said, "it is."'."""
    tokens, last = passage.tokens, passage.last
    i = found.tail
    while i < last and tokens[i].quote < 0 and i - found.tail < 14:
        if tokens[i].text in ",:;—–" or tokens[i].text == ".":
            if i + 1 < last and (
                tokens[i + 1].quote >= 0
                or (tokens[i].text in ",—–" and passage.clause(i + 1, last) and i == found.tail and not _attributing_start(passage, i + 1))
            ):
                found.open = i + 1
                return
            if i + 2 < last and tokens[i + 1].lower in CONJUNCTIONS and tokens[i + 2].quote >= 0:
                found.open = i + 1
                return
            if i == found.tail and tokens[i].text in "—–":
                return
        i += 1


def _attributing_start(passage: Passage, i: int) -> bool:
    return passage.tokens[i].lower in (
        "adding",
        "noting",
        "saying",
        "citing",
        "referring",
        "who",
        "which",
        "according",
        "while",
        "when",
        "as",
        "after",
        "where",
        "calling",
    )


def _rightward(passage: Passage, cue: VerbCue, source: Range | None, right: int, clausal: bool, *, sibling: bool) -> Found | None:
    tokens, last = passage.tokens, passage.last
    if right >= last:
        return None
    end = cue.end
    if clausal and _statement_tail(passage, cue.end, right):
        end = right
    head = (
        min(cue.start, source[0]) if source and source[0] < cue.start and source[1] <= cue.start and _adjacent(source, cue) else cue.start
    )
    found = Found(source, (cue.start, end), head=head, tail=right, open=right, sibling=sibling, clausal=clausal)
    first = tokens[right]
    if not clausal:
        if Takes.PHRASE not in cue.takes and first.lower != "to":
            return None
        if Takes.PHRASE in cue.takes and Takes.INFINITIVE not in cue.takes and first.lower in PREPOSITIONS and cue.end - cue.verb == 1:
            return None
        if first.text in ",;" and first.quote < 0:
            return None
        return found
    if first.text in ",;—–" and first.quote < 0:
        return None
    if first.quote >= 0 or first.lower in ("that", "whether", "if", "how", "why", "what", "who"):
        return found
    if first.lower == "to":
        return found
    if (first.lower in PREPOSITIONS and not passage.clause(right, last)) or first.lower in CONJUNCTIONS:
        return None
    if first.lower in SUBORDINATORS:
        return None  # "said as he left": when, not what
    return found


def _adjacent(source: Range, cue: VerbCue) -> bool:
    return cue.start - source[1] <= 1


def _statement_tail(passage: Passage, start: int, right: int) -> bool:
    words = [t.lower for t in passage.tokens[start:right]]
    return 0 < len(words) <= 5 and any(w in ("statement", "interview") for w in words)


def _shared_subject(passage: Passage, verb: int, earlier: list[Found]) -> Range | None:
    """The subject of "and added that" or ", saying …": the nearest attribution's before it, else the clause's own."""
    for other in reversed(earlier):
        if other.source is not None and other.head < verb:
            return other.source
    start = 0
    for i in range(verb - 1, 0, -1):
        if passage.tokens[i].quote < 0 and passage.tokens[i].text in ";—–":
            start = i + 1
            break
    for i in range(start, verb):
        if passage.finite[i]:
            from app.claims.phrases import group_start

            first = group_start(passage, i, start)
            source = subject_left(passage, first, start)
            if source is not None and not _no_source(passage, source):
                return source
            if source is not None or first == start:
                continue
    return None


def _passive(passage: Passage, cue: VerbCue, floor: int) -> Found | None:
    """ "was quoted by CNN as saying that …", "it was reported that …", "is expected to …"."""
    tokens, last = passage.tokens, passage.last
    word = tokens[cue.verb].lower
    if word == "quoted":
        for i in range(cue.end, min(cue.end + 14, last - 1)):
            if tokens[i].lower == "as" and tokens[i + 1].lower in ("saying", "telling"):
                source = subject_left(passage, cue.start, floor)
                found = Found(source, (cue.start, i + 2), head=cue.start, tail=i + 2, open=i + 2)
                if i + 2 >= last and source is not None:  # "The dam held, she was quoted by the Post as saying."
                    found.open = None
                    _leftward(passage, found, [], source[0])
                return found
        return None
    if cue.end >= last:
        return None
    before = tokens[cue.start - 1].lower if cue.start else ""
    if before in ("it", "") or tokens[cue.end].lower == "that":
        right = after_adverbials(passage, cue.end)
        if right >= last:
            return None
        start = cue.start - 1 if before == "it" else cue.start
        return Found(None, (start, cue.end), head=start, tail=right, open=right, sibling=_starts_clause(passage, start))
    if tokens[cue.end].lower == "to" and word not in ("told", "asked"):
        subject = subject_left(passage, cue.start, floor)
        if subject is None:
            return None
        found = Found(None, (cue.start, cue.end), head=cue.start, tail=cue.end, open=cue.end, sibling=False, clausal=False)
        found.content.append(subject)
        return found
    return None
