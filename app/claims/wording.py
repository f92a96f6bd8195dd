"""The article's words made a sentence: marks, commas and stops put in order, nothing else changed."""

import re

_OPENING = "\"'“‘«„`"
# A "that" with a verb behind it is a subject: "that was wrong", "and that may be how she wants it".
_SUBJECT_THAT = (
    r"that(?!(?:['’]s|\s(?:is|was|has|had|will|would|can|could|may|might|should|must|does|did|means|meant|leaves|makes|gives"
    r"|isn|wasn|won)\b))"
)
_LEAD = re.compile(rf"(?:{_SUBJECT_THAT}|[Aa]nd {_SUBJECT_THAT}|[Bb]ut {_SUBJECT_THAT}|[Aa]nd|[Bb]ut|[Ss]o|[Yy]et)(?:,\s*|\s+)")
_OWN_LEAD = re.compile(r"(?:[Aa]nd|[Bb]ut|[Ss]o|[Yy]et)(?:,\s*|\s+)")
_PAIRS = (("“", "”"), ("“", "″"), ('"', '"'), ("‘", "’"), ("'", "'"), ("''", "''"), ("«", "»"), ("„", "“"))
# The comma that a cue leaves behind at the end of a quotation: “… on the line,” -> “… on the line.”
_COMMA_IN_MARKS = re.compile(r"[,;:]+(?P<marks>[\"'”’»)″]+)$")
_ENDED = re.compile(r"[.!?…][\"'”’»)″]*$")
_OMITTED = re.compile(r"(?P<stop>[.!?][\"”’]?)\s*(?:\.\s?\.\s?\.|…)$")
# Where it was said, behind what was said: “have to go” in an interview with the Ledger.
_VENUE = re.compile(
    r"(?P<quoted>[\"”])\s(?:in|on|at|during|to)\s(?:(?:an?|the|his|her|their|its|\w+day['’]s)\s)?(?:\w+\s){0,2}?"
    r"(?:interviews?|statements?|tweets?|(?:news|press) conference|briefing|letter|e-?mail|Twitter|Facebook|op-ed)\b[^\"“”,;]*$"
)
# What goes on after a broken quotation with no comma of its own.
_GOES_ON = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|does|did|do|isn['’]t|aren['’]t|wasn['’]t|to|of|in|on|at|"
    r"for|from|by|with|that|than|if|because|when|until|unless|who|which)\b",
    re.IGNORECASE,
)


def sentence(words: str) -> str:
    """`words` with a capital in front and a stop at the end, each mark closed; empty words stay empty."""
    words = _VENUE.sub(r"\g<quoted>", _OMITTED.sub(r"\g<stop>", words)).rstrip(" ([")
    if not words:
        return words
    words = _COMMA_IN_MARKS.sub(r".\g<marks>", words[0].upper() + words[1:])
    return _balanced(words if _ENDED.search(words) else words + ".")


def lead(words: str, at: int = 0, end: int | None = None, *, own: bool = False) -> int:
    """Where `words[at:end]` begin behind "and", "but" and the like; behind "that" too, unless the words are the outlet's `own`."""
    match = (_OWN_LEAD if own else _LEAD).match(words, at, len(words) if end is None else end)
    return at if match is None or match.group().strip(" ,").lower() == "so" else match.end()


def stripped(words: str, *, own: bool = False) -> str:
    """Freed of what leads on in front (see `lead`), of marks that quote all of it and of a comma at the end."""
    words = " ".join(words.split()).strip(" ,;")
    for opening, closing in _PAIRS:
        if words.startswith(opening) and words.endswith(closing) and len(words) > len(opening) + len(closing):
            inside = words[len(opening) : -len(closing)]
            if opening not in inside and closing not in (inside if len(closing) > 1 or closing not in "’'" else ""):
                words = inside
        elif words.startswith(opening) and closing not in words[1:] and opening not in "'‘":
            words = words[len(opening) :]
        elif words.endswith(closing) and opening not in words[:-1] and closing not in "'’":
            words = words[: -len(closing)]
    words = words.strip(" ,;:")
    return words[lead(words, own=own) :]


def joined(pieces: list[str]) -> str:
    """A sentence that its cue broke, made whole: a comma between two quotations unless the second goes on in the same clause."""
    words = [stripped(piece) for piece in pieces]
    quoted = all(piece[:1] in _OPENING for piece in pieces)
    whole = words[0]
    for following in words[1:]:
        comma = quoted and not whole.endswith(("—", "–")) and not _GOES_ON.match(following)
        whole = f"{whole}{',' * comma} {following}"
    return sentence(whole)


def _balanced(words: str) -> str:
    """With the quotation mark that a cut left open closed again, and one that was never opened taken away."""
    if words.count(")") == words.count("(") + 1:
        at = words.rfind(")")
        words = words[:at] + words[at + 1 :]
    elif words.count("(") == words.count(")") + 1 and ")" not in words[words.rfind("(") :]:
        words = words[:-1] + ")." if words.endswith(".") else words + ")"
    closed = words.count("”") + words.count("″")
    if words.count("“") == closed + 1 and words.rfind("“") > max(words.rfind("”"), words.rfind("″")):
        return words + "”"
    if closed == words.count("“") + 1 and "”" in words and words.find("”") < (words.find("“") if "“" in words else len(words)):
        return words.replace("”", "", 1)
    if words.count('"') % 2:
        last = words.rfind('"')
        opens = (not last or words[last - 1] in " (—–[") and last + 1 < len(words)
        return words + '"' if opens else words[:last] + words[last + 1 :]
    return words
