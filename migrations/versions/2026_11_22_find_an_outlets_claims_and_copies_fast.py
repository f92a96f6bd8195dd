"""find an outlets claims and copies fast"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COPIES: dict[str, Any] = {"sqlite_where": sa.text("wire_copy = 1"), "postgresql_where": sa.text("wire_copy")}


def upgrade() -> None:
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_outlet_id_alive", ["outlet_id", "withdrawn_at", "voice", "cluster_id"], unique=False)
        batch_op.drop_index("ix_claim_outlet_id")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_outlet_id_alive", ["outlet_id", "withdrawn_at"], unique=False)
        batch_op.drop_index("ix_article_outlet_id")
    op.create_index("ix_relation_copies_a", "relation", ["a", "b"], unique=False, **_COPIES)
    op.create_index("ix_relation_copies_b", "relation", ["b", "a"], unique=False, **_COPIES)


def downgrade() -> None:
    op.drop_index("ix_relation_copies_b", "relation")
    op.drop_index("ix_relation_copies_a", "relation")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index("ix_article_outlet_id", ["outlet_id"], unique=False)
        batch_op.drop_index("ix_article_outlet_id_alive")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index("ix_claim_outlet_id", ["outlet_id"], unique=False)
        batch_op.drop_index("ix_claim_outlet_id_alive")
