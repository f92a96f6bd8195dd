"""What is no claim: questions, greetings, wishes, commands to the reader, fragments."""

import re

from app.claims.lexicon import AUXILIARIES, CONTRACTED_SUBJECTS, ED_ADJECTIVES, FINITE

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_MIN_WORDS = 3
_RHETORIC = re.compile(
    r"(?:let(?:['’]s| us| me)\b|please\b|thank(?:s| you)\b|good (?:morning|evening|night|luck|afternoon)\b|hello\b|hi\b|welcome\b|god bless\b"
    r"|happy (?:birthday|new year|holidays)\b|congratulations\b|read more\b|click (?:here|on)\b|sign up\b|subscribe\b|follow (?:us|me)\b|watch\b.{0,40}\bvideo\b"
    r"|see also\b|listen to\b|join us\b|stay tuned\b|share this\b|download\b|imagine\b|may (?:god|he|she|they)\b|would you\b|could you\b)",
    re.IGNORECASE,
)


def checkable(content: str, *, whole_sentence: bool = False) -> bool:
    """Whether `content`, freed of its attribution, asserts something that can be so or not.

    `whole_sentence` says that it is a sentence of the article as it stands, which is trusted to hold a verb even where none is recognised.
    """
    bare = content.strip().strip("\"'“”‘’«» ")
    words = _WORD.findall(bare)
    if len(words) < _MIN_WORDS or bare.endswith("?") or _RHETORIC.match(bare):
        return False
    lower = [w.lower().replace("’", "'") for w in words]
    if whole_sentence and len(words) >= 6:
        return True
    return any(_verb(w, n) for n, w in enumerate(lower))


def _verb(word: str, n: int) -> bool:
    if word in AUXILIARIES or word in CONTRACTED_SUBJECTS or word.endswith("n't"):
        return True
    if not n:
        return False
    return word in FINITE or (word.endswith("ed") and len(word) > 4 and word not in ED_ADJECTIVES)
