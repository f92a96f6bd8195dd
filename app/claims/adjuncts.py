"""What stands between a cue and its content: whom it is told, when, where, how."""

from app.claims.lexicon import ADVERBS, DETERMINERS, PREPOSITIONS, RELATIVES, SUBJECT_PRONOUNS, TIMES, WEEKDAYS
from app.claims.passages import Passage


def after_addressee(passage: Passage, start: int) -> int:
    """Where the content of "told X …" begins: past the person or outlet addressed (at `start`) and any adverbial before "that"."""
    tokens = passage.tokens
    end = passage.last
    if start >= end or tokens[start].quote >= 0 or tokens[start].lower == "that":
        return start
    that = _that_ahead(passage, start)
    if that is not None:
        return that
    if tokens[start].lower in ("me", "us", "him", "her", "them", "you", "it", "reporters", "people", "everyone"):
        return after_adverbials(passage, start + 1)
    i = start
    while i < end:
        token = tokens[i]
        word = token.lower
        if token.quote >= 0 or token.text in ",:;—–":
            break
        if i > start:
            before = tokens[i - 1]
            fresh = before.lower not in PREPOSITIONS and before.lower not in DETERMINERS and before.lower not in ("and", "or", "&")
            if fresh and (word in SUBJECT_PRONOUNS or (word in DETERMINERS and not before.lower.endswith("'s"))):
                break
            if fresh and token.capital and not before.capital and before.word and word not in TIMES:
                break
            if word in ("if", "whether", "how", "what", "to", "why", "about") or passage.finite[i]:
                break
        i += 1
    return i


def _that_ahead(passage: Passage, start: int) -> int | None:
    """The "that" which opens the content, when only an addressee or an adverbial stands before it."""
    for i in range(start, min(start + 16, passage.last)):
        token = passage.tokens[i]
        if token.lower == "that":
            # "to a report that …" is the noun's own; "on Friday that", "NBC News that" are not.
            return i if i == start or passage.tokens[i - 1].lower not in PREPOSITIONS else None
        if token.quote >= 0 or token.text in ":;—–" or passage.finite[i] or token.lower in RELATIVES:
            return None
    return None


def after_adverbials(passage: Passage, start: int) -> int:
    """Past "on Tuesday", "earlier", "in a statement" and the like between a cue and its content."""
    tokens = passage.tokens
    end = passage.last
    that = _that_ahead(passage, start)
    if that is not None:
        return that
    i = start
    while i < end:
        word = tokens[i].lower
        if tokens[i].quote >= 0:
            break
        if word in ADVERBS or word in WEEKDAYS or word in ("late", "early"):
            i += 1
            continue
        if word in (
            "last",
            "this",
            "on",
            "in",
            "at",
            "during",
            "after",
            "from",
            "by",
            "via",
            "to",
            "before",
            "outside",
            "of",
            "through",
            "with",
            "earlier",
        ):
            j = i + 1
            while j < end and (
                tokens[j].lower in DETERMINERS
                or tokens[j].lower
                in (
                    "last",
                    "late",
                    "early",
                    "brief",
                    "separate",
                    "written",
                    "prepared",
                    "telephone",
                    "phone",
                    "same",
                    "recent",
                    "joint",
                    "press",
                    "news",
                )
            ):
                j += 1
            k = j
            while k < end and k - j < 3 and tokens[k].quote < 0 and tokens[k].word and not passage.finite[k]:
                word_k = tokens[k].lower
                if (
                    word_k in TIMES
                    or word_k
                    in (
                        "statement",
                        "interview",
                        "speech",
                        "email",
                        "e-mail",
                        "letter",
                        "tweet",
                        "telephone",
                        "phone",
                        "twitter",
                        "facebook",
                        "conference",
                        "briefing",
                        "reporters",
                        "post",
                        "report",
                        "filing",
                        "time",
                        "memo",
                        "release",
                        "call",
                        "debate",
                        "hearing",
                    )
                    or word_k[:1].isdigit()
                ):
                    i = k + 1
                    while i < end and (tokens[i].lower in TIMES or tokens[i].text[0].isdigit()):
                        i += 1
                    break
                k += 1
            else:
                break
            continue
        if word == "," and i > start and i + 1 < end and tokens[i + 1].quote >= 0:
            i += 1
            continue
        break
    return i
