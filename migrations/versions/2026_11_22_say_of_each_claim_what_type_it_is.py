"""say of each claim what type it is"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Claims that are there already are read anew only with their article, so they count as statements.
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("type", sa.String(), nullable=False, server_default="statement"))


def downgrade() -> None:
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_column("type")
