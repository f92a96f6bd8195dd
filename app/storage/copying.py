"""Moving a whole store into another database: table by table, in runs of keys, to be taken up again after a kill.

The target keeps a ledger beside its tables until the copy is whole and verified: how far each table is, raised in the same
transaction as the rows. A store with a ledger is nobody's store yet, and the service does not start on it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import JSON, Column, Integer, MetaData, Row, String, Table, delete, func, insert, inspect, make_url, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app.errors import CopyFailed
from app.storage.checksums import MODULUS, row_digest, rows_checksum
from app.storage.database import Database
from app.storage.ownership import file_of
from app.storage.tables import CounterRow, metadata

# Source: decision; a commit each, and the longest articles still fit into memory so many at a time.
BATCH_ROWS = 500
# Any number serves that is not the writers'.
COPY_LOCK = 7_274_492_557

# Not among the store's own tables: no migration makes it, and it is gone once the copy is whole.
ledger = Table(
    "copy_ledger",
    MetaData(),
    Column("table_name", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("last_key", JSON, nullable=False),
    Column("copied_rows", Integer, nullable=False),
)
Values = Row[tuple[Any, ...]]


@dataclass(frozen=True)
class Step:
    """How far one table is: `rows` of `total` copied or compared."""

    phase: Literal["copy", "compare"]
    table: str
    rows: int
    total: int


@dataclass(frozen=True)
class CopiedTable:
    """A table that both stores hold alike; `checksum` does not depend on the order of rows."""

    name: str
    rows: int
    checksum: int


def copy_store(
    source: Database, target: Database, report: Callable[[Step], None], *, batch_rows: int = BATCH_ROWS, afresh: bool = False
) -> list[CopiedTable]:
    """Copies every row of `source` into `target`, compares the two, and returns what they hold, in the order of copying.

    Both have the newest schema. `source` is read at one moment; nothing is written to it. What an interrupted copy of the same
    source left is taken up where it stopped; `afresh` empties that first.

    Raises:
        CopyFailed: the target holds something else, or another copy works on it, or it refuses rows, or in the end it differs.
    """
    name = _name(source)
    if name == _name(target):
        raise CopyFailed("source and target are one database")
    with _alone(target), source.read() as reading:
        totals = {table.name: _count(reading, table) for table in metadata.sorted_tables}
        _begin(target, name, afresh=afresh)
        for table in metadata.sorted_tables:
            _copy_table(reading, target, table, totals[table.name], report, batch_rows)
        found = [_compared(reading, target, table, totals[table.name], report, batch_rows) for table in metadata.sorted_tables]
        _finish(target)
    return found


def unfinished(database: Database) -> bool:
    """Whether the store is the target of a copy that is not whole yet."""
    with database.connect() as connection:
        return inspect(connection).has_table(ledger.name)


def _name(database: Database) -> str:
    """What tells two databases apart, without user and password."""
    path = file_of(database.url)
    url = make_url(database.url)
    return str(path) if path else f"{url.host or url.query.get('host', '')}:{url.port or 5432}/{url.database}"


@contextmanager
def _alone(target: Database) -> Iterator[None]:
    """No other copy works on the target meanwhile. (An embedded one is owned by the caller.)"""
    if target.embedded:
        yield
        return
    with target.connect() as connection:
        if not connection.execute(select(func.pg_try_advisory_lock(COPY_LOCK))).scalar_one():
            raise CopyFailed("another copy works on the target")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(COPY_LOCK)))


def _begin(target: Database, source: str, *, afresh: bool) -> None:
    """Makes the ledger in an empty target, or finds the one that an earlier run of this copy left."""
    begun = unfinished(target)
    with target.write() as session:
        if begun:
            known = session.execute(select(ledger.c.source).limit(1)).scalar()
            if known != source and not afresh:
                raise CopyFailed(f"the target is an unfinished copy of {known}, not of {source}; --afresh empties it first")
        elif held := [table.name for table in metadata.sorted_tables if _filled(session, table)]:
            raise CopyFailed(f"the target is not empty: it holds rows in {', '.join(held)}")
        if begun and not afresh:
            return
        if begun:
            for table in reversed(metadata.sorted_tables):
                session.execute(delete(table))
            session.execute(delete(ledger))
        else:
            ledger.create(session.connection())
        session.execute(delete(CounterRow))  # a migration puts them there at nought; the source's own come in their place
        for table in metadata.sorted_tables:
            session.execute(insert(ledger).values(table_name=table.name, source=source, last_key=[], copied_rows=0))


def _filled(session: Session, table: Table) -> bool:
    query = select(func.count()).select_from(table)
    if table.name == CounterRow.__tablename__:
        query = query.where(table.c.value != 0)
    return bool(session.execute(query).scalar_one())


def _count(session: Session, table: Table) -> int:
    return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def _copy_table(reading: Session, target: Database, table: Table, total: int, report: Callable[[Step], None], batch_rows: int) -> None:
    with target.read() as session:
        held = select(ledger.c.last_key, ledger.c.copied_rows).where(ledger.c.table_name == table.name)
        last, done = session.execute(held).one()
    report(Step("copy", table.name, done, total))
    for rows in _batches(reading, table, batch_rows, last):
        done += len(rows)
        try:
            with target.write() as session:
                session.execute(insert(table), [dict(row._mapping) for row in rows])
                session.execute(
                    update(ledger).where(ledger.c.table_name == table.name).values(last_key=_key(table, rows[-1]), copied_rows=done)
                )
        except (SQLAlchemyError, ValueError) as error:
            raise CopyFailed(f"the target refuses rows of {table.name}, {_range(table, rows)}: {_reason(error)}") from error
        report(Step("copy", table.name, done, total))


def _compared(reading: Session, target: Database, table: Table, total: int, report: Callable[[Step], None], batch_rows: int) -> CopiedTable:
    """Holds every row of the source against the target's row of that key."""
    columns, done, checksum = list(table.columns), 0, 0
    with target.read() as session:
        for rows in _batches(reading, table, batch_rows, []):
            there = {tuple(_key(table, row)): row_digest(columns, row) for row in session.execute(_these(table, rows))}
            for row in rows:
                found = there.get(tuple(_key(table, row)))
                if found != row_digest(columns, row):
                    what = "is missing" if found is None else "differs"
                    raise CopyFailed(f"{table.name}: the row {_key(table, row)} {what} in the target (compared {_range(table, rows)})")
            done, checksum = done + len(rows), (checksum + rows_checksum(table, rows)) % MODULUS
            report(Step("compare", table.name, done, total))
        held = _count(session, table)
    if held != done:
        raise CopyFailed(f"{table.name}: the target holds {held} rows, the source {done}")
    return CopiedTable(table.name, done, checksum)


def _finish(target: Database) -> None:
    """Lets PostgreSQL's own numbering go on after the numbers copied, and takes the ledger away."""
    with target.write() as session:
        for table in metadata.sorted_tables:
            counted = table.autoincrement_column
            if counted is None or target.embedded:
                continue
            sequence = func.pg_get_serial_sequence(table.name, counted.name)
            highest = select(func.max(counted)).scalar_subquery()
            session.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))
        ledger.drop(session.connection())


def _batches(session: Session, table: Table, batch_rows: int, last: Sequence[Any]) -> Iterator[Sequence[Values]]:
    """The table's rows in the order of the key, those after the key `last` (from the first on when it is empty)."""
    key = list(table.primary_key.columns)
    while True:
        query = select(table).order_by(*key).limit(batch_rows)
        if last:
            query = query.where(tuple_(*key) > tuple_(*last, types=[column.type for column in key]))
        rows = session.execute(query).all()
        if not rows:
            return
        yield rows
        last = _key(table, rows[-1])


def _these(table: Table, rows: Sequence[Values]) -> Any:
    key = list(table.primary_key.columns)
    return select(table).where(tuple_(*key).in_([tuple(_key(table, row)) for row in rows]))


def _key(table: Table, row: Values) -> list[Any]:
    return [row._mapping[column.name] for column in table.primary_key.columns]


def _range(table: Table, rows: Sequence[Values]) -> str:
    return f"from {_key(table, rows[0])} to {_key(table, rows[-1])}"


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0][:300]
