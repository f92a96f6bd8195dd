"""The chain of an attribution: speaker, outlets that passed the words on, publisher."""

import re
from dataclasses import dataclass

from app.articles.document import Document, Span
from app.claims.cast import Cast, Speaker
from app.claims.claim import Link, LinkKind, Mention
from app.claims.outlets_quoted import OutletFound, OutletsOf
from app.claims.tagger import Attribution

# A quoted outlet is carried along with its speaker over so many paragraphs. Source: decision; agency rewrites name the outlet once.
_CARRY_PARAGRAPHS = 3
_PART = re.compile(r"^(?:one|two|three|some|several|the other|another|others) of ")
# "CNN has learned from two officials", "CNN reported that …, citing two officials": whom an outlet has it from.
_FROM = re.compile(
    r"\b(?:citing|quoting|learned\sfrom|heard\sfrom|told\sby)\s(?P<whom>[^,.;:“”\"()]+(?:,\s(?:who|which|whose)\s[^,.;:“”\"()]+)?)"
)

# "Citing two officials, CNN said …".
_FROM_FIRST = re.compile(r"(?:Citing|Quoting)\s(?P<whom>[^,.;:“”\"()]+),")


@dataclass(frozen=True)
class Resolved:
    """An attribution with whom its source stands for and the outlet it names, if any."""

    attribution: Attribution
    speaker: Speaker | None
    outlet: OutletFound | None
    own: bool  # the publisher itself speaks: "Channel Nine has learned"
    paragraph: int
    at: int
    cited: Mention | None = None  # the words for the speaker, where they are not the attribution's source


@dataclass(frozen=True)
class _Carried:
    speaker: Speaker
    outlet: OutletFound
    paragraph: int


class Chains:
    """Resolves the attributions of one document in text order and builds their chains."""

    def __init__(self, document: Document, outlets: OutletsOf):
        self._text = document.text
        self._publisher = Link(document.outlet.name, LinkKind.PUBLISHER, document.outlet.id)
        self._outlets = outlets
        self._cast = Cast(document)
        self._carried: _Carried | None = None
        self._last_outlet: OutletFound | None = None

    @property
    def publisher(self) -> Link:
        """The last link of every chain."""
        return self._publisher

    def outlet_link(self, found: OutletFound) -> Link:
        """The link of an outlet named in the text."""
        return Link(found.outlet.name, LinkKind.OUTLET, found.outlet.id, source=Mention(found.span.of(self._text), found.span))

    def resolve(self, attribution: Attribution, paragraph: int, sentence: Span, *, speech: bool) -> Resolved:
        """Who speaks and through which outlet; call in text order.

        `sentence` bounds where an outlet may be named; only `speech` (a content that asserts something) makes its source the one who
        spoke last.
        """
        at = min(s.start_char for s in attribution.source + attribution.cue + attribution.content)
        zones = _zones(attribution, sentence)
        told = self._outlets.passing_on(zones)
        if not attribution.source:
            return Resolved(attribution, None, told, False, paragraph, at)
        source = attribution.source[0]
        spoken = self._outlets.spoken_by(source, self._last_outlet)
        if spoken is not None:
            self._last_outlet = spoken
            cited = self._cited(attribution, sentence)
            if cited is not None:
                speaker, mention = cited
                self._carried = _Carried(speaker, spoken, paragraph)
                self._cast.spoke(speaker, mention.span.start_char, paragraph)
                return Resolved(attribution, speaker, spoken, False, paragraph, at, mention)
            own = spoken.outlet.id == self._publisher.outlet_id and told is None
            return Resolved(attribution, None, spoken, own, paragraph, at)
        phrase = source.of(self._text)
        speaker = self._cast.resolve(phrase, source.start_char, paragraph)
        if not speech:
            return Resolved(attribution, speaker, told, False, paragraph, at)
        if told is not None:
            self._last_outlet = told
            self._carried = _Carried(speaker, told, paragraph)
        else:
            told = self._carry(speaker, phrase, paragraph)
        self._cast.spoke(speaker, source.start_char, paragraph)
        return Resolved(attribution, speaker, told, False, paragraph, at)

    def _cited(self, attribution: Attribution, sentence: Span) -> tuple[Speaker, Mention] | None:
        """Whom an outlet says it has the content from; an outlet or a document it cites is left to their own attributions."""
        start = max(s.end_char for s in attribution.source)
        match = _FROM.search(self._text, start, sentence.end_char) or _FROM_FIRST.match(self._text, sentence.start_char, start)
        if match is None:
            return None
        span = Span(match.start("whom"), match.end("whom"))
        if any(c.contains(span) and c.start_char < match.start() for c in attribution.content if c.end_char > match.end() + 2):
            return None
        speaker = self._cast.resolve(span.of(self._text), span.start_char, 0)
        if speaker.kind not in (LinkKind.ANONYMOUS, LinkKind.PERSON, LinkKind.ORGANIZATION) or self._outlets.spoken_by(span) is not None:
            return None
        return speaker, Mention(span.of(self._text), span)

    def goes_on(self, inner: Resolved, outlet: OutletFound) -> None:
        """`inner` was found to speak through `outlet` ("According to Ynet, the official said"): carry it along."""
        if inner.speaker is not None:
            self._carried = _Carried(inner.speaker, outlet, inner.paragraph)

    def _carry(self, speaker: Speaker, phrase: str, paragraph: int) -> OutletFound | None:
        """The outlet of the earlier mention, where the same source goes on; a new named source or office ends it."""
        carried = self._carried
        if carried is None or paragraph - carried.paragraph > _CARRY_PARAGRAPHS:
            return None
        before = carried.speaker
        if speaker.kind is LinkKind.ANONYMOUS and before.kind is LinkKind.ANONYMOUS:
            same_head = bool(speaker.head) and speaker.head.removesuffix("s") == before.head.removesuffix("s")
            definite = phrase.lower().startswith(("the ", "that ", "this ", "those ", "one ", "two ", "another"))
            if (
                (speaker.anaphoric and speaker.name is not None and speaker.name == before.name)
                or (definite and same_head)
                or _part_of(speaker, before)
            ):
                self._carried = _Carried(before, carried.outlet, paragraph)
                return carried.outlet
            return None
        same = speaker.name is not None and speaker.name == before.name
        if same and speaker.anaphoric and paragraph - carried.paragraph <= 1:
            self._carried = _Carried(before, carried.outlet, paragraph)
            return carried.outlet
        if not same:
            self._carried = None
        return None

    def chain(self, resolved: Resolved, outer: tuple[Resolved, ...] = ()) -> tuple[Link, ...]:
        """The links from the speaker outward. `outer` are the attributions around it, nearest first, that pass it on."""
        links = self._links(resolved)
        for around in outer:
            links += [link for link in self._links(around) if link.name is None or all(link.name != seen.name for seen in links)]
        if not links and not resolved.own and resolved.attribution.cue:
            # "it was reported that": somebody said it, nobody is named.
            links = [Link(None, LinkKind.ANONYMOUS, cue=self._mention(resolved.attribution.cue))]
        return (*links, self._publisher)

    def _links(self, resolved: Resolved) -> list[Link]:
        links: list[Link] = []
        source, cue = self._mention(resolved.attribution.source), self._mention(resolved.attribution.cue)
        if resolved.speaker is not None:
            speaker = resolved.speaker
            links.append(Link(speaker.name, speaker.kind, source=resolved.cited or source, cue=cue))
        if resolved.outlet is not None and not resolved.own:
            outlet, span = resolved.outlet.outlet, resolved.outlet.span
            mention = Mention(span.of(self._text), span)
            links.append(Link(outlet.name, LinkKind.OUTLET, outlet.id, source=mention, cue=cue if resolved.speaker is None else None))
        return links

    def _mention(self, spans: tuple[Span, ...]) -> Mention | None:
        return Mention(spans[0].of(self._text), spans[0]) if spans else None


def _part_of(speaker: Speaker, whole: Speaker) -> bool:
    """ "one of two people familiar…" after "two people familiar…", and one part after another."""
    if speaker.name is None or whole.name is None:
        return False
    return speaker.name != whole.name and _PART.sub("", speaker.name) == _PART.sub("", whole.name)


def _zones(attribution: Attribution, sentence: Span) -> list[Span]:
    """The words of the sentence around source and cue that no content covers, in text order."""
    anchors = attribution.source + attribution.cue
    if not anchors:
        return []
    first, last = min(s.start_char for s in anchors), max(s.end_char for s in anchors)
    contents = sorted(attribution.content)
    begin = max([sentence.start_char, *(c.end_char for c in contents if c.end_char <= first)])
    end = min([max(sentence.end_char, last), *(c.start_char for c in contents if c.start_char >= last)])
    return [Span(begin, max(end, last))]
