"""Numbers that only grow. Raising one locks it until the transaction ends, so their order is the order of commits."""

from sqlalchemy import update
from sqlmodel import Session, col

from app.storage.tables import CounterRow

CHANGES = "changes"
LINKINGS = "linkings"
QUEUE = "queue"
NAMES = (CHANGES, LINKINGS, QUEUE)


def next_number(session: Session, name: str) -> int:
    """The next number of the counter called `name`."""
    value = col(CounterRow.value)
    raised = update(CounterRow).where(col(CounterRow.name) == name).values(value=value + 1).returning(value)
    return int(session.execute(raised).scalar_one())
