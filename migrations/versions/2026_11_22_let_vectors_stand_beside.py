"""let vectors stand beside"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Vector(sa.types.UserDefinedType[bytes]):
    """pgvector's type."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "vector"


def upgrade() -> None:
    # The same as claim_vector, for the two change places when the encoder is rotated.
    op.create_table(
        "claim_vector_beside",
        sa.Column("claim_number", NUMBER, nullable=False),
        sa.Column("encoder_id", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary().with_variant(Vector(), "postgresql"), nullable=False),
        sa.Column("linking", NUMBER, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("claim_number", name="pk_vector_beside"),
    )
    op.create_index("ix_claim_vector_beside_encoder_id", "claim_vector_beside", ["encoder_id"])
    op.create_index("ix_claim_vector_beside_linking", "claim_vector_beside", ["linking"])


def downgrade() -> None:
    op.drop_index("ix_claim_vector_beside_linking", table_name="claim_vector_beside")
    op.drop_index("ix_claim_vector_beside_encoder_id", table_name="claim_vector_beside")
    op.drop_table("claim_vector_beside")
