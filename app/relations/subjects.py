"""Are two statements about the same thing at all? Shared words weighed by how rare they are, and shared names."""

import math
from dataclasses import dataclass

from app.articles.document import Span
from app.relations.rarity import rarity
from app.relations.reading import Reading, read
from app.relations.relation import Statement
from app.relations.words import Word

# Words around a point of comparison that tell whether it belongs to the same matter. Source: a clause's usual length.
_NEAR_WORDS = 6
_CLAUSE_WORDS = frozenset(["while", "whereas", "but", "although", "though"])
_SUBJECT_REACH = 10


@dataclass(frozen=True)
class Overlap:
    """How far two statements speak of the same thing; every value is the same when they are swapped.

    `likeness` 0..1: rarity-weighted Jaccard of content stems. `cover` 0..1: the shared weight over the smaller statement's.
    `only_less`, `only_more`: the rarity-weighted words that stand on one side alone, the lesser and the greater sum.
    `shared_names` and `parted_names`: names in both; the fewer of the names that stand on one side only.
    """

    likeness: float
    cover: float
    shared_names: int
    parted_names: int
    shared_words: int
    names_disjoint: bool
    only_less: float
    only_more: float


def stems_with_context(statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    """Content stems and names of a statement."""
    reading = read(statement)
    return reading.stems, reading.names


def _sum(stems: frozenset[str]) -> float:
    """The rarities added up exactly, so that order cannot matter."""
    return math.fsum(rarity(s) for s in stems)


def residual_cover(a: Statement, b: Statement, a_span: Span, b_span: Span) -> float:
    """How much of the shorter statement the other shares without the words they are compared on, 0..1; 0 when nothing is left."""
    left_a = frozenset(w.stem for w in read(a).tokens if w.content and not w.span.overlaps(a_span))
    left_b = frozenset(w.stem for w in read(b).tokens if w.content and not w.span.overlaps(b_span))
    smaller = min(_sum(left_a), _sum(left_b))
    return _sum(left_a & left_b) / smaller if smaller else 0.0


def overlap(a: Statement, b: Statement) -> Overlap:
    """Compares what two statements are about; all zero when they share no content word."""
    words_a, names_a = stems_with_context(a)
    words_b, names_b = stems_with_context(b)
    shared = words_a & words_b
    weight, union = _sum(shared), _sum(words_a | words_b)
    smaller = min(_sum(words_a), _sum(words_b))
    return Overlap(
        likeness=weight / union if union else 0.0,
        cover=weight / smaller if smaller else 0.0,
        shared_names=len((names_a | names_b) & shared),
        parted_names=min(len(names_a - words_b), len(names_b - words_a)),
        shared_words=len(shared),
        names_disjoint=bool(names_a and names_b) and not (names_a | names_b) & shared,
        only_less=min(_sum(words_a - words_b), _sum(words_b - words_a)),
        only_more=max(_sum(words_a - words_b), _sum(words_b - words_a)),
    )


def near(reading: Reading, index: int, *, reach: int = _NEAR_WORDS) -> frozenset[str]:
    """Content stems within `reach` tokens of the token with this index and in its clause, itself left out.

    Names are left out too: all claims of one story share them, what happened is told by the other words.
    """
    return frozenset(w.stem for w in _clause(reading, index, reach) if w.content and not w.name and w.index != index)


def _clause(reading: Reading, index: int, reach: int) -> list[Word]:
    """The tokens around a place up to the next clause on either side ("imports rose while exports fell" is two)."""
    tokens = reading.tokens
    first, last = index, index
    while first > max(0, index - reach) and not _parts_clauses(tokens[first - 1]):
        first -= 1
    while last + 1 < min(len(tokens), index + reach + 1) and not _parts_clauses(tokens[last + 1]):
        last += 1
    return list(tokens[first : last + 1])


def _parts_clauses(word: Word) -> bool:
    return word.text == ";" or word.text.lower() in _CLAUSE_WORDS


def subject_names(reading: Reading, index: int) -> frozenset[str]:
    """Stems of the nearest name before a place, in its clause; empty where none stands there."""
    found: list[str] = []
    for word in reversed(_clause(reading, index, _SUBJECT_REACH)):
        if word.index >= index:
            continue
        if word.stem in reading.names and not word.stop:
            found.append(word.stem)
        elif found:
            break
    return frozenset(found)


def nearness(a: Reading, a_index: int, b: Reading, b_index: int) -> float:
    """How much the surroundings of two places share, 0..1: rarity-weighted, 1 from about two telling words on."""
    shared = near(a, a_index) & near(b, b_index)
    return min(1.0, sum(sorted(rarity(s) for s in shared)) / 1.6)


def index_at(reading: Reading, char: int) -> int:
    """The index of the token that covers or follows a character; the last token's when none does, 0 for an empty text."""
    for word in reading.tokens:
        if word.span.end_char > char:
            return word.index
    return max(0, len(reading.tokens) - 1)


def content_words(reading: Reading) -> list[Word]:
    """The words that say what a statement is about, in order."""
    return [w for w in reading.tokens if w.content]


def word_before(reading: Reading, index: int) -> Word | None:
    """The content word right before a place, auxiliaries passed over: mostly what a verb is said of. None where none stands."""
    for word in reversed(reading.tokens[max(0, index - 4) : index]):
        if word.mark or word.text.lower() in _CLAUSE_WORDS:
            return None
        if word.content:
            return None if word.name else word
    return None


# What a shared name before the verb adds: names alone do not say that the matter is one. Source: decision.
_SUBJECT_BONUS = 0.35


def predicate_nearness(a: Reading, a_index: int, b: Reading, b_index: int) -> float:
    """Nearness of two verbs or judgements, 0..1: what surrounds them, and whether the name they are said of is the same."""
    same = bool(subject_names(a, a_index) & subject_names(b, b_index))
    return min(1.0, nearness(a, a_index, b, b_index) + (_SUBJECT_BONUS if same else 0.0))
