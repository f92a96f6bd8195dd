"""Telling a database that does not answer from a database that refuses what it is given."""

from sqlalchemy.exc import DataError, IntegrityError, NotSupportedError, ProgrammingError, SQLAlchemyError

# The same statement with the same values would be refused again.
_REFUSED = (DataError, IntegrityError, NotSupportedError, ProgrammingError)


def is_away(error: BaseException) -> bool:
    """Whether it is worth trying again: the database is gone, starting, full or busy. Never for another kind of error."""
    if not isinstance(error, SQLAlchemyError):
        return False
    # A connection that broke in the middle may come out as any of the others.
    return bool(getattr(error, "connection_invalidated", False)) or not isinstance(error, _REFUSED)
