"""What a page says to its reader beside the story: labels, links, newsletter lines, notices.

Source: read off some 13,000 pages of American and British outlets. Every pattern is bounded, so that hostile text costs no
more than its length.
"""

import re

from app.articles.abbreviations import words as _words

_PIECE = r"(?:report|story|article|post|page|piece|column|commentary|blog|analysis|project)"
_PLATFORM = r"(?:Twitter|Facebook|Instagram|YouTube|TikTok|Telegram|LinkedIn|WhatsApp|Threads|Bluesky|Google News|Flipboard|X\b)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# Whole lines that are a label, a button or the place of an advertisement.
_LABEL = _any(
    r"advertisement|advertising|ads?|sponsored(?: content)?|advertisement continue reading the main story",
    r"(?:story |article )?continue[sd]?(?: reading)?(?: (?:the main story|below)(?: advertisement)?)?",
    r"(?:read|see|show|load) more|more|related|also|(?:also )?(?:see|read)(?: also)?|more (?:on|from) [\w ]{1,30}",
    r"recommended(?: for you)?|most (?:read|popular)|trending(?: now)?|top stories|loading|newsletter sign-?up|pullquote",
    r"video|photos?|images?|slideshow|gallery|audio|live|close|share(?: this(?: \w+)?)?|tweet|print|e-?mail|save|comments?",
    r"twitter|facebook|youtube|instagram|(?:play|npr) (?:video|facebook|audio|youtube)|hide caption|replay|(?:next|prev) image.{0,12}",
    r"(?:opinion )?(?:contributors?|columnists?)|staff (?:writers?|reporters?)|(?:the )?editorial board|interview highlights|transcript",
    r"(?:slideshow|gallery|photos?) \(\d{1,3} (?:images?|photos?)\)?",
)

# A line of nothing but these words and figures says when, not what.
_TIME_WORDS = _words(
    "updated update published posted modified last first on at to and ago read more than old this is article story post "
    "page second seconds minute minutes min hour hours day days week weeks month months year years am pm a p m et est edt "
    "gmt utc bst monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february "
    "march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_TIME_TOKEN = re.compile(r"[^\W\d_]+|\d+")

# Lines that begin like this are links, frames of captions or calls to the reader.
_OPENING = _any(
    r"enlarge this image|toggle caption|image (?:copyright|caption|credit|source)\b",
    r"media (?:caption|playback)\b|hide caption|view this post on\b",
    r"(?:related(?: \w+)?|read(?: more| also| next| the full story| it| this)?)\s?[:|»>]",
    r"(?:more(?: coverage| stories)?|listen|see also|also (?:see|read))\s?[:|»>]",
    r"(?:watch(?: live| now| the video)?|don['’]t miss|full coverage|gallery|slideshow)\s?[:|»>]",
    r"(?:(?:in )?pictures|video|graphic|interactive|podcast)\s?[:|»>]",
    r"(?:file |photo |picture |image |video )?(?:photos?|credits?|image)\s?[:|]|contributing\s?:|recommended\s?:",
    r"(?:editor['’]s note|correction|clarification)\s?:",
    r"(?:just watched|must watch|read or share this|facebook twitter|play video \d|invalid e-?mail)\b",
    r"(?:click|tap) (?:here|to|for|on|the|through)\b",
    r"read more(?: (?:about|on|from|at|here|in)\b|\W*$)",
    r"(?:read|see|view|watch|hear|get) (?:the )?(?:full|whole|entire|original)? ?"
    r"(?:story|article|report|transcript|video|interview|statement|list|results|coverage|more)\b[\w ]{0,30}(?:here|below|above|online)\W*$",
    rf"(?:like|find|join|follow) [\w'’. ]{{1,60}}? on (?:{_PLATFORM}|our )",
    r"follow (?:us|along|live)\b|follow [\w ]{0,40}@|join (?:us|the (?:conversation|discussion))\b|share (?:this|your story|on|via)\b",
    r"(?:please )?(?:sign up|subscribe|register)\b[^.]{0,120}\b"
    r"(?:newsletters?|inbox|alerts?|briefing|updates|podcast|here|free|e-?mail|channel|access|today|now|feed|app)\b",
    r"subscribe\b(?! to the (?:view|idea|theory|notion))",
    r"already a (?:subscriber|member)\b|log ?in (?:to|or)\b|become a (?:member|subscriber)\b",
    r"(?:get|download|install|try) (?:the|our) [\w ’']{0,40}\bapps?\b",
    r"(?:get|receive) (?:all )?(?:the latest|our|breaking news|updates|today['’]s)\b[^.]{0,80}\b"
    r"(?:inbox|newsletters?|alerts?|app|delivered|e-?mail|daily|special reports)\b",
    r"support (?:our|independent|quality) journalism|thank you for (?:supporting our|reading|subscribing|signing up)",
    r"you can (?:also )?(?:subscribe|sign up|follow (?:us|me|her|him|them)|reach (?:out to )?(?:us|me|her|him|them))\b",
    r"(?:can['’]t|cannot|don['’]t) see (?:the|this) (?:video|graphic|poll|map|chart|reader poll|interactive)\b",
    r"if you (?:can['’]t|cannot|don['’]t) see (?:the|this)\b|(?:here['’]s )?our original post\b|interested in [\w’' ]{1,40}\?$",
    r"add [\w’' ]{1,40} as an interest|(?:write|e-?mail|contact|reach|tweet) (?:to )?[^.!?]{0,60}\bat [\w.-]{0,40}@\w",
)

# Said anywhere in a sentence, these speak to the reader of a page.
_WITHIN = _any(
    r"\byour inbox\b|\ball rights reserved\b|\benable javascript\b|\bprotected by recaptcha\b",
    r"\bmay not be (?:published|reproduced|redistributed|copied)\b[^.]{0,40}\b(?:broadcast|rewritten|redistributed|without)\b",
    r"\b(?:terms of (?:use|service)|privacy policy)\b[^.]{0,60}\b(?:apply|page|pages|agree|our)\b",
    r"\b(?:agree|accept|visit)[^.]{0,60}\bterms of (?:use|service)\b",
    r"\bcookies? (?:policy|notice|settings|preferences)\b|\b(?:accept|allow|manage) (?:all )?cookies\b",
    r"\b(?:we|this (?:web)?site|our (?:web)?site|our partners) uses? cookies\b",
    r"\bthis is a (?:developing|breaking)(?: news)? (?:story|situation)\b",
    r"\bcheck back (?:\w+ )?(?:for|soon|later)\b|\bmore (?:details )?to (?:follow|come)\W*$",
    rf"\b(?:this|our) {_PIECE} (?:has been|was|is being|will be) (?:\w+ )?"
    r"(?:updated|corrected|amended|revised|clarified|edited|translated|republished|published)\b",
    rf"\b(?:earlier|previous) versions? of (?:this {_PIECE}|the (?:photo )?(?:caption|headline))\b",
    r"\b(?:first|originally) appeared (?:on|in)\b[^.]{0,60}$",
    r"\b(?:opinions?|views?)(?: and opinions)? expressed (?:in this|here|by the author|herein)\b",
    r"\bclick here\W*$|\bsign up (?:for [^.]{0,60} )?here\W*$|\bour new(?:est)? (?:newsletter|app|podcast)\b",
    r"\b(?:you|view|select|choose|manage)\b[^.]{0,40}\bnewsletters?\b|\bread more\W*$|\breplay more videos\b|©\s?(?:copyright\s)?\d{4}",
    rf"\b(?:follow|tweet|find) (?:him|her|them|me|us)(?: at| on|:)? ?(?:@|{_PLATFORM})",
    r"\be-?mail (?:him|her|them|me|us) at\b|\bcan be (?:reached|contacted) (?:at|on|by|via)\b[^.]{0,20}[@\d]",
    r"^(?:copyright\b(?! (?:law|infringement|holder|claim|case|office|protection))|©|\(c\)\s?\d)",
)
# Some part of each pattern above: looking for these first is ten times as quick.
_HINTS = (
    *("inbox", "reserved", "javascript", "recaptcha", "may not be", "terms of", "privacy policy", "cookie", "check back", "this is a "),
    *("to follow", "to come", "has been", "was ", "is being", "will be", "version", "appeared", "expressed", "click here", "sign up"),
    *("newsletter", "our new", "follow ", "tweet ", "find ", "mail ", "can be ", "copyright", "©", "(c)", "read more", "replay more"),
)
_STAGE_DIRECTION = re.compile(r"\([A-Z][A-Z ,.'’-]{3,80}\)|\[[A-Z ,.'’-]{4,80}\]")
_ADDRESSES = re.compile(r"\W{0,5}(?:https?://|www\.|pic\.twitter\.com/)\S+\W{0,5}")
_EMBEDDED = re.compile(
    r"(?:#\w{1,40}\s){0,3}[—–-]{1,2}\s?[^()]{1,60}\(@\w+\)[\w ,.]{0,30}$|A (?:video|photo|post)(?: posted| shared)? by [^.]{1,60}"
)

# Nothing longer is a label or a call; a longer sentence that holds a call holds a story too.
_MAX_LABEL_CHARS = 120
_MAX_NOTICE_CHARS = 320


def is_label(line: str) -> bool:
    """Whether a whole line is a label or a button, or only says when the page changed."""
    if len(line) > _MAX_LABEL_CHARS:
        return False
    bare = line.strip(" \t\xa0_*-–—•|.:…!?»«>►▶[]()#")
    return bool(_LABEL.fullmatch(bare)) or all(token.casefold() in _TIME_WORDS or token.isdigit() for token in _TIME_TOKEN.findall(bare))


def is_notice(sentence: str) -> bool:
    """Whether a sentence speaks to the page's reader instead of telling the story, or is only an address or a stage direction."""
    if len(sentence) > _MAX_NOTICE_CHARS:
        return False
    if len(sentence) <= _MAX_LABEL_CHARS and any(p.fullmatch(sentence) for p in (_STAGE_DIRECTION, _ADDRESSES, _EMBEDDED)):
        return True
    bare = sentence.lstrip(" *•-–—►▶»>#([|_")
    if (sentence[0] in "►▶" and ":" in bare[:40] and not bare.endswith(".")) or _OPENING.match(bare):
        return True
    lowered = sentence.casefold()
    return any(hint in lowered for hint in _HINTS) and bool(_WITHIN.search(bare))
