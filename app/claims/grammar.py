"""Finds attributions by a grammar of cues: where a cue stands, who stands beside it, and which words it attributes.

Spans follow PolNeAR's convention: a content keeps its complementizer and its quotation marks but not the sentence's closing
stop, a source keeps titles and appositions, a cue its auxiliaries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.articles.document import Document, Span
from app.claims.cues import VerbCue, verb_cues
from app.claims.lexicon import CONJUNCTIONS, CUE_NOUNS, PREPOSITIONS, RELATIVES, SUBJECT_PRONOUNS, Takes
from app.claims.passages import Passage, passages, quotations
from app.claims.phrases import Range, after_addressee, after_adverbials, subject_left, subject_right
from app.claims.tagger import Attribution


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


class GrammarTagger:
    """The AttributionTagger that needs no trained model."""

    @property
    def id(self) -> str:
        """Names the grammar; the number changes when its output does."""
        return "grammar-1"

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        """`result[i]` are the attributions of `documents[i]`, in text order of their first span. Linear in the text's length."""
        return [self._tag(document) for document in documents]

    def _tag(self, document: Document) -> list[Attribution]:
        marked = quotations(document.text)
        found: list[Attribution] = []
        previous: Attribution | None = None
        previous_passage: Passage | None = None
        for passage in passages(document, marked):
            here = [_attribution(passage, f) for f in find(passage)]
            here = [a for a in here if a.content]
            loose = _loose_quotations(passage, here)
            if not here and loose and _all_quoted(passage):
                near = previous_passage is not None and passage.paragraph - previous_passage.paragraph <= 1
                if previous is not None and near and (previous.source or previous.cue):
                    grown = Attribution(previous.source, previous.cue, previous.content + (passage.span,))
                    found[found.index(previous)] = grown
                    previous = grown
                else:
                    previous = Attribution((), (), (passage.span,))
                    found.append(previous)
                previous_passage = passage
                continue
            found += here
            spoken = [a for a in here if any(_quoted(document.text, c) for c in a.content)]
            previous = spoken[-1] if spoken else (here[-1] if here and document.text[passage.span.end_char - 1] == ":" else None)
            previous_passage = passage
        return sorted(found, key=lambda a: min(s.start_char for s in a.source + a.cue + a.content))


def _quoted(text: str, span: Span) -> bool:
    return any(mark in span.of(text) for mark in ("“", '"', "”", "''", "‘"))


def _all_quoted(passage: Passage) -> bool:
    words = [t for t in passage.tokens if t.word]
    return bool(words) and sum(t.quote >= 0 for t in words) >= 0.9 * len(words)


def _loose_quotations(passage: Passage, here: list[Attribution]) -> bool:
    return any(t.quote >= 0 and not any(c.start_char <= t.start < c.end_char for a in here for c in a.content) for t in passage.tokens)


def _attribution(passage: Passage, found: Found) -> Attribution:
    content = []
    for start, end in found.content:
        while (
            start < end
            and (passage.tokens[start].text in ",;:—–." or passage.tokens[start].text == "-")
            and passage.tokens[start].quote < 0
        ):
            start += 1
        while end > start and passage.tokens[end - 1].text in ",;:—–.-" and passage.tokens[end - 1].quote < 0:
            end -= 1
        if start < end:
            content.append(passage.chars(start, end))
    source = (passage.chars(*found.source),) if found.source else ()
    cue = (passage.chars(*found.cue),) if found.cue else ()
    return Attribution(source, cue, tuple(content))


def find(passage: Passage) -> list[Found]:
    """The attributions of one passage, in text order, contents settled."""
    found: list[Found] = []
    for cue in verb_cues(passage):
        one = _verb(passage, cue, found)
        if one is not None:
            found.append(one)
    found += _according(passage)
    found += _nouns(passage)
    found.sort(key=lambda f: f.head)
    if not found:
        found = _script(passage)
    _settle(passage, found)
    return found


def _verb(passage: Passage, cue: VerbCue, earlier: list[Found]) -> Found | None:
    """The attribution of one cue verb: beside it the source, and on which side its content lies."""
    tokens, last = passage.tokens, passage.last
    floor = 0
    for other in earlier:
        floor = max(floor, other.tail)
    before = tokens[cue.start - 1] if cue.start else None
    group = (cue.start, cue.end)
    if cue.passive:
        return _passive(passage, cue, floor)
    right = cue.end
    clausal = Takes.CLAUSE in cue.takes
    if Takes.ADDRESSEE in cue.takes:
        right = after_addressee(passage, right)
        right = after_adverbials(passage, right)
    elif clausal:
        right = after_adverbials(passage, right)
    if clausal and right < last and tokens[right].text == ":":
        right += 1
    if cue.participle or (before is not None and before.lower in ("and", "but", "or", "then")):
        source = _shared_subject(passage, cue.start, earlier)
        if source is None:
            return None
        if before is not None and before.quote >= 0:
            return None
        return _rightward(
            passage,
            cue,
            source,
            right,
            clausal,
            sibling=before is not None and (before.text in (",", "–", "—", "and") or before.lower in ("and", "but")),
        )
    inverted = before is not None and (before.quote >= 0 or before.text in (",", "—", "–"))
    if (inverted and Takes.INVERTS in cue.takes and right == cue.end) or (
        inverted and Takes.INVERTS in cue.takes and Takes.ADDRESSEE not in cue.takes
    ):
        source = subject_right(passage, cue.end)
        quoted_before = before is not None and before.quote >= 0
        if source is not None and (
            tokens[source[0]].capital or tokens[source[0]].lower in SUBJECT_PRONOUNS or quoted_before or _names_somebody(passage, source)
        ):
            at_left = subject_left(passage, cue.start, floor) if not quoted_before else None
            ok = quoted_before or (at_left is None or not _right_clause(passage, cue.end))
            if (
                ok
                and not (
                    at_left is not None and before is not None and before.text == "," and not _left_clause(passage, floor, at_left[0] - 1)
                )
                and not _right_clause(passage, source[1])
            ):
                found = Found(source, group, head=cue.start, tail=source[1])
                _leftward(passage, found, floor, cue.start)
                _after_tail(passage, found)
                return found
    source = subject_left(passage, cue.start, _source_floor(passage, cue.start, floor))
    if source is None:
        return None
    if _no_source(passage, source):
        if not (len(range(*source)) == 1 and tokens[source[0]].lower in RELATIVES):
            return None
    if tokens[source[1] - 1].lower in RELATIVES and source[1] - source[0] > 1:
        source = (source[0], source[1] - 1)
        found = _rightward(passage, cue, source, right, clausal, sibling=False)
        return found
    if clausal and _postposed(passage, source, right, cue):
        found = Found(source, group, head=source[0], tail=max(right, cue.end))
        _leftward(passage, found, floor, source[0])
        _after_tail(passage, found)
        return found if found.content or found.open is not None else None
    return _rightward(passage, cue, source, right, clausal, sibling=_starts_clause(passage, source[0]))


def _source_floor(passage: Passage, verb: int, floor: int) -> int:
    """How far left a subject may begin: past what earlier attributions took, unless their content runs up to it."""
    return floor


def _names_somebody(passage: Passage, source: Range) -> bool:
    return any(t.capital for t in passage.tokens[source[0] : source[1]])


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


def _postposed(passage: Passage, source: Range, right: int, cue: VerbCue) -> bool:
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
        return True
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


def _leftward(passage: Passage, found: Found, floor: int, end: int) -> None:
    """Content from the beginning (or `floor`) to token `end`."""
    tokens = passage.tokens
    start = 0
    for i in range(end - 1, 0, -1):
        if tokens[i].text in ";" and tokens[i].quote < 0:
            start = i + 1
            break
        if tokens[i - 1].text in ".!?" and tokens[i - 1].quote < 0 and tokens[i].quote < 0 and not tokens[end - 1].quote >= 0:
            start = i
            break
    start = max(start, floor) if floor < end else start
    while (
        start < end
        and tokens[start].quote < 0
        and (tokens[start].text in ",;:—–." or (start == floor and floor > 0 and tokens[start].lower in CONJUNCTIONS))
    ):
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
    if first.lower in PREPOSITIONS and not passage.clause(right, last):
        return None
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
                return Found(source, (cue.start, i + 2), head=cue.start, tail=i + 2, open=i + 2)
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


def _according(passage: Passage) -> list[Found]:
    """ "According to X, …", "…, according to X", and the same with "in the words of"."""
    tokens, last = passage.tokens, passage.last
    found = []
    for i in range(last - 2):
        if tokens[i].quote >= 0 or tokens[i].lower != "according" or tokens[i + 1].lower != "to":
            continue
        start = i + 2
        source = _according_source(passage, start)
        if source is None:
            continue
        one = Found(source, (i, start), head=i, tail=source[1])
        leading = i == 0 or not any(t.word for t in tokens[:i]) or (i == 1 and tokens[0].lower in CONJUNCTIONS)
        if leading:
            one.open = source[1]
            one.sibling = False
        else:
            begin = 0
            for j in range(i - 1, 0, -1):
                if tokens[j].quote < 0 and tokens[j].text == ";":
                    begin = j + 1
                    break
            one.content.append((begin, i))
            if (
                source[1] < last
                and tokens[source[1]].text in ",—–-"
                and tokens[source[1] - 1].text != ","
                and passage.clause(source[1], last)
                and not passage.clause(begin, i)
            ):
                one.open = source[1]
        found.append(one)
    return found


def _according_source(passage: Passage, start: int) -> Range | None:
    """The phrase after "according to", up to its comma, an apposition included where another comma closes it."""
    tokens, last = passage.tokens, passage.last
    i = start
    while i < last and not (tokens[i].quote < 0 and tokens[i].text in ",;:—–"):
        if tokens[i].text == "(":
            while i < last and tokens[i].text != ")":
                i += 1
        if (
            i > start
            and tokens[i].lower in ("and", "but")
            and passage.clause(i + 1, last)
            and passage.clause(0, start - 2)
            and tokens[i - 1].text == ","
        ):
            break
        i += 1
    if i >= last:
        return (start, last) if start < last else None
    if tokens[i].text == "," and i + 1 < last:
        close = next((j for j in range(i + 1, last) if tokens[j].quote < 0 and tokens[j].text == ","), last)
        part = (i + 1, close)
        first = tokens[part[0]].lower
        relative = first in RELATIVES
        named = tokens[i - 1].capital or tokens[i - 1].text == ")"
        if relative or (
            named and close - i <= 14 and first in ("a", "an", "the", "director", "president", "chief", "who") and not passage.clause(*part)
        ):
            return (start, close)
    return (start, i)


def _nouns(passage: Passage) -> list[Found]:
    """ "X's claim that …", "the assertion that …"."""
    tokens, last = passage.tokens, passage.last
    found = []
    for i in range(1, last - 2):
        if tokens[i].quote >= 0 or tokens[i].lower not in CUE_NOUNS or tokens[i + 1].lower != "that" or tokens[i + 1].quote >= 0:
            continue
        before = tokens[i - 1]
        source: Range | None = None
        if before.lower.endswith("'s") or before.lower.endswith("s'") or before.lower in ("his", "her", "their"):
            start = i - 1
            while start > 0 and tokens[start - 1].capital and tokens[start - 1].quote < 0:
                start -= 1
            source = (start, i)
        elif before.quote >= 0 or not before.word:
            continue
        one = Found(source, (i, i + 1), head=i, tail=i + 1, open=i + 1, sibling=False)
        found.append(one)
    return found


def _script(passage: Passage) -> list[Found]:
    """A transcript's line: "Mary Foo: …"."""
    tokens, last = passage.tokens, passage.last
    for i in range(1, min(9, last - 1)):
        if tokens[i].text == ":" and tokens[i].quote < 0:
            if all(t.capital or t.lower in ("of", "the", "for", "and") or not t.word for t in tokens[:i]) and tokens[i + 1].quote >= 0:
                return [Found((0, i), (i, i + 1), head=0, tail=i + 1, open=i + 1)]
            return []
    return []


def _settle(passage: Passage, found: list[Found]) -> None:
    """Ends each open content: at the passage's end, or where a later attribution beside it begins."""
    tokens, last = passage.tokens, passage.last
    for n, one in enumerate(found):
        if one.open is None:
            continue
        end = last
        for later in found[n + 1 :]:
            begin = later.head
            if begin <= one.open:
                if later.content and one.head == 0:
                    pass
                continue
            trailing = tokens[begin].lower == "according"
            if not (later.sibling or trailing):
                continue
            if any(s <= one.open < e for s, e in later.content):
                # "X said that A, Y said" is Y's; its words end where Y begins.
                end = min(end, begin)
                continue
            end = min(end, begin)
            break
        while (
            end > one.open
            and (
                tokens[end - 1].lower in CONJUNCTIONS
                or tokens[end - 1].text in ",;—–"
                or (tokens[end - 1].lower in ("while", "though", "although") and end < last)
            )
            and tokens[end - 1].quote < 0
        ):
            end -= 1
        if one.open < end:
            one.content.append((one.open, end))
