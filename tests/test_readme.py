"""README's words are true: its example is run, its links exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import application, migrate
from tests.service import settings_for

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def shown(name: str) -> Any:
    """The JSON between README's markers of that name."""
    block = re.search(rf"<!-- {name} -->\n```json\n(.*?)```", README, re.S)
    assert block is not None
    return json.loads(block.group(1))


@pytest.mark.models
def test_the_answer_that_readme_shows_is_the_one_given(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    migrate(settings)
    with TestClient(application(settings)) as client:
        found = client.post("/v1/compare", json=shown("request")).json()["relations"][0]
        expected = shown("answer")["relations"][0]
        assert {name: found[name] for name in expected} == expected


def test_every_file_that_readme_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_first_lines_are_the_two_commands() -> None:
    assert [line.split("#")[0].strip() for line in README.splitlines()[2:4]] == ["make run", "make test"]
