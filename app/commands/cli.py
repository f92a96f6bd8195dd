"""`parallax`: every way to start a process, and the upkeep of a store."""

import os
import sys
from typing import Annotated

import typer
from sqlalchemy.exc import OperationalError

from app import main
from app.commands.copying import copy
from app.commands.draining import drain
from app.commands.progress import bars
from app.commands.reindexing import reindex, reindex_beside, swap
from app.errors import CopyFailed, StartRefused
from app.logs import configure_logs
from app.settings import Settings, read_settings

parallax = typer.Typer(
    name="parallax",
    help="The same event, seen from every outlet. Settings are environment variables PARALLAX_…; the README lists them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@parallax.command("run")
def run_all() -> None:
    """HTTP and the processing of articles in one process: what `make run` starts."""
    main.serve(_settings())


@parallax.command("api")
def run_api() -> None:
    """HTTP only: worker processes take the articles. Needs PostgreSQL."""
    main.serve(_settings(), drains=False)


@parallax.command("worker")
def run_worker(
    until_empty: Annotated[bool, typer.Option("--until-empty", help="End once no article waits, instead of waiting for more.")] = False,
) -> None:
    """Takes received articles, without HTTP; ends after the batch at hand on SIGTERM."""
    drain(_settings(), until_empty=until_empty)


@parallax.command("migrate")
def run_migrate() -> None:
    """Brings the database to the newest schema."""
    main.migrate(_settings())


@parallax.command("reindex")
def run_reindex(
    beside: Annotated[bool, typer.Option("--beside", help="PostgreSQL: make the new vectors beside those in use; others go on.")] = False,
    swapped: Annotated[bool, typer.Option("--swap", help="PostgreSQL: put what --beside made in the place of those in use.")] = False,
) -> None:
    """Encodes anew the claims that another encoder made the vectors of, then builds the index again. May be stopped and run again.

    The settings name the new encoder. Without an option vectors are replaced where they stand, and no worker may work meanwhile.
    """
    if beside and swapped:
        raise StartRefused("--beside and --swap are two steps: one at a time")
    settings, said = _settings(), ""
    with bars() as report:
        if beside:
            said = reindex_beside(settings, report)
        elif swapped:
            said = swap(settings, report)
        else:
            reindex(settings, report)
    if said:
        typer.echo(said)


@parallax.command("copy")
def run_copy(
    source: Annotated[str, typer.Option("--from", help="The store to read: sqlite:///… or postgresql+psycopg://…")],
    target: Annotated[str, typer.Option("--to", help="The store to fill: migrated, and empty or an unfinished copy of the same source.")],
    batch_rows: Annotated[int, typer.Option(min=1, max=10_000, help="Rows a commit; fewer take less memory and more time.")] = 500,
    afresh: Annotated[bool, typer.Option("--afresh", help="Empty an unfinished copy first, instead of going on with it.")] = False,
) -> None:
    """Moves a whole store into another database, ids kept, and holds every row against its source in the end.

    Run again after an interruption, it goes on where it stopped. Nothing may write to either store meanwhile.
    """
    configure_logs("warning")
    with bars() as report:
        tables = copy(source, target, report, batch_rows=batch_rows, afresh=afresh)
    for table in tables:
        typer.echo(f"{table.name}: {table.rows} rows, checksum {table.checksum:016x}")


def _settings() -> Settings:
    settings = read_settings(os.environ)
    configure_logs(settings.log_level)
    return settings


def run() -> None:
    """The console script. What is refused on purpose ends it with one line that says why, and status 1."""
    try:
        parallax()
    except (StartRefused, CopyFailed) as error:
        sys.exit(f"parallax: {error.detail}")
    except OperationalError as error:
        said = " ".join(str(error.orig).split())
        sys.exit(f"parallax: the database does not answer: {said[:300]}")
