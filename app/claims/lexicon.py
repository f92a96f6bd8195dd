"""The words that attribute: cue verbs and nouns, pronouns, titles, role nouns, kinds of document. Data, no rules.

Source: classes and members from reading the cues of PolNeAR's training part (a verb is listed when it cues an attribution there in
about half of its occurrences or more) and from the reporting verbs of British and wire style that PolNeAR lacks.
"""

from dataclasses import dataclass
from enum import Enum, Flag, auto


class Takes(Flag):
    """What a cue verb may take as content."""

    CLAUSE = auto()  # said (that) it rained; also quotes
    PHRASE = auto()  # dismissed the plan as a joke
    INFINITIVE = auto()  # vowed to fight
    ADDRESSEE = auto()  # told NBC News that
    INVERTS = auto()  # "...", said Mary Foo
    PREDICATES = auto()  # called the plan "a joke": the phrase holds a thing and what is said of it
    ACCUSES = auto()  # blamed the crew for it, accused the crew of it


class Form(Enum):
    """The inflected form a word is."""

    BASE = auto()
    THIRD = auto()
    PAST = auto()
    PARTICIPLE = auto()
    ING = auto()


@dataclass(frozen=True)
class Cue:
    """One form of a cue verb. `particle` is a word that must follow ("point out"), empty where none."""

    lemma: str
    takes: Takes
    forms: frozenset[Form]


C, P, N, A, V, D, B = (
    Takes.CLAUSE,
    Takes.PHRASE,
    Takes.INFINITIVE,
    Takes.ADDRESSEE,
    Takes.INVERTS,
    Takes.PREDICATES,
    Takes.ACCUSES,
)

_VERBS: dict[Takes, str] = {
    C | V: """say add note argue explain reply respond recall conclude declare write tweet joke quip remark observe continue complain
    announce insist shout boast lament state assert comment exclaim recount opine muse retort mutter chant yell post text
    email enthuse plead counter cry interject chime testify warn caution claim report suggest predict admit acknowledge
    concede reiterate repeat contend""",
    C: """agree maintain stress emphasize emphasise reveal allege confirm estimate indicate signal disclose imply hint speculate
    forecast assume believe think hope fear worry suspect doubt realize realise stipulate affirm attest certify clarify
    elaborate vow pledge swear promise show find learn understand demonstrate determine decide rule wonder underline
    underscore deny demand recommend propose expect posit theorize reason calculate""",
    C | A: "tell inform remind assure notify advise convince reassure",
    C | P | V: "ask",
    C | P: "question cite mention highlight",
    P | D: "call describe dismiss label brand portray characterize characterise denounce condemn hail liken compare deem depict decry",
    P | B: "accuse blame",
    P: """criticize criticise praise blast slam mock reject dispute defend endorse tout attack oppose express quote thank applaud
    reference assail bash echo champion invoke welcome challenge pan contradict rebut refute disparage lambast lambaste
    deride ridicule bemoan deplore""",
    P | N: "urge order encourage request threaten",
    N: "refuse decline offer want seek plan",
}

_IRREGULAR: dict[str, tuple[str, str]] = {
    "say": ("said", "said"),
    "tell": ("told", "told"),
    "write": ("wrote", "written"),
    "think": ("thought", "thought"),
    "find": ("found", "found"),
    "show": ("showed", "shown"),
    "swear": ("swore", "sworn"),
    "understand": ("understood", "understood"),
    "forecast": ("forecast", "forecast"),
    "seek": ("sought", "sought"),
    "rebut": ("rebutted", "rebutted"),
    "refute": ("refuted", "refuted"),
    "pan": ("panned", "panned"),
    "quip": ("quipped", "quipped"),
    "admit": ("admitted", "admitted"),
    "plan": ("planned", "planned"),
    "brand": ("branded", "branded"),
}

_DOUBLED = {"rebut", "pan", "quip", "admit", "plan"}


def _inflect(lemma: str) -> dict[str, set[Form]]:
    """The forms of one verb."""
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    plain_third = lemma[:-1] + "ies" if consonant_y else lemma + "s"
    third = lemma + "es" if lemma.endswith(("s", "x", "ch", "sh")) else plain_third
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    ing = (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else stem) + "ing"
    if lemma in _IRREGULAR:
        past, participle = _IRREGULAR[lemma]
    else:
        past = participle = lemma + "d" if lemma.endswith("e") else (lemma[:-1] + "ied" if consonant_y else stem + "ed")
    forms: dict[str, set[Form]] = {}
    for word, form in (
        (lemma, Form.BASE),
        (third, Form.THIRD),
        (past, Form.PAST),
        (participle, Form.PARTICIPLE),
        (ing, Form.ING),
    ):
        forms.setdefault(word, set()).add(form)
    return forms


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUES: dict[str, Cue] = {
    word: Cue(lemma, takes, frozenset(forms))
    for takes, lemmas in _VERBS.items()
    for lemma in lemmas.split()
    for word, forms in _inflect(lemma).items()
}

# Verbs of two words: the second must follow directly.
PHRASAL: dict[tuple[str, str], Takes] = {
    ("point", "out"): C | V,
    ("call", "for"): P,
    ("call", "on"): P | N,
    ("refer", "to"): P,
    ("point", "to"): P,
    ("rule", "out"): P,
    ("object", "to"): P,
    ("allude", "to"): P,
    ("complain", "about"): P,
    ("warn", "of"): P,
    ("warn", "against"): P,
    ("go", "on"): C | V,
    ("rail", "against"): P,
    ("lash", "out"): P,
    ("hit", "back"): P,
    ("speak", "of"): P,
}
PHRASAL_FORMS: dict[str, str] = {
    form: lemma
    for lemma, forms in {
        "point": "point points pointed pointing",
        "call": "call calls called calling",
        "refer": "refer refers referred referring",
        "rule": "rule rules ruled ruling",
        "object": "object objects objected",
        "allude": "allude alludes alluded",
        "complain": "complain complains complained complaining",
        "warn": "warn warns warned warning",
        "go": "goes went",
        "rail": "rail rails railed railing",
        "lash": "lashed lashing",
        "hit": "hit hitting",
        "speak": "spoke",
    }.items()
    for form in forms.split()
}

# A third-person or base form that is as often a noun: it needs a subject that fits.
NOUN_LIKE = _words(
    """claim claims report reports note notes call calls state states promise promises estimate estimates demand demands
    comment comments remark remarks show shows find finds plan plans hope hopes fear fears charge charges question questions
    post posts forecast forecasts offer offers order orders request requests pledge pledges vow vows worry worries doubt
    doubts counter text texts email emails tweet tweets signal signals hint hints brief briefs rule rules reason reasons
    stress attack attacks praise slam echo echoes challenge challenges brand brands label labels blame champion cry
    reference mock thanks thank pan dispute disputes highlight highlights fears quote quotes suspect welcome order blast
    blasts joke jokes swear sees seek"""
)

CUE_NOUNS = _words(
    """claim claims assertion assertions allegation allegations suggestion suggestions statement belief admission promise
    pledge warning warnings assurance assurances argument conclusion prediction revelation accusation accusations insistence
    announcement contention complaint complaints view notion rumour rumours rumor rumors confirmation declaration estimate
    reports"""
)

# Verbs whose passive with an empty or general subject reports without naming anybody: "it was reported that".
PASSIVE_REPORTS = _words(
    """reported said believed thought expected announced alleged claimed understood estimated known assumed feared rumoured
    rumored revealed disclosed confirmed suggested predicted learned considered agreed argued hoped noted"""
)

AUXILIARIES = _words(
    """is are was were be been being am has have had having do does did will would can could may might shall should must isn't
    aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't mustn't
    isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t don’t doesn’t didn’t won’t wouldn’t can’t couldn’t shouldn’t mustn’t
    ain't ought"""
)
CONTRACTED_SUBJECTS = frozenset(
    f"{word}{mark}{ending}"
    for word, endings in {
        "i": "m ve ll d",
        "you": "re ve ll d",
        "he": "s ll d",
        "she": "s ll d",
        "it": "s ll d",
        "we": "re ve ll d",
        "they": "re ve ll d",
        "there": "s",
        "that": "s",
        "what": "s",
        "who": "s",
        "here": "s",
    }.items()
    for ending in endings.split()
    for mark in "'’"
)

# Past and present forms that are seldom anything but a finite verb.
FINITE = _words(
    """said told wrote thought found began became came went took gave got knew saw made left fell rose grew held kept led lost
    met paid put ran sat sent spoke spent stood won brought built bought caught chose drew drove fought hit meant sold shut
    swore threw woke wore broke hid froze flew ate lay struck sank sang shook stole swam taught understood withdrew arose
    beat bent bound cost dealt fled forgot forgave sought showed shot felt let agreed slept slid stuck swept tore undertook
    died lied tied vied owed sued
    says tells writes thinks finds begins becomes comes goes takes gives gets knows sees makes leaves falls rises grows
    holds keeps leads loses meets pays puts runs sits sends speaks spends stands wins brings builds buys wants needs seems
    appears remains includes says adds believes means faces plans hopes expects continues shows allows requires owns uses
    works lives happens helps contains consists opposes supports belongs depends exists demands raises calls carries covers
    hides lists teaches represents operates commands agree agrees believe think know want need seem remain include say see
    make take go get come expect hope mean insist insists play start starts ends end stay keep reflect reflects act buy sell
    suggest suggests argue"""
)
# Also nouns or adjectives: finite only when the word before can be a subject.
WEAK_FINITE = _words(
    """left cost put plans hopes shows demands calls carries covers lists uses works lives faces needs play start starts end
    ends stay keep act felt let means leads runs holds falls rises wins comes found held made paid sent built bought sold
    lost led broke said told bound beat hit meant struck shut bent taught caught fought brought shot set includes raises
    leaves see go get think know want need expect hope act buy sell suggest reflect argue say make take come"""
)
ED_ADJECTIVES = _words(
    """united need indeed speed seed red bed feed breed hundred alleged so-called armed unnamed limited estimated unprecedented
    unidentified aged proposed deed weed wed fed led shed sped"""
)

SUBJECT_PRONOUNS = _words("i you he she it we they this these those there who")
PERSONAL = _words("i he she we they")
MASCULINE = _words("he him his himself")
FEMININE = _words("she her hers herself")
PLURAL = _words("they them their theirs themselves")
POSSESSIVES = _words("his her their its my our your")
DETERMINERS = _words(
    """the a an this that these those his her their its my our your some any each every several many few both all no another
    one two three four five six seven eight nine ten dozens hundreds thousands most"""
)
PREPOSITIONS = _words(
    """in on at during after before since by for from with without within under over amid among between against to of about
    into through throughout despite until as like near around across along behind beyond following per than toward towards
    upon via unlike including regarding concerning besides inside outside above below"""
)
SUBORDINATORS = _words(
    """that if when while because although though unless whereas since after before until where whether as how why what
    whatever once so than lest"""
)
RELATIVES = _words("who which whose whom")
CONJUNCTIONS = _words("and but or yet nor so")
ADVERBS = _words(
    """also later then now earlier still even just already once again often repeatedly recently previously subsequently
    afterwards never always further meanwhile however instead therefore thus publicly privately strongly flatly bluntly
    initially first not only soon long quickly immediately yesterday today tonight additionally separately similarly finally
    nevertheless nonetheless too reportedly apparently allegedly falsely rightly wrongly correctly simply merely
    specifically clearly firmly openly formally officially consistently frequently famously ultimately both all each himself
    herself themselves itself otherwise ever"""
)
TIMES = _words(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow january february march april
    may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec morning
    afternoon evening night noon midday midnight week month year weekend"""
)
WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday mondays yesterday today tonight")

TITLES: dict[str, str] = {
    **dict.fromkeys(_words("mr mr. sir lord king prince sheikh mister"), "m"),
    **dict.fromkeys(_words("mrs mrs. ms ms. miss lady queen princess dame madam baroness"), "f"),
    **dict.fromkeys(
        _words(
            """dr dr. prof prof. professor sen sen. senator rep rep. representative gov gov. governor gen gen. general lt lt.
    lieutenant col col. colonel sgt sgt. sergeant capt capt. captain maj maj. major adm adm. admiral commander president
    vice-president premier chancellor minister secretary attorney judge justice chief superintendent inspector detective
    constable officer mayor councillor councilor councilman councilwoman ambassador congressman congresswoman commissioner
    pope archbishop bishop father reverend rev rev. rabbi imam ayatollah director chairman chairwoman chair ceo cfo coach
    manager prime foreign defence defense finance interior deputy vice former ex-president then-president us u.s. uk british
    american israeli secretary-general director-general attorney-general president-elect governor-elect mayor-elect senator-elect
    vice-chairman lieutenant-general major-general co-founder cofounder
    speaker leader opposition sheriff minority majority house senate treasury u.s cardinal envoy spokesman
    spokeswoman spokesperson justice baron count democratic republican state acting executive"""
        ),
        "",
    ),
}
GENDERED_ROLES: dict[str, str] = {
    **dict.fromkeys(
        _words(
            """spokesman chairman congressman businessman councilman policeman fireman king prince father brother son husband actor
    uncle widower"""
        ),
        "m",
    ),
    **dict.fromkeys(
        _words(
            """spokeswoman chairwoman congresswoman businesswoman councilwoman policewoman queen princess mother sister daughter wife
    actress aunt widow woman"""
        ),
        "f",
    ),
    "man": "m",
}
# First names that leave no doubt: the commonest of each sex in English-language news. Source: general knowledge; kept tiny on purpose.
FIRST_NAMES: dict[str, str] = {
    **dict.fromkeys(
        _words(
            """james john robert michael william david richard joseph thomas donald charles mark paul george kenneth steven edward
    brian ronald anthony kevin jason jeff gary stephen scott eric jonathan larry frank benjamin barack joe bill ted marco
    bernie mike jim tom dan peter andrew matthew daniel vladimir emmanuel boris antony josh jake tim adam ben alexander
    henry"""
        ),
        "m",
    ),
    **dict.fromkeys(
        _words(
            """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa margaret sandra ashley emily donna
    michelle carol amanda melissa deborah stephanie rebecca laura hillary kamala angela theresa ursula anna elena maria
    julia kate emma olivia sophie jane anne rachel christine helen"""
        ),
        "f",
    ),
}

ANONYMOUS_NOUNS = _words(
    """official officials source sources person people diplomat diplomats aide aides adviser advisers advisor advisors analyst
    analysts expert experts researcher researchers witness witnesses resident residents monitor monitors trader traders
    mediator mediators lawyer lawyers insider insiders executive executives employee employees worker workers staffer
    staffers lawmaker lawmakers senator senators spokesman spokeswoman spokesperson spokespeople representative
    representatives critic critics supporter supporters voter voters scientist scientists economist economists investigator
    investigators officer officers activist activists protester protesters neighbour neighbours neighbor neighbors friend
    friends relative relatives colleague colleagues doctor doctors nurse nurses teacher teachers man woman men women driver
    drivers survivor survivors passenger passengers observer observers negotiator negotiators delegate delegates commander
    commanders soldier soldiers pilot pilots engineer engineers consultant consultants strategist strategists operative
    operatives others some many several someone somebody individual individuals those student students professor professors
    historian historians islanders fan fans player players leader leaders member members scholar scholars prosecutor
    prosecutors candidate candidates democrats republicans conservatives liberals envoy envoys figure staff minister
    ministers mother father parents family spectators campaigners veterans veteran farmer farmers shopkeeper fisherman
    fishermen opponent opponents proponent proponents backer backers rival rivals ally allies detractor detractors skeptic skeptics
    lobbyist lobbyists politician politicians attendee attendees customer customers parent majority respondents conservationists
    reporter reporters journalist journalists"""
)
# Nouns that point back at an unnamed speaker rather than introduce one: "the official", "the source".
ANAPHORIC_NOUNS = _words(
    """official officials source sources person people man woman diplomat aide adviser analyst expert two three pair"""
)
ANAPHORIC_ORGANIZATIONS = _words("company firm group agency organisation organization club party campaign union team pair body")
DOCUMENT_NOUNS = _words(
    """report reports statement statements minutes filing filings document documents letter letters survey surveys poll polls
    study studies memo memos memorandum book article articles tweet tweets post entry list figures data records record email
    emails e-mail e-mails indictment lawsuit complaint affidavit transcript audit analysis census ruling order bill law text
    sample release note notes op-ed editorial column website site page papers paper dossier review assessment estimates
    statistics returns results findings tally projections comments remarks testimony message footage video video recording
    communique communiqué declaration announcement advertisement ad spot"""
)
ORGANIZATION_WORDS = _words(
    """house office department ministry agency bank council committee commission company corporation corp inc group party
    government police army navy force forces court university college institute association union league campaign
    administration congress senate parliament cabinet board bureau service team club church foundation center centre society
    federation authority coastguard hospital school organization organisation coalition alliance charity fund firm trust
    line airlines airways times news post journal network radio television tv station press wire daily tribune herald ledger
    courier standard gazette line palace kremlin pentagon treasury fed nato un eu fbi cia nsa embassy military state states
    nations kingdom security international national global mutual athletic united city county partners & llc ltd plc gmbh co
    holdings technologies capital research systems industries exchange watch division brigade command sporting real fc afc
    racing inter olympique hamas hezbollah al-qaeda isis prosecution defence defense opposition regulator watchdog ombudsman
    think-tank airport port"""
)
PLACE_WORDS = _words(
    "street road avenue sound lake river mount sea island islands bay harbor harbour valley strait north south east west new saint st"
)
