"""A claim's unit vector as a column: bytes in Python and SQLite, pgvector's `vector` in PostgreSQL."""

from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy import BindParameter, ColumnElement, Dialect, LargeBinary, func, literal_column
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

# What `vector_send` puts before the numbers: how many there are, and two bytes of nothing. Source: pgvector, src/vector.c.
HEADER_BYTES = 4


class PgVector(UserDefinedType[bytes]):
    """pgvector's `vector`: float32, any number of dimensions. Its Python side is float32 bytes, little-endian.

    It is read through `vector_send`, which costs a hundredth of reading the numbers as text, and written as text, which
    PostgreSQL reads back to the very same float32.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The type's name in SQL."""
        return "vector"

    def bind_expression(self, bindvalue: BindParameter[bytes]) -> ColumnElement[bytes]:
        """Says that the text is a vector."""
        return bindvalue.op("::")(literal_column("vector"))

    def column_expression(self, column: ColumnElement[bytes]) -> ColumnElement[bytes]:
        """Reads the numbers as bytes."""
        return func.vector_send(column, type_=self)

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], str | None]:
        """From bytes to text."""
        return lambda value: None if value is None else vector_text(np.frombuffer(value, dtype="<f4"))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], bytes | None]:
        """From network order to little-endian."""
        return lambda value: None if value is None else np.frombuffer(value[HEADER_BYTES:], dtype=">f4").astype("<f4").tobytes()


class UnitVector(TypeDecorator[bytes]):
    """float32 bytes, little-endian, in every database."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[bytes]:
        """pgvector's type where there is one."""
        return PgVector() if dialect.name == "postgresql" else LargeBinary()


def vector_text(vector: Any) -> str:
    """How pgvector writes a vector; `vector` is an array of float32. Parsing it gives exactly the same numbers."""
    return "[" + ",".join(map(repr, vector.tolist())) + "]"


# So that reading the schema of a database knows the type.
ischema_names["vector"] = PgVector
