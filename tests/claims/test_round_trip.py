"""Whatever the text and whatever the tagger finds in it: every span covers the words it is said to cover."""

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.articles.document import Document, Span
from app.articles.reading import read
from app.claims.claim import LinkKind, Voice
from app.claims.extraction import ClaimExtractor, Extraction
from app.claims.grammar import GrammarTagger
from app.claims.tagger import Attribution
from bench.round_trip import broken
from tests.claims.fictional import DIRECTORY, PUBLISHED_AT, PUBLISHER

NAMES = (
    "Mara Lind", "Zoë Ħalvorsen-Šmit", "Dr. Hal Dorrow", "Mr. Ó Briain", "the official", "a senior aide to the mayor", "she", "They",
    "Orbit TV", "the Northern Post", "the newspaper", "norpost.example", "ΑΘΗΝΑ", "Иван Петров", "王小明", "מרה לינד", "ليلى حسن",
    "Two people familiar with the talks", "The Bank of Ostland", "the report", "İstanbul", "ǅemal",
)  # fmt: skip
CUES = (
    "said", "says", "told Orbit TV", "denied that", "denied it", "according to", "reported", "was quoted by Orbit TV as saying", "called",
    "added, citing the report,", "asked whether", "wrote on Sunday:", "confirmed to us that", "accused", "It was reported that", "claims",
)  # fmt: skip
CONTENTS = (
    "the dam had burst", "that the road will reopen", "about 40 people were hurt", "and 3 of the 12 boats sank", "it is over", "a farce",
    "prices rose 4.5 percent to $2.3 million", "far fewer than the 2.3 million reported by Orbit TV", "they left at 8:10 a.m. on May 9",
    "the plan and the vote were off, but nobody knew why", "if it rains, the match is off; the mayor agreed", "who was not there",
    "1,500½ km²", "No. 17", "COVID-19", "between Monday and Wednesday", "II. Kapitel", "ﬁnal oﬀer", "ẞtraße", "dozens of thousands",
)  # fmt: skip
QUOTES = ('"', "“", "”", "„", "‟", "«", "»", "‘", "’", "'", "''", "``", "‹", "›", "「", "」", "『", "』", "＂", "‚")
MARKS = (
    ".", ". ", ", ", "? ", "! ", ": ", "; ", " — ", "…", "...", "(", ") ", "[", "]", " ", "  ", "\t", "-", "/", "@", "#", "\\", "<b>", "&",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f", "\n \n")
ODD = (
    "e\u0301", "\u0301", "o\u0308\u0323", "🙂", "👩‍👩‍👧‍👦", "🇮🇱", "\u200b", "\u200d", "\u200e", "\u202eabc\u202c",
    "\ufeff", "\u00a0", "\u3000", "\u2009", "\u00ad",
    "\ufe0f", "𝔘𝔫𝔦", "𐍈", "\U000e0041", "\ufffd", "²", "Ⅷ", "१२", "٣٤", "〇", "ß", "ŉ", "ΐ", "\x1f", "\x7f",
)  # fmt: skip

PIECES = st.one_of(
    st.sampled_from(NAMES).map(lambda words: f"{words} "),
    st.sampled_from(CUES).map(lambda words: f"{words} "),
    st.sampled_from(CONTENTS),
    st.sampled_from((*QUOTES, *MARKS)),
    st.sampled_from(BREAKS),
    st.sampled_from(ODD),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
REPORT = st.builds(
    "{0}{1}{2}{3} {4} {5}.{6}".format,
    st.sampled_from(QUOTES), st.sampled_from(CONTENTS), st.sampled_from((",", "")), st.sampled_from(QUOTES),
    st.sampled_from(CUES), st.sampled_from(NAMES), st.sampled_from((*BREAKS, " ")),
)  # fmt: skip
ARTICLES = st.lists(st.one_of(REPORT, TEXTS), max_size=6).map("".join)


class DrawnTagger:
    """A tagger that finds what it was given: any attributions that are well formed."""

    def __init__(self, found: Sequence[Attribution]):
        self._found = list(found)

    @property
    def id(self) -> str:
        return "drawn-1"

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        return [self._found for _ in documents]


@st.composite
def tagged(draw: st.DrawFn) -> tuple[Document, DrawnTagger]:
    """An article, and attributions whose spans begin and end at words of it, as a trained tagger's do; they may nest and overlap."""
    document = as_document(draw(ARTICLES))
    words = [span for sentence in document.sentences for span in _words(sentence.span, document.text)]
    if not words:
        return document, DrawnTagger([])

    def spans(low: int, high: int) -> st.SearchStrategy[tuple[Span, ...]]:
        starts = st.lists(st.integers(0, len(words) - 1), min_size=low, max_size=high, unique=True)
        lengths = st.lists(st.integers(0, 12), min_size=high, max_size=high)
        return st.tuples(starts, lengths).map(lambda drawn: _apart(words, *drawn))

    found = draw(st.lists(st.builds(Attribution, spans(0, 1), spans(0, 2), spans(1, 3)), max_size=6))
    return document, DrawnTagger(sorted(found, key=lambda a: min(a.source + a.cue + a.content)))


def _words(sentence: Span, text: str) -> list[Span]:
    """The words of a sentence, cut at white space."""
    found, at = [], sentence.start_char
    for word in sentence.of(text).split():
        at = text.index(word, at)
        found.append(Span(at, at + len(word)))
        at += len(word)
    return found


def _apart(words: Sequence[Span], starts: Sequence[int], lengths: Sequence[int]) -> tuple[Span, ...]:
    """Runs of words from these starts, in text order, none reaching the next."""
    ordered = sorted(starts)
    lasts = [*(start - 1 for start in ordered[1:]), len(words) - 1]
    return tuple(
        Span(words[start].start_char, words[min(start + length, last)].end_char)
        for start, last, length in zip(ordered, lasts, lengths, strict=False)
    )


def as_document(text: str) -> Document:
    return read(PUBLISHER, "", text, PUBLISHED_AT)


def check(document: Document, extraction: Extraction) -> None:
    """Every span holds its words; chains end with the publisher; what a claim holds lies within the article's text."""
    assert broken(document, extraction)[1] == []
    for claim in extraction.claims:
        assert claim.content.strip()
        assert claim.content_spans
        assert claim.chain[-1].kind is LinkKind.PUBLISHER
        assert (claim.voice is Voice.REPORTED) == (len(claim.chain) > 1)
    assert list(extraction.claims) == sorted(extraction.claims, key=lambda claim: (claim.span, claim.content))


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
@example("“It is over,” Zoë Ħalvorsen-Šmit told Orbit TV.\r\n\r\n“About 40 peo\u0301ple were hurt.")
@example("\ufeff‘The dam had burst,’ said מרה לינד.\u2028«It is over» — Иван Петров 🙂 said on May 9, 2031.")
@example("according to :0")
@example("Mara Lind said so.\n」the dam had burst,” they said.")
@example("The insurer said data of 900,000 customers was taken, far fewer than the 2.3 million reported by Orbit TV.\r\n")
def test_spans_hold_their_words_with_the_grammar(text: str) -> None:
    document = as_document(text)
    check(document, ClaimExtractor(GrammarTagger(), DIRECTORY).extract([document])[0])


@settings(max_examples=150, deadline=None)
@given(tagged())
def test_spans_hold_their_words_whatever_the_tagger_finds(drawn: tuple[Document, DrawnTagger]) -> None:
    document, tagger = drawn
    check(document, ClaimExtractor(tagger, DIRECTORY).extract([document])[0])
