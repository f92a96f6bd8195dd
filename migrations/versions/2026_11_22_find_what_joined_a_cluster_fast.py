"""find what joined a cluster fast"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JOINED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_cluster_merged_into", "cluster", ["merged_into"], sqlite_where=JOINED, postgresql_where=JOINED)


def downgrade() -> None:
    op.drop_index("ix_cluster_merged_into", table_name="cluster")
