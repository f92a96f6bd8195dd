"""Bringing the index in step with the rows."""

from pathlib import Path

import structlog

from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.storage.writing import claims as claims_out
from app.vectors.checksum import checksum_of
from app.vectors.encoder import Encoder
from app.vectors.faiss_index import FaissClaimIndex
from app.vectors.index import ClaimIndex

log = structlog.get_logger()
SNAPSHOT = "claims.index"
ENCODE_CLAIMS = 1_000


def open_index(database: Database, encoder: Encoder, folder: Path) -> FaissClaimIndex:
    """The index of every live claim: the snapshot in `folder` when it is in step with the rows, else rebuilt from them.

    Claims whose vector another encoder made are encoded anew first.
    """
    _encode_anew(database, encoder)
    with database.read() as session:
        numbers = claims_in.vector_numbers(session, encoder.id)
        index = FaissClaimIndex.load(
            folder / SNAPSHOT,
            dimensions=encoder.dimensions,
            encoder_id=encoder.id,
            count=len(numbers),
            checksum=checksum_of(numbers),
        )
        if index is not None:
            log.info("index_loaded", claims=len(index))
            return index
        index = FaissClaimIndex(encoder.dimensions)
        for _, found, matrix in claims_in.vectors(session):
            index.add(found, matrix)
    log.info("index_rebuilt", claims=len(index))
    return index


def in_step(database: Database, index: ClaimIndex) -> bool:
    """Whether the index holds as many claims as have a vector stored. (Which ones is checked at start.)"""
    with database.read() as session:
        return claims_in.vector_count(session) == len(index)


def _encode_anew(database: Database, encoder: Encoder) -> None:
    while True:
        with database.write() as session:
            stale = claims_in.with_other_vector(session, encoder.id, ENCODE_CLAIMS)
            if not stale:
                return
            log.info("encoding_anew", claims=len(stale))
            vectors = encoder.encode([claim.claim.content for claim in stale])
            claims_out.replace_vectors(session, stale, vectors, encoder.id)
