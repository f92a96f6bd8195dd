"""The next encoder's vectors, which stand beside those in use until they take their place. PostgreSQL only.

Nothing searches them and no withdrawal touches them, so filling them takes no turn from who links. A claim's number belongs to its
words for ever: a vector that stands here is right for as long as its claim has one, whatever happened to the claim in between.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, delete, exists, func, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.claims.claim import StoredClaim
from app.errors import StartRefused
from app.storage.database import Database
from app.storage.graph import BUILDERS_LOCK, graph_name, graphs_of, is_whole, make_graph
from app.storage.reading import claims as claims_in
from app.storage.tables import BesideVectorRow, VectorRow, table_of
from app.vectors.encoder import Vectors

# Any number serves that is not another lock's.
ROTATION_LOCK = 7_274_492_559
# How long a swap waits for who reads vectors at that moment. While it waits, whoever asks next waits behind it. Source: decision.
LOCK_SECONDS = 5
_VECTORS, _BESIDE = table_of(VectorRow), table_of(BesideVectorRow)
_MISSING = ~exists().where(_BESIDE.c.claim_number == _VECTORS.c.claim_number)
# What bears a table's name and goes with it. The graphs are seen to by themselves.
_NAMES = (
    ("pk_vector", "pk_vector_beside"),
    ("ix_claim_vector_encoder_id", "ix_claim_vector_beside_encoder_id"),
    ("ix_claim_vector_linking", "ix_claim_vector_beside_linking"),
)


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """No other process fills or swaps meanwhile.

    Raises:
        StartRefused: another one does.
    """
    with database.connect() as connection:
        if not connection.execute(select(func.pg_try_advisory_lock(ROTATION_LOCK))).scalar_one():
            raise StartRefused("another `parallax reindex --beside` or `--swap` works on this database: wait for it, or end it")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(ROTATION_LOCK)))


def encoder_of(session: Session) -> str | None:
    """Whose vectors stand beside; None: there are none."""
    found: str | None = session.execute(select(func.min(_BESIDE.c.encoder_id))).scalar_one()
    return found


def keep_only(database: Database, encoder_id: str) -> None:
    """Drops what stands beside where another encoder made it."""
    with database.connect() as connection:
        ends = connection.execute(select(func.min(_BESIDE.c.encoder_id), func.max(_BESIDE.c.encoder_id))).one()
        if not set(ends) <= {None, encoder_id}:
            _drop_graphs(connection, _BESIDE.name)
            connection.execute(text(f"TRUNCATE {_BESIDE.name}"))
            connection.commit()


def missing_count(session: Session) -> int:
    """How many live claims have no vector beside."""
    return int(session.execute(select(func.count()).select_from(_VECTORS).where(_MISSING)).scalar_one())


def missing(session: Session, after: int, limit: int) -> list[StoredClaim]:
    """Live claims without a vector beside, of numbers greater than `after`, growing; at most `limit`."""
    query = select(_VECTORS.c.claim_number).where(_VECTORS.c.claim_number > after, _MISSING)
    numbers = session.scalars(query.order_by(_VECTORS.c.claim_number).limit(limit)).all()
    return [claim for _, claim in sorted(claims_in.by_numbers(session, numbers).items())]


def put(connection: Connection, claims: Sequence[StoredClaim], vectors: Vectors, encoder_id: str) -> None:
    """Puts vectors beside; `vectors[i]` belongs to `claims[i]`. The caller commits."""
    kept = np.ascontiguousarray(vectors, dtype="<f4")
    rows = [
        {"claim_number": claim.number, "encoder_id": encoder_id, "vector": vector.tobytes()}
        for claim, vector in zip(claims, kept, strict=True)
    ]
    if rows:
        connection.execute(insert(_BESIDE), rows)


def build_graph(database: Database, encoder_id: str, dimensions: int) -> None:
    """Makes the graph over what stands beside, unless it is there. Interrupted, it leaves nothing."""
    with database.connect() as connection:
        if not is_whole(connection, graph_name(_BESIDE.name, encoder_id, dimensions)):
            connection.execute(text(f"ANALYZE {_BESIDE.name}"))
            make_graph(connection, _BESIDE.name, encoder_id, dimensions, concurrently=False)
            connection.commit()


def drop_gone(session: Session) -> None:
    """Drops what stands beside of claims that were withdrawn since."""
    session.execute(delete(_BESIDE).where(~exists().where(_VECTORS.c.claim_number == _BESIDE.c.claim_number)))


def swap(session: Session, encoder_id: str, dimensions: int) -> None:
    """Puts what stands beside in the place of the vectors in use, whose rows are gone then; takes as long for many as for few.

    The tables, and what bears their names, change names. Readers wait until the session commits.

    Raises:
        StartRefused: a graph is being made over the vectors in use, or somebody reads them for too long; nothing is changed then.
    """
    if not session.execute(select(func.pg_try_advisory_xact_lock(BUILDERS_LOCK))).scalar_one():
        raise StartRefused("a process makes the search graph over the vectors in use; nothing was swapped: run it again once that is done")
    session.execute(select(func.set_config("lock_timeout", f"{LOCK_SECONDS}s", True)))
    used, beside = _VECTORS.name, _BESIDE.name
    try:
        session.execute(text(f"LOCK TABLE {used}, {beside} IN ACCESS EXCLUSIVE MODE"))
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        raise StartRefused(
            f"something has read the vectors for more than {LOCK_SECONDS} seconds (a backup?); nothing was swapped: run it again after that"
        ) from error
    connection = session.connection()
    _drop_graphs(connection, used)
    for kind, one, other in (("TABLE", used, beside), *(("INDEX", *names) for names in _NAMES)):
        for old, new in ((one, "changing_places"), (other, one), ("changing_places", other)):
            connection.execute(text(f"ALTER {kind} {old} RENAME TO {new}"))
    connection.execute(text(f"TRUNCATE {beside}"))
    names = [graph_name(table, encoder_id, dimensions) for table in (beside, used)]
    connection.execute(text(f"ALTER INDEX IF EXISTS {names[0]} RENAME TO {names[1]}"))


def _drop_graphs(connection: Connection, table: str) -> None:
    for name in graphs_of(connection, table):
        connection.execute(text(f"DROP INDEX {name}"))
