"""Stretches of text read as one: a sentence, or the sentences that one quotation holds together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.articles.datelines import dateline
from app.articles.document import Document, Sentence, Span
from app.articles.sentences import quotes
from app.claims.lexicon import (
    AUXILIARIES,
    CONTRACTED_SUBJECTS,
    DETERMINERS,
    ED_ADJECTIVES,
    FINITE,
    PREPOSITIONS,
    RELATIVES,
    WEAK_FINITE,
)
from app.claims.tokens import Token, tokenize

# Commas, stops and dashes between clauses.
BREAKS = frozenset(",;:—–-.!?()…")
_PERFECT = frozenset(["have", "has", "had", "be", "been", "was", "were", "is", "are", "being"])
# A quotation of this many tokens stands for a clause. Source: PolNeAR train, shorter ones are scare quotes.
_CLAUSE_QUOTE_TOKENS = 6
# A dateline opens one of the first sentences: a caption or a heading may stand before it.
# Players and embedded posts that a page leaves in its text. Source: read on news pages.
_WIDGET = re.compile(
    r"\b(?:JUST WATCHED|MUST WATCH|Replay More Videos|Media playback is)\b|^(?:Skip|End of) (?:Twitter|YouTube|Facebook|Instagram) "
)
_BUTTON = re.compile(r"(?:CLOSE|WATCH|PLAY|AD|ADVERTISEMENT|VIDEO|PHOTOS?|GALLERY)(?::\s*|\s+)(?=[“\"]?[A-Z][a-z])")
_DATELINE_SENTENCES = 3


@dataclass(frozen=True)
class Passage:
    """One stretch: its `span`, `paragraph` and tokens; `sentences` are the spans it was joined from."""

    span: Span
    paragraph: int
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]

    @cached_property
    def last(self) -> int:
        """One past the last token that is not the sentence's own closing stop."""
        end = len(self.tokens)
        while end and self.tokens[end - 1].text in ".!?…;" and self.tokens[end - 1].quote < 0:
            end -= 1
        return end

    @cached_property
    def finite(self) -> tuple[bool, ...]:
        """For each token outside quotations, whether it looks like a finite verb."""
        return tuple(t.quote < 0 and self._finite(i) for i, t in enumerate(self.tokens))

    def _finite(self, i: int) -> bool:
        token = self.tokens[i]
        word = token.lower
        if word in AUXILIARIES or word in CONTRACTED_SUBJECTS:
            return word not in ("be", "been", "being") and not (word in ("may", "will") and token.capital)
        before = self.tokens[i - 1].lower if i else ""
        if word in FINITE:
            if word in WEAK_FINITE and (before in DETERMINERS or before in PREPOSITIONS or before in BREAKS or before in ("and", "")):
                return False
            return before not in _PERFECT
        if word.endswith("ed") and len(word) > 4 and word not in ED_ADJECTIVES:
            following = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
            participle = (
                following == "by"
                or before.endswith(("'s", "s'"))
                or before in DETERMINERS
                or before in PREPOSITIONS
                or before in ("", "and", ",")
            )
            return not participle and not token.capital
        return False

    def clause(self, start: int, end: int) -> bool:
        """Whether tokens [start, end) hold a finite verb of their own (not one of a relative clause), or a quotation of some length."""
        i = start
        while i < end:
            token = self.tokens[i]
            if token.quote >= 0:
                j = i
                while j < end and self.tokens[j].quote == token.quote:
                    j += 1
                if j - i >= _CLAUSE_QUOTE_TOKENS:
                    return True
                i = j
                continue
            if token.lower in RELATIVES and i > start:
                # The relative clause's own verb is skipped together with its subject.
                i += 1
                while i < end and not self.finite[i] and self.tokens[i].lower != ",":
                    i += 1
            elif self.finite[i]:
                return True
            i += 1
        return False

    def chars(self, start: int, end: int) -> Span:
        """Tokens [start, end) as a span of the document's text; the range is not empty."""
        return Span(self.tokens[start].start, self.tokens[end - 1].end)


@lru_cache(maxsize=64)  # who tags a document and who reads its claims both ask
def quotations(text: str) -> tuple[Span, ...]:
    """The text's quotations in order; where it writes marks as two apostrophes, those paired within a line."""
    found = quotes(text)
    if "''" not in text:
        return found
    extra: list[Span] = []
    at = 0
    for line in text.split("\n"):
        marks = []
        i = line.find("''")
        while i >= 0:
            marks.append(at + i)
            i = line.find("''", i + 2)
        for opening, closing in zip(marks[::2], marks[1::2], strict=False):
            extra.append(Span(opening, closing + 2))
        if len(marks) % 2 and marks[-1] == at:
            extra.append(Span(at, at + len(line)))
        at += len(line) + 1
    doubled = {q.start_char for q in extra}
    kept = [q for q in found if text[q.start_char] in '"“„«' and q.start_char not in doubled]
    ordered: list[Span] = []
    for span in sorted(extra + kept):
        if not ordered or span.start_char >= ordered[-1].end_char:
            ordered.append(span)
    return tuple(ordered)


def _freed(sentence: Sentence) -> Sentence:
    """The sentence without the label of a button in front: "CLOSE The board met on Sunday."."""
    button = _BUTTON.match(sentence.text)
    if button is None:
        return sentence
    span = Span(sentence.span.start_char + button.end(), sentence.span.end_char)
    return Sentence(span, sentence.text[button.end() :], sentence.paragraph)


def story(document: Document) -> tuple[Sentence, ...]:
    """The document's sentences that tell the story: no boilerplate, and the first freed of its dateline."""
    kept = [_freed(s) for s in document.sentences if not s.boilerplate and not _WIDGET.search(s.text)]
    for i, sentence in enumerate(kept[:_DATELINE_SENTENCES]):
        opening = dateline(sentence.text)
        if opening is not None and opening.end_char < len(sentence.text):
            span = Span(sentence.span.start_char + opening.end_char, sentence.span.end_char)
            kept[i] = Sentence(span, sentence.text[opening.end_char :], sentence.paragraph)
    return tuple(kept)


def passages(document: Document, marked: Sequence[Span]) -> Iterator[Passage]:
    """The document's passages in order; sentences are joined where a quotation (one of `marked`, sorted) runs across their border.

    Boilerplate belongs to none.
    """
    joined: list[Span] = []
    paragraph = -1
    q = 0

    def made() -> Passage:
        span = Span(joined[0].start_char, joined[-1].end_char)
        return Passage(span, paragraph, tuple(tokenize(document.text, span.start_char, span.end_char, marked)), tuple(joined))

    for sentence in story(document):
        start = sentence.span.start_char
        while q < len(marked) and marked[q].end_char <= start:
            q += 1
        inside = q < len(marked) and marked[q].start_char < start
        if joined and not (inside and sentence.paragraph == paragraph):
            yield made()
            joined = []
        joined.append(sentence.span)
        paragraph = sentence.paragraph
    if joined:
        yield made()
