"""Are two statements about the same thing at all? Shared words weighed by how rare they are, and shared names."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.articles.document import Span
from app.relations.rarity import exact_rarity, rarity, total
from app.relations.reading import Reading, read
from app.relations.relation import Statement
from app.relations.words import Word

# How many places' surroundings are kept between pairs: those of the statements of a batch. Bounds the memory, at about 50 MB.
_PLACES_KEPT = 65536
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


def _exact_sum(stems: Iterable[str]) -> int:
    """The exact rarities added up, so that order cannot matter."""
    return sum(map(exact_rarity, stems))


def residual_cover(a: Statement, b: Statement, a_span: Span, b_span: Span) -> float:
    """How much of the shorter statement the other shares without the words they are compared on, 0..1; 0 when nothing is left."""
    left_a, left_b = _stems_beside(read(a), a_span), _stems_beside(read(b), b_span)
    smaller = total(min(_exact_sum(left_a), _exact_sum(left_b)))
    return total(_exact_sum(left_a & left_b)) / smaller if smaller else 0.0


@lru_cache(maxsize=_PLACES_KEPT)
def _stems_beside(reading: Reading, span: Span) -> frozenset[str]:
    return frozenset(w.stem for w in reading.tokens if w.content and not w.span.overlaps(span))


def overlap(a: Statement, b: Statement) -> Overlap:
    """Compares what two statements are about; all zero when they share no content word."""
    ra, rb = read(a), read(b)
    words_a, names_a, words_b, names_b = ra.stems, ra.names, rb.stems, rb.names
    shared = words_a & words_b
    exact = _exact_sum(shared)
    weight, union = total(exact), total(ra.rarity + rb.rarity - exact)
    smaller, larger = sorted((ra.rarity, rb.rarity))
    only_less, only_more = total(smaller - exact), total(larger - exact)
    smaller_weight = total(smaller)
    shared_names = len((names_a | names_b) & shared) if shared else 0
    return Overlap(
        likeness=weight / union if union else 0.0,
        cover=weight / smaller_weight if smaller_weight else 0.0,
        shared_names=shared_names,
        parted_names=min(len(names_a - words_b), len(names_b - words_a)),
        shared_words=len(shared),
        names_disjoint=bool(names_a and names_b) and not shared_names,
        only_less=only_less,
        only_more=only_more,
    )


@lru_cache(maxsize=_PLACES_KEPT)
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
    return word.text == ";" or word.low in _CLAUSE_WORDS


@lru_cache(maxsize=_PLACES_KEPT)
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
    return min(1.0, sum(sorted(map(rarity, shared))) / 1.6) if shared else 0.0


def index_at(reading: Reading, char: int) -> int:
    """The index of the token that covers or follows a character; the last token's when none does, 0 for an empty text."""
    return max(0, min(bisect_right(reading.ends, char), len(reading.tokens) - 1))


def content_words(reading: Reading) -> list[Word]:
    """The words that say what a statement is about, in order."""
    return [w for w in reading.tokens if w.content]


def word_before(reading: Reading, index: int) -> Word | None:
    """The content word right before a place, auxiliaries passed over: mostly what a verb is said of. None where none stands."""
    for word in reversed(reading.tokens[max(0, index - 4) : index]):
        if word.mark or word.low in _CLAUSE_WORDS:
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
