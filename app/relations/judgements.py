"""Statements that do nothing but judge: "their demands are unrealistic", "the answer was 'generally positive'".

Two people who judge one move in opposite ways part, even where a whole article stands between them and they name it differently.
"""

from dataclasses import dataclass

from app.articles.document import Span
from app.relations.evaluative import BLAME, PRAISE
from app.relations.reading import Reading, read
from app.relations.relation import Statement
from app.relations.words import Word, each_word, stem

_LINKING = frozenset(each_word("is are was were be been being looks looked seems seemed sounds sounded remains remained"))
# Words between the linking verb and the judging word: "was, he said, 'generally positive'", "is nothing but a farce".
_REACH_WORDS = 5
# What parties put to each other: two of these by one party are taken for one move. Source: decision; the vocabulary of negotiations.
_MOVES = frozenset(
    stem(word)
    for word in each_word(
        """demand answer response reply offer counter-offer counteroffer proposal counter-proposal counterproposal terms condition request
        bid draft statement letter position stance package ultimatum amendments remarks"""
    )
)
# Where the noun phrase of the subject ends: "the response | provided by the group".
_PHRASE_ENDS = frozenset(each_word("of by to from on in for with at that which who provided given made put sent submitted presented"))


@dataclass(frozen=True)
class Judgement:
    """What a statement judges. `tone`: +1 praise, -1 blame; `head`: the stem of the noun judged; `names`: those of the subject."""

    tone: int
    at: Span
    head: str
    names: frozenset[str]


def judgement(text: str) -> Judgement | None:
    """The judgement that the main predicate of `text` passes; None where it passes none, or nothing is named that it judges."""
    reading = read(Statement(text))
    for verb in reading.tokens:
        if verb.text.lower() not in _LINKING:
            continue
        said = _judging(reading, verb)
        subject = [word for word in reading.tokens[: verb.index] if not word.mark]
        head = _head(subject)
        if said is not None and head is not None:
            tone, span = said
            return Judgement(tone, span, head, frozenset(word.stem for word in subject if word.name))
        return None
    return None


def opposed(a: Judgement, b: Judgement) -> bool:
    """Whether the two judge one thing in opposite ways, as far as their own words show."""
    same = a.head == b.head or (a.head in _MOVES and b.head in _MOVES)
    return same and a.tone != b.tone and not (a.names and b.names and a.names.isdisjoint(b.names))


def _judging(reading: Reading, verb: Word) -> tuple[int, Span] | None:
    reached = 0
    for word in reading.tokens[verb.index + 1 :]:
        if word.mark:
            continue
        reached += 1
        if reached > _REACH_WORDS:
            return None
        tone = (word.stem in PRAISE) - (word.stem in BLAME)
        if tone and not word.name:
            return (-tone if word.index in reading.negated else tone), word.span
    return None


def _head(subject: list[Word]) -> str | None:
    """The last content word of the subject's first noun phrase."""
    for at, word in enumerate(subject):
        if at and word.text.lower() in _PHRASE_ENDS:
            subject = subject[:at]
            break
    return next((word.stem for word in reversed(subject) if word.content and not word.name), None)
