"""Where: place names behind a preposition of place."""

from functools import lru_cache

from app.articles.document import Span
from app.relations.finding import Finding, Verdict
from app.relations.rarity import rarity
from app.relations.reading import Reading, read
from app.relations.relation import ReasonType, Statement
from app.relations.subjects import near
from app.relations.words import Word, each_word, stem

_WHERE = frozenset(
    each_word(
        """
    in at near off outside inside through across around
    """
    )
)
_DAYS = frozenset(
    stem(w)
    for w in each_word(
        """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
        november december christmas easter ramadan"""
    )
)
_TO = frozenset(["to", "into", "towards", "toward", "reach"])
_FROM = frozenset(["from"])
# What can be true of many places at once: two places are no conflict. Source: decision (list-valued facts).
MANY_PLACES = frozenset(
    stem(w)
    for w in each_word(
        """
    visit tour travel meet met campaign rally speak protest also including include search hold win victory carry lead poll shell bomb
    """
    )
)


def _class_of(word: Word) -> str | None:
    low = word.low
    return "where" if low in _WHERE else "to" if low in _TO else "from" if low in _FROM else None


@lru_cache(maxsize=16384)
def places(reading: Reading) -> dict[str, list[tuple[frozenset[str], Span, int]]]:
    """Place names by the class of their preposition: stems of the name, its span, the preposition's index. Empty for none."""
    found: dict[str, list[tuple[frozenset[str], Span, int]]] = {}
    tokens = reading.tokens
    for i, word in enumerate(tokens):
        kind = _class_of(word)
        if kind is None:
            continue
        j = i + 1
        while j < len(tokens) and (tokens[j].low in ("the", "a", "an", "of") or (tokens[j].content and not tokens[j].name and j < i + 3)):
            j += 1
        k = j
        while k < len(tokens) and tokens[k].name and tokens[k].stem not in _DAYS:
            k += 1
        if k > j:
            stems = frozenset(w.stem for w in tokens[j:k])
            found.setdefault(kind, []).append((stems, Span(tokens[j].span.start_char, tokens[k - 1].span.end_char), i))
    return found


class PlaceComparator:
    """The same event at different places."""

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """Parts where neither names the other's place, agrees where a place is shared; None without a place in both."""
        ra, rb = read(a), read(b)
        here, there = places(ra), places(rb)
        best: tuple[float, Finding] | None = None
        for kind in sorted(here.keys() & there.keys()):
            for stems_a, span_a, at_a in here[kind]:
                for stems_b, span_b, at_b in there[kind]:
                    if stems_a & stems_b:
                        return Finding(ReasonType.PLACE, Verdict.AGREE, span_a, span_b, f'both name "{span_a.of(a.text)}"', 1.0)
                    if stems_a & rb.stems or stems_b & ra.stems or (ra.stems | rb.stems) & MANY_PLACES:
                        continue
                    shared = near(ra, at_a) & near(rb, at_b)
                    weight = min(1.0, sum(sorted(rarity(s) for s in shared)) / 1.6)
                    detail = f'"{span_a.of(a.text)}" against "{span_b.of(b.text)}"'
                    finding = Finding(ReasonType.PLACE, Verdict.PART, span_a, span_b, detail, weight)
                    if best is None or weight > best[0]:
                        best = (weight, finding)
        return best[1] if best and best[0] > 0 else None
