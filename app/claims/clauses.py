"""Whether words stand as a clause: a finite verb of their own, not one that a relative or subordinate clause holds."""

import re

from app.articles.document import Span
from app.claims.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CUES,
    DETERMINERS,
    ED_ADJECTIVES,
    NOUN_LIKE,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIMES,
    Form,
)
from app.claims.passages import BREAKS, Passage
from app.claims.tokens import tokenize
from app.claims.word_lists import listed

# "(that) has", "[he] knew": what an editor put in is read as if it had been said.
_BRACKETS = frozenset("()[]")
# These begin a clause whose verb is its own; "than", "so" and "as" mostly compare, "after" and its like mostly take a noun.
_OPENERS = frozenset(
    [
        "if",
        "when",
        "while",
        "because",
        "although",
        "though",
        "unless",
        "whereas",
        "whether",
        "where",
        "how",
        "why",
        "what",
        "whatever",
        "whoever",
        "whomever",
        "whichever",
        "wherever",
    ]
)
# "on what's expected to be a long night": an opener and its verb in one.
_OWN_VERBS = frozenset(["what's", "who's", "who'd", "who've", "who'll", "where's", "which's"])
_SUBJECTS = frozenset(["i", "you", "he", "she", "we", "they"])
_MODALS = frozenset(
    [
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "cannot",
        "can't",
        "won't",
        "to",
        "do",
        "does",
        "did",
        "don't",
        "doesn't",
        "didn't",
    ]
)
_PERFECT = frozenset(["be", "been", "being", "have", "having"])
_INFINITE = frozenset(["be", "been", "being", "not", "to"])
_FUNCTION_WORDS = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | SUBORDINATORS | RELATIVES | SUBJECT_PRONOUNS | ADVERBS | AUXILIARIES
# Past forms beside those of the lexicon that are seldom a noun behind a noun.
_PASTS = frozenset(
    listed(
        """burst split spread blew dug clung spun sped crept bred fed hung knelt leapt lit rode shone slid spat sprang stung strode
        swung wept overcame oversaw withheld overthrew undid rang tied shrank drank clashed flung sprung dealt awoke foresaw mistook
        overtook stole upheld drove lay lain beset cut shed quit let put set bid rid wed"""
    )
)
# A name and a third person before an object or a preposition.
_HEADLINE = re.compile(
    r"\b(?!(?:The|A|An|This|That|These|Those|More|Most|All|Some|Any|Top|Best|Key|New|Other|No|How|Why|What|Which|His|Her|Its|Their|Our|My|Your"
    r"|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Many)\b)[A-Z][\w’'.-]*[^s\W]\s(?!officials|aides|voters|members|lawmakers"
    r"|leaders|troops|forces|senators|ministers|residents|police|things|ways|reasons|facts|questions|photos|tips|workers|users|shares)[a-z]{3,}s\s"
    r"(?:to|on|in|for|the|an?|as|at|with|from|over|after|up|out|off|against|his|her|its|[A-Z$\d])"
)
_FINITE_CUES = frozenset(word for word, cue in CUES.items() if word not in NOUN_LIKE and cue.forms & {Form.THIRD, Form.PAST})
_BASE_CUES = frozenset(word for word, cue in CUES.items() if word not in NOUN_LIKE and Form.BASE in cue.forms)


def stands(text: str, span: Span) -> bool:
    """Whether `span` holds a main verb; quotation marks are read through, so that `He "has it"` stands and `The "ban of it"` does not.

    Errs towards yes: a verb that no list knows is the common case, a noun phrase that looks like a clause the rarer one.
    """
    return main_verb(passage_of(text, span)) is not None


def heading(text: str, span: Span) -> bool:
    """Whether words without a stop at their end assert as a headline does: "Ravn picks a deputy"; "Five things to know" does not."""
    return stands(text, span) or _HEADLINE.search(text, span.start_char, span.end_char) is not None


def passage_of(text: str, span: Span) -> Passage:
    """The words of `span` as a passage, its brackets left out and nothing in it held to be quoted."""
    tokens = tuple(t for t in tokenize(text, span.start_char, span.end_char, ()) if t.text not in _BRACKETS)
    return Passage(span, 0, tokens, (span,))


def main_verb(passage: Passage) -> int | None:
    """The number of the first finite token that no relative or subordinate clause holds, None where there is none."""
    tokens = passage.tokens
    owed = 0  # verbs that clauses opened so far still wait for
    closes = False  # whether a comma ends the clause opened last
    i = 0
    while i < len(tokens):
        word = tokens[i].lower
        if word in RELATIVES or word in _OPENERS or (word == "that" and _opens_clause(passage, i)):
            if _own_verb(passage, i):
                i = _group_end(passage, i + 1)
                continue
            owed += 1
            closes = word not in RELATIVES
        elif i and word in _OWN_VERBS:
            i = _group_end(passage, i)
            continue
        elif _unmarked_clause(passage, i):
            owed += 1
            closes = True
        elif tokens[i].text in ",—–" and closes:
            owed = 0
        elif finite(passage, i):
            if not owed:
                return i
            owed -= 1
            closes = True
            i = _group_end(passage, i)
            continue
        i += 1
    return None


def finite(passage: Passage, i: int) -> bool:
    """Whether token `i` looks like a finite verb, by the lists, by its form, or because a personal pronoun stands before it."""
    tokens = passage.tokens
    word = tokens[i].lower
    before = tokens[i - 1].lower if i else ""
    if (before in _MODALS or before in _PERFECT) and word not in AUXILIARIES:
        return False
    if passage.finite[i]:
        return True
    if word in _PASTS and i and before not in DETERMINERS and before not in PREPOSITIONS and not tokens[i].capital:
        return True
    if not tokens[i].word or not i or word in _FUNCTION_WORDS or word.endswith("ing"):
        return False
    if before in _SUBJECTS or (before == "it" and word.endswith("s")):
        return True
    if tokens[i].capital or before in PREPOSITIONS or before in DETERMINERS:
        return False
    if before == ",":
        # "The envoy, an old friend, resigned": the comma that ends what stands in passing.
        commas = sum(t.text == "," for t in tokens[:i])
        return not commas % 2 and word.endswith("ed") and len(word) > 4 and word not in ED_ADJECTIVES
    if before in BREAKS:
        return False
    plural = before.endswith("s") and not before.endswith("ss")
    return word in _FINITE_CUES or (word in _BASE_CUES and (plural or before.endswith("ly")))


def _opens_clause(passage: Passage, i: int) -> bool:
    """Whether "that" opens a clause: it follows a noun or verb; "at that time" and "if that is so" point."""
    before = passage.tokens[i - 1] if i else None
    return before is not None and before.word and before.lower not in _FUNCTION_WORDS


def _unmarked_clause(passage: Passage, i: int) -> bool:
    """Whether a personal pronoun opens a relative clause without its "that": "the emergency he declared", "something it would drop"."""
    tokens = passage.tokens
    word = tokens[i].lower
    if not i or word not in ("i", "he", "she", "we", "they", "it") or i + 1 >= len(tokens) or not finite(passage, i + 1):
        return False
    first, before = tokens[0].lower, tokens[i - 1]
    if first in PREPOSITIONS or first in SUBORDINATORS or first in ADVERBS or first in TIMES or before.lower in TIMES:
        return False
    return before.word and before.text[0].islower() and before.lower not in _FUNCTION_WORDS and not finite(passage, i - 1)


def _own_verb(passage: Passage, i: int) -> bool:
    """Whether the word right behind "who", "which" or "that" is the clause's verb, though no list knows it: "those who demand it"."""
    if passage.tokens[i].lower not in ("who", "which", "that") or i + 1 >= len(passage.tokens):
        return False
    following = passage.tokens[i + 1]
    return following.text[0].islower() and following.lower not in _FUNCTION_WORDS and not finite(passage, i + 1)


def _group_end(passage: Passage, i: int) -> int:
    """Past the verb group that begins at token `i`: "has never been raised"."""
    j = i + 1
    first = passage.tokens[i].lower
    if first not in AUXILIARIES and "'" not in first:
        return j
    while j < len(passage.tokens):
        token = passage.tokens[j]
        word = token.lower
        verbal = word in AUXILIARIES or word in _INFINITE or word in ADVERBS or word.endswith(("ly", "ed", "en", "ing"))
        if not token.word or not verbal:
            break
        j += 1
    return j
