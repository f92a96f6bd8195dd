"""The main clause of a statement: what it says, freed of the words that frame it and of the clauses beside it."""

import re

from app.claims.lexicon import AUXILIARIES, DETERMINERS, ED_ADJECTIVES, FINITE, WEAK_FINITE

# "I think that", "there is no doubt that", "we are glad to say that": the clause behind them is the main one.
_FRAME = re.compile(
    r"(?:(?:and|but|so|well|now|look|yes|no|again|also|because|then|in fact|in other words|in the end|of course|first of all)\b[,\s]+"
    r"|(?:i|we) (?:also |really |still |just |do |do not |don['’]t |certainly |firmly |honestly )*"
    r"(?:think|believe|feel|know|suppose|guess|would say|would argue|say)\b(?! (?:in|of|about|like)\b)(?: that\b)?,?\s*"
    r"|(?:i['’]m|i am|we['’]re|we are) (?:\w+ )?(?:sure|certain|convinced|confident)(?: that\b)?\s*"
    r"|(?:it is|it['’]s) (?:\w+ )?(?:clear|certain|obvious|likely|inevitable) that\b\s*|there is no (?:doubt|question)(?: that\b)?\s+"
    r"|(?:it is|it['’]s) (?:\w+ )?(?:fair|safe|fine|important|interesting|good|right) to (?:say|note|remember|point out|add|know)"
    r"(?: that\b)?\s*"
    r"|(?:i|we)(?:['’]m|['’]re| am| are) (?:\w+ )?(?:proud|glad|pleased|happy|delighted|sorry|sad|honou?red)"
    r" (?:that\b|to (?:say|report|announce|see|note)(?: that\b)?)\s*)+"
)
_LEADING = re.compile(
    r"(?:although|though|while|whereas|because|since|when|once|after|before|if|unless|as|despite|until|even if|even though|given)"
    r"\b[^,;]*,\s*"
)
_BESIDE = re.compile(
    r"(?:,\s|\s)(?:who|whom|whose|which|because|although|though|while|whereas|if|unless|until|after|before|when|since|so that|in order"
    r"|where|whether|why|how|what)\s[^,;.]*"
)


def main_clause(lower: str) -> str:
    """`lower` (in lower case) without frames ("I think that"), leading and subordinate clauses; may be empty."""
    rest = lower.strip(" \t\n\"“”‘’'«»")
    for pattern in (_FRAME, _LEADING, _FRAME):
        match = pattern.match(rest)
        if match is not None and match.end() < len(rest):
            rest = rest[match.end() :]
    return _BESIDE.sub(" ", rest).strip()


# A finite verb, or what opens a clause, before the words in question: the main clause tells of something else, and those words hang on it.
_TELLING = (AUXILIARIES | FINITE) - WEAK_FINITE | {"that", "which", "who", "said", "told", "say"}
_BEFORE_A_VERB = frozenset(["has", "have", "had", "would", "will", "could", "must", "might", "may", "can", "having"])
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")


def leads(main: str, at_char: int) -> bool:
    """Whether the words at `at_char` of a main clause are its own first verb, not "that prices will rise" under another.

    A verb right before them ("has been", "would be") belongs to them.
    """
    words = _WORD.findall(main[:at_char])
    while words and words[-1] in _BEFORE_A_VERB:
        words.pop()
    return not any(
        word in _TELLING
        or (word.endswith("ed") and len(word) > 4 and word not in ED_ADJECTIVES and (not n or words[n - 1] not in DETERMINERS))
        for n, word in enumerate(words)
    )
