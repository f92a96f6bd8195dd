"""Where a cue stands in a passage: verbs in their groups, "according to", nouns such as "claim"."""

from dataclasses import dataclass

from app.claims.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    CUES,
    DETERMINERS,
    NOUN_LIKE,
    PASSIVE_REPORTS,
    PHRASAL,
    PHRASAL_FORMS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    Form,
    Takes,
)
from app.claims.passages import Passage
from app.claims.phrases import group_start


@dataclass(frozen=True)
class VerbCue:
    """A cue verb at token `verb`; its group is tokens [start, end)."""

    verb: int
    start: int
    end: int
    takes: Takes
    participle: bool  # "saying": its subject is the clause's
    passive: bool  # "it was reported", "is expected"
    negated: bool


_NEGATIONS = frozenset(["not", "never", "n't"])
# As a verb each hardly stands without "that", a colon or a quotation: "the letter states that", not "the United States pledged".
_PLURALS = frozenset(["states", "remarks", "comments", "demands", "tweets", "questions", "posts"])
_MODALS = frozenset(["would", "could", "should", "may", "might", "must", "can", "to", "cannot", "can't", "couldn't", "shouldn't"])


def verb_cues(passage: Passage) -> list[VerbCue]:
    """The cue verbs outside quotations, in order."""
    tokens = passage.tokens
    found: list[VerbCue] = []
    floor = 0
    for i in range(len(tokens)):
        if tokens[i].quote >= 0:
            continue
        word = tokens[i].lower
        takes, end = None, i + 1
        if word in PHRASAL_FORMS and i + 1 < len(tokens):
            takes = PHRASAL.get((PHRASAL_FORMS[word], tokens[i + 1].lower))
            if takes is not None:
                end = i + 2
                if PHRASAL_FORMS[word] == "go":
                    if not (i + 3 < len(tokens) and tokens[i + 2].lower == "to" and tokens[i + 3].lower == "say"):
                        continue
                    end = i + 4
        cue = CUES.get(word)
        if takes is None:
            if cue is None:
                continue
            takes = cue.takes
        forms = cue.forms if cue else frozenset({Form.ING if word.endswith("ing") else Form.PAST})
        start = group_start(passage, i, floor)
        group = [t.lower for t in tokens[start:i]]
        verb = _judge(passage, i, start, end, group, forms, takes)
        if verb is not None:
            found.append(verb)
            floor = end
    return found


def _takes_clause(passage: Passage, end: int) -> bool:
    """Whether "that", a colon, a comma before a quotation or a quotation follows a cue that ends at token `end`."""
    following = passage.tokens[end : end + 2]
    if not following:
        return False
    quoted = following[-1].quote >= 0
    return following[0].lower == "that" or following[0].text == ":" or following[0].quote >= 0 or (following[0].text == "," and quoted)


def _judge(passage: Passage, i: int, start: int, end: int, group: list[str], forms: frozenset[Form], takes: Takes) -> VerbCue | None:
    """The cue, or None where the word is a noun, an adjective, or somebody's possible rather than actual words."""
    tokens = passage.tokens
    word = tokens[i].lower
    before = tokens[start - 1].lower if start else ""
    auxiliaries = [g for g in group if g in AUXILIARIES]
    negated = any(g in _NEGATIONS or g.endswith("n't") for g in group)
    be = any(g in ("is", "are", "was", "were", "be", "been", "being") for g in auxiliaries)
    have = any(g in ("has", "have", "had", "having") for g in auxiliaries)
    if any(g in _MODALS for g in group) and "declined" not in group and "on" not in group:
        return None
    if (
        word in NOUN_LIKE
        and not group
        and (before in DETERMINERS or before in PREPOSITIONS or before in CONJUNCTIONS or before.endswith(("'s", "’s", "'", "’")))
    ):
        return None
    if word in NOUN_LIKE and tokens[i].text.istitle() and i and Form.PAST not in forms and not tokens[start - 1].capital:
        return None
    if Form.ING in forms:
        if before in DETERMINERS or before.endswith("'s"):
            return None
        participle = not be and (before in (",", "by", "and", "in", "while", "without", "of") or not group)
        return VerbCue(i, start, end, takes, participle, False, negated)
    past = Form.PAST in forms or Form.PARTICIPLE in forms
    if (be and past and not have) or (be and "been" in auxiliaries):
        following = tokens[end].lower if end < len(tokens) else ""
        if (word in PASSIVE_REPORTS and (following in ("that", "to") or before == "it")) or word in (
            "told",
            "asked",
            "quoted",
            "accused",
            "criticized",
            "described",
        ):
            return VerbCue(i, start, end, takes, False, True, negated)
        return None
    if past and not auxiliaries:
        following = tokens[end].lower if end < len(tokens) else ""
        if (following == "by" and before not in SUBJECT_PRONOUNS) or before in DETERMINERS or (before in PREPOSITIONS and word != "said"):
            return None
        return VerbCue(i, start, end, takes, False, False, negated)
    if past and have:
        return VerbCue(i, start, end, takes, False, False, negated)
    if word in _PLURALS and not group and not _takes_clause(passage, end):
        return None
    if Form.THIRD in forms and not auxiliaries:
        if before in SUBJECT_PRONOUNS and before not in ("he", "she", "it", "who", "this", "that", "there", "these", "those"):
            return None
        return VerbCue(i, start, end, takes, False, False, negated)
    if Form.BASE in forms:
        do = any(g.startswith(("do", "did", "does")) for g in auxiliaries)
        if do:
            return VerbCue(i, start, end, takes, False, False, negated)
        if auxiliaries or before in PREPOSITIONS or before in DETERMINERS or before in ("to", "") or not start:
            return None
        plural = (
            before.endswith("s")
            or before in ("they", "we", "i", "you", "people", "who", "police", ",", "others", "many", "some", ")")
            or (word in ("say", "think", "believe") and tokens[start - 1].word and before not in ADVERBS)
        )
        if not plural or (
            word in NOUN_LIKE and not (before in ("they", "we", "i", "who") or (end < len(tokens) and tokens[end].lower == "that"))
        ):
            return None
        return VerbCue(i, start, end, takes, False, False, negated)
    return None
