"""count how outlets stand to each other"""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CLUSTERS = 1_000


def upgrade() -> None:
    with op.batch_alter_table("cluster", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_outlet_id", sa.String(), nullable=True))
        batch_op.create_index("ix_cluster_first_outlet_id_updated_at", ["first_outlet_id", "updated_at"], unique=False)
    op.create_table(
        "outlet_pair",
        sa.Column("cluster_id", sa.String(), nullable=False),
        sa.Column("a", sa.String(), nullable=False),
        sa.Column("b", sa.String(), nullable=False),
        sa.Column("agree", sa.Boolean(), nullable=False),
        sa.Column("diverge", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_outlet_pair_cluster_id_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", "a", "b", name=op.f("pk_outlet_pair")),
    )
    with op.batch_alter_table("outlet_pair", schema=None) as batch_op:
        batch_op.create_index("ix_outlet_pair_a_b", ["a", "b", "updated_at", "cluster_id", "agree", "diverge"], unique=False)
        batch_op.create_index("ix_outlet_pair_b_a", ["b", "a", "agree", "diverge"], unique=False)
    if not op.get_context().as_sql:
        _fill(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("outlet_pair", schema=None) as batch_op:
        batch_op.drop_index("ix_outlet_pair_b_a")
        batch_op.drop_index("ix_outlet_pair_a_b")
    op.drop_table("outlet_pair")
    with op.batch_alter_table("cluster", schema=None) as batch_op:
        batch_op.drop_index("ix_cluster_first_outlet_id_updated_at")
        batch_op.drop_column("first_outlet_id")


def _fill(connection: Connection) -> None:
    """Tells of the clusters that are there already what their summaries say."""
    cluster = sa.table("cluster", *map(sa.column, ("id", "claim_count", "summary", "updated_at", "first_outlet_id")))
    pair = sa.table("outlet_pair", *map(sa.column, ("cluster_id", "a", "b", "agree", "diverge", "updated_at")))
    last = ""
    while True:
        wanted = sa.select(cluster.c.id, cluster.c.summary, cluster.c.updated_at).where(cluster.c.claim_count > 0, cluster.c.id > last)
        rows = connection.execute(wanted.order_by(cluster.c.id).limit(_CLUSTERS)).all()
        if not rows:
            return
        last = rows[-1].id
        summaries = {row.id: _parsed(row.summary) for row in rows}
        firsts = [{"key": key, "first": said["origins"][0]["outlet_id"]} for key, said in summaries.items() if said.get("origins")]
        if firsts:
            first = sa.update(cluster).where(cluster.c.id == sa.bindparam("key")).values(first_outlet_id=sa.bindparam("first"))
            connection.execute(first, firsts)
        parting = _parting(connection, rows[0].id, last)
        found = [
            {"cluster_id": row.id, "a": a, "b": b, "agree": agree, "diverge": diverge, "updated_at": row.updated_at}
            for row in rows
            for a, b, agree, diverge in _pairs(summaries[row.id], parting.get(row.id, []))
        ]
        if found:
            connection.execute(sa.insert(pair), found)


def _parting(connection: Connection, first: str, last: str) -> dict[str, list[list[str]]]:
    """For each cluster of this run that is in conflict: the pairs of claims that contradict each other."""
    conflict = sa.table("conflict", *map(sa.column, ("cluster_id", "diverging", "relations")))
    wanted = sa.select(conflict.c.cluster_id, conflict.c.relations).where(
        sa.cast(conflict.c.diverging, sa.Boolean), conflict.c.cluster_id >= first, conflict.c.cluster_id <= last
    )
    return {row.cluster_id: _parsed(row.relations) for row in connection.execute(wanted)}


def _pairs(summary: dict[str, Any], parting: list[list[str]]) -> Iterator[tuple[str, str, bool, bool]]:
    """Two outlets (a < b), whether they agree and whether they diverge."""
    positions = summary.get("positions", [])
    held = [sorted(set(position["outlet_ids"])) for position in positions]
    voice = {outlet: number for number, origin in enumerate(summary.get("origins", [])) for outlet in origin["outlet_ids"]}
    place = {claim: number for number, position in enumerate(positions) for claim in position["claim_ids"]}
    parted = [(place[a], place[b]) for a, b in parting if a in place and b in place and place[a] != place[b]]
    agree = {ends for outlets in held for ends in combinations(outlets, 2) if voice.get(ends[0]) != voice.get(ends[1])}
    diverge = {(min(ends), max(ends)) for one, other in parted for ends in product(held[one], held[other])}
    for ends in combinations(sorted({outlet for outlets in held for outlet in outlets}), 2):
        yield *ends, ends in agree, ends in diverge


def _parsed(stored: Any) -> Any:
    """JSON as the driver gives it: text from SQLite, parsed from PostgreSQL."""
    return json.loads(stored) if isinstance(stored, str) else stored
