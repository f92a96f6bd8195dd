"""Attributing words beside a name: what tells "Time reported" from "Time ran out"."""

import re

GENERIC = (
    r"(?:(?:daily|weekly|news|wire|radio|television|TV|public|state|online|trade)\s+)?"
    r"(?:newspaper|paper|tabloid|broadsheet|daily|weekly|monthly|magazine|journal|website|site|portal|blog|newsletter|podcast|outlet|"
    r"broadcaster|network|channel|station|agency|newswire|wire|service)"
)
"""What sort of outlet, in a lower-case noun: "the newspaper", "the news agency"."""

_VERBS = (
    r"(?:report(?:ed|s|ing)?|sa(?:id|ys|ying)|wrote|writes|quot(?:ed|es|ing)|cit(?:ed|es|ing)|claim(?:ed|s)|reveal(?:ed|s)|disclos(?:ed|es)|"
    r"not(?:ed|es)|add(?:ed|s)|learn(?:ed|t|s)|understands|publish(?:ed|es)|confirm(?:ed|s)|estimat(?:ed|es)|put(?:s)?|describ(?:ed|es)|"
    r"alleg(?:ed|es)|announc(?:ed|es)|broadcast|aired|air|show(?:ed|s)|ask(?:ed|s)|interview(?:ed|s)|found|finds|call(?:ed|s)|"
    r"headlined|hears|heard|recall(?:ed|s)|work(?:ed|s)\s+out|suggest(?:ed|s)|count(?:ed|s)|predict(?:ed|s)|carr(?:ied|ies)|obtained|reviewed|has\s+seen|had\s+seen|verified|projected|projects|told|tells|quipped|argued|argues)"
)
_WORKS = (
    r"(?:report(?:er|ers|ing)?|correspondent|editor|journalist|columnist|contributor|photographer|anchor|poll|article|story|interview|"
    r"editorial|op-ed|investigation|account|coverage|website|headline|front\s+page|exclusive|cover)"
)
_BEFORE = re.compile(
    r"(?:\b(?:told|tells|telling|informed|according\s+to|per|via|citing|cited|quoting|quoted|"
    r"(?:quoted|cited|reported|published|broadcast|aired|carried|obtained|seen|reviewed|viewed|verified|examined|interviewed|asked|revealed|"
    r"disclosed|run|written|report|reports|story|article|poll|account|interview|investigation|editorial|op-ed|column|statement)\s+"
    r"(?:by|in|on|from|with|for)|"
    r"(?:said|say|says|wrote|writes|writing|appeared|appearing|published|speaking|interviewed|argued)\s+(?:in|for|on)|"
    r"(?:speaking|spoke|speaks|talking|talked|statement|remarks|comment|comments|confirmed|shown|leaked|given|sent|e?mailed|email|said|"
    r"interview|denied|explained|admitted|revealed|disclosed|letter)\s+(?:to|with)|"
    r"(?:reporter|correspondent|editor|journalist|columnist|owner|publisher|writer)\s+(?:for|at|with|of)|courtesy\s+of)"
    rf"\s+(?:the\s+|an?\s+)?(?:(?:[\w'-]+\s+){{0,2}}?{GENERIC}\s+)?)\Z",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"\b(?:report(?:s|ed)|sa(?:ys|id)|writes|wrote|note[sd]|recall(?:s|ed)|claim(?:s|ed)|reveal(?:s|ed)|adds|added)"
    rf"\s+(the\s+)?(?:(?:[\w'-]+\s+){{0,2}}?{GENERIC}\s+)?\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:\s*\([^()]{{1,30}}\))?(?:\s+{GENERIC})?,?"
    rf"(?:(?:'s)?\s+(?:[\w-]+\s+)?{_WORKS}\b|(?:\s+(?:has|had|have|also|first|then|later|earlier|itself|who|which|(?!family|assembly|ally|rally|reply|supply)\w+ly))*\s+{_VERBS}\b|"
    rf"\s+{GENERIC}\b)"
)
_SENTENCE_PART_END = re.compile(r"[.,;:\"”]|\s*\Z|\n")
_CREDIT_END = re.compile(r"\)\s*(?:[—–-]|\n|\Z)")
_WINDOW_CHARS = 70
"""How far a cue may stand from the name: room for "according to the left-leaning daily newspaper"."""


def beside_cue(text: str, start_char: int, end_char: int) -> bool:
    """Whether the name at `text[start_char:end_char]` has an attributing word right before or right after it.

    "told Time", "according to the weekly Focus", "the Hill reported", "Time magazine", "(Metro)". `text` has straight apostrophes.
    """
    return cue_after(text, end_char) or cue_before(text, start_char, end_char) or _credited(text, start_char, end_char)


def cue_after(text: str, end_char: int) -> bool:
    """Whether attributing words follow: a verb of reporting, a piece of journalism, a word for what sort of outlet it is."""
    return _AFTER.match(text, end_char, min(len(text), end_char + _WINDOW_CHARS)) is not None


def cue_before(text: str, start_char: int, end_char: int) -> bool:
    """Whether attributing words lead up to the name, an article or "the newspaper" between them allowed."""
    before = text[max(0, start_char - _WINDOW_CHARS) : start_char]
    if _BEFORE.search(before):
        return True
    inverted = _INVERTED.search(before)
    # "said Stern" is a person speaking, "reports the Island Post." and "said Radio Maidan." are outlets; what runs on is said of it.
    named_whole = inverted is not None and (inverted.group(1) is not None or " " in text[start_char:end_char])
    return named_whole and _SENTENCE_PART_END.match(text, end_char) is not None


def _credited(text: str, start_char: int, end_char: int) -> bool:
    """A dateline's or a closing credit: "WARSAW (PAP) -", a paragraph that ends in "(Metro)"."""
    return text[start_char - 1 : start_char] == "(" and _CREDIT_END.match(text, end_char) is not None
