"""Bringing the index in step with the rows."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import structlog
from sqlmodel import Session

from app.storage.chunks import chunks
from app.storage.database import Database
from app.storage.pgvector_index import PgVectorClaimIndex
from app.storage.reading import claims as claims_in
from app.storage.writing import claims as claims_out
from app.vectors.checksum import checksum_of
from app.vectors.encoder import Encoder
from app.vectors.growing_index import GrowingClaimIndex
from app.vectors.index import ClaimIndex

log = structlog.get_logger()
SNAPSHOT = "claims.index"
ENCODE_CLAIMS = 1_000
# Claims of a snapshot held against their rows at a start, as many of the last as of the others. Source: decision; takes milliseconds.
COMPARED_CLAIMS = 200
# Source: the same text encoded in other company differs by 1e-5 in a component.
SAME_SIMILARITY = 0.999


def open_index(database: Database, encoder: Encoder, folder: Path) -> ClaimIndex:
    """The index of every live claim.

    Embedded: the snapshot in `folder`, brought in step with the rows where it is behind (after a crash, say), else built from them;
    claims whose vector another encoder made are encoded anew first. PostgreSQL: the rows themselves, with their graph; other
    processes may still work with the other encoder, so its vectors stay (and are not found) until somebody calls `encode_anew`.
    """
    if not database.embedded:
        shared = PgVectorClaimIndex(database, encoder.dimensions, encoder.id)
        shared.build()
        if not shared.in_step():
            log.warning("vectors_of_another_encoder", encoder=encoder.id)
        return shared
    encode_anew(database, encoder)
    with database.read() as session:
        index = GrowingClaimIndex.load(folder / SNAPSHOT, dimensions=encoder.dimensions, encoder_id=encoder.id)
        if index is not None and _caught_up(session, index, claims_in.vector_numbers(session, encoder.id), folder / SNAPSHOT, encoder.id):
            log.info("index_loaded", claims=len(index))
            return index
        index = GrowingClaimIndex(encoder.dimensions, folder / SNAPSHOT)
        index.fill((found, matrix) for _, found, matrix in claims_in.vectors(session))
    log.info("index_rebuilt", claims=len(index))
    return index


def _caught_up(session: Session, index: GrowingClaimIndex, numbers: Sequence[int], path: Path, encoder_id: str) -> bool:
    """Brings a snapshot's index in step with the rows of these numbers; False where it is not theirs, or starting anew costs less.

    A store gives a claim's number to no other, so who is in both is in step. A restored store may give numbers again: some claims
    are held against their rows, and what was brought in step is saved at once, before another claim gets a number that fell away.
    """
    missing = [number for number in numbers if number not in index]
    if len(missing) > len(index) or not _theirs(session, index, sorted(set(numbers) - set(missing))):
        return False
    if (len(index), index.checksum()) == (len(numbers), checksum_of(numbers)):
        return True
    index.keep_only(numbers)
    for some in chunks(missing):
        index.add(*claims_in.vectors_of(session, some))
    index.save(path, encoder_id=encoder_id)
    log.info("index_caught_up", added=len(missing))
    return (len(index), index.checksum()) == (len(numbers), checksum_of(numbers))


def _theirs(session: Session, index: GrowingClaimIndex, common: Sequence[int]) -> bool:
    """Whether index and rows have the same vectors for the last of these numbers, where two histories part, and for some others."""
    sample = sorted({*common[-COMPARED_CLAIMS:], *common[:: max(1, len(common) // COMPARED_CLAIMS)]})
    for some in chunks(sample):
        found, vectors = claims_in.vectors_of(session, some)
        if len(found) and np.vecdot(vectors, index.vectors_of(found)).min() < SAME_SIMILARITY:
            return False
    return True


def in_step(database: Database, index: ClaimIndex) -> bool:
    """Whether the index holds as many claims as have a vector stored. (Which ones is checked at start.)"""
    if isinstance(index, PgVectorClaimIndex):
        return index.in_step()
    with database.read() as session:
        return claims_in.vector_count(session) == len(index)


def encode_anew(database: Database, encoder: Encoder, report: Callable[[int], None] = lambda claims: None) -> None:
    """Gives every claim whose vector another encoder made a vector by this one, some at a time; `report` is told how many each time.

    May be stopped and called again. Readers and writers go on meanwhile.
    """
    while True:
        with database.read() as session:
            stale = claims_in.with_other_vector(session, encoder.id, ENCODE_CLAIMS)
        if not stale:
            return
        log.info("encoding_anew", claims=len(stale))
        vectors = encoder.encode([claim.claim.content for claim in stale])
        with database.write() as session:
            # What was withdrawn while the encoder worked has no vector any more, and gets none.
            alive = claims_in.by_numbers(session, [claim.number for claim in stale])
            rows = [at for at, claim in enumerate(stale) if claim.number in alive]
            claims_out.replace_vectors(session, [stale[at] for at in rows], vectors[rows], encoder.id)
        report(len(stale))
