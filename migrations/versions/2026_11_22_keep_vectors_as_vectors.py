"""keep vectors as vectors"""

from collections.abc import Callable, Sequence

import numpy as np
import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROWS = 1_000


def upgrade() -> None:
    connection = op.get_bind()
    # In PostgreSQL a table's name is a type's name too, and pgvector calls its type `vector`.
    if sa.inspect(connection).has_table("vector"):
        op.rename_table("vector", "claim_vector")
    if connection.dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS vector")
        op.execute("ALTER TABLE claim_vector ADD COLUMN kept vector")
        _convert(connection, "vector", "kept = CAST(:value AS vector)", _as_text)
        op.execute("ALTER TABLE claim_vector DROP COLUMN vector")
        op.execute("ALTER TABLE claim_vector RENAME COLUMN kept TO vector")
        op.execute("ALTER TABLE claim_vector ALTER COLUMN vector SET NOT NULL")
    with op.batch_alter_table("claim_vector", schema=None) as batch_op:
        batch_op.add_column(sa.Column("linking", NUMBER, nullable=False, server_default="0"))
        batch_op.create_index(batch_op.f("ix_claim_vector_linking"), ["linking"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_vector_encoder_id"), ["encoder_id"], unique=False)
    op.execute("INSERT INTO counter (name, value) VALUES ('linkings', 0)")


def downgrade() -> None:
    connection = op.get_bind()
    op.execute("DELETE FROM counter WHERE name = 'linkings'")
    with op.batch_alter_table("claim_vector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_vector_encoder_id"))
        batch_op.drop_index(batch_op.f("ix_claim_vector_linking"))
        batch_op.drop_column("linking")
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE claim_vector ADD COLUMN kept bytea")
        _convert(connection, "vector_send(vector)", "kept = :value", _as_bytes)
        # The indices over it go with the column. The extension stays: others may use it, and then the table's old name is taken.
        op.execute("ALTER TABLE claim_vector DROP COLUMN vector")
        op.execute("ALTER TABLE claim_vector RENAME COLUMN kept TO vector")
        op.execute("ALTER TABLE claim_vector ALTER COLUMN vector SET NOT NULL")
    else:
        op.rename_table("claim_vector", "vector")


def _convert(connection: sa.Connection, read: str, write: str, converted: Callable[[bytes], str | bytes]) -> None:
    """Fills the new column from the old one, some rows at a time."""
    last = None
    while True:
        after = "" if last is None else f"WHERE claim_number > {int(last)}"
        rows = connection.execute(
            sa.text(f"SELECT claim_number, {read} FROM claim_vector {after} ORDER BY claim_number LIMIT {ROWS}")  # noqa: S608
        ).all()
        if not rows:
            return
        connection.execute(
            sa.text(f"UPDATE claim_vector SET {write} WHERE claim_number = :number"),  # noqa: S608
            [{"number": number, "value": converted(bytes(value))} for number, value in rows],
        )
        last = rows[-1][0]


def _as_text(value: bytes) -> str:
    return "[" + ",".join(map(repr, np.frombuffer(value, dtype="<f4").tolist())) + "]"


def _as_bytes(value: bytes) -> bytes:
    # Two numbers of two bytes stand before the vector's own, which are in network order.
    return np.frombuffer(value[4:], dtype=">f4").astype("<f4").tobytes()
