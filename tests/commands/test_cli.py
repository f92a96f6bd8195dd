"""What `parallax` offers and what it refuses."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.commands import cli
from app.commands.progress import bars
from app.main import migrate
from tests.service import running, settings_for

SECRET = "hunter2-and-more"
Refused = Callable[..., str]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Refused:
    """Runs `parallax` in an empty data folder and gives the line it ends with."""
    monkeypatch.setenv("PARALLAX_DATA_DIR", str(tmp_path))

    def ended(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["parallax", *words])
        with pytest.raises(SystemExit) as caught:
            cli.run()
        assert isinstance(caught.value.code, str), "it was not refused"
        return caught.value.code

    return ended


def test_every_command_is_listed_with_a_sentence() -> None:
    said = CliRunner().invoke(cli.parallax, ["--help"]).output
    for command in ("run", "api", "worker", "migrate", "reindex", "copy"):
        assert f" {command} " in said
    assert {command.name for command in cli.parallax.registered_commands} == {"run", "api", "worker", "migrate", "reindex", "copy"}


def test_a_misspelt_setting_stops_every_command(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_PROT", "1")
    for command in ("run", "api", "worker", "migrate", "reindex"):
        assert refused(command) == "parallax: PARALLAX_PROT is not a setting; did you mean PARALLAX_PORT?"


def test_http_alone_is_refused_over_sqlite(refused: Refused) -> None:
    said = refused("api")
    assert "an SQLite store has one process at a time" in said
    assert "parallax run" in said
    assert "PARALLAX_DATABASE_URL" in said


def test_a_store_without_the_newest_schema_is_refused(refused: Refused) -> None:
    for command in ("worker", "reindex"):
        assert "run `parallax migrate`" in refused(command)


def test_a_store_that_another_process_works_with_is_refused(refused: Refused, tmp_path: Path) -> None:
    migrate(settings_for(tmp_path / "other"))
    urls = f"sqlite:///{tmp_path}/parallax.db", f"sqlite:///{tmp_path}/other/parallax.db"
    with running(tmp_path):
        for words in (["reindex"], ["copy", "--from", urls[0], "--to", urls[1]], ["copy", "--from", urls[1], "--to", urls[0]]):
            assert "another process works with" in refused(*words)


def test_a_store_is_free_again_once_its_process_ends(tmp_path: Path) -> None:
    for _ in range(2):
        with running(tmp_path) as client:
            assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_copy_refuses_a_database_it_does_not_know_without_showing_the_password(refused: Refused, tmp_path: Path, option: str) -> None:
    migrate(settings_for(tmp_path))
    known = f"sqlite:///{tmp_path}/parallax.db"
    urls = {"--from": known, "--to": known} | {option: f"mysql://u:{SECRET}@db/p"}
    said = refused("copy", *(word for pair in urls.items() for word in pair))
    assert said.startswith(f"parallax: {option} names no database")
    assert SECRET not in said


def test_a_copy_makes_no_file_where_none_was(refused: Refused, tmp_path: Path) -> None:
    migrate(settings_for(tmp_path))
    missing = tmp_path / "missing.db"
    said = refused("copy", "--from", f"sqlite:///{tmp_path}/parallax.db", "--to", f"sqlite:///{missing}")
    assert f"--to: there is no file {missing}" in said
    assert not missing.exists()


def test_a_database_that_does_not_answer_is_one_line(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_DATABASE_URL", f"postgresql+psycopg://u:{SECRET}@127.0.0.1:1/p")
    said = refused("migrate")
    assert said.startswith("parallax: the database does not answer: ")
    assert "\n" not in said
    assert SECRET not in said


def test_without_a_terminal_each_piece_of_work_is_a_line_when_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with bars() as report:
        for done in (0, 500, 1200):
            report("copy article", done, 1200)
        report("copy claim", 0, 0)
    assert capsys.readouterr().err == "copy article: 1200 of 1200\ncopy claim: 0 of 0\n"
