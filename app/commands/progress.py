"""Progress bars on a terminal; without one, a line when each piece of work is done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

Report = Callable[[str, int, int], None]


@contextmanager
def bars() -> Iterator[Report]:
    """What to call with (piece of work, how many done, of how many), in order; it shows on standard error."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)
            if done >= total and not console.is_terminal:
                console.print(f"{what}: {done} of {total}", soft_wrap=True, highlight=False, markup=False)

        yield report
