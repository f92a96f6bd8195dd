"""An article's claims: what each source is reported to say, and what the outlet says itself."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.articles.document import Document, Span
from app.claims.asides import asides
from app.claims.certainty import certainty_of
from app.claims.chains import Chains, Resolved
from app.claims.checkable import checkable, leads_with_clause, short_answer
from app.claims.claim import Certainty, Claim, DateMention, Link, LinkKind, Quantity, Voice
from app.claims.claim_types import claim_type
from app.claims.clauses import heading, stands
from app.claims.echoes import echo
from app.claims.frames import about, asked_about, asserts, embedded, raises, share, speaks, supposes, unnamed, weak
from app.claims.leftovers import leftovers
from app.claims.measures import measures
from app.claims.nested import inside, joined, may_pass_on
from app.claims.nesting import outermost, parents
from app.claims.outlets_quoted import OutletsOf
from app.claims.passages import quotations, story
from app.claims.posts import posts
from app.claims.quoted_as import relays, told_apart
from app.claims.sources import whole_words
from app.claims.statements import Statement, indirect_question, own, points_back, reported
from app.claims.tagger import Attribution, AttributionTagger
from app.claims.transcripts import turns
from app.outlets.directory import OutletDirectory

_Found = TypeVar("_Found", Quantity, DateMention)

# A quotation this long is trusted to hold a verb that no list knows. Source: read on news text; shorter ones were mostly noun phrases.
_TRUSTED_WORDS = 12
_WORD = re.compile(r"\w+")
_ASKED = re.compile(r"(?:that\s+)?(?:whether|if|how|why|what|who|where|when)\b", re.IGNORECASE)
# "would not mirror it": the predicate of a clause whose subject was left outside.
_NO_SUBJECT = re.compile(r"(?:Such as|Including|Is|Are|Was|Were|Has|Have|Will|Would|Can|Could|Does|May|Might|Must|Isn['’]t|Wasn['’]t)\s")
# A sentence that quotes with a frame nobody found the parts of: better no claim than the outlet's own.
_FRAMED = re.compile(
    r"[,?!][\"”]\s(?:[\w.’'-]+,?\s){0,12}?(?:said|says|told|added|asked|wrote|tweeted|replied|recalled)\b|^\W*(?:said|says)\s"
)
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_DENIES = re.compile(r"\b(?:den|reject|disput|refut|rebut|dismiss|contradict)\w*", re.IGNORECASE)


@dataclass(frozen=True)
class FoundAttribution:
    """An attribution as the tagger found it, with whom its source stands for (None where that is not clear) and its kind."""

    attribution: Attribution
    name: str | None
    kind: LinkKind | None


@dataclass(frozen=True)
class Extraction:
    """What one document holds, both in text order."""

    claims: tuple[Claim, ...]
    attributions: tuple[FoundAttribution, ...]


class ClaimExtractor:
    """Documents to claims, with a tagger to find who says what and a directory to know outlets."""

    def __init__(self, tagger: AttributionTagger, directory: OutletDirectory):
        self._tagger = tagger
        self._directory = directory

    @property
    def id(self) -> str:
        """Names what produced the claims: the tagger's id."""
        return self._tagger.id

    def extract(self, documents: Sequence[Document]) -> list[Extraction]:
        """`result[i]` is what `documents[i]` holds; an empty document gives no claim."""
        tagged = self._tagger.tag(documents)
        return [_Reading(d, a, self._directory).extraction() for d, a in zip(documents, tagged, strict=True)]


class _Reading:
    """One document on its way to claims."""

    def __init__(self, document: Document, attributions: Sequence[Attribution], directory: OutletDirectory):
        self._document = document
        self._text = document.text
        self._sentences = story(document)
        self._starts = [s.span.start_char for s in self._sentences]
        self._spans = [s.span for s in self._sentences]
        self._quotes = quotations(document.text)
        self._outlets = OutletsOf(document, directory)
        self._attributions = self._told_apart([a for a in attributions if a.content and self._sentences])
        self._chains = Chains(document, self._outlets)
        self._parents = parents(self._attributions)
        self._spoken: list[tuple[Attribution, tuple[Link, ...], str]] = []
        self._stated = [[] if self._unsaid(self._parents[i]) else self._statements(a) for i, a in enumerate(self._attributions)]
        self._resolved = self._resolve()
        self._dates, self._quantities = measures(document.sentences, document.published_at)

    def extraction(self) -> Extraction:
        found = tuple(FoundAttribution(r.attribution, *_who(self._chains.chain(r))) for r in self._resolved)
        return Extraction(tuple(self._claims()), found)

    def _sentence_at(self, char: int) -> int:
        """The number of the sentence that holds `char` or ends before it."""
        return max(bisect_right(self._starts, char) - 1, 0)

    def _resolve(self) -> list[Resolved]:
        """Every attribution resolved, in the order of their sources (a cue or content where there is none)."""
        order = sorted(range(len(self._attributions)), key=lambda i: _anchor(self._attributions[i]))
        done: dict[int, Resolved] = {}
        for i in order:
            attribution = self._attributions[i]
            sentence = self._sentences[self._sentence_at(_anchor(attribution))]
            done[i] = self._chains.resolve(
                attribution, sentence.paragraph, sentence.span, speech=bool(self._stated[i]) or self._is_speech(attribution)
            )
            parent = self._parents[i]
            around = done.get(parent) if parent is not None else None
            if around is not None and around.outlet is not None and around.speaker is None and done[i].outlet is None:
                self._chains.goes_on(done[i], around.outlet)
        return [done[i] for i in range(len(self._attributions))]

    def _claims(self) -> list[Claim]:
        claims: list[Claim] = []
        told = self._stated
        bearing = [i for i, a in enumerate(self._attributions) if told[i] or self._points_back(a) or self._relays(i)]
        chosen = outermost(self._attributions, self._parents, bearing, self._passes_on)
        for i, outer in chosen.items():
            chain = self._chains.chain(self._resolved[i], tuple(self._resolved[j] for j in outer))
            cue = self._cue(self._attributions[i])
            self._spoken.append((self._attributions[i], chain, cue))
            for statement in told[i]:
                claims.append(self._claim(statement, chain, cue))
        for i in sorted(chosen, key=lambda i: self._attributions[i].content[0]):
            if not told[i] and self._points_back(self._attributions[i]):
                back = self._answer(self._attributions[i], claims, self._chains.chain(self._resolved[i]))
                if back is not None:
                    claims.append(back)
        beside: dict[int, list[int]] = {}
        for i in (*chosen, *(j for outer in chosen.values() for j in outer), *self._unasserted()):
            for n in self._touched(self._attributions[i]):
                beside.setdefault(n, []).append(i)
        for n, sentence in enumerate(self._sentences):
            claims += self._own(sentence.span, beside.get(n, []))
        claims += [relayed for claim in claims if (relayed := self._echo(claim)) is not None]
        return sorted(_distinct(claims), key=lambda c: (c.span, c.content))

    def _echo(self, claim: Claim) -> Claim | None:
        found = echo(self._text, Statement(claim.span, claim.content_spans, claim.content), claim.quantities, self._outlets)
        if found is None or found[1].outlet.id == self._document.outlet.id:
            return None
        statement, outlet = found
        return self._claim(statement, (self._chains.outlet_link(outlet), self._chains.publisher), "")

    def _statements(self, attribution: Attribution) -> list[Statement]:
        """What an attribution's content asserts; empty where it asserts nothing that can be checked."""
        cue = self._cue(attribution)
        first = attribution.content[0].of(self._text)
        if indirect_question(first) or points_back(first) or re.search(r"\b(?:citing|quoting|asked|asking|wondered)\b", cue, re.IGNORECASE):
            return []
        if not self._puts_forward(attribution):
            return []
        quoted_at_all = any(self._quotes_in(c) for c in attribution.content)
        words = " ".join(c.of(self._text) for c in attribution.content)
        if not quoted_at_all and weak(cue) and not leads_with_clause(words):
            return []
        found = reported(self._text, attribution.content, cue, self._spans, self._quotes, attribution.source + attribution.cue)
        clausal = re.search(r"\b(?:said|says?|told|saying|according)\b", cue, re.IGNORECASE) is not None
        trusted = clausal and not quoted_at_all
        return [s for s in found if checkable(s.content, whole_sentence=trusted) and (trusted or self._holds_a_verb(s))]

    def _holds_a_verb(self, statement: Statement) -> bool:
        if _NO_SUBJECT.match(statement.content):
            return False
        words = len(_WORD.findall(statement.content))
        quoted = self._quotes_in(statement.pieces[0])
        if words >= _TRUSTED_WORDS and quoted and quoted[0].start_char <= statement.pieces[0].start_char + 1:
            return True
        return stands(statement.content, Span(0, len(statement.content))) or short_answer(statement.content)

    def _puts_forward(self, attribution: Attribution) -> bool:
        """Whether the cue of an attribution puts its content forward as so."""
        if not attribution.cue:
            return True
        cue, first = self._cue(attribution), attribution.cue[0]
        words = [c.of(self._text) for c in attribution.content]
        sources = [s.of(self._text) for s in attribution.source]
        if not asserts(cue) or raises(cue, words) or any(unnamed(s) or share(s) for s in sources):
            return False
        if embedded(self._text, attribution.source + attribution.cue, attribution.content):
            return False
        if about(cue) and not (speaks(cue) and self._quotes_in(attribution.content[0])):
            return False
        sentence = self._sentences[self._sentence_at(first.start_char)].span
        if any(asked_about(self._text, s, sentence) for s in attribution.source):
            return False
        return not supposes(self._text, first, sentence)

    def _unasserted(self) -> list[int]:
        """The attributions whose words are somebody's but no claim (a question, an exclamation): the outlet does not say them either."""
        return [
            i
            for i, attribution in enumerate(self._attributions)
            if not self._stated[i]
            and not self._points_back(attribution)
            and self._puts_forward(attribution)
            and (
                (attribution.cue and self._quotes_in(attribution.content[0]))
                or (speaks(self._cue(attribution)) and _ASKED.match(attribution.content[0].of(self._text)))
            )
        ]

    def _is_speech(self, attribution: Attribution) -> bool:
        """Whether somebody speaks here, be it no claim."""
        quoted = bool(self._quotes_in(attribution.content[0]))
        return self._points_back(attribution) or (quoted and speaks(self._cue(attribution)) and self._puts_forward(attribution))

    def _unsaid(self, i: int | None) -> bool:
        """Whether an attribution's words are only supposed, so that nobody is quoted within them either."""
        if i is None or not self._attributions[i].cue:
            return False
        first = self._attributions[i].cue[0]
        return supposes(self._text, first, self._sentences[self._sentence_at(first.start_char)].span)

    def _touched(self, attribution: Attribution) -> set[int]:
        """The numbers of the sentences that an attribution has words in."""
        return {
            n
            for span in attribution.source + attribution.cue + attribution.content
            for n in range(self._sentence_at(span.start_char), self._sentence_at(span.end_char - 1) + 1)
        }

    def _cue(self, attribution: Attribution) -> str:
        return " ".join(s.of(self._text) for s in attribution.cue)

    def _quotes_in(self, span: Span) -> list[Span]:
        """The quotations that overlap `span`."""
        first = max(bisect_right(self._quotes, span.start_char, key=lambda q: q.start_char) - 1, 0)
        found = []
        for q in self._quotes[first:]:
            if q.start_char >= span.end_char:
                break
            if q.end_char > span.start_char:
                found.append(q)
        return found

    def _points_back(self, attribution: Attribution) -> bool:
        cue = self._cue(attribution)
        return points_back(attribution.content[0].of(self._text)) and (_DENIES.search(cue) is not None or "confirm" in cue.lower())

    def _told_apart(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        """The attributions with those inside what an outlet, a document or nobody named passes on, in text order."""
        mended = whole_words(self._text, turns(self._text, attributions), self._spans)
        found = told_apart(self._text, posts(self._text, mended))
        taken = {char for a in found for cue in a.cue for char in range(cue.start_char, cue.end_char)}
        for i, outer in enumerate(tuple(found)):
            if may_pass_on(self._text, outer.source, self._outlets):
                whole = joined(self._text, outer)
                inner = [a for a in inside(self._text, whole, self._quotes) if not any(c.start_char in taken for c in a.cue)]
                if inner:
                    found[i] = whole
                    found += inner
        return sorted(found, key=lambda a: min((*a.source, *a.cue, *a.content)))

    def _relays(self, i: int) -> bool:
        """Whether an attribution only says that somebody was quoted, and what he said makes a claim of its own."""
        return relays(self._text, self._attributions[i]) and any(j == i and self._stated[n] for n, j in enumerate(self._parents))

    def _passes_on(self, i: int) -> bool:
        resolved = self._resolved[i]
        return may_pass_on(self._text, resolved.attribution.source, self._outlets) or resolved.speaker is None or self._relays(i)

    def _answer(self, attribution: Attribution, claims: list[Claim], chain: tuple[Link, ...]) -> Claim | None:
        """ "denied it": the claim last made before, denied (or confirmed) by this source."""
        at = _anchor(attribution)
        before = [c for c in claims if c.span.end_char <= at]
        if not before:
            return None
        last = max(before, key=lambda c: c.span)
        if self._sentences[self._sentence_at(at)].paragraph - self._sentences[self._sentence_at(last.span.start_char)].paragraph > 1:
            return None
        spans = attribution.source + attribution.cue + attribution.content
        span = Span(min(s.start_char for s in spans), max(s.end_char for s in spans))
        cue = self._cue(attribution)
        denied = _DENIES.search(cue) is not None
        certainty = Certainty.DENIED if denied else Certainty.ASSERTED
        return Claim(span.of(self._text), span, last.content, last.content_spans, chain, Voice.REPORTED, False, certainty, type=last.type)

    def _own(self, sentence: Span, used: Sequence[int]) -> list[Claim]:
        """What the outlet itself says in a sentence: all of it, or the clauses beside what it reports."""
        covered: list[Span] = []
        for i in used:
            attribution = self._attributions[i]
            covered += [s for s in (*attribution.content, *attribution.cue) if s.overlaps(sentence)]
            for source in attribution.source:
                if source.overlaps(sentence) and self._beside(source, attribution):
                    covered.append(source)
        chain: tuple[Link, ...] = (self._chains.publisher,)
        if not covered:
            quoted = self._quotes_in(sentence)
            cue = ""
            if quoted and quoted[0].start_char <= sentence.start_char and sentence.end_char - 1 <= quoted[-1].end_char:
                chain, cue = self._speaking(quoted[0], sentence) or ((Link(None, LinkKind.ANONYMOUS), *chain), "")
            if _FRAMED.search(self._text, sentence.start_char, sentence.end_char):
                return []
            ended = _ENDED.search(self._text, sentence.start_char, sentence.end_char) is not None
            return [
                self._claim(s, chain, cue)
                for s in own(self._text, sentence, self._quotes, whole=True)
                if checkable(s.content, whole_sentence=s.whole_sentence) and (ended or heading(self._text, s.span))
            ]
        claims = [self._claim(s, chain, "") for i in used for s in asides(self._text, self._attributions[i], sentence)]
        for part in leftovers(self._text, sentence, covered, [s for i in used for s in self._attributions[i].source]):
            whole = part == sentence
            claims += [
                self._claim(s, chain, "")
                for s in own(self._text, part, self._quotes, whole=whole)
                if checkable(s.content, whole_sentence=s.whole_sentence)
            ]
        return claims

    def _speaking(self, quotation: Span, sentence: Span) -> tuple[tuple[Link, ...], str] | None:
        """Who says a sentence of a quotation that another sentence is attributed in, and the cue; None where none is."""
        near = [
            (abs(attribution.content[0].start_char - sentence.start_char), n)
            for n, (attribution, chain, _) in enumerate(self._spoken)
            if len(chain) > 1
            and any(c.overlaps(quotation) for c in attribution.content)
            and not any(c.overlaps(quotation) for c in attribution.cue)
        ]
        return self._spoken[min(near)[1]][1:] if near else None

    def _beside(self, source: Span, attribution: Attribution) -> bool:
        """Whether a source stands next to its cue, not far off as the subject of a clause that ends in "…, saying"."""
        if not attribution.cue:
            return True
        cue = attribution.cue[0]
        between = self._text[source.end_char : cue.start_char] if source.end_char <= cue.start_char else ""
        return len(_WORD.findall(between)) <= 3

    def _claim(self, statement: Statement, chain: tuple[Link, ...], cue: str) -> Claim:
        held = sum(min(q.end_char, p.end_char) - max(q.start_char, p.start_char) for p in statement.pieces for q in self._quotes_in(p))
        size = sum(p.end_char - p.start_char for p in statement.pieces)
        quoted = size > 0 and held >= 0.6 * size
        return Claim(
            statement.span.of(self._text),
            statement.span,
            statement.content,
            statement.pieces,
            chain,
            Voice.REPORTED if len(chain) > 1 else Voice.OWN,
            quoted,
            certainty_of(statement.content, cue),
            _inside(self._quantities, statement.pieces),
            _inside(self._dates, statement.pieces),
            claim_type(statement.content, cue, quoted=quoted),
        )


def _anchor(attribution: Attribution) -> int:
    return min(s.start_char for s in attribution.source or attribution.cue or attribution.content)


def _who(chain: tuple[Link, ...]) -> tuple[str | None, LinkKind | None]:
    return chain[0].name, chain[0].kind


def _inside(found: Sequence[_Found], pieces: Sequence[Span]) -> tuple[_Found, ...]:
    """Those of `found` (in text order) that lie wholly in one of the pieces."""
    first, last = (bisect_left(found, at, key=_starts_at) for at in (min(pieces).start_char, max(p.end_char for p in pieces)))
    return tuple(f for f in found[first:last] if any(p.contains(f.span) for p in pieces))


def _starts_at(found: Quantity | DateMention) -> int:
    return found.span.start_char


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    seen: dict[tuple[Span, str], Claim] = {}
    for claim in claims:
        seen.setdefault((claim.span, claim.content), claim)
    return list(seen.values())
