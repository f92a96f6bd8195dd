"""What the service needs before it starts."""

import shutil
from pathlib import Path

import pytest

import app.main
from app.claims.grammar import GrammarTagger
from app.claims.trained import LINKS, MODEL
from app.errors import StartRefused
from app.main import MODELS, judge_of, tagger_of
from app.relations.rules import RuleJudge
from app.settings import Settings


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the artefacts are sought in; it holds none yet."""
    monkeypatch.setattr(app.main, "MODELS", tmp_path)
    return tmp_path


@pytest.mark.models
def test_nothing_set_loads_the_trained_tagger() -> None:
    assert tagger_of(Settings()).id.startswith("attribution-")


def test_a_missing_tagger_refuses_the_start_and_says_what_to_do(models: Path) -> None:
    with pytest.raises(StartRefused, match=r"is missing\. Restore the folder .* PARALLAX_ATTRIBUTION_TAGGER=grammar starts without it"):
        tagger_of(Settings())


@pytest.mark.models
def test_a_damaged_tagger_refuses_the_start_and_says_what_to_do(models: Path) -> None:
    folder = shutil.copytree(MODELS / "attribution", models / "attribution", ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__"))
    (folder / MODEL).write_bytes((folder / MODEL).read_bytes()[:-1])
    with pytest.raises(StartRefused, match=r"Restore the folder .* PARALLAX_ATTRIBUTION_TAGGER=grammar"):
        tagger_of(Settings())
    shutil.copy(MODELS / "attribution" / MODEL, folder)
    (folder / LINKS).unlink()
    with pytest.raises(StartRefused, match=r"is missing\. Restore the folder"):
        tagger_of(Settings())


def test_the_grammar_stands_in_only_when_asked_for(models: Path) -> None:
    assert isinstance(tagger_of(Settings(attribution_tagger="grammar")), GrammarTagger)


def test_a_missing_judge_refuses_the_start_and_says_what_to_do(models: Path) -> None:
    with pytest.raises(StartRefused, match=r"is missing\. Restore the folder .* PARALLAX_RELATION_JUDGE=rules starts without it"):
        judge_of(Settings(relation_judge="trained"))


def test_the_rules_stand_in_only_when_asked_for(models: Path) -> None:
    assert isinstance(judge_of(Settings(relation_judge="rules")), RuleJudge)
