"""Where paragraphs begin and end."""

import re
from collections.abc import Iterator

from app.articles.document import Span

_LINE_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_FIRST_WORD = re.compile(r"\S{1,60}")
_ENDS_A_SENTENCE = tuple(".!?…:;。！？؟।")
_CLOSERS = "\"'”’»)]}"

# A line of hard-wrapped text is at most this long, and one broken off mid-sentence at least that long.
# Source: plain-text mail and agency feeds wrap at 60 to 100 columns; headings and captions are mostly shorter than 40.
_MAX_WRAP_CHARS = 100
_MIN_BROKEN_LINE_CHARS = 40


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text`, in order, without surrounding white space; empty when there is nothing but white space.

    A blank line always parts paragraphs, and so does a single line break (news pages often have nothing else), unless the
    lines were plainly wrapped: the next line goes on in lower case, or every line is as full as its width allows.
    """
    found: list[Span] = []
    block: list[Span] = []
    for line, starts_block in _lines(text):
        if starts_block and block:
            found += _unwrap(text, block)
            block = []
        block.append(line)
    found += _unwrap(text, block)
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[Span, bool]]:
    """The lines that hold something, stripped, each with whether a blank line (or nothing) stands before it."""
    blank_before = True
    at = 0
    breaks = [(match.start(), match.end()) for match in _LINE_BREAKS.finditer(text)]
    for start, end in [*breaks, (len(text), len(text))]:
        line = text[at:start]
        if stripped := line.strip():
            offset = at + len(line) - len(line.lstrip())
            yield Span(offset, offset + len(stripped)), blank_before
            blank_before = False
        elif at != start:
            blank_before = True
        if text[start:end] not in ("\n", "\r\n", "\r"):
            blank_before = True
        at = end


def _unwrap(text: str, lines: list[Span]) -> list[Span]:
    """Paragraphs of a block of lines that no blank line interrupts."""
    if len(lines) < 2:
        return lines
    wrapped = _is_wrapped(text, lines)
    joined = [lines[0]]
    for line in lines[1:]:
        last = joined[-1]
        if wrapped or _goes_on(text, last, line):
            joined[-1] = Span(last.start_char, line.end_char)
        else:
            joined.append(line)
    return joined


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether an editor broke the lines at a fixed width: no line had room left for the next line's first word."""
    lengths = [line.end_char - line.start_char for line in lines]
    width = max(lengths)
    if width > _MAX_WRAP_CHARS or not any(text[line.start_char].islower() for line in lines[1:]):
        return False
    for length, following in zip(lengths, lines[1:], strict=False):
        word = _FIRST_WORD.match(text, following.start_char, following.end_char)
        if length < _MIN_BROKEN_LINE_CHARS or word is None or length + 1 + len(word.group()) <= width:
            return False
    return True


def _goes_on(text: str, line: Span, following: Span) -> bool:
    """Whether `following` carries on the sentence that `line` broke off."""
    tail = text[max(line.start_char, line.end_char - 5) : line.end_char].rstrip(_CLOSERS)
    long_enough = line.end_char - line.start_char >= _MIN_BROKEN_LINE_CHARS
    return long_enough and text[following.start_char].islower() and not tail.endswith(_ENDS_A_SENTENCE)
