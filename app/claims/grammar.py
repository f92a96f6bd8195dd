"""Finds attributions by a grammar of cues: where a cue stands, who stands beside it, and which words it attributes.

Spans follow PolNeAR's convention: a content keeps its complementizer and its quotation marks but not the sentence's closing
stop, a source keeps titles and appositions, a cue its auxiliaries.
"""

from collections.abc import Sequence

from app.articles.document import Document, Span
from app.claims.cues import verb_cues
from app.claims.lexicon import CONJUNCTIONS
from app.claims.passages import Passage, passages, quotations
from app.claims.patterns import Found, verb
from app.claims.phrasings import according, nouns, script, unlisted
from app.claims.tagger import Attribution


class GrammarTagger:
    """The AttributionTagger that needs no trained model."""

    @property
    def id(self) -> str:
        """Names the grammar; the number changes when its output does."""
        return "grammar-2"

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        """`result[i]` are the attributions of `documents[i]`, in text order of their first span. Linear in the text's length."""
        return [self._tag(document) for document in documents]

    def _tag(self, document: Document) -> list[Attribution]:
        marked = quotations(document.text)
        found: list[Attribution] = []
        previous: Attribution | None = None
        previous_passage: Passage | None = None
        only_here = False
        for passage in passages(document, marked):
            here = [attribution_of(passage, f) for f in find(passage)]
            here = [a for a in here if a.content]
            loose = _loose_quotations(passage, here)
            if not here and loose and _all_quoted(passage):
                near = previous_passage is not None and passage.paragraph - previous_passage.paragraph <= (0 if only_here else 1)
                if previous is not None and near and (previous.source or previous.cue):
                    grown = Attribution(previous.source, previous.cue, (*previous.content, passage.span))
                    found[found.index(previous)] = grown
                    previous = grown
                else:
                    previous = Attribution((), (), (passage.span,))
                    found.append(previous)
                previous_passage = passage
                continue
            found += here
            spoken = [a for a in here if any(_quoted(document.text, c) for c in a.content)]
            previous = spoken[-1] if spoken else here[-1] if here else None
            only_here = not spoken and document.text[passage.span.end_char - 1] != ":"
            previous_passage = passage
        return sorted(found, key=lambda a: min(s.start_char for s in a.source + a.cue + a.content))


def _quoted(text: str, span: Span) -> bool:
    return any(mark in span.of(text) for mark in ("“", '"', "”", "''", "‘"))


def _all_quoted(passage: Passage) -> bool:
    words = [t for t in passage.tokens if t.word]
    return bool(words) and sum(t.quote >= 0 for t in words) >= 0.9 * len(words)


def _loose_quotations(passage: Passage, here: list[Attribution]) -> bool:
    return any(t.quote >= 0 and not any(c.start_char <= t.start < c.end_char for a in here for c in a.content) for t in passage.tokens)


def attribution_of(passage: Passage, found: Found) -> Attribution:
    """What was found, as spans of the document's text; its content may be empty."""
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
        one = verb(passage, cue, found)
        if one is not None:
            found.append(one)
    found += according(passage)
    found += [noun for noun in nouns(passage) if all(noun.head != other.head and noun.cue != other.cue for other in found)]
    found += unlisted(passage, found)
    found.sort(key=lambda f: f.head)
    if not found:
        found = script(passage)
    _settle(passage, found)
    return found


def _settle(passage: Passage, found: list[Found]) -> None:
    """Ends each open content: at the passage's end, or where a later attribution beside it begins."""
    tokens, last = passage.tokens, passage.last
    for n, one in enumerate(found):
        if one.open is None:
            continue
        end = last
        if one.relative:
            end = next((i for i in range(one.open, last) if tokens[i].text == "," and tokens[i].quote < 0), last)
        for later in found[n + 1 :]:
            begin = later.head
            if later.source is not None and one.cue is not None and later.source[0] < one.cue[0] < later.source[1]:
                end = min(end, later.source[1] - 1)  # "the mayor, who said no, added"
                continue
            if begin <= one.open:
                if later.content and one.head == 0:
                    pass
                continue
            trailing = tokens[begin].lower == "according" and bool(later.content)
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
