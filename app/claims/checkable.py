"""What is no claim: questions, greetings, wishes, exclamations, commands to the reader, fragments."""

import re

from app.claims.lexicon import AUXILIARIES, CONTRACTED_SUBJECTS, ED_ADJECTIVES, FINITE, RELATIVES, SUBORDINATORS

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_MIN_WORDS = 3
# A report this long is trusted to hold a verb that the lists do not know. Source: read on news text; shorter ones were mostly noun phrases.
_TRUSTED_WORDS = 12
# "Let me tell you that", "I have to say": a way into what is then asserted.
_WAY_IN = re.compile(
    r"(?:(?:and|but|so|well|now|look|yes|no|again),?\s+)*"
    r"(?:(?:just\s+)?let me (?:just |first |also )*"
    r"(?:tell you|remind you|say|mention|add|point out|note|be (?:very |perfectly )?clear|make (?:it|this) clear)(?: again| first| this)?"
    r"|let['’]s (?:not forget|be clear|be honest|remember|face it)"
    r"|(?:i )?(?:have to|must|want to|would like to|['’]d like to) say)(?: that\b|[,:]|\s)\s*",
    re.IGNORECASE,
)
# "I hope it rises; but …": behind such a mark something else is said.
_BREAK = re.compile(r"\s*(?:;|--+|—|\s–)\s*(?=\S)")
# Seldom anything but finite verbs, beside those of the lexicon.
_VERBS = frozenset(
    verb + ending
    for verb in [
        *("exceed", "spend", "refuse", "provide", "produce", "comprise", "complete", "consume", "earn", "employ", "propose", "receive"),
        *(
            "create",
            "suffer",
            "reduce",
            "improve",
            "serve",
            "generate",
            "kill",
            "lose",
            "become",
            "remain",
            "contain",
            "describe",
            "oppose",
        ),
    ]
    for ending in ("", "s")
)
# Only a subject has these forms, so a verb follows.
_SUBJECTS = frozenset(["i", "he", "she", "we", "they"])
_OPENING_SUBJECTS = frozenset(["it", "there", *_SUBJECTS])
_LINKING = frozenset(["and", "but", "so", "now", "then", "well", "yet", "because", "also", "again"])
# "Not one cent", "Nothing at all": an answer that asserts without a verb.
_NOT_OR_NUMBER = re.compile(r"(?:not|no|none|nothing|never|nobody)\b", re.IGNORECASE)
# What asks, points at something on the page, or speaks to the reader as a page does.
_ADDRESS = re.compile(
    r"(?:i (?:\w+ )?(?:request|ask|urge|implore|beg)\b(?! (?:myself|why)\b)|the question is (?:whether|how|why|what|who)\b"
    r"|(?:meanwhile,? |so,? |now,? )?here(?:['’]s| is| are) (?:how|what|why|(?:a|the|an) (?:full |complete |quick |short )?"
    r"(?:looks?|list|rundown|transcript|guide|overview|excerpts?|statement|text|remarks|breakdown|timeline|summary)"
    r"|[\w’' ]{1,40}(?:full|complete) (?:statement|text|remarks))\b"
    r"|you (?:may|can) (?:opt[- ]?out|unsubscribe)\b|you (?:agree to|will) receive\b|an error has occurred\b|by (?:signing up|clicking)\b"
    r"|(?:[\w ]{1,30}: )?(?:visit|go to) (?:www\.|http|our\b)|(?:[\w ]{1,30}: )?(?:call|text|dial) (?:1-|\d|the word )"
    r"|whether [^,]*$"
    r"|catch [\w ]{1,40}\b(?:online|live|daily)\b|tune in\b|skip (?:twitter|youtube|facebook)\b"
    r"|(?:think|remember|look|listen|consider|recall) (?:about|at|to|how|what|who|the|that|this)\b"
    r"|(?:just |please |so |then |now )?(?:stop|keep|go|come|give|tell|take|put|stay|be|get|join|pray|wait|bring|do|make|leave|let)"
    r" (?:me|us|him|her|them|it|your|the|this|that|these|those|on|out|up|down|back|to|away|in|not|home|here|there|now|sure|ready|calm|safe"
    r"|careful|going)\b|(?:do not|don['’]t)\b"
    r"|how (?:do|does|did|can|could|would|will|is|are) (?:you|i|we|one|it|the|they)\b|(?:image|media) (?:copyright|caption)\b"
    r"|(?:[\w.’'-]+ ){1,8}contributed to this (?:report|post|story|article|piece)\b)",
    re.IGNORECASE,
)
_RHETORIC = re.compile(
    r"(?:let(?:['’]s| us| me)\b|please\b|thank(?:s| you)\b|good (?:morning|evening|night|luck|afternoon)\b|hello\b|hi\b|welcome\b"
    r"|god bless\b|(?:may )?(?:he|she|they) rest in peace\b|(?:i|we) (?:\w+ )?(?:hope|wish|pray)\b(?! to\b)|if only\b"
    r"|(?:my|our|all our) (?:\w+ ){0,2}(?:thoughts|prayers|hearts?|condolences|sympath(?:y|ies))\b"
    r"|i (?:just |also |first )?(?:want to|would like to|['’]d like to) (?:\w+ )?thank\b|what an? [^,;?]*!$|how (?!to\b|many\b|much\b)\w+!$"
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
    if (way_in := _WAY_IN.match(bare)) is not None:
        bare = bare[way_in.end() :]
    words = _WORD.findall(bare)
    if len(words) < _MIN_WORDS or bare.endswith(("?", ":")):
        return False
    if _ADDRESS.match(bare):
        return False
    if _RHETORIC.match(bare):
        further = _BREAK.search(bare)
        return further is not None and checkable(bare[further.end() :])
    lower = [w.lower().replace("’", "'") for w in words]
    if whole_sentence and len(words) >= 6:
        return True
    return (
        _has_subject(lower)
        or any(_verb(w, n) or (n > 0 and w in _VERBS) for n, w in enumerate(lower))
        or _NOT_OR_NUMBER.match(bare) is not None
    )


def _has_subject(lower: list[str]) -> bool:
    """Whether a pronoun stands as the subject of a verb that no list need know: "We cut taxes", "It penalizes farmers"."""
    first = next((n for n, word in enumerate(lower) if word not in _LINKING), 0)
    return lower[first] in _OPENING_SUBJECTS or any(word in _SUBJECTS for word in lower[1:-1])


def short_answer(content: str) -> bool:
    """Whether `content` asserts without a verb: "Not one cent", "Nothing at all"."""
    return _NOT_OR_NUMBER.match(content.strip("\"'“”‘’«» ")) is not None


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
