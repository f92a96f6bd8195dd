"""Text as the trained tagger reads it: words, word pieces, what their shape says, and windows of whole paragraphs.

Training and serving cut their text here, so that both see the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from app.articles.document import Sentence, Span
from app.errors import StartRefused

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{begin}-{role}" for role in ROLES for begin in ("B", "I")))

# A piece's shape: 5 letter shapes, outside a quotation, inside one, or a quotation mark itself.
SHAPES = 15

_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")
_EITHER = frozenset('"')
_MARKS = _OPENING | _CLOSING | _EITHER
_CLS, _SEP = "[CLS]", "[SEP]"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, or a stretch of an overlong one: its words as spans of the document's text, and its word pieces.

    `pieces` and `shapes` are equally long; `first_piece[i]` is where word i's pieces begin. `number` counts paragraphs from 0.
    """

    number: int
    words: tuple[Span, ...]
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    first_piece: tuple[int, ...]

    def between(self, first_word: int, last_word: int) -> "Paragraph":
        """The same paragraph cut to the words [first_word, last_word)."""
        begin = self.first_piece[first_word]
        end = self.first_piece[last_word] if last_word < len(self.words) else len(self.pieces)
        first = tuple(piece - begin for piece in self.first_piece[first_word:last_word])
        words = self.words[first_word:last_word]
        return Paragraph(self.number, words, self.pieces[begin:end], self.shapes[begin:end], first)


@dataclass(frozen=True)
class Window:
    """What the network reads at once: [CLS] paragraph [SEP] paragraph [SEP] …

    The first `context_words` words are only there to be seen: their labels come from an earlier window.
    """

    paragraphs: tuple[Paragraph, ...]
    context_words: int
    cls: int
    sep: int

    @cached_property
    def words(self) -> tuple[Span, ...]:
        return tuple(word for paragraph in self.paragraphs for word in paragraph.words)

    @cached_property
    def paragraph_of(self) -> NDArray[np.int64]:
        """The paragraph's number for each word, shape (words,)."""
        return np.array([paragraph.number for paragraph in self.paragraphs for _ in paragraph.words], dtype=np.int64)

    @cached_property
    def pieces(self) -> NDArray[np.int64]:
        """Vocabulary ids, shape (pieces,), markers included."""
        ids = [self.cls]
        for paragraph in self.paragraphs:
            ids += [*paragraph.pieces, self.sep]
        return np.array(ids, dtype=np.int64)

    @cached_property
    def shapes(self) -> NDArray[np.int64]:
        """Shape numbers in [0, SHAPES), shape (pieces,)."""
        numbers = [0]
        for paragraph in self.paragraphs:
            numbers += [*paragraph.shapes, 0]
        return np.array(numbers, dtype=np.int64)

    @cached_property
    def first_piece(self) -> NDArray[np.int64]:
        """Where each word begins among `pieces`, shape (words,)."""
        positions: list[int] = []
        offset = 1
        for paragraph in self.paragraphs:
            positions += [offset + piece for piece in paragraph.first_piece]
            offset += len(paragraph.pieces) + 1
        return np.array(positions, dtype=np.int64)


class Reader:
    """Cuts text into paragraphs of words and packs them into windows."""

    def __init__(self, tokenizer: Tokenizer):
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._cls = _marker(tokenizer, _CLS)
        self._sep = _marker(tokenizer, _SEP)

    def paragraphs(self, text: str, spans: Sequence[Span]) -> list[Paragraph]:
        """One Paragraph for each span that holds a word, numbered as in `spans`."""
        found = []
        for number, span in enumerate(spans):
            # One by one: a batch is shared out among threads, which on a busy machine wait for each other longer than they work.
            encoding = self._tokenizer.encode(span.of(text), add_special_tokens=False)
            starts: list[int] = []
            ends: list[int] = []
            first_piece: list[int] = []
            last = None
            for piece, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
                if word != last:
                    starts.append(span.start_char + start)
                    ends.append(span.start_char + end)
                    first_piece.append(piece)
                    last = word
                elif span.start_char + end > ends[-1]:
                    ends[-1] = span.start_char + end
            if starts:
                ids = encoding.ids
                words = tuple(map(Span, starts, ends))
                shapes = _shapes([text[start:end] for start, end in zip(starts, ends, strict=True)], first_piece, len(ids))
                found.append(Paragraph(number, words, tuple(ids), shapes, tuple(first_piece)))
        return found

    def windows(
        self, paragraphs: Sequence[Paragraph], max_pieces: int, context_pieces: int, first_pieces: int | None = None
    ) -> list[Window]:
        """All words in order, each fresh in exactly one window of at most `max_pieces` pieces (markers included).

        Up to `context_pieces` pieces of what precedes stand before the fresh words. `first_pieces` bounds the first window
        instead of `max_pieces`, so that training can move the cuts. An overlong paragraph is cut at a word.
        """
        room = max_pieces - 1
        stretches = [stretch for paragraph in paragraphs for stretch in _cut(paragraph, room - context_pieces - 2)]
        windows: list[Window] = []
        fresh: list[Paragraph] = []
        before: list[Paragraph] = []
        context = _tail(before, context_pieces)
        limit = min(first_pieces or max_pieces, max_pieces) - 1
        for stretch in stretches:
            if fresh and _size(context) + _size(fresh) + _size([stretch]) > limit:
                windows.append(self._window(context, fresh))
                before = [*context, *fresh]
                fresh, context, limit = [], _tail(before, context_pieces), room
            fresh.append(stretch)
        if fresh:
            windows.append(self._window(context, fresh))
        return windows

    def _window(self, context: list[Paragraph], fresh: list[Paragraph]) -> Window:
        return Window((*context, *fresh), sum(len(paragraph.words) for paragraph in context), self._cls, self._sep)


def paragraph_spans(sentences: Iterable[Sentence]) -> list[Span]:
    """Each paragraph from its first sentence's start to its last one's end, in order."""
    bounds: dict[int, Span] = {}
    for sentence in sentences:
        start = bounds.get(sentence.paragraph, sentence.span).start_char
        bounds[sentence.paragraph] = Span(start, sentence.span.end_char)
    return [bounds[number] for number in sorted(bounds)]


def line_spans(text: str) -> list[Span]:
    """Each line that is not blank, without the white space around it: the paragraphs of a text that has no Document."""
    spans = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            spans.append(Span(start + lead, start + len(line.rstrip())))
        start += len(line) + 1
    return spans


def _marker(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise StartRefused(f"The tagger's tokenizer has no {token}; it is not the one the weights were trained with.")
    return number


def _size(paragraphs: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.pieces) + 1 for paragraph in paragraphs)


def _cut(paragraph: Paragraph, limit_pieces: int) -> list[Paragraph]:
    """The paragraph whole, or in stretches of at most `limit_pieces` pieces (a single longer word stays whole)."""
    if len(paragraph.pieces) <= limit_pieces:
        return [paragraph]
    stretches = []
    begin = 0
    for word in range(1, len(paragraph.words) + 1):
        end_piece = paragraph.first_piece[word] if word < len(paragraph.words) else len(paragraph.pieces)
        if end_piece - paragraph.first_piece[begin] > limit_pieces and word - 1 > begin:
            stretches.append(paragraph.between(begin, word - 1))
            begin = word - 1
    stretches.append(paragraph.between(begin, len(paragraph.words)))
    return stretches


def _tail(paragraphs: Sequence[Paragraph], limit_pieces: int) -> list[Paragraph]:
    """The last words of `paragraphs` that fit `limit_pieces`, paragraph ends counted."""
    kept: list[Paragraph] = []
    room = limit_pieces
    for paragraph in reversed(paragraphs):
        if len(paragraph.pieces) + 1 <= room:
            kept.insert(0, paragraph)
            room -= len(paragraph.pieces) + 1
            continue
        fits = [word for word, piece in enumerate(paragraph.first_piece) if len(paragraph.pieces) - piece + 1 <= room]
        if fits:
            kept.insert(0, paragraph.between(fits[0], len(paragraph.words)))
        break
    return kept


def _shapes(words: Sequence[str], first_piece: Sequence[int], pieces: int) -> tuple[int, ...]:
    """Each piece's shape number. The encoder's vocabulary is lower-case; this gives back what that loses.

    Source: names and sentence starts carry capitals; content is mostly what stands in quotation marks.
    """
    numbers: list[int] = []
    quoted = False
    for word, begin, end in zip(words, first_piece, (*first_piece[1:], pieces), strict=True):
        shape = _letters(word)
        if word in _MARKS:
            quoted = word in _OPENING or (word in _EITHER and not quoted)
            shape += 10
        elif quoted:
            shape += 5
        if end - begin == 1:
            numbers.append(shape)
        else:
            numbers += [shape] * (end - begin)
    return tuple(numbers)


@lru_cache(maxsize=1 << 15)  # news comes back to the same words
def _letters(word: str) -> int:
    """0 lower case, 1 capitalised, 2 all capitals, 3 begins with a digit, 4 anything else."""
    head = word[0]
    if head.isdigit():
        return 3
    if not head.isalpha():
        return 4
    if not head.isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1
