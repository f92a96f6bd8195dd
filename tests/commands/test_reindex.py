"""Another encoder's vectors in the place of the old ones, and the index from them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app import main
from app.commands.reindexing import reindex
from app.main import migrate
from app.pipeline import catching_up
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.vectors.encoder import Vectors
from tests.service import FAKE_MODELS, post, running, settings_for
from tests.vectors.fake_encoder import HashEncoder

TEXTS = [
    "The bridge of Tarn was closed on Sunday. The ferry carried 45 people on Monday.",
    "The mayor opened a school. Rain fell on Tuesday.",
]


class CountingEncoder(HashEncoder):
    """Another encoder, which knows how many texts it was given."""

    def __init__(self) -> None:
        super().__init__(32)
        self.given = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        self.given += len(texts)
        return super().encode(texts)


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    """The encoder that the settings name from now on."""
    encoder = CountingEncoder()
    monkeypatch.setattr(main, "encoder_of", lambda _settings: encoder)
    monkeypatch.setattr(catching_up, "ENCODE_CLAIMS", 1)
    return encoder


def silent(_what: str, _done: int, _total: int) -> None:
    """Reports to nobody."""


def encoders(url: str) -> dict[str, int]:
    """How many live claims have a vector by which encoder."""
    database = Database(url)
    with database.read() as session:
        found = {name: len(numbers) for name, numbers, _ in claims_in.vectors(session)}
    database.close()
    return found


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_reindexing_goes_on_where_it_was_stopped(kind: str, other: CountingEncoder, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made: Callable[[str], str] | None = request.getfixturevalue("new_database") if kind == "postgres" else None
    settings = settings_for(tmp_path, database_url=made("reindexed") if made else None)
    migrate(settings)
    with running(tmp_path, database_url=settings.database_url) as client:
        for number, text in enumerate(TEXTS):
            post(client, f"Outlet {number}", text)
    (before,) = encoders(settings.store_url).items()
    assert before == (FAKE_MODELS.encoder.id, 4)

    steps: list[tuple[str, int, int]] = []

    def stopped(what: str, done: int, total: int) -> None:
        steps.append((what, done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        reindex(settings, stopped)
    assert steps == [("encode", 1, 4), ("encode", 2, 4)]
    again: list[tuple[str, int, int]] = []
    reindex(settings, lambda *step: again.append(step))
    assert again == [("encode", 1, 2), ("encode", 2, 2), ("index", 4, 4)]
    assert other.given == 4
    assert encoders(settings.store_url) == {other.id: 4}
    reindex(settings, silent)
    assert other.given == 4
    models = main.Models(other, FAKE_MODELS.tagger, FAKE_MODELS.judge)
    with running(tmp_path, models=models, database_url=settings.database_url) as client:
        assert client.get("/readyz").json()["index_in_step"] is True
        assert client.get("/v1/claims", params={"q": "a bridge closed"}).json()["items"]
