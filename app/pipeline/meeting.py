"""Who meets: the pairs of claims worth judging, among new claims and between them and stored ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sqlmodel import Session

from app.claims.claim import StoredClaim
from app.clusters.gate import ALIKE_MIN_SIMILARITY, Gate
from app.clusters.kinship import KIN_MIN, Page, facing, kinship, side_by_side
from app.pipeline.judging import Candidate, among, candidate
from app.pipeline.preparing import Prepared
from app.relations.judgements import judgement, opposed
from app.storage.reading import claims as claims_in
from app.vectors.encoder import Vectors
from app.vectors.index import ClaimIndex, Neighbour

# Source: decision; bounds what one article may cost. A story that more articles tell is held together by those nearest to it.
ARTICLES_AT_MOST = 24


@dataclass(frozen=True)
class Meeting:
    """Finds the pairs; `neighbours` nearest claims of similarity `min_similarity` and more bring an article into view."""

    index: ClaimIndex
    gate: Gate
    min_similarity: float
    neighbours: int

    def candidates(self, session: Session, prepared: Sequence[Prepared], added: Sequence[StoredClaim], vectors: Vectors) -> list[Candidate]:
        """The pairs worth judging: new claims with each other, and with stored claims that this batch does not withdraw.

        `vectors[i]` belongs to `added[i]`. Each pair once, ordered by ids.
        """
        near = self.index.nearest(vectors, self.neighbours, self.min_similarity)
        gone = {claim.number for article in prepared for claim in article.gone}
        near = [[hit for hit in hits if hit.number not in gone] for hits in near]
        fresh = {claim.id for claim in added}
        pages = _pages(session, prepared, added, vectors)
        found = among(added, vectors, self.gate, ALIKE_MIN_SIMILARITY, self.neighbours)
        found += self._alike(session, added, near)
        for page in pages.values():
            found += self._admitted(side_by_side(page), fresh)
            found += self._admitted(_opposed(page), fresh)
        for a, b in (*self._kin_within(pages), *self._kin_stored(session, pages, added, near)):
            found += self._admitted(facing(a, b), fresh)
        return _once(found)

    def with_latecomers(
        self,
        session: Session,
        prepared: Sequence[Prepared],
        added: Sequence[StoredClaim],
        vectors: Vectors,
        late: tuple[Sequence[int], Vectors],
    ) -> list[Candidate]:
        """The pairs between new claims and stored ones that came while the batch was prepared: `late`, their numbers and vectors.

        As in `candidates`, as if those came first; pairs that met there may come again.
        """
        near = self._among_late(prepared, vectors, *late)
        if not any(near):
            return []
        fresh = {claim.id for claim in added}
        found = self._alike(session, added, near)
        for a, b in self._kin_stored(session, _pages(session, prepared, added, vectors), added, near):
            found += self._admitted(facing(a, b), fresh)
        return _once(found)

    def _among_late(self, prepared: Sequence[Prepared], vectors: Vectors, numbers: Sequence[int], late: Vectors) -> list[list[Neighbour]]:
        """For each new claim what an index of the late ones alone would answer."""
        gone = {claim.number for article in prepared for claim in article.gone}
        if not len(vectors) or not len(late):
            return [[] for _ in vectors]
        near = []
        for row in vectors @ late.T:
            ranked = sorted(
                ((float(row[at]), numbers[at]) for at in (row >= self.min_similarity).nonzero()[0]), key=lambda hit: (-hit[0], hit[1])
            )
            near.append([Neighbour(number, similarity) for similarity, number in ranked[: self.neighbours] if number not in gone])
        return near

    def _admitted(self, pairs: Iterable[tuple[StoredClaim, StoredClaim, float]], fresh: Collection[str]) -> list[Candidate]:
        """Those with a new end that may be compared; what a revision kept was judged before."""
        return [candidate(a, b, s) for a, b, s in pairs if (a.id in fresh or b.id in fresh) and self.gate.open_to(a, b)]

    def _alike(self, session: Session, added: Sequence[StoredClaim], near: Sequence[Sequence[Neighbour]]) -> list[Candidate]:
        """New claims and stored ones so much alike that they meet wherever they stand."""
        close = [[hit for hit in hits if hit.similarity >= ALIKE_MIN_SIMILARITY] for hits in near]
        stored = claims_in.by_numbers(session, {hit.number for hits in close for hit in hits})
        return [
            candidate(claim, stored[hit.number], hit.similarity)
            for claim, hits in zip(added, close, strict=True)
            for hit in hits
            if hit.number in stored and self.gate.admits(claim, stored[hit.number], hit.similarity)
        ]

    def _kin_within(self, pages: Mapping[str, Page]) -> Iterable[tuple[Page, Page]]:
        """The articles of this batch that tell of one event."""
        ids = sorted(article for article, page in pages.items() if page.claims)
        for at, first in enumerate(ids):
            for second in ids[:at]:
                a, b = pages[second], pages[first]
                if not self.gate.in_window(a.claims[0].published_at, b.claims[0].published_at):
                    continue
                if kinship(a.vectors, b.vectors) >= KIN_MIN and float((a.vectors @ b.vectors.T).max()) >= self.min_similarity:
                    yield a, b

    def _kin_stored(
        self, session: Session, pages: Mapping[str, Page], added: Sequence[StoredClaim], near: Sequence[Sequence[Neighbour]]
    ) -> Iterable[tuple[Page, Page]]:
        """New articles and the stored ones that tell of the same event, smaller id first."""
        places = claims_in.places(session, {hit.number for hits in near for hit in hits})
        seen: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for claim, hits in zip(added, near, strict=True):
            for hit in hits:
                place = places.get(hit.number)
                if place and place.article_id not in pages and self.gate.in_window(claim.published_at, place.published_at):
                    seen[claim.article_id][place.article_id] += hit.similarity
        wanted = {article: sorted(others, key=lambda o: (-others[o], o))[:ARTICLES_AT_MOST] for article, others in seen.items()}
        held = claims_in.article_vectors(session, {other for others in wanted.values() for other in others})
        kin = [
            (article, other)
            for article, others in sorted(wanted.items())
            for other in others
            if other in held and kinship(pages[article].vectors, held[other][1]) >= KIN_MIN
        ]
        claims = claims_in.by_numbers(session, {number for _, other in kin for number in held[other][0]})
        for article, other in kin:
            numbers, matrix = held[other]
            page = Page.of([claims[number] for number in numbers], matrix)
            yield (pages[article], page) if article < other else (page, pages[article])


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    """Each pair once, ordered by ids."""
    unique = {(pair.a.id, pair.b.id): pair for pair in found}
    return [unique[key] for key in sorted(unique)]


def _opposed(page: Page) -> Iterable[tuple[StoredClaim, StoredClaim, float]]:
    """Claims of one article in which different named speakers judge one thing in opposite ways, however far apart they stand."""
    speakers = [claim.claim.speaker for claim in page.claims]
    judging = [
        (at, speaker.name, found)
        for at, speaker in enumerate(speakers)
        if speaker is not None and speaker.name and (found := judgement(page.claims[at].claim.content)) is not None
    ]
    for (first, one, a), (second, other, b) in combinations(judging, 2):
        if one != other and opposed(a, b):
            yield page.pair(first, second)


def _pages(session: Session, prepared: Sequence[Prepared], added: Sequence[StoredClaim], vectors: Vectors) -> dict[str, Page]:
    """The articles of the batch, each with all its claims, those kept by a revision too."""
    row = {claim.id: at for at, claim in enumerate(added)}
    revised = {article.article_id for article in prepared if article.kept}
    held = claims_in.article_vectors(session, revised)
    pages = {}
    for article in prepared:
        stored = dict(zip(*held[article.article_id], strict=True)) if article.article_id in held else {}
        kept = [claim for claim in article.kept if claim.number in stored]
        matrix = [vectors[row[claim.id]] for claim in article.added] + [stored[claim.number] for claim in kept]
        both = (*article.added, *kept)
        pages[article.article_id] = Page.of(both, np.asarray(matrix, dtype=np.float32).reshape(len(both), vectors.shape[1]))
    return pages
