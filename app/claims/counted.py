"""What a number counts, and what befell those counted: "at least 20 civilians have been killed" counts civilians, killed."""

import re
from dataclasses import dataclass

from app.claims.claim import Quantity
from app.claims.numbers import Number
from app.claims.units import comparable, is_currency
from app.claims.word_lists import listed

# One word for each family of things that befall people, and its forms. Source: the counts that accident, war, court, election and labour
# reports give.
_EVENTS = {
    "killed": r"kill(?:ed|ing|s)?|dead|died|dies|dying|die|deaths?|fatalit(?:y|ies)|perish\w*|slain|murder(?:ed|ing)|massacred?|shot dead|"
    r"los(?:t|ing) their lives|claim(?:ed|ing|s)? the lives|death toll|shrouds|bodies|executed|drown(?:ed|ing)",
    "injured": r"injur(?:ed|ing|es|e|y|ies)|wound(?:ed|ing|s)?|hurt(?:ing)?|hospitali[sz]ed|maim(?:ed|ing)|treated|taken to hospital",
    "missing": r"missing|unaccounted(?: for)?|still being (?:looked|searched) for|disappeared|vanished",
    "arrested": r"arrest(?:ed|ing|s)?|detain(?:ed|ing|s)?|detentions?|taken into custody|in custody|rounded up|"
    r"jail(?:ed|ing)|imprison(?:ed|ing)",
    "charged": r"charged|indict(?:ed|ing|ments?)|prosecuted",
    "convicted": r"convicted|convictions?|found guilty|sentenced",
    "displaced": r"displac(?:ed|ing)|evacuat(?:ed|ing|ions?|es)|homeless|fled|forced from their homes|uprooted|made homeless",
    "released": r"releas(?:ed?|es|ing)|freed|frees?|freeing|walk(?:ed|ing)? free|set free|handed over|hand(?:ing)? over|let go|handovers?",
    "captured": r"captur(?:ed|ing)|abduct(?:ed|ing)|kidnap(?:ped|ping)|taken hostage|held hostage|in captivity|held captive|seized",
    "rescued": r"rescu(?:ed|ing|es|e)|saved|pulled (?:alive )?from|pulled out|surviv(?:ed|ing)",
    "voted": r"voted|cast (?:a |their )?(?:ballots?|votes?)",
    "hired": r"hir(?:ed|ing|es|e)|recruit(?:ed|ing)|taken on",
    "laid off": r"laid off|lay(?:ing)? off|layoffs?|lay-offs?|redundan(?:t|cies|cy)|made redundant|"
    r"sack(?:ed|ing)|fired|job losses|job cuts|lose their jobs|los(?:t|ing) their jobs",
    "infected": r"infect(?:ed|ing|ions?)|tested positive|caught|contracted|confirmed cases|sickened|fell ill|fallen ill",
    "vaccinated": r"vaccinat(?:ed|ing)|inoculated|immuni[sz]ed",
    "destroyed": r"destroy(?:ed|ing)|razed|flattened|burn(?:ed|t) down|demolished|gutted",
    "damaged": r"damag(?:ed|ing)",
}
_EVENT_GROUP = "|".join(f"(?P<e{index}>{forms})" for index, forms in enumerate(_EVENTS.values()))
_EVENT_NAMES = list(_EVENTS)
_EVENT = re.compile(rf"\b(?:{_EVENT_GROUP})\b", re.IGNORECASE)
_ANY_EVENT = "|".join(_EVENTS.values())

# "20 people were reportedly killed", "Five people are now known to have died", "12 others remain missing"
_FILLER = (
    r"were|was|are|is|be|been|being|have|has|had|having|remain(?:s|ed)?|still|now|known|to|feared|presumed|believed|"
    r"reported(?:ly)?|confirmed|"
    r"listed|as|allegedly|also|already|so|far|thought|said|could|may|might|must|will|would|get|got|getting|left|either|both|all|later|"
    r"who|that|which|people|persons?|others?|more|then|among|the|them|seriously|critically|badly|slightly|lightly|fatally|dead|initially|"
    r"officially|subsequently|shot|and"
)
_RIGHT = re.compile(
    rf"(?:[\s,]+(?:{_FILLER}))*?(?:\s(?:in|at|on|from|aboard|near|inside|of|by|across|"
    rf"under)\s(?:[\w’'-]+\s){{0,4}}?[\w’'-]+)?(?:\s(?:{_FILLER}))*?\s(?:{_EVENT_GROUP})\b",
    re.IGNORECASE,
)
_LEFT_ACTIVE = re.compile(
    rf"\b(?:{_EVENT_GROUP})(?:\s(?:of|to|a|the|another|some|as many as|a total of|in|reached|up to|for))*\s$", re.IGNORECASE
)
_COUNT_OF = re.compile(
    r"\b(?:toll|tally|count|number|total|figure|"
    r"figures)\b(?P<of>\sof\s(?:the\s)?(?P<noun>[a-z-]+(?:\s[a-z-]+)?))?(?P<between>[^.;]{0,80}?)\s(?:to|at|of|is|was|as|"
    r"by|reach(?:ed|es|ing)?|hits?|tops?|topped|passed|rose|stands?|stood|with|exceeds?|numbers?|stopped at|just|"
    r"reaches)?\s?$",
    re.IGNORECASE,
)
_DEATH_TOLL = re.compile(r"\b(?:death\s|killed|dead|lost|climb|toll)", re.IGNORECASE)

PEOPLE = frozenset(
    listed(
        "person people man woman civilian victim passenger individual resident villager townspeople non-combatant casualty life "
        "body someone other dead wounded injured survivor worker local citizen"
    )
)
_GENERIC_PEOPLE = frozenset(listed("person victim individual casualty life body dead injured wounded other someone"))
_ALIKE = (
    frozenset({"hostage", "captive", "abductee"}),
    frozenset({"vote", "ballot"}),
    frozenset({"job", "position", "post", "role"}),
    frozenset({"coach", "carriage", "wagon"}),
    frozenset({"home", "house", "household"}),
    frozenset({"soldier", "troop", "serviceman", "trooper"}),
    frozenset({"police", "officer", "policeman"}),
    frozenset({"civilian", "non-combatant", "townspeople", "villager"}),
    frozenset({"car", "vehicle"}),
    frozenset({"company", "firm"}),
    frozenset({"country", "nation", "state"}),
    frozenset({"child", "minor", "kid"}),
    frozenset({"worker", "employee", "staff", "staffer"}),
    frozenset({"voter", "elector"}),
    frozenset({"metre", "meter"}),
)
_IRREGULAR = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "wives": "wife",
    "bodies": "body",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "crises": "crisis",
    "data": "data",
    "media": "media",
    "criteria": "criterion",
    "dead": "person",
    "wounded": "person",
    "injured": "person",
    "deaths": "person",
    "fatalities": "person",
    "injuries": "person",
    "casualties": "person",
    "others": "person",
    "buses": "bus",
    "viruses": "virus",
    "knives": "knife",
    "leaves": "leaf",
    "halves": "half",
    "policemen": "policeman",
    "servicemen": "serviceman",
    "series": "series",
    "species": "species",
    "troops": "soldier",
    "personnel": "personnel",
    "nobody": "person",
}
_PLURAL_ALIKE = frozenset(
    listed(
        "people men women children police staff crew personnel aircraft cattle sheep fish dead wounded injured troops data "
        "livestock faithful youth spacecraft policemen"
    )
)
_STOP = frozenset(
    listed(
        "in on at by for from to into onto over under above below about around after before during since until with without "
        "within between among through per and or but nor than as that which who whom whose where when while because if though "
        "although so yet is are was were be been being am has have had do does did will would can could may might must shall "
        "should not no it he she they we i you him them us its his her their our my your this these those there here now then "
        "ago later earlier last next each every apart ahead left away back up down off out across along towards toward against "
        "despite remain remained remains said says told came come comes went go goes made make makes took take takes gave give "
        "fell rose rises fall spent also still already only just even almost nearly more less fewer most least a an the of"
    )
)
_SKIP = re.compile(
    r"(?:[\s-](?:of|the|those|these|its|his|her|their|our|more|other|additional|further|new|such|different|separate|all|"
    r"extra|in|last|remaining|known|"
    r"possible|suspected|confirmed|official|registered|many|every|each|worth)\b)*",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\s(?:\d[\d,.]*|[a-z]+(?:-[a-z]+)*ty(?:-[a-z]+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|"
    r"[a-z]+ hundred)\b"
)
_WORD = re.compile(r"[\s-]([^\W\d_][\w’'-]*)")
_EVENTISH = re.compile(rf"(?:{_ANY_EVENT})$", re.IGNORECASE)
_COMPOUND = re.compile(r"-([a-z]{3,})\b(?=[\s-][a-z])")
# "300 cars a week", "5 euros a head": a rate is no total.
_RATE = re.compile(
    r"\s(?:(?:per|for\s(?:each|every)|(?:an?|each|every)(?=\s(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|season|person|"
    r"head|dose|shot|jab|"
    r"litre|liter|gallon|barrel|kilo|kilogram|tonne|ton|share|unit|ticket|seat|household|family|worker|child|head|piece|"
    r"time)\b))\s(?P<per>[a-z]+)"
    r"|(?P<each>daily|weekly|monthly|annually|yearly|each|apiece))\b",
    re.IGNORECASE,
)
_AFTER_ARTICLE = re.compile(r"\b(?:a|an|the|its|his|her|their|new)\s$", re.IGNORECASE)
_OF_AFTER = re.compile(r"\s(?:of|worth)\b", re.IGNORECASE)
_MEASURED = re.compile(r"\s(?:of|in|worth)\b", re.IGNORECASE)
_BEFORE_OF = re.compile(
    r"\b(?P<noun>[a-z][a-z-]+)\s(?:of|worth|numbering|totall?ing)\s"
    r"(?:about |around |roughly |some |nearly |almost |just |only |over |up to |at least |more than |a |the )*$",
    re.IGNORECASE,
)
_SUBJECT_VERB = re.compile(
    r"\b(?:lasted|last|took|takes?|cost|costs|weighs?|weighed|is|was|were|are|stood at|stands at|ran|runs|rose|rises|fell|"
    r"falls|grew|grows|dropped|drops|jumped|"
    r"climbed|increased|decreased|declined|slipped|reached|reaches|hits?|went (?:up|down)|totall?ed|numbers?|measures?|measured|came)"
    r"(?:\s(?:by|to|at|for|from|out at|in at))?(?:\s[a-z]+){0,2}\s$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:^|[,;:“\"—]\s?|\b(?:that|while|but|and)\s)(?:(?:the|a|an|its|their|his|her|this|"
    r"that)\s)(?P<np>(?:[\w’'-]+\s){1,5}?)(?=(?:between|of|in|on|for|from|at|with|to|by|over|which|that|was|is|were|are|has|"
    r"had|lasted|took|cost|rose|fell|grew|dropped|ran|stood|came|went|weighs?|will|would|reached|jumped|climbed|"
    r"increased)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Counted:
    """What is counted (`of`, lower case, singular), what befell it, and where its noun phrase ends."""

    of: str | None
    event: str | None
    end_char: int


def singular(word: str) -> str:
    """The singular of an English noun by rule: lives -> life, boxes -> box, parties -> party; others lose their s."""
    plain = re.sub(r"[’']s?$", "", word.lower())
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "ches", "shes", "xes", "zes")):
        return plain[:-2]
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1]
    return plain


def _is_plural(word: str) -> bool:
    lower = word.lower()
    return (
        lower in _PLURAL_ALIKE
        or (len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "’s", "'s")) and word[0].islower())
        or (len(lower) > 4 and word[0].isupper() and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "’s", "'s")))
    )


def _noun_after(text: str, position: int, *, one: bool) -> tuple[str | None, int]:
    """The head noun after a figure and where it ends; (None, position) when none is told. `one`: the noun may be singular."""
    skipped = _SKIP.match(text, position)
    at = skipped.end() if skipped else position
    if skipped and " of" in skipped.group() and (whole := _WHOLE.match(text, at)):
        at = whole.end()
    last: tuple[str, int] | None = None
    for _ in range(5):
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match.group(1)
        lower = word.lower()
        if lower in _STOP:
            break
        if "-" in word and lower.split("-")[0] in ("year", "month", "week", "day", "hour", "minute"):
            at = match.end()
            continue
        if _is_plural(word) and not (word[0].isupper() and one):
            return singular(word), match.end()
        if one and last is not None and lower.endswith("ed"):
            break
        if _EVENTISH.match(lower) and not _next_is_noun(text, match.end()):
            break
        last = (word, match.end())
        at = match.end()
    if one and last is not None and not last[0].lower().endswith(("ly", "ing")) and last[0][0].islower():
        return singular(last[0]), last[1]
    return None, position


def _next_is_noun(text: str, position: int) -> bool:
    match = _WORD.match(text, position)
    return bool(match and match.group(1).lower() not in _STOP and _is_plural(match.group(1)))


def counted(text: str, number: Number, start: int, end: int, *, unit: str | None) -> Counted:
    """What the quantity over `text[start:end]` counts and what befell it; `end` lies after its unit."""
    one = unit is not None or number.value in (0, 1)
    adjective = unit is not None and (
        "-" in text[number.span.end_char : end] or _AFTER_ARTICLE.search(text, max(0, start - 6), start) is not None
    )
    noun, noun_end = _noun_after(text, end, one=one)
    if unit is None and (compound := _COMPOUND.match(text, end)):
        # "the eighteen-carriage train", "a 412-vote lead"
        noun, noun_end = singular(compound.group(1)), compound.end()
    if unit is not None and noun is not None and not adjective and not (_MEASURED if is_currency(unit) else _OF_AFTER).match(text, end):
        # "45 minutes later", "8 kilometres north": what follows a measure without "of" is seldom what it measures.
        noun, noun_end = None, end
    event = None
    if unit is None or unit == "percent":
        event, noun_end = _event(text, start, noun_end)
    if noun is None:
        noun = _noun_before(text, start, unit)
    rate = _RATE.match(text, max(noun_end, end))
    if rate and noun != "person":
        noun = f"{noun} per {_rate_name(rate)}" if noun else f"per {_rate_name(rate)}"
    if event is not None and (noun is None or noun in ("toll", "total", "number", "tally", "count", "figure")):
        noun = None if event in ("destroyed", "damaged") else "person"
    return Counted(noun, event, noun_end)


def _rate_name(rate: re.Match[str]) -> str:
    word = (rate["per"] or rate["each"]).lower()
    return {
        "daily": "day",
        "weekly": "week",
        "monthly": "month",
        "annually": "year",
        "yearly": "year",
        "each": "person",
        "apiece": "person",
        "head": "person",
    }.get(word, word)


def _name(match: re.Match[str]) -> str:
    return _EVENT_NAMES[int(next(key for key, value in match.groupdict().items() if value and key[0] == "e" and key[1:].isdigit())[1:])]


def _event(text: str, start: int, noun_end: int) -> tuple[str | None, int]:
    """What befell those counted: an active verb right before, else a participle, adjective or noun after, else a toll named earlier."""
    left = _LEFT_ACTIVE.search(text, max(0, start - 48), start)
    if left and not re.search(r"(?:ed|dead)(?:\s(?:in|to|for))\s$", left.group()):
        return _name(left), noun_end
    last = re.search(r"[\w’'-]+$", text[max(0, noun_end - 20) : noun_end])
    inside = _EVENT.fullmatch(last.group()) if last and last.start() + max(0, noun_end - 20) >= start else None
    if inside:
        return _name(inside), noun_end
    stretch = text[: noun_end + 70]
    stop = re.search(
        r"[.;:!?](?:\s|$)|,\s(?:and|but|while)\b|\sand\s(?:at least |about |another |some |more than )?(?:\d|(?:two|three|four|"
        r"five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|injuring|killing|wounding)\b)|\bwhen\b|\bafter\b|"
        r"\bwhere\b|\bsaid\b|\btold\b",
        stretch[noun_end:],
    )
    right = _RIGHT.match(stretch if stop is None else stretch[: noun_end + stop.start()], noun_end)
    if right:
        return _name(right), noun_end
    toll = _COUNT_OF.search(text, max(0, start - 130), start)
    if toll:
        said = _EVENT.search(toll.group())
        before = text[max(0, toll.start() - 7) : toll.start()].lower()
        if said:
            return _name(said), noun_end
        if before.endswith("death ") or toll.group().lower().startswith("toll"):
            return "killed", noun_end
    return None, noun_end


def _noun_before(text: str, start: int, unit: str | None) -> str | None:
    """ "a crew of nine", "a fee of £38m", "The call ... lasted about 45 minutes"."""
    toll = _COUNT_OF.search(text, max(0, start - 130), start)
    if toll and toll.group("noun"):
        words = toll.group("noun").split()
        return singular(next((word for word in reversed(words) if _is_plural(word)), words[0]))
    match = _BEFORE_OF.search(text, max(0, start - 40), start)
    if match and match.group("noun").lower() not in _STOP:
        return singular(match.group("noun"))
    verb = _SUBJECT_VERB.search(text, max(0, start - 34), start)
    if verb:
        for subject in reversed(list(_SUBJECT.finditer(text, max(0, verb.start() - 110), verb.end()))):
            if subject.end() <= verb.start() + 1:
                word = subject.group("np").split()[-1]
                return singular(word) if word[0].islower() or "-" in word else None
    return None


def same_count(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities count the same sort of thing, so that their figures may be set against each other.

    Their units must be comparable and what befell them the same; people in general ("3 dead", "three people") meet any people of the same
    fate, but two particular
    groups (passengers, crew) do not meet. An unknown noun meets anything of the same fate or, without one, only an equal measure.
    """
    if a.event != b.event or not comparable(a.unit, b.unit):
        return False
    rates = [quantity.of.partition("per ")[2] if quantity.of and "per " in quantity.of else "" for quantity in (a, b)]
    if rates[0] != rates[1]:
        return False
    if a.of is None or b.of is None:
        return a.event is not None or a.unit is not None
    if a.of == b.of or any(a.of in family and b.of in family for family in _ALIKE):
        return True
    if a.of in _GENERIC_PEOPLE or b.of in _GENERIC_PEOPLE:
        return a.event is not None and (a.of in PEOPLE or a.of in _GENERIC_PEOPLE) and (b.of in PEOPLE or b.of in _GENERIC_PEOPLE)
    return False
