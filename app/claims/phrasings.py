"""Ways of attributing that are no verb: "according to X", "X's claim that", a transcript's "X:"."""

from app.claims.lexicon import ADVERBS, AUXILIARIES, CONJUNCTIONS, CUE_NOUNS, DETERMINERS, RELATIVES, SUBJECT_PRONOUNS
from app.claims.passages import Passage
from app.claims.patterns import Found
from app.claims.phrases import Range

# A quotation shorter than this is a scare quote, and a speaker longer than that is no plain name. Source: read on news text.
_LEAST_QUOTED_TOKENS = 6
_MOST_NAME_TOKENS = 9


def according(passage: Passage) -> list[Found]:
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
        led_on = i > 1 and tokens[i - 1].text == "," and tokens[i - 2].lower == "that"  # "he writes that, according to her, it rained"
        if leading or led_on:
            one.open = source[1]
            one.sibling = False
        else:
            begin = 0
            for j in range(i - 1, 0, -1):
                if tokens[j].quote < 0 and tokens[j].text == ";":
                    begin = j + 1
                    break
            one.content.append((begin, i))
            if source[1] + 1 < last and tokens[source[1]].text in ",—–-":
                after = tokens[source[1] + 1].lower
                if (
                    after not in CONJUNCTIONS
                    and after not in RELATIVES
                    and not after.endswith("ing")
                    and after not in ("compared", "while")
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
            closing = next((j for j in range(i, last) if tokens[j].text == ")"), None)
            i = i if closing is None else closing
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
    return (start, i) if start < i else None


def nouns(passage: Passage) -> list[Found]:
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


def script(passage: Passage) -> list[Found]:
    """A transcript's line: "Mary Foo: …"."""
    tokens, last = passage.tokens, passage.last
    for i in range(1, min(9, last - 1)):
        if tokens[i].text == ":" and tokens[i].quote < 0:
            if tokens[0].lower in CONJUNCTIONS or tokens[0].lower in ADVERBS:
                return []
            if all(t.capital or t.lower in ("of", "the", "for", "and") or not t.word for t in tokens[:i]) and tokens[i + 1].quote >= 0:
                return [Found((0, i), (i, i + 1), head=0, tail=i + 1, open=i + 1)]
            return []
    return []


def unlisted(passage: Passage, found: list[Found]) -> list[Found]:
    """A quotation that ends in a comma, its speaker, and a verb that no list holds: '"No," Nadler shot back.'"""
    tokens, last = passage.tokens, passage.last
    for i in range(2, last - 1):
        if tokens[i].quote >= 0 or tokens[i - 1].quote < 0 or tokens[i - 2].text not in ",?!":
            continue
        number = tokens[i - 1].quote
        begin = next(k for k in range(i) if tokens[k].quote == number)
        if i - begin < _LEAST_QUOTED_TOKENS or any(s < i <= e for f in found for s, e in f.content):
            continue
        verb = next((k for k in range(i + 1, min(i + _MOST_NAME_TOKENS, last)) if _may_report(passage, k)), None)
        named = tokens[i].capital or tokens[i].lower in SUBJECT_PRONOUNS or tokens[i].lower in DETERMINERS
        if verb is None or not named or any(t.quote >= 0 or t.text in ";:—–" for t in tokens[i:verb]):
            continue
        end = verb + 1
        while end < last and end < verb + 3 and tokens[end].lower in ("back", "out", "on", "in", "up", "off"):
            end += 1
        one = Found((i, verb), (verb, end), [(begin, i)], head=i, tail=end)
        if end + 1 < last and tokens[end].text == "," and tokens[end + 1].quote >= 0:
            one.open = end + 1
        return [one]
    return []


def _may_report(passage: Passage, i: int) -> bool:
    word = passage.tokens[i].lower
    return (passage.finite[i] and word not in AUXILIARIES) or word in ("went", "shot", "fired", "hit", "snapped", "says", "goes")
