"""Noun phrases beside a verb: who says it (left of the cue, or right of an inverted one), and whom it is told."""

from app.claims.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    WEEKDAYS,
)
from app.claims.passages import Passage

# Where a phrase ends for good.
_HARD = frozenset(";:—–-….!?")
# No appositive part is longer than this many tokens. Source: PolNeAR train, 99% of source parts between commas.
_MAX_PART_TOKENS = 22
_SHORT_PART_TOKENS = 12

Range = tuple[int, int]


def subject_left(passage: Passage, verb: int, floor: int) -> Range | None:
    """The subject whose verb group begins at token `verb`, not reaching left of `floor`, as a token range; None when none stands there.

    A closing comma of an apposition belongs to the range, as PolNeAR marks it.
    """
    tokens = passage.tokens
    end = verb
    if end <= floor:
        return None
    if tokens[end - 1].text != "," or tokens[end - 1].quote >= 0:
        return _plain(passage, end, floor)
    parts = _parts(passage, end - 1, floor)
    if len(parts) < 2:
        return None
    k = len(parts) - 1
    if _adverbial(passage, parts[k]):
        # "Clinton, in a statement, said"
        inner = _plain(passage, parts[k][0] - 1, floor)
        return inner if inner else None
    m = k
    while m > 0 and parts[m][1] - parts[m][0] <= _MAX_PART_TOKENS:
        head = parts[m - 1]
        if m < k and not _appositive(passage, parts[m], head):
            break
        if m < k and (_adverbial(passage, head) or passage.clause(*head)):
            break
        m -= 1
    if m == k:
        return None
    start = _plain(passage, parts[m][1], max(floor, parts[m][0]))
    return (start[0], end) if start else None


def _parts(passage: Passage, end: int, floor: int) -> list[Range]:
    """The stretches between commas to the left of token `end`, in text order, back to a hard break, a quotation or `floor`."""
    tokens = passage.tokens
    parts: list[Range] = []
    stop = end
    i = end - 1
    depth = 0
    while i >= floor:
        token = tokens[i]
        if token.text == ")":
            depth += 1
        elif token.text == "(":
            depth -= 1
        if token.quote >= 0 and (tokens[i].text in "”\"''" or i + 1 == end):
            break
        if depth == 0 and token.text in _HARD:
            break
        if depth == 0 and token.text == ",":
            parts.append((i + 1, stop))
            stop = i
        i -= 1
    if i + 1 < stop:
        parts.append((i + 1, stop))
    return [p for p in reversed(parts) if p[0] < p[1]]


def _adverbial(passage: Passage, part: Range) -> bool:
    first = passage.tokens[part[0]].lower
    return (
        first in PREPOSITIONS or first in ADVERBS or first in CONJUNCTIONS or first in WEEKDAYS or first in SUBORDINATORS
    ) and first != "of"


def _appositive(passage: Passage, part: Range, head: Range) -> bool:
    """Whether `part` says more about the name in `head`: an age, "a nurse who…", "Republican of Minnesota"."""
    tokens = passage.tokens
    first = tokens[part[0]]
    if first.lower in RELATIVES or first.text[0].isdigit() or first.lower == "of":
        return True
    if head[1] - head[0] > _SHORT_PART_TOKENS:
        return False
    head_named = tokens[head[1] - 1].capital or tokens[head[1] - 1].text == ")"
    return head_named and (first.lower in DETERMINERS or first.capital or not passage.clause(*part))


def _plain(passage: Passage, end: int, floor: int) -> Range | None:
    """The noun phrase that ends right before token `end`, comma-free but for lists in brackets."""
    tokens = passage.tokens
    i = end - 1
    low = floor
    j = i
    while j >= floor:  # the border no phrase crosses
        token = tokens[j]
        if token.text == ")":
            while j > floor and tokens[j].text != "(":
                j -= 1
        elif token.text == "," or token.text in _HARD or (token.quote >= 0 and token.text in "”\"''"):
            low = j + 1
            break
        j -= 1
    relative = next((k for k in range(i, low, -1) if tokens[k].lower in ("who", "which", "whose", "whom")), None)
    if relative is not None and relative == i:
        end = i
        i -= 1
    start = end
    scan = i if relative is None or relative >= i else relative - 1
    if relative is not None and relative <= i:
        start = relative
    while scan >= low:
        token = tokens[scan]
        word = token.lower
        if word in SUBORDINATORS and word not in ("since", "after", "before", "as", "than"):
            if word == "that" and scan > low and tokens[scan - 1].lower in PREPOSITIONS:
                start = scan
                scan -= 1
                continue
            break
        if word in ("but", "yet", "so", "nor"):
            break
        if word in ("and", "or"):
            if any(passage.finite[low:scan]) or scan == low or scan + 1 == start == end:
                break
        elif (
            passage.finite[scan]
            and word not in ("may", "will")
            and not (scan + 1 < end and tokens[scan + 1].lower in ("by", "on", "with", "in", "to") and word.endswith("ed"))
        ):
            break
        if word in SUBJECT_PRONOUNS and start < end and word in ("he", "she", "they", "we", "i") and scan + 1 < end:
            break
        start = scan
        scan -= 1
    start = _skip_lead(passage, start, end)
    return (start, end) if start < end else None


def _skip_lead(passage: Passage, start: int, end: int) -> int:
    """Past conjunctions, adverbs and leading adverbial phrases: "But on Friday the FBI" begins at "the"."""
    tokens = passage.tokens
    while start < end:
        word = tokens[start].lower
        if (
            word in CONJUNCTIONS
            or (word in ADVERBS and word not in ("both", "all", "each"))
            or not (tokens[start].word or tokens[start].quote >= 0)
        ):
            start += 1
            continue
        if word in WEEKDAYS and end - start > 1:
            start += 1
            continue
        if (
            word in ("last", "this", "that", "next", "earlier", "late")
            and start + 1 < end
            and tokens[start + 1].lower in TIMES
            and start + 2 < end
        ):
            start += 2
            continue
        if word in PREPOSITIONS:
            begin = _last_phrase(passage, start + 1, end)
            if begin is None:
                return end
            start = begin
            continue
        break
    return start


def _last_phrase(passage: Passage, start: int, end: int) -> int | None:
    """Where a second noun phrase begins after the object of a preposition: "In a statement the FBI" -> "the"."""
    tokens = passage.tokens
    for i in range(end - 1, start, -1):
        word, before = tokens[i].lower, tokens[i - 1].lower
        if before in PREPOSITIONS or before in DETERMINERS or before in ("and", "or"):
            continue
        if word in SUBJECT_PRONOUNS or word in DETERMINERS:
            return i
        if tokens[i].capital and not tokens[i - 1].capital and word not in TIMES:
            return i
        if tokens[i].capital and before in TIMES and word not in TIMES:
            return i
    return None


def subject_right(passage: Passage, start: int) -> Range | None:
    """The subject of an inverted cue, from token `start`: "said [Mary Foo, the mayor of Bar,] on Tuesday"."""
    tokens = passage.tokens
    end = passage.last
    if start >= end or tokens[start].quote >= 0:
        return None
    if tokens[start].lower in SUBJECT_PRONOUNS:
        return (start, start + 1)
    i = start
    appositions = 0
    relative = False
    while i < end:
        token = tokens[i]
        word = token.lower
        if token.quote >= 0 or token.text in _HARD:
            break
        if token.text == "(":
            closing = next((j for j in range(i, end) if tokens[j].text == ")"), None)
            i = i if closing is None else closing
        elif token.text == ",":
            after = tokens[i + 1] if i + 1 < end else None
            if after is None or after.quote >= 0:
                i += 1 if appositions else 0
                break
            if after.lower in CONJUNCTIONS or after.lower.endswith("ing") or (after.lower in PREPOSITIONS and after.lower != "of"):
                i += 1 if appositions else 0
                break
            if after.lower in SUBORDINATORS or after.lower in ADVERBS:
                break
            appositions += 1
            relative = after.lower in RELATIVES
            if appositions > 3:
                break
        elif word in RELATIVES:
            relative = True
        elif (
            (word in SUBORDINATORS and word != "than" and not relative)
            or (not relative and passage.finite[i] and i > start)
            or (word in WEEKDAYS and i > start and not relative)
        ):
            break
        elif word in ("on", "in", "at", "during", "after", "before", "last", "this") and i > start and not relative:
            nearby = [t.lower for t in tokens[i + 1 : i + 4]]
            if word in ("during", "after", "before", "last", "this", "on") or any(
                n in TIMES or n in ("statement", "interview", "speech") or n[:2].isdigit() for n in nearby
            ):
                break
        i += 1
    return (start, i) if i > start else None


def group_start(passage: Passage, verb: int, floor: int) -> int:
    """Where the verb group ending in token `verb` begins: auxiliaries and adverbs before it."""
    tokens = passage.tokens
    i = verb
    while i > floor:
        word = tokens[i - 1].lower
        if tokens[i - 1].quote >= 0 or not (
            word in AUXILIARIES or word in ADVERBS or (word.endswith("ly") and len(word) > 4) or word in ("to", "going", "went")
        ):
            break
        if word in ("to",) and not (i - 2 >= floor and tokens[i - 2].lower in ("on", "going", "declined", "refused")):
            break
        i -= 1
    return i
