"""How a statement is put forward: asserted, hedged or denied; negated, conditional, planned; a question.

All by cue words. Each answer is about the statement as a whole, so what stands in a subordinate clause is looked at with care.
"""

import re

from app.articles.document import Span
from app.claims.claim import Certainty
from app.claims.frames import disbelieves
from app.claims.lexicon import CUE_NOUNS, CUES, PASSIVE_REPORTS
from app.claims.word_lists import listed

# Source: the usual modal and evidential hedges (K. Hyland, "Hedging in Scientific Research Articles", 1998), and news English's own
# "reportedly".
_HEDGE = re.compile(
    r"\b(?:may(?! \d)|might|could(?!n['’]t| not\b)|reportedly|allegedly|(?:is|are|was|were) alleged|apparently|seemingly|"
    r"supposedly|purportedly|"
    r"possibly|perhaps|probably|likely|unlikely|"
    r"presumably|conceivably|potentially|maybe|unconfirmed|suspected|suspects?(?= that)|"
    # "appeared before the court" is no hedge, "trying to make it not seem grand" has its own main verb.
    r"appear(?:s|ed)?(?!(?: \w+ly)? (?:on|at|in|before|with|alongside|together|under|for|by|during|next|here|there)\b)|seem(?:s|ed)?|"
    r"(?:is|are|was|were|widely) believed|believes?|"
    r"(?:is|are|was|were|it is|it was) (?:thought|rumou?red|understood|feared|presumed|considered)|rumou?rs?|rumou?red|"
    r"speculation|speculat\w+|suggests?|suggested|"
    r"indicat(?:es?|ed|ing)|points? to|it is possible|there is a chance|not (?:yet )?(?:clear|certain|confirmed|verified)|"
    r"unclear|yet to be (?:confirmed|verified)|"
    r"can(?:not| not) be ruled out|hints?|hinted|as if|on the face of it|thought to|said to (?:be|have)|claims? to)\b"
)
# "May" the month and "might" the noun never follow a subject; "may" in lower case does.
_NOT_HEDGED = re.compile(
    r"\b(?:most likely to|just as likely|could not (?:be reached|have been (?:clearer|better))|the likely|could barely|"
    r"as likely as|the might of|(?:more|less|most|least|equally|twice as|times as|times more|as) likely to)\b",
)
# "likely voters" are a sort of voters; "make it seem grand" says what is done.
_NO_HEDGE_HERE = re.compile(
    r"likely(?: \w+)? (?:voters?|caucus-?goers?|electorate|electors?|nominees?|candidates?|buyers?|readers?)\b", re.IGNORECASE
)
_MADE_TO = re.compile(r"\b(?:make|makes|made|making|let|lets|to)(?: \w+){0,2} $")
# "was held, presumably because he preached,": the doubt is about the reason.
_PASSING = re.compile(
    r",\s(?:presumably|apparently|possibly|perhaps|likely|probably|allegedly|reportedly)\s"
    r"(?:because|due|to|for|by|in|as|after|with|at|on)\b[^,.;]*"
)
_WHETHER = re.compile(r"\b(?:whether|how|why|what|(?:ask(?:ed|s|ing)?|wonder(?:ed|s|ing)?)(?:\s\w+){0,3}\sif)\s[^,;.]*")
# "measures that could be taken": a "that" behind a noun; behind these the clause is what is meant.
_RELATIVE_THAT = re.compile(r"(?P<noun>[\w’'-]+) that [^,;.]*")
_MEANT = frozenset(
    listed(
        """possibility chance chances risk risks sign signs evidence likelihood so such clear possible sure likely unlikely certain
        evident true probable is was be say says idea impression prospect danger suspicion suspicions indication indications
        conceivable and or but said"""
    )
)
_DENIAL_CUE = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|denials?|reject(?:ed|s|ing)?|rebuff(?:ed|s)?|refut(?:ed|es?|ing)|repudiat(?:ed|es|ing)|"
    r"rebut(?:ted|s)?|disput(?:ed|es?|ing)|"
    r"dismiss(?:ed|es|ing)?|disavow(?:ed|s)?|disclaim(?:ed|s)?|contradict(?:ed|s)?|debunk(?:ed|s)?|scoffed at|"
    r"pushed back (?:on|against)|(?:ruled|rules|ruling) out|"
    r"called [\w ]{0,24}(?:false|untrue|a lie|lies|baseless|nonsense|fabricat\w+|fake))\b",
)
_DENIED_WITHIN = re.compile(
    r"\bden(?:y|ied|ies|ying) (?:that|having|any|ever|being|the (?:claim|report|allegation|accusation|charge)s?)\b",
)
_UNDENIED = re.compile(r"\b(?:not|never|n['’]t|neither|nor|declined to|refused to|without|stopped short of)(?: \w+){0,2} $")

_NEGATION = re.compile(
    r"\b(?:not|never|nobody|no[ -]one|none|nothing|nowhere|neither|nor|without|cannot|no longer|hardly|scarcely|barely|"
    r"unable to|fail(?:ed|s|ing|ure)? to|"
    r"refus(?:ed|es|ing|al)? to|declin(?:ed|es|ing)? to|den(?:y|ied|ies|ying)|impossible|untrue|false(?!ly)|lack(?:ed|s|"
    r"ing)?(?: of)?|absence of|stopped short of|"
    r"rul(?:ed|es|ing) out|no)\b|(?<=[a-z])n['’]t\b",
)
_IDIOM = re.compile(
    r"\b(?:not (?:only|just|merely|simply|least|to mention|surprisingly|unlike|long (?:ago|after|before))|no (?:doubt|"
    r"matter|wonder|sooner|stranger|fewer than|less than|more than|"
    r"later than|earlier than|small (?:feat|part)|secret)|no\. ?\d+|nothing (?:short of|but|less than)|none other than|"
    r"second to none|whether or not|or not\b|if not\b|why not|"
    r"last but not least|not (?:fewer|less|more) than|could(?:n['’]t| not) (?:agree|be) (?:more|better|worse|happier|"
    r"clearer)|no one but|without (?:a )?doubt|more often than not|"
    r"as not|believe it or not|not for (?:nothing)|no man['’]s)",
)
_NUMBER_NO = re.compile(r"no\b\.?\s?\d")
# A clause that begins with one of these is no part of the main assertion.
_SUBORDINATE = re.compile(
    r"(?:,\s|\s)(?:who|whom|whose|which|because|although|though|while|whereas|if|unless|until|after|before|when|since|as|"
    r"so that|in order)\s[^,;.]*",
)
_LEADING = re.compile(
    r"^\s*(?:although|though|while|whereas|because|since|when|after|before|if|unless|as|despite|until|even if|"
    r"even though|whatever|whoever|however|no matter)\b[^,;]*,",
)

_CONDITION = re.compile(
    r"(?:^|[,;:—(]\s?|\b(?:that|and|but|only|even|except)\s)(?:if|unless|provided(?: that)?|providing|in the event (?:of|"
    r"that)|assuming|supposing|as long as|so long as|in case|"
    r"on condition that|should (?:the|a|an|one|it|he|she|they|we|this|that|there|any|[A-Z]\w+)\s|were (?:the|it|he|she|they|"
    r"[A-Z]\w+) to\s|had (?:the|it|he|she|they) \w+ed\b)"
    r"(?!\s(?:necessary|possible|any|ever|not|only|so)\b)|\s(?:if|unless|provided that|in the event of|so long as|"
    r"as long as)\s(?=(?:the|a|an|it|he|she|they|we|you|its|his|her|their|there|no|talks|"
    r"[A-Z]\w+|\w+s|\w+)\s)|\bshould one be\b",
)
_WHETHER_IF = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wonder(?:ed|s|ing)?|know|knows|knew|see|seen|sure|clear|unclear|determine|check|say|tell|said|"
    r"decide|question|as|even|what|only|not|look(?:s|ed)?|asked \w+|told \w+) if\b",
)
_FIXED_IF = re.compile(
    r"\bif (?:necessary|possible|any|anything|so|only|not)\b|\bas if\b|\bas long as (?:\w+ )?\d|\bas long as a\b",
)

_PLAN = re.compile(
    r"\b(?:will|won['’]t|would|shall|(?:is|are|was|were|be|been) (?:due|set|expected|scheduled|slated|going|about|poised|"
    r"likely|planned|supposed|planning|preparing|hoping|aiming|"
    r"considering|ready|on course|on track) (?:to|for)|(?:is|are|was|were) to (?!blame\b)(?=[a-z]+\b)|to be (?:held|\w+ed)|"
    r"plans? (?:to|for|on)|planned (?:to|for)|intends? to|intended to|intention to|"
    r"aims? to|hopes? to|expects? to|vow(?:s|ed) to|pledg(?:es|ed) to|promis(?:es|ed) to|agreed to|proposes? to|proposed to|"
    r"considering|upcoming|scheduled for|set for|due (?:on|in|by|next)|"
    r"threaten(?:s|ed|ing) to|prepar(?:es|ed|ing) to|mulls?|eyes|wants? to|decided to|about to)\b|['’]ll\b",
)
_HEADLINE_TO = re.compile(r"^(?:[A-Z][\w’'-]*\s(?:[\w’'-]+\s){0,3})to (?!(?:the|a|an|his|her|its|their|[A-Z])\b)[a-z]+\b")
_QUESTION_START = re.compile(
    r"^[\s“\"'‘]*(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|has|have|had|can|could|will|would|"
    r"should|may|might|isn['’]t|aren['’]t|"
    r"don['’]t|doesn['’]t|didn['’]t|won['’]t)\b",
    re.IGNORECASE,
)


def _lower(text: str) -> str:
    """Lower case of the same length, so that spans hold. The patterns are in lower case: several times faster than ignoring it."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def certainty_of(content: str, cue: str | None = None) -> Certainty:
    """How firmly `content` is put forward. `cue` is the attributing words ("said", "denied that"); None in the writer's own voice.

    A cue of denial makes the content denied, unless it is itself negated ("did not deny"); so does "does not believe". A hedge counts
    where the main statement stands, not in what is said in passing ("while they could").
    """
    if cue and (_denies(cue) or disbelieves(cue)):
        return Certainty.DENIED
    if cue is None:
        lower = _lower(content)
        match = _DENIED_WITHIN.search(lower)
        if match and not _UNDENIED.search(lower, 0, match.start()):
            return Certainty.DENIED
    if _hedged(content):
        return Certainty.HEDGED
    if cue and re.search(
        r"\b(?:believ|think|thought|suspect|fear|hop(?:e|ed|es|ing)\b|suggest|speculat|estimat|allege|reckon|guess|assum|hint|appear|seem|may|might|could)",
        cue,
        re.IGNORECASE,
    ):
        return Certainty.HEDGED
    return Certainty.ASSERTED


def _hedged(content: str) -> bool:
    lowered = content[:1].lower() + content[1:] if content[:1].isupper() and not content.startswith("May ") else content
    hedges = [*_HEDGE.finditer(content), *(_HEDGE.finditer(lowered) if lowered is not content else ())]
    if not hedges:
        return False
    lower = _lower(content)
    if _NOT_HEDGED.search(lower):
        return False
    beside = _beside(lower)
    return any(
        not any(clause.start_char <= hedge.start() < clause.end_char for clause in beside)
        and not _NO_HEDGE_HERE.match(lower, hedge.start())
        and not (hedge.group().startswith("seem") and _MADE_TO.search(lower, 0, hedge.start()))
        for hedge in hedges
    )


def _beside(lower: str) -> list[Span]:
    """What a sentence (in lower case) says in passing: relative clauses, when, why and although; not its conditions."""
    spans = [Span(*m.span()) for m in _PASSING.finditer(lower)]
    spans += [Span(*m.span()) for m in _WHETHER.finditer(lower)]
    spans += [Span(*m.span()) for m in _SUBORDINATE.finditer(lower) if not re.match(r",?\s(?:if|unless|as)\s", m.group())]
    leading = _LEADING.match(lower)
    if leading and not re.match(r"\s*(?:if|unless|as)\b", lower):
        spans.append(Span(*leading.span()))
    for match in _RELATIVE_THAT.finditer(lower):
        noun = match.group("noun")
        if noun not in _MEANT and noun not in CUES and noun not in CUE_NOUNS and noun not in PASSIVE_REPORTS and not noun.endswith("ed"):
            spans.append(Span(match.end("noun"), match.end()))
    return spans


def _denies(cue: str) -> bool:
    lower = _lower(cue)
    match = _DENIAL_CUE.search(lower)
    return match is not None and not _UNDENIED.search(lower, 0, match.start())


def negation_spans(text: str) -> tuple[Span, ...]:
    """The words that negate, in order: "n't", "never", "no longer", "failed to"; idioms ("not only", "no doubt", "No. 10") left out."""
    lower = _lower(text)
    spans = [Span(*match.span()) for match in _NEGATION.finditer(lower)]
    idioms = [Span(*match.span()) for match in _IDIOM.finditer(lower)] if spans else []
    return tuple(
        span for span in spans if not any(idiom.overlaps(span) for idiom in idioms) and not _NUMBER_NO.match(lower, span.start_char)
    )


def negated(text: str) -> bool:
    """Whether the statement denies what it is about: an odd number of negations outside its subordinate clauses.

    "did not deny", "not impossible" and "I wouldn't say he isn't ready" are even, hence affirmative.
    """
    spans = negation_spans(text)
    if not spans:
        return False
    lower = _lower(text)
    leading = _LEADING.match(lower)
    outside = [Span(*match.span()) for match in _SUBORDINATE.finditer(lower, leading.end() if leading else 0)]
    if leading:
        outside.append(Span(*leading.span()))
    return sum(not any(clause.contains(span) for clause in outside) for span in spans) % 2 == 1


def conditional(text: str) -> bool:
    """Whether the statement holds only under a condition: an if- or unless-clause, "should one be called", "provided that"."""
    for match in _CONDITION.finditer(text):
        around = _lower(text[max(0, match.start() - 14) : match.end() + 14])
        if not _WHETHER_IF.search(around) and not _FIXED_IF.search(around):
            return True
    return (
        re.match(
            r"\s*[“\"']?(?:If|Unless|Should (?!(?:I|we|he)\b)|Were (?:the|it|he|she|they)\b|Had (?:the|it|he|she|they)\b|"
            r"Provided)\b(?!.*\?\s*$)",
            text,
        )
        is not None
    )


def planned(text: str) -> bool:
    """Whether the statement is about what is still to come: a future, a plan, an intention, an appointment."""
    return _PLAN.search(_lower(text)) is not None or (_HEADLINE_TO.match(text) is not None and not text.rstrip().endswith("."))


def question(text: str) -> bool:
    """Whether the text asks: it ends in a question mark, or opens like a question and has no full stop."""
    bare = text.rstrip(" \t\n\"”’'»)")
    return bare.endswith("?") or (not bare.endswith((".", "!")) and _QUESTION_START.match(text) is not None and _asks(text))


def _asks(text: str) -> bool:
    return (
        re.match(
            r"^[\s“\"'‘]*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s(?:the|a|an|it|he|she|they|we|"
            r"you|I|this|that|there)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )
