"""What is no claim: questions, greetings, wishes, commands to the reader, fragments."""

import re

from app.claims.lexicon import AUXILIARIES, CONTRACTED_SUBJECTS, ED_ADJECTIVES, FINITE, RELATIVES, SUBORDINATORS

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_MIN_WORDS = 3
# A report this long is trusted to hold a verb that the lists do not know. Source: read on news text; shorter ones were mostly noun phrases.
_TRUSTED_WORDS = 12
# "Not one cent", "Nothing at all": an answer that asserts without a verb.
_NOT_OR_NUMBER = re.compile(r"(?:not|no|none|nothing|never|nobody)\b", re.IGNORECASE)
_RHETORIC = re.compile(
    r"(?:let(?:['’]s| us| me)\b|please\b|thank(?:s| you)\b|good (?:morning|evening|night|luck|afternoon)\b|hello\b|hi\b|welcome\b"
    r"|god bless\b"
    r"|happy (?:birthday|new year|holidays)\b|congratulations\b|read more\b|click (?:here|on)\b|sign up\b|subscribe\b"
    r"|follow (?:us|me)\b|watch\b.{0,40}\bvideo\b"
    r"|see also\b|listen to\b|join us\b|stay tuned\b|share this\b|download\b|imagine\b|may (?:god|he|she|they)\b|would you\b|could you\b)",
    re.IGNORECASE,
)


def checkable(content: str, *, whole_sentence: bool = False) -> bool:
    """Whether `content`, freed of its attribution, asserts something that can be so or not.

    `whole_sentence` says that it is a sentence of the article as it stands, which is trusted to hold a verb even where none is recognised.
    """
    bare = content.strip().strip("\"'“”‘’«» ")
    words = _WORD.findall(bare)
    if len(words) < _MIN_WORDS or bare.endswith(("?", ":")) or _RHETORIC.match(bare):
        return False
    lower = [w.lower().replace("’", "'") for w in words]
    if whole_sentence and len(words) >= 6:
        return True
    return any(_verb(w, n) for n, w in enumerate(lower)) or _NOT_OR_NUMBER.match(bare) is not None


def leads_with_clause(words: str) -> bool:
    """Whether unquoted words of a report have a finite verb before any clause inside them: "it rained", not "a boycott after it rained"."""
    lower = [w.lower().replace("’", "'") for w in _WORD.findall(words)]
    if lower and lower[0] in SUBORDINATORS:
        return True
    for n, word in enumerate(lower):
        if n and (
            word in RELATIVES or (word in SUBORDINATORS and word not in ("than", "since", "before", "after", "as", "until", "so", "once"))
        ):
            return False
        if _verb(word, n):
            return True
    return len(lower) >= _TRUSTED_WORDS


def _verb(word: str, n: int) -> bool:
    if word in AUXILIARIES or word in CONTRACTED_SUBJECTS or word.endswith("n't"):
        return True
    if not n:
        return False
    return word in FINITE or (word.endswith("ed") and len(word) > 4 and word not in ED_ADJECTIVES)
