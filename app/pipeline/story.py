"""The whole story: received articles -> claims -> vectors -> pairs -> relations -> clusters and conflicts, committed, then indexed."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import structlog
from sqlmodel import Session

from app.claims.claim import Claim, StoredClaim
from app.claims.extraction import ClaimExtractor
from app.claims.tagger import AttributionTagger
from app.errors import OtherEncoder
from app.pipeline import linking
from app.pipeline.judging import Candidate, judge_all, wire_copies
from app.pipeline.meeting import Meeting
from app.pipeline.outletbook import OutletBook
from app.pipeline.preparing import Prepared, prepare
from app.pipeline.reading_ahead import ReadingAhead
from app.relations.judge import RelationJudge
from app.relations.judged import JudgedPair
from app.storage.away import is_away
from app.storage.database import Database
from app.storage.queue import Queue
from app.storage.reading import articles as articles_in
from app.storage.reading import claims as claims_in
from app.storage.reading import outlets as outlets_in
from app.storage.reading.articles import Waiting
from app.storage.writing import articles as articles_out
from app.storage.writing import claims as claims_out
from app.storage.writing import outlets as outlets_out
from app.vectors.encoder import Encoder, Vectors
from app.vectors.index import ClaimIndex

log = structlog.get_logger()

# How often a batch gives its turn back, to judge outside of it what came meanwhile. Source: decision; nobody waits forever.
CATCH_UPS = 2


@dataclass(frozen=True)
class Parts:
    """What the pipeline works with; `main` chooses them."""

    database: Database
    book: OutletBook
    tagger: AttributionTagger
    encoder: Encoder
    index: ClaimIndex
    judge: RelationJudge
    meeting: Meeting


@dataclass(frozen=True)
class Linked:
    """A batch on its way: articles, new claims with their vectors, and the relations found for them.

    `candidates` are the pairs that met, among claims stored up to the linking numbered `seen`; `pairs` those that say something.
    """

    prepared: Sequence[Prepared]
    added: Sequence[StoredClaim]
    vectors: Vectors
    candidates: Sequence[Candidate]
    pairs: Sequence[JudgedPair]
    seen: int


class Pipeline:
    """Processes received articles in batches. One batch or withdrawal is linked at a time (`turn`): whoever holds the turn
    sees the index in step with the rows.
    """

    def __init__(self, parts: Parts):
        self._parts = parts
        self._queue = Queue(parts.database)
        self._ahead = ReadingAhead(lambda: ClaimExtractor(parts.tagger, parts.book.directory))
        self.turn = threading.RLock()

    def process(self, limit: int) -> list[str]:
        """Processes up to `limit` of the oldest received articles; returns their ids, none when nothing waits.

        An article that cannot be processed is marked failed and spoils no other. Whatever a crash interrupts is still
        received and is done again from the article, to the same end.

        Raises:
            OtherEncoder: the store's vectors are not this encoder's; what waits goes on waiting, for processes that have the store's.
        """
        if not self._parts.database.embedded:
            with self._parts.database.read() as session:
                self._insist_on_encoder(session)
        waiting = self._queue.take(limit)
        if waiting:
            try:
                self._process(waiting, limit)
            except OtherEncoder:
                # What was taken is for the others: a lease would keep it from them.
                self._queue.release()
                raise
        return [item.id for item in waiting]

    def _process(self, waiting: Sequence[Waiting], limit: int) -> None:
        self._learn_from_others()
        try:
            claims = self._ahead.claims(waiting)
            self._ahead.begin(self._queue.coming(len(waiting), limit))
            self._link(self._prepare(waiting, claims))
        except Exception as error:
            if not _is_articles_fault(error):
                raise
            log.warning("batch_split", articles=len(waiting), exc_info=True)
            for item in waiting:
                self._process_alone(item)

    def settled(self, article_ids: Collection[str]) -> list[str]:
        """Those of these articles that are stored and do not wait."""
        with self._parts.database.read() as session:
            return sorted(articles_in.settled(session, article_ids))

    def release(self) -> None:
        """Gives back what was taken from the queue and not finished; for the thread that processes, when it ends."""
        self._ahead.close()
        self._queue.release()

    def withdraw(self, article_id: str) -> bool:
        """Withdraws an article and its claims; False when it is unknown or withdrawn already."""
        now = datetime.now(UTC)
        with self.turn:
            with self._parts.database.write() as session:
                if not articles_out.withdraw(session, article_id, now):
                    return False
                gone = claims_in.of_article(session, article_id)
                claims_out.withdraw(session, gone, now)
                linking.link(session, linking.Change((), gone, ()), now, made_by=self._parts.judge.id)
            if not self._parts.index.shared:
                self._parts.index.remove([claim.number for claim in gone])
        return True

    def _process_alone(self, item: Waiting) -> None:
        try:
            self._link(self._prepare([item], self._ahead.claims([item])))
        except Exception as error:
            if not _is_articles_fault(error):
                raise
            log.error("article_failed", article=item.id, exc_info=True)
            with self._parts.database.write() as session:
                # Vectors that changed under its hands are not the article's fault either.
                self._insist_on_encoder(session)
                if articles_out.still_received(session, item.id, item.revision):
                    articles_out.finish(session, item.id, error=f"could not be processed: {type(error).__name__}")

    def _insist_on_encoder(self, session: Session) -> None:
        """Raises OtherEncoder where another encoder made stored vectors. Under the writers' lock that stays as it is found."""
        if not self._parts.database.embedded:
            other = claims_in.other_encoder(session, self._parts.encoder.id)
            if other is not None:
                raise OtherEncoder(other, self._parts.encoder.id)

    def _learn_from_others(self) -> None:
        """Takes up outlets that other processes registered: which names are outlets decides what is read as a source."""
        if not self._parts.database.embedded:
            with self._parts.database.read() as session:
                self._parts.book.learn(outlets_in.everything(session))

    def _prepare(self, waiting: Sequence[Waiting], claims: Sequence[Sequence[Claim]]) -> Linked:
        parts = self._parts
        with parts.database.read() as session:
            prepared = [prepare(item, found, claims_in.of_article(session, item.id)) for item, found in zip(waiting, claims, strict=True)]
        added = [claim for article in prepared for claim in article.added]
        vectors = parts.encoder.encode([claim.claim.content for claim in added])
        with parts.database.read() as session:
            # Before the index is asked: it may know more than this linking, never less.
            seen = claims_in.last_linking(session)
            candidates = parts.meeting.candidates(session, prepared, added, vectors)
            batch = Linked(prepared, added, vectors, (), (), seen)
            return self._judged(session, batch, candidates)

    def _judged(self, session: Session, batch: Linked, met: Sequence[Candidate]) -> Linked:
        """The batch with the pairs that met, judged."""
        candidates = [*batch.candidates, *met]
        counts = {article.article_id: len(article.added) + len(article.kept) for article in batch.prepared}
        others = {end.article_id for pair in candidates for end in (pair.a, pair.b)} - counts.keys()
        copies = wire_copies(candidates, counts | claims_in.counts(session, others))
        return replace(batch, candidates=candidates, pairs=[*batch.pairs, *judge_all(met, copies, self._parts.judge)])

    def _up_to_date(self, session: Session, batch: Linked) -> Linked:
        """The batch after it met what other workers stored since it was prepared; the same when that is nothing."""
        parts = self._parts
        last = claims_in.last_linking(session)
        if last == batch.seen:
            return batch
        late = claims_in.linked_after(session, batch.seen, parts.encoder.id)
        known = {(pair.a.id, pair.b.id) for pair in batch.candidates}
        met = parts.meeting.with_latecomers(session, batch.prepared, batch.added, batch.vectors, late)
        batch = self._judged(session, batch, [pair for pair in met if (pair.a.id, pair.b.id) not in known])
        return replace(batch, seen=last)

    def _link(self, batch: Linked) -> None:
        """Links the batch in its turn. What others linked meanwhile it meets before the turn, and the little that is left within it."""
        parts = self._parts
        for _ in range(0 if parts.database.embedded else CATCH_UPS):
            with parts.database.read() as session:
                batch = self._up_to_date(session, batch)
            if self._linked(batch, only_if_up_to_date=True):
                return
        self._linked(batch)

    def _linked(self, batch: Linked, *, only_if_up_to_date: bool = False) -> bool:
        parts, now = self._parts, datetime.now(UTC)
        with self.turn:
            with parts.database.write() as session:
                self._insist_on_encoder(session)
                if only_if_up_to_date and claims_in.last_linking(session) != batch.seen:
                    return False
                batch = self._up_to_date(session, batch)
                # Since the batch was prepared an article may have been withdrawn or revised: what is stored now decides.
                current = [p for p in batch.prepared if articles_out.still_received(session, p.article_id, p.revision)]
                quoted = [parts.book.directory.by_id(outlet.id) or outlet for p in current for outlet in p.quoted]
                learnt = outlets_out.ensure(session, quoted, now)
                gone = claims_in.by_ids(session, {claim.id for p in current for claim in p.gone})
                claims_out.withdraw(session, gone, now)
                claims_out.move(session, [claim for p in current for claim in p.kept])
                articles = {p.article_id for p in current}
                rows = [at for at, claim in enumerate(batch.added) if claim.article_id in articles]
                vectors = batch.vectors[rows] if rows else np.empty((0, parts.encoder.dimensions), np.float32)
                added = claims_out.insert(
                    session, [batch.added[at] for at in rows], vectors, encoder_id=parts.encoder.id, made_by=parts.tagger.id
                )
                ends = {end for pair in batch.pairs for end in (pair.a, pair.b)}
                alive = {claim.id for claim in claims_in.by_ids(session, ends)}
                pairs = [pair for pair in batch.pairs if pair.a in alive and pair.b in alive]
                linking.link(session, linking.Change(added, gone, pairs), now, made_by=parts.judge.id)
                for article in current:
                    articles_out.finish(session, article.article_id)
            if not parts.index.shared:
                parts.index.remove([claim.number for claim in gone])
                parts.index.add([claim.number for claim in added], vectors)
        parts.book.learn(learnt)
        return True


def _is_articles_fault(error: Exception) -> bool:
    """Whether processing the same article again would fail the same way; a database away, or with other vectors, is nobody's fault."""
    return not is_away(error) and not isinstance(error, OtherEncoder)
