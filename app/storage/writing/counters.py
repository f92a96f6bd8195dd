"""Numbers that only grow. Raising one locks it until the transaction ends, so their order is the order of commits."""

from sqlalchemy import update
from sqlmodel import Session

from app.storage.tables import CounterRow, table_of

CHANGES = "changes"
LINKINGS = "linkings"
QUEUE = "queue"
NAMES = (CHANGES, LINKINGS, QUEUE)
_COUNTERS = table_of(CounterRow)


def next_number(session: Session, name: str) -> int:
    """The next number of the counter called `name`."""
    return next_numbers(session, name, 1)[0]


def next_numbers(session: Session, name: str, count: int) -> list[int]:
    """The next `count` numbers of the counter called `name`, growing by one."""
    raised = update(_COUNTERS).where(_COUNTERS.c.name == name).values(value=_COUNTERS.c.value + count).returning(_COUNTERS.c.value)
    last = int(session.execute(raised).scalar_one())
    return list(range(last - count + 1, last + 1))
