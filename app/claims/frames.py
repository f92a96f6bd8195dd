"""What an attributing cue does with its content: puts it forward, quotes it, merely mentions it, supposes it, or only looks like a cue."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.articles.document import Span
from app.claims.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CUES,
    DETERMINERS,
    PASSIVE_REPORTS,
    PHRASAL,
    PHRASAL_FORMS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    Form,
    Takes,
)

_WORD = re.compile(r"\w+(?:['’]\w+)?")
# "per the minutes" attributes by itself; no other preposition does.
_EMPTY = (AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | DETERMINERS | SUBJECT_PRONOUNS | RELATIVES | ADVERBS | {"as"}) - {"per"}
_ABOUT = frozenset(
    ["about", "for", "of", "regarding", "concerning", "against", "over", "on", "upon", "with", "into", "at", "in", "to", "from"]
)
_NO_NOUN = frozenset(["the", "a", "an", "its", "my", "our", "your", "every", "same", "such"])
_SHARE = re.compile(
    r"\d\s?(?:%|percent|per\scent)|\bpercent of|\b(?:majority|plurality|minority|half|third|thirds|quarter|quarters|bulk) of\b|^most\b"
    r"|\b\w+ (?:out of|in) (?:ten|five|four|three|10)\b"
)
_RAISING = re.compile(
    r"\b(?:seem(?:s|ed)?|appear(?:s|ed)?|(?:is|are|was|were|['’]s|['’]re|be|been)\s(?:\w+ly\s|also\s|now\s|still\s)?(?:"
    + "|".join(sorted(PASSIVE_REPORTS | {"projected", "scheduled", "rumoured", "supposed", "meant", "slated"}))
    + r"))$"
)
_NEGATED = re.compile(r"\b(?:not|never|no|nor|neither|cannot)\b|n['’]t\b", re.IGNORECASE)
_KEEPS_BACK = re.compile(
    r"\b(?:refus|declin|fail|stopp|hesitat|reluctan)\w*(?:\sshort)?\s(?:to|of|from)\s(?:say|confirm|comment|predict|specif|reveal|disclose|speculate|rule|saying)"
)
_HOLDS = re.compile(r"\b(?:think|believe|expect|see|accept|agree|feel|buy|suspect|assume)\b")
_DENIES = re.compile(r"\b(?:den|reject|disput|refut|rebut|dismiss|contradict|rul|doubt|question)\w*\b")
# What a crowd does is no saying; "sounded hopeful that" judges how somebody seemed.
_SOUNDS = re.compile(
    r"\b(?:boo(?:ed|ing|s)?|cheer(?:ed|ing|s)?|applaud(?:ed|ing)|laugh(?:ed|ing)|clapp(?:ed|ing)|sound(?:ed|s)|looked|smiled|nodded)$"
)
_ASKED_WHEN = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wonder(?:ed|s|ing)?|unclear|question(?:ed|s)?|know|knows|knew)\b[^,.;]{0,40}?\b(?:when|where|why|how|what|whether|if|who)\s*$",
    re.IGNORECASE,
)
_TO_SAY = re.compile(r"to\s\w+")
# Before "to say": the beginning of a clause, or a judgement on saying it. "He came out to say" reports, "It is fair to say" does not.
_SUPPOSING = re.compile(
    r"(?:^|[.;:—–“\"]|\b(?:and|but|or|yet|so|because|that|than)|\b(?:fair|wrong|right|hard|easy|easier|early|difficult|safe|tempting|enough|reasonable|"
    r"accurate|unfair|misleading|absurd|foolish|mistake|exaggeration|stretch|impossible|possible|premature|simplistic|late|suffice|suffices|"
    r"refused?|declined?|failed?|hesitated?|reluctant|careful not|wants?|wanted|need|needs|unable|rush|way)(?:\sfor\s[\w’']+)?)\s*$",
    re.IGNORECASE,
)


def takes(cue: str) -> Takes:
    """What the cue's last known verb takes; empty for a cue of unknown words."""
    found = Takes(0)
    words = re.findall(r"\w+", cue.lower())
    for word, following in pairwise([*words, ""]):
        if word in CUES:
            found = CUES[word].takes
        if word in PHRASAL_FORMS and (PHRASAL_FORMS[word], following) in PHRASAL:
            return PHRASAL[PHRASAL_FORMS[word], following]
    return found


def asserts(cue: str) -> bool:
    """Whether a cue puts its content forward as so: "said", "according to", "called"; not "endorsed", "urged", "did not say".

    A cue of unknown words is trusted; one of function words alone ("is", "of") is none.
    """
    if mere(cue) or withheld(cue) or _SOUNDS.search(cue.lower()):
        return False
    found = takes(cue)
    return not found or bool(found & (Takes.CLAUSE | Takes.PREDICATES | Takes.ACCUSES))


def speaks(cue: str) -> bool:
    """Whether a cue introduces somebody's very words or questions."""
    return bool(takes(cue) & Takes.CLAUSE)


def weak(cue: str) -> bool:
    """Whether a cue often takes a thing rather than a statement ("found", "shows", "proposed"): its content must prove to be a clause."""
    found = takes(cue)
    return Takes.CLAUSE in found and not found & (Takes.INVERTS | Takes.ADDRESSEE)


def mere(cue: str) -> bool:
    """Whether a cue has words but none that could attribute: "is", "of", "it was"."""
    words = [w.lower().replace("’", "'") for w in _WORD.findall(cue)]
    return bool(words) and all(w in _EMPTY for w in words)


def withheld(cue: str) -> bool:
    """Whether a cue says that nothing was put forward: "did not say", "declined to confirm"; not "did not deny", "does not believe"."""
    lower = cue.lower()
    if _KEEPS_BACK.search(lower):
        return True
    return _NEGATED.search(lower) is not None and not _DENIES.search(lower) and not _HOLDS.search(lower)


def disbelieves(cue: str) -> bool:
    """Whether a cue holds its content to be false without denying it outright: "does not believe", "doesn't think"."""
    lower = cue.lower()
    return _NEGATED.search(lower) is not None and _HOLDS.search(lower) is not None


def about(cue: str) -> bool:
    """Whether a cue ends in a preposition that takes a thing: "talked about", "fears of"; "according to" takes what was said."""
    words = cue.lower().split()
    return bool(words) and words[-1] in _ABOUT and words[0] != "according"


def unnamed(source: str) -> bool:
    """Whether a source's words name nobody because their noun is missing: "the", "those same"."""
    words = [w.lower() for w in _WORD.findall(source)]
    return bool(words) and (words[-1] in _NO_NOUN or words == ["other"] or (len(words) > 1 and words[-1] in PREPOSITIONS))


def share(source: str) -> bool:
    """Whether a source is a part of those asked: "43 percent of voters", "a majority of pilots". How many say so is the matter then."""
    return _SHARE.search(source.lower()) is not None


def raises(cue: str, contents: list[str]) -> bool:
    """Whether a cue is part of the clause it stands in: "the bank (is expected) to cut rates", "he (seemed) to agree"."""
    return _RAISING.search(cue.lower().strip(" ,")) is not None and len(contents) > 1 and contents[-1].lower().startswith(("to ", "as "))


def embedded(text: str, frame: Sequence[Span], contents: Sequence[Span]) -> bool:
    """Whether source and cue are part of the clause around them: "the conduct | they describe | mirrors his"; commas would set them off."""
    if not frame:
        return False
    first, last = min(s.start_char for s in frame), max(s.end_char for s in frame)
    before = [c for c in contents if c.end_char <= first]
    after = [c for c in contents if c.start_char >= last]
    if not before or not after or any(c.of(text)[:1] in "\"“'‘" for c in (before[-1], after[0])):
        return False
    around = (text[before[-1].end_char - 1 : first], text[last : after[0].start_char + 1])
    return not any(re.search(r"[,;:—–()\"“”.]|--|\s-\s", part) for part in around)


def asked_about(text: str, source: Span, sentence: Span) -> bool:
    """Whether somebody's view is only asked for: "asked when he thought the standoff would end"."""
    return _ASKED_WHEN.search(text[sentence.start_char : source.start_char]) is not None


def supposes(text: str, cue: Span, sentence: Span) -> bool:
    """Whether saying so is only talked of: "To say it fell is an exaggeration", "It is too early to say that"."""
    if not _TO_SAY.match(cue.of(text).lower()):
        return False
    return _SUPPOSING.search(text[sentence.start_char : cue.start_char]) is not None


def speech_only(words: list[str]) -> bool:
    """Whether the first of `words` is a form of saying that tells nothing unless something said follows: "told", "replied"."""
    cue = CUES.get(words[0].lower()) if words else None
    return cue is not None and cue.lemma in ("say", "tell", "reply", "ask", "remark", "quip") and bool(cue.forms & {Form.PAST, Form.THIRD})
