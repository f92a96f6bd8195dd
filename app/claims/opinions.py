"""What judges: evaluations as the predicate of the main clause, and what ought to be."""

import re

from app.claims.main_clause import leads


def _any(words: str) -> str:
    """The words as alternatives of a pattern; "_" stands for a space."""
    return "(?:" + "|".join(words.replace("_", " ") for words in words.split()) + ")"


_CUE_BELIEVES = re.compile(
    r"\b"
    + _any(
        r"""believ think thought feels?\b felt\b opin consider deem view lament deplor prais hail denounc condemn call dub\b dubb brand
        label describ"""
    )
)
_FIRST_PERSON_BELIEF = re.compile(
    r"\b(?:i|we) (?:\w+ ){0,2}(?:think|believe|feel|would (?:say|argue)|consider)\b(?! (?:of|about|like)\b)",
)
_SAYS_SO = re.compile(
    r"\b(?:in (?:my|our) (?:(?:own|humble|personal|honest) )?(?:view|opinion|judge?ment|book)|to my mind|if you ask me"
    r"|(?:it|that)(?:['’]s| is) (?:just )?my (?:own |personal )?(?:view|opinion|belief|judge?ment|feeling))\b"
)

_EVERYBODY = _any("we you somebody someone nobody no_one everyone everybody")
_OUGHT = re.compile(
    r"\b(?:should(?:n['’]t)?|ought (?:not )?to|must not be (?:allowed|tolerated|forgotten)|must be held (?:accountable|responsible)"
    r"|(?:must|has to|have to|needs? to) (?:stop|end|change|act now|do (?:more|better)|step up|wake up)"
    rf"|{_EVERYBODY} (?:all |really |also |simply |just )?"
    + _any(r"must needs?_to have_to has_to have_got_to had_better cannot_allow cannot_afford_to can['’]t_afford_to can['’]t_let")
    + r"|we['’]ve (?:all )?got to|we need (?!to\b)|there (?:must|has to|have to|needs? to) be|deserves?"
    r"|(?:it is|it['’]s) (?:high |about |past )?time (?:to|that|for|we|the)|the time has come)\b"
)
# What is expected rather than called for ("should arrive by noon"), an inverted condition, "I have to say", "all we need to know".
_NOT_OUGHT = re.compile(
    r"^should\b|\bshould (?:(?:\w+ly|also) )?(?:arrive|take (?:about|around|\d)"
    r"|be (?:\w+ )?(?:ready|completed?|available|finished|back|here|known|able))\b"
    r"|\b(?:have|need) to (?:say|tell|admit|confess)\b|\ball (?:i|we|you) (?:have|need) to\b"
)

# Source: read off debates and news. Words that also name facts ("a wrong address", "safe", "a disaster") are left to `_LEANS`.
_CONDEMNED = _any(
    """shame(?:ful)? disgrace(?:ful)? disgusting outrage(?:ous)? ridiculous absurd terrible horrible horrific horrendous awful appalling
    despicable pathetic unacceptable unfair unjust unforgivable inexcusable intolerable indefensible unconscionable reprehensible
    deplorable abhorrent immoral evil cruel inhumane? barbaric heinous cowardly reckless irresponsible foolish stupid silly dumb idiotic
    crazy insane nuts naive hypocritical dishonest unwise misguided laughable nonsense rubbish garbage joke farce travesty sham betrayal
    insult mockery mistake blunder nightmare mess failure fiasco tragic tragedy sad regrettable unfortunate disappointing disappointment
    worrying worrisome alarming troubling disturbing frightening scary shocking heartbreaking devastating embarrassing embarrassment bad
    worse dreadful lousy hypocrisy overrated boring ugly"""
)
_PRAISED = _any(
    """wonderful brilliant great excellent fantastic amazing awesome incredible tremendous terrific superb magnificent marvell?ous
    beautiful stunning outstanding exceptional extraordinary remarkable impressive inspiring inspiration admirable heroic courageous brave
    noble wise sensible reasonable fair encouraging promising exciting thrilling fascinating delightful lovely nice good better
    honou?rable decent underrated masterpiece gem blessing privilege honou?r fun funny perfect"""
)
_FELT = _any(
    """proud grateful thankful thrilled delighted honou?red humbled pleased glad sorry saddened disappointed disgusted appalled outraged
    heartbroken excited"""
)
_WEIGHED = _any(
    """important crucial vital essential imperative paramount indispensable unnecessary pointless meaningless overdue inappropriate
    appropriate right_to wrong_to wrong_with not_right morally"""
)
_RIGHT_OR_WRONG = r"(?:right|wrong) " + _any(
    "thing way decision move choice approach direction answer path course time person man woman call message signal track"
)
_COPULA = (
    r"(?:\b" + _any("(?:is|are|was|were)(?:n['’]t)? am be been being looks? seems? sounds? feels? becomes? became") + r"|['’](?:s|re|m))"
)
_DEGREES = (
    r"(?:"
    + _any(
        r"""not just simply so very really truly quite rather pretty too such an? the also still only even both more most less all as
        always never \w+ly kind_of sort_of"""
    )
    + " )*"
)
_STANCES = _any(
    """love hate like dislike admire respect appreciate resent welcome applaud commend regret trust care_about agree disagree
    (?:do_not|don['’]t)_(?:like|agree|trust|care) favou?r prefer doubt fear"""
)
_EVALUATES = re.compile(
    rf"{_COPULA} {_DEGREES}(?:[a-z-]+ and )?(?:{_CONDEMNED}|{_PRAISED}|{_WEIGHED}|{_RIGHT_OR_WRONG})\b"
    r"|\bthere(?: is| are| was| can be|['’]s) (?:simply |absolutely )?(?:no|nothing) "
    + _any("excuse justification place_for room_for substitute more_important better worse wrong greater reason_(?:to|for|why)")
    + r"\b|\bma(?:kes?|de|ke) (?:no|any|perfect|little|absolutely no|zero)? ?sense\b|\b(?:matters|arguably)\b"
    rf"|\b(?:i|we)(?: am| are| was| were|['’](?:m|re)) {_DEGREES}{_FELT}\b"
    rf"|\b(?:i|we) (?:also |really |do |just |absolutely |always |still )*{_STANCES}\b"
)
# "What is troubling is that …" and "There is a great hall in …" tell of something else, and judge it in passing.
_IN_PASSING = re.compile(r"\b(?:is|was) that\b|\bthere(?: is| are| was| were|['’]s)\b(?! (?:\w+ )?(?:no|nothing)\b)")
# A rank or a comparison that a record settles: "the worst flood since 1953", "better than last year".
_RANKED = re.compile(
    r"\b(?:since|ever|in (?:history|decades|years|memory)|on record|of all time|than (?:last|the previous|a year|in|it was|expected))\b"
    r"|\bgood(?:s| friday)\b"
)
_FIGURE = re.compile(r"\d|\bper ?cent\b|\b(?:[mb]illions?|trillions?|half|twice|tripled?|doubled?|dozens?|hundreds?|thousands?)\b")
# What judges only in the mouth of somebody who says that they believe it.
_LEANS = re.compile(
    rf"{_COPULA} {_DEGREES}"
    + _any(
        r"""wrong right critical key necessary possible impossible unrealistic clear obvious serious strong weak dangerous safe easy hard
        difficult simple successful helpful harmful useful useless effective ineffective disaster disastrous catastroph\w+ success threat
        priority problem challenge opportunity solution victory defeat witch_hunt hoax step sign historic unprecedented popular special
        different best worst likely unlikely ready capable"""
    )
    + r"\b|\b(?:can|could|would|may|might|best|worst|better|worse|important|fair|unfair|too (?:much|little|many|few|far|late|soon))\b"
)


def ought_at(main: str) -> int | None:
    """Where the main clause (lower case) says what ought to be: "should resign", "we must act"; None where it does not."""
    match = _OUGHT.search(main)
    return None if match is None or _NOT_OUGHT.search(main) or not leads(main, match.start()) else match.start()


def judges(lower: str, main: str, cue: str = "") -> bool:
    """Whether the main clause evaluates, or a belief (of `cue`, or in the first person of the whole text `lower`) leans that way.

    Figures and ranks speak against it: a record settles those.
    """
    if _SAYS_SO.search(lower):
        return True
    if _FIGURE.search(lower) or _RANKED.search(lower):
        return False
    found = _EVALUATES.search(main)
    if found is not None and leads(main, found.start()) and not _IN_PASSING.search(main):
        return True
    believed = _CUE_BELIEVES.search(cue.lower()) is not None or _FIRST_PERSON_BELIEF.search(lower) is not None
    leaning = _LEANS.search(main) if believed else None
    return leaning is not None and leads(main, leaning.start())
