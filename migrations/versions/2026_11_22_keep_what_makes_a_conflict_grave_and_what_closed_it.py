"""keep what makes a conflict grave and what closed it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    # A conflict that is there already gets its parts when its cluster is next judged; what closed it is then what it holds now.
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.add_column(sa.Column("severity_parts", json, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("settled", json, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.drop_column("settled")
        batch_op.drop_column("severity_parts")
