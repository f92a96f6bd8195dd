"""A whole service for tests: the real application over a fresh store, with an encoder that needs no model."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.claims.grammar import GrammarTagger
from app.main import Models, application, migrate
from app.relations.rules import RuleJudge
from app.settings import Settings
from tests.vectors.fake_encoder import HashEncoder

FAKE_MODELS = Models(HashEncoder(), GrammarTagger(), RuleJudge())
PUBLISHED = "2025-03-03T09:00:00Z"


def store_of(folder: Path) -> str | None:
    """The database of a service that runs in `folder`; None for one in the folder. A test may put another in its place."""
    return None


def settings_for(folder: Path, **changes: Any) -> Settings:
    """Settings of a service that starts empty in `folder`."""
    store = {"database_url": store_of(folder)}
    values: dict[str, Any] = {"data_dir": folder, "sample": False, "link_min_similarity": 0.3, **store, **changes}
    return Settings(**values)


@cache
def empty_store() -> bytes:
    """An SQLite file with the newest schema and nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        migrate(Settings(data_dir=Path(folder)))
        return (Path(folder) / "parallax.db").read_bytes()


def prepare(settings: Settings) -> None:
    """Brings the store to the newest schema. A new SQLite file is copied, which is faster: migrations have tests of their own."""
    store = settings.data_dir / "parallax.db"
    if settings.database_url is None and not store.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        store.write_bytes(empty_store())
    else:
        migrate(settings)


@contextmanager
def running(folder: Path, *, models: Models = FAKE_MODELS, **changes: Any) -> Iterator[TestClient]:
    """A client of a service that runs in `folder` until the block ends; the store stays for the next."""
    settings = settings_for(folder, **changes)
    prepare(settings)
    with TestClient(application(settings, models), raise_server_exceptions=False) as client:
        yield client


def post(client: TestClient, outlet: str, text: str, **fields: Any) -> dict[str, Any]:
    """Posts an article, waits until it is processed, and returns it whole."""
    body = {"outlet": outlet, "url": f"https://{outlet.lower().replace(' ', '')}.example/1", "text": text, "published_at": PUBLISHED}
    answer = client.post("/v1/articles?wait=true", json=body | fields)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def conflicts(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    """The conflicts that a poll answers."""
    answer = client.get("/v1/conflicts", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
