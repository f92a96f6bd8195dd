"""`parallax copy`: from one database to another."""

from contextlib import ExitStack, closing

from app.commands.progress import Report
from app.errors import CopyFailed
from app.settings import DATABASES
from app.storage.copying import CopiedTable, Step, copy_store
from app.storage.database import Database
from app.storage.ownership import file_of, owned
from app.storage.schema import at_head


def copy(source: str, target: str, report: Report, *, batch_rows: int, afresh: bool) -> list[CopiedTable]:
    """Copies the store at the URL `source` into that at `target`; see `copy_store`.

    Raises:
        CopyFailed: one of them is no store with the newest schema; or as `copy_store`.
        StartRefused: another process works with an embedded store.
    """
    with ExitStack() as until_done:
        here = until_done.enter_context(closing(_opened("--from", source)))
        there = until_done.enter_context(closing(_opened("--to", target)))
        # One lock for one file: that source and target are the same is refused with a better reason later.
        for url in {str(file_of(store.url)): store.url for store in (here, there)}.values():
            until_done.enter_context(owned(url))

        def told(step: Step) -> None:
            report(f"{step.phase} {step.table}", step.rows, step.total)

        return copy_store(here, there, told, batch_rows=batch_rows, afresh=afresh)


def _opened(option: str, url: str) -> Database:
    if not url.startswith(DATABASES):
        # The URL is not shown: it may hold a password.
        raise CopyFailed(f"{option} names no database that Parallax knows: begin it with {' or '.join(DATABASES)}")
    store = Database(url)
    try:
        path = file_of(store.url)
        if path is not None and not path.is_file():
            raise CopyFailed(f"{option}: there is no file {path}; PARALLAX_DATABASE_URL=<the URL> parallax migrate makes an empty store")
        if not at_head(store):
            raise CopyFailed(f"{option}: the store does not have the newest schema; run PARALLAX_DATABASE_URL=<the URL> parallax migrate")
    except BaseException:
        store.close()
        raise
    return store
