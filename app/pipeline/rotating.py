"""Another encoder in the place of the one in use: its vectors made beside while everything goes on, then swapped at once."""

from collections.abc import Callable

import structlog
from sqlmodel import Session

from app.errors import StartRefused
from app.storage import beside
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.vectors.encoder import Encoder

log = structlog.get_logger()
# Source: decision; a transaction each, ten seconds' work.
ENCODE_CLAIMS = 1_000
# What a swap may still have to encode. What comes while it does so is encoded under the writers' lock. Source: decision; a minute or two.
SWAP_CLAIMS = 10_000
Report = Callable[[str, int, int], None]


def encode_beside(database: Database, encoder: Encoder, report: Report) -> None:
    """Gives every live claim a vector by this encoder beside the one in use, and makes the graph over them.

    Others read and write meanwhile. May be stopped and called again; what yet another encoder left beside is dropped.
    `report` gets (what, how many done, of how many).

    Raises:
        StartRefused: there is nothing to rotate.
    """
    with database.read() as session:
        if claims_in.other_encoder(session, encoder.id) is None:
            raise StartRefused(f"every stored vector is by the encoder {encoder.id!r} that the settings name: nothing is to be rotated")
    beside.keep_only(database, encoder.id)
    _complete(database, encoder, report)


def swap(database: Database, encoder: Encoder, report: Report) -> int:
    """Puts what `encode_beside` made in the place of the vectors in use; answers of how many claims.

    What came since is encoded, the last of it under the writers' lock, and what was withdrawn since is dropped.

    Raises:
        StartRefused: nothing stands beside, or another encoder's, or too little, or `beside.swap` refuses. Nothing is changed then.
    """
    with database.read() as session:
        _refuse(session, encoder)
    _complete(database, encoder, report)
    with database.write() as session:
        _refuse(session, encoder)
        beside.drop_gone(session)
        while late := beside.missing(session, 0, ENCODE_CLAIMS):
            beside.put(session.connection(), late, encoder.encode([claim.claim.content for claim in late]), encoder.id)
        claims = claims_in.vector_count(session)
        beside.swap(session, encoder.id, encoder.dimensions)
    log.info("encoder_swapped", encoder=encoder.id, claims=claims)
    return claims


def _complete(database: Database, encoder: Encoder, report: Report) -> None:
    """Encodes what is missing beside; making the graph takes its time, so then what came meanwhile."""
    _fill(database, encoder, report, "encode")
    beside.build_graph(database, encoder.id, encoder.dimensions)
    _fill(database, encoder, report, "encode what came meanwhile")


def _fill(database: Database, encoder: Encoder, report: Report, what: str) -> None:
    with database.read() as session:
        total = beside.missing_count(session)
    done = last = 0
    while True:
        with database.read() as session:
            claims = beside.missing(session, last, ENCODE_CLAIMS)
        if not claims:
            return
        vectors = encoder.encode([claim.claim.content for claim in claims])
        with database.connect() as connection:
            beside.put(connection, claims, vectors, encoder.id)
            connection.commit()
        done, last = done + len(claims), claims[-1].number
        report(what, done, max(done, total))


def _refuse(session: Session, encoder: Encoder) -> None:
    """Raises StartRefused unless nearly all that this encoder has to make stands beside."""
    first = "`parallax reindex --beside`"
    standing = beside.encoder_of(session)
    if standing is None:
        raise StartRefused(f"no vectors stand beside those in use: run {first} first")
    if standing != encoder.id:
        raise StartRefused(f"the vectors beside are by the encoder {standing!r}, the settings name {encoder.id!r}: run {first} with these")
    lacking = beside.missing_count(session)
    if lacking > SWAP_CLAIMS:
        raise StartRefused(f"{lacking} claims have no vector beside, a swap encodes at most {SWAP_CLAIMS}: run {first} again")
