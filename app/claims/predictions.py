"""What foretells: a future in the main clause, or a cue of foretelling; appointments and decided measures left out."""

import re

from app.claims.main_clause import leads


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CUE_FORETELLS = re.compile(
    r"\b(?:predict(?!or)|forecast(?:s|ed|ing)?\b|foresee|foresaw|foretold|foretell|prophes|anticipat|project(?:s|ed|ing)\b|expect|bets?\b)"
)
# Who decides on it, or knows the calendar, tells of it: "announced that it will close the mill".
_CUE_DECIDES = re.compile(r"\b(?:announc|confirm(?:s|ed|ing)?\b|decid|decree|order(?:s|ed|ing)?\b|rul(?:ed|es|ing)\b)")
_PAST_CUE = re.compile(r"\b(?:\w+ed|said|told|wrote|thought|felt|made clear)\b")

# Between the sign of the future and the verb that tells what will happen.
_ADVERBS = (
    r"(?:(?:not|never|also|now|soon|then|still|likely|once|again|always|just|ever|even|all|both|almost|indeed|no longer|no doubt"
    r"|be able to|have to|need to|continue to|begin to|start to|be going to|be likely to|be forced to|come to|[a-z]+ly),?\s+)*"
)
_VERB = rf"{_ADVERBS}(?P<verb>[a-z][a-z’'-]*)(?:\s+(?P<next>[a-z’'-]+))?"
_NO_PLACE = r"(?!(?:the|an?|his|her|my|our|their)\b)"  # "going to the shop"
# "the will of the people", "his last will": the noun has one of these before it.
_BEFORE_THE_NOUN = "".join(
    rf"(?<!\b{word} )" for word in sorted(_words("the a of free good ill last political own popular his her their my our its"))
)
_ADVERB = r"(?:(?:not|still|also|now|widely|most|more|all|\w+ly) )*"
_WILL = re.compile(rf"(?:{_BEFORE_THE_NOUN}\b(?:will|won['’]t)|['’]ll|\b(?:i|we) shall)\s+{_VERB}")
_GOING = re.compile(rf"(?:\b(?:is|are|am|isn['’]t|aren['’]t)|['’](?:s|re|m)) {_ADVERB}going to {_NO_PLACE}{_VERB}")
_LIKELY = re.compile(
    rf"(?:\b(?:is|are|was|were|isn['’]t|aren['’]t)|['’](?:s|re)) {_ADVERB}"
    r"(?:likely|unlikely|bound|certain|sure|destined|doomed|expected|forecast|forecasted|projected|predicted|tipped|on track|on course"
    rf"|poised) to (?!have\b (?:\w+ )?\w+(?:ed|en)\b){_VERB}"
)
# "is set to" is an appointment, unless what follows is nobody's to decide.
_SET = re.compile(
    r"\b(?:is|are) (?:all )?set to (?:continue to )?"
    r"(?:rise|fall|shrink|grow|increase|drop|decline|decrease|climb|jump|slow|surge|plunge|exceed|reach|hit|become|lose|win|worsen|improve"
    r"|suffer|collapse|double|triple|dominate|overtake|beat|miss|benefit)\b"
)
_FORETOLD = re.compile(
    r"\b(?:predicts?|foresees?|forecasts? that|expects?|anticipates?) (?:that\b|(?:[a-z’'-]+ ){1,6}?(?:to|will|would) (?:be |have )?[a-z]+)"
)
# In past reporting "will" turns into "would": "The minister said inflation would fall".
_WOULD = re.compile(rf"\bwould(?:n['’]t)? (?!(?:have|like|love|prefer|rather|be like)\b){_VERB}")
_WAS_GOING = re.compile(rf"\b(?:was|were) {_ADVERB}going to {_NO_PLACE}{_VERB}")

# What names an appointment, an act announced by whoever decides on it, or what a rule lays down.
_AGENDA = _words(
    """meet vote hold host visit travel fly attend speak address deliver present publish release announce unveil launch air broadcast
    premiere appear testify debate discuss convene gather march tour sign chair preside lead head oversee replace succeed join retire
    resign step stand seek appeal review consider decide investigate conduct hear sentence consult submit file nominate appoint deploy
    send require allow permit apply ban prohibit include feature cover enable compete serve expire issue introduce provide offer
    examine explore participate perform screen showcase celebrate honor honour commemorate mark coincide brief"""
)
_AGENDA_STATES = _words(
    """held released published announced sworn broadcast aired unveiled laid buried opened closed launched signed presented awarded
    sentenced tried arraigned extradited transferred deployed sent introduced replaced succeeded led chaired hosted reviewed discussed
    debated put required allowed permitted banned given offered paid charged joined played followed displayed screened shown reopened
    suspended postponed extended cancelled canceled available eligible open closed free on at in back asked subject used based
    delivered inaugurated installed named appointed holding meeting visiting hosting attending taking traveling travelling speaking
    flying accompanied staged conducted distributed limited brought invited"""
)
_AGENDA_PHRASES = re.compile(
    r"(?:take (?:place|effect|office|part|the stage|the oath)|come into (?:force|effect)"
    r"|go (?:on (?:trial|sale|display|air)|to trial|into effect|before|live)|face (?:off|trial|charges|questions)"
    r"|make an? (?:announcement|statement|appearance|speech)|give an? (?:speech|statement|press|news))\b"
)
_NO_APPOINTMENT = frozenset([("lead", "to")])
# "We will not allow it" promises, where "The law will not allow it" lays down.
_VOW = re.compile(r"(?:will|['’]ll|shall) (?:not|never)\b|won['’]t\b")
_FIRST_PERSON = re.compile(r"\b(?:i|we) ?$")
# These name an appointment only beside its time.
_DATED = _words("open close reopen begin start end resume play face return run arrive leave continue remain kick finish land depart be")
_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|this (?:morning|afternoon|evening|weekend)|next week(?:end)?"
    r"|\d{1,2}(?::\d\d)? ?[ap]\.?m|(?:at|from|until) (?:noon|midnight)"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?! ?%)"
    r"|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
)
# "You will see", "I will tell you": a way of speaking.
_RHETORIC = re.compile(
    r"\b(?:(?:i|we)(?: will|['’]ll) (?:just |only |also )?"
    r"(?:say|tell|give you|make you|add|admit|repeat|concede|note|point|mention|let you|be (?:very )?(?:honest|frank|brief|clear|candid))"
    r"|you(?: will|['’]ll) (?:see|find|hear|notice|recall|remember|note|know|forgive|excuse))\b"
)


def cue_foretells(cue: str) -> bool:
    """Whether the attributing words say that the content is foretold: "predicted that", "expects"."""
    return _CUE_FORETELLS.search(cue.lower()) is not None


def future_at(main: str, cue: str = "", *, reported: bool = False) -> int | None:
    """Where the main clause (lower case) speaks of what will happen; None where it does not, or where it names an appointment.

    `reported` says that the words are put in another's mouth without quotation, so that a past cue turns "will" into "would".
    """
    forms = [(_WILL, True), (_GOING, True), (_LIKELY, False)]
    if reported and _PAST_CUE.search(cue.lower()):
        forms += [(_WOULD, True), (_WAS_GOING, True)]
    decided = _CUE_DECIDES.search(cue.lower()) is not None
    found = [
        match.start()
        for pattern, planned in forms
        if (match := pattern.search(main)) is not None and not (planned and decided) and not _appointment(main, match)
    ]
    found += [match.start() for pattern in (_SET, _FORETOLD) if (match := pattern.search(main)) is not None]
    first = min(found, default=None)
    return None if first is None or not leads(main, first) or _RHETORIC.search(main) else first


def _appointment(main: str, match: re.Match[str]) -> bool:
    verb, following = match.group("verb"), match.group("next")
    if (verb, following) in _NO_APPOINTMENT or (_VOW.match(match.group()) and _FIRST_PERSON.search(main[: match.start()])):
        return False
    if verb in _AGENDA or (verb == "be" and following in _AGENDA_STATES) or _AGENDA_PHRASES.match(main, match.start("verb")):
        return True
    return verb in _DATED and _TIME.search(main) is not None
