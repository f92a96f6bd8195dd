"""The graph over vectors in PostgreSQL: pgvector's HNSW over half precision, for the vectors of one encoder in one table."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlmodel import Session

# Any number serves that is not the writers'. Whoever holds it makes a graph over the vectors in use, or takes them away.
BUILDERS_LOCK = 7_274_492_558


def graph_name(table: str, encoder_id: str, dimensions: int) -> str:
    """What the graph over an encoder's vectors is called; another table's has another name."""
    return f"hnsw_{table}_" + hashlib.sha256(f"{encoder_id}/{dimensions}".encode()).hexdigest()[:12]


def quoted(encoder_id: str) -> str:
    """The id as it stands between the quotes of an SQL text."""
    return encoder_id.replace("'", "''").replace(":", "\\:")


def make_graph(connection: Connection, table: str, encoder_id: str, dimensions: int, *, concurrently: bool) -> None:
    """Makes the graph; `concurrently` lets others write to the table meanwhile, and asks for a connection without a transaction."""
    name, how = graph_name(table, encoder_id, dimensions), "CONCURRENTLY" if concurrently else ""
    expression = f"(CAST(vector AS halfvec({dimensions}))) halfvec_ip_ops"
    where = f"encoder_id = '{quoted(encoder_id)}'"
    connection.execute(text(f"CREATE INDEX {how} {name} ON {table} USING hnsw ({expression}) WHERE {where}"))


def is_whole(connection: Connection | Session, name: str) -> bool:
    """Whether the graph of that name is there and finished."""
    valid = text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")
    return bool(connection.execute(valid, {"name": name}).scalar())


def graphs_of(connection: Connection | Session, table: str) -> Sequence[str]:
    """The names of all graphs over a table, of whichever encoder, whole or not."""
    query = text(
        "SELECT graph.relname FROM pg_index JOIN pg_class AS graph ON graph.oid = indexrelid JOIN pg_am ON pg_am.oid = graph.relam "
        "WHERE indrelid = to_regclass(:name) AND amname = 'hnsw' ORDER BY 1"
    )
    return [str(name) for name in connection.execute(query, {"name": table}).scalars()]
