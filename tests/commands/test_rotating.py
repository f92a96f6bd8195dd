"""Another encoder in the place of the old one while articles come in: its vectors beside, then swapped."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app import main
from app.commands import cli
from app.commands.draining import drain
from app.commands.reindexing import reindex, reindex_beside, swap
from app.errors import OtherEncoder, StartRefused
from app.pipeline import rotating
from app.settings import Settings
from app.storage import beside
from app.storage.database import Database
from app.storage.graph import graph_name, graphs_of
from app.storage.reading import claims as claims_in
from app.vectors.encoder import Vectors
from tests.service import FAKE_MODELS, post, running, settings_for
from tests.storage import schema
from tests.vectors.fake_encoder import HashEncoder

pytestmark = pytest.mark.postgres
TEXTS = [
    "The bridge of Tarn was closed on Sunday. The ferry carried 45 people on Monday.",
    "The mayor opened a school. Rain fell on Tuesday.",
    "The ferry of Tarn sank on Friday. Divers found the mast.",
]
OLD = FAKE_MODELS.encoder.id


class CountingEncoder(HashEncoder):
    """The next encoder, which knows how many texts it was given."""

    def __init__(self, dimensions: int = 32) -> None:
        super().__init__(dimensions)
        self.given = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        self.given += len(texts)
        return super().encode(texts)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> CountingEncoder:
    """The encoder that the settings of the commands name."""
    found = CountingEncoder()
    monkeypatch.setattr(main, "encoder_of", lambda _settings: found)
    monkeypatch.setattr(rotating, "ENCODE_CLAIMS", 1)
    return found


@pytest.fixture
def settings(postgres_copy: str, tmp_path: Path) -> Settings:
    """Settings of an empty store."""
    return settings_for(tmp_path, database_url=postgres_copy)


def silent(_what: str, _done: int, _total: int) -> None:
    """Reports to nobody."""


def started(settings: Settings, until_done: ExitStack, models: main.Models = FAKE_MODELS) -> TestClient:
    """A service over the store, until the stack is left."""
    return until_done.enter_context(running(settings.data_dir, models=models, database_url=settings.database_url))


def encoders(url: str) -> dict[str, int]:
    """How many live claims have a vector in use by which encoder."""
    database = Database(url)
    found: dict[str, int] = {}
    with database.read() as session:
        for name, numbers, _ in claims_in.vectors(session):
            found[name] = found.get(name, 0) + len(numbers)
    database.close()
    return found


def nearest(client: TestClient) -> list[list[tuple[str, float]]]:
    """What searches by meaning find: claims with their similarity, closest first."""
    answers = [client.get("/v1/claims", params={"q": words}) for words in ("a bridge closed", "the ferry of Tarn", "a school")]
    assert all(answer.status_code == 200 for answer in answers), answers
    return [
        sorted(((item["id"], item["similarity"]) for item in answer.json()["items"]), key=lambda hit: (-hit[1], hit[0]))
        for answer in answers
    ]


def test_a_rotation_goes_on_beside_articles_that_come_and_go_and_ends_like_a_store_that_never_had_the_old_encoder(
    settings: Settings, encoder: CountingEncoder, postgres_copies: Callable[[], str], tmp_path: Path
) -> None:
    with ExitStack() as until_done:
        old = started(settings, until_done)
        first = post(old, "Outlet 0", TEXTS[0])
        steps: list[tuple[str, int, int]] = []

        def stopped(*step: Any) -> None:
            steps.append(step)
            raise InterruptedError

        with pytest.raises(InterruptedError):
            reindex_beside(settings, stopped)
        assert steps == [("encode", 1, 2)]
        assert nearest(old)[0], "the old encoder's vectors are in use"

        def meanwhile(*step: Any) -> None:
            if not steps[1:]:
                post(old, "Outlet 1", TEXTS[1])
            steps.append(step)

        said = reindex_beside(settings, meanwhile)
        assert "reindex --swap" in said
        assert steps[1:] == [("encode", 1, 1), ("encode", 2, 2), ("encode", 3, 3)]
        assert encoder.given == 4, "what was done before the interruption is not done again"
        assert encoders(settings.store_url) == {OLD: 4}
        post(old, "Outlet 2", TEXTS[2])
        assert old.delete(f"/v1/articles/{first['id']}").status_code in (200, 204)
        kept = nearest(old)
        assert kept[0]
        swap(settings, silent)
        assert encoders(settings.store_url) == {encoder.id: 4}
        assert encoder.given == 6

    with ExitStack() as until_done:
        new = replace(FAKE_MODELS, encoder=encoder)
        rotated = started(settings, until_done, new)
        assert rotated.get("/readyz").json()["index_in_step"] is True
        fresh = started(settings_for(tmp_path / "fresh", database_url=postgres_copies()), until_done, new)
        for number in (1, 2):
            post(fresh, f"Outlet {number}", TEXTS[number])
        assert nearest(rotated) == nearest(fresh)
        index = rotated.app.state.services.parts.index  # type: ignore[attr-defined]
        assert index.built, "the graph made beside is the graph in use"


def test_after_a_swap_the_schema_is_as_the_migrations_make_it_and_another_rotation_is_possible(
    settings: Settings, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as until_done:
        post(started(settings, until_done), "Outlet 0", TEXTS[0])
    database = Database(settings.store_url)
    for next_one in (encoder, CountingEncoder(16), CountingEncoder(24)):
        monkeypatch.setattr(main, "encoder_of", lambda _settings, found=next_one: found)
        reindex_beside(settings, silent)
        swap(settings, silent)
        assert encoders(settings.store_url) == {next_one.id: 2}
        with database.connect() as connection:
            (graph,) = graphs_of(connection, "claim_vector")
            assert graph == graph_name("claim_vector", next_one.id, next_one.dimensions)
            assert graphs_of(connection, "claim_vector_beside") == []
            assert connection.exec_driver_sql("SELECT count(*) FROM claim_vector_beside").scalar_one() == 0
    with database.connect() as connection:
        # No migration makes graphs.
        connection.exec_driver_sql(f"DROP INDEX {graph}")
        command.check(schema.config(connection))
        command.downgrade(schema.config(connection), "base")
        command.upgrade(schema.config(connection), "head")
        command.check(schema.config(connection))
    database.close()


def test_what_another_encoder_left_beside_is_dropped(settings: Settings, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as until_done:
        post(started(settings, until_done), "Outlet 0", TEXTS[0])
    reindex_beside(settings, silent)
    other = CountingEncoder(16)
    monkeypatch.setattr(main, "encoder_of", lambda _settings: other)
    reindex_beside(settings, silent)
    assert other.given == 2
    swap(settings, silent)
    assert encoders(settings.store_url) == {other.id: 2}


def test_a_swap_is_refused_where_what_stands_beside_is_not_fit_for_it(
    settings: Settings, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as until_done:
        client = started(settings, until_done)
        post(client, "Outlet 0", TEXTS[0])
        with pytest.raises(StartRefused, match="no vectors stand beside those in use"):
            swap(settings, silent)
        reindex_beside(settings, silent)
        post(client, "Outlet 1", TEXTS[1])
        monkeypatch.setattr(rotating, "SWAP_CLAIMS", 1)
        with pytest.raises(StartRefused, match="2 claims have no vector beside, a swap encodes at most 1"):
            swap(settings, silent)
        monkeypatch.setattr(rotating, "SWAP_CLAIMS", 2)
        with monkeypatch.context() as named:
            named.setattr(main, "encoder_of", lambda _settings: CountingEncoder(16))
            with pytest.raises(StartRefused, match="beside are by the encoder 'hash-32', the settings name 'hash-16'"):
                swap(settings, silent)
        monkeypatch.setattr(beside, "LOCK_SECONDS", 1)
        with psycopg.connect(settings.store_url.replace("+psycopg", "")) as backup:
            backup.execute("SELECT count(*) FROM claim_vector")
            with pytest.raises(StartRefused, match="nothing was swapped"):
                swap(settings, silent)
        database = Database(settings.store_url)
        with beside.alone(database), pytest.raises(StartRefused, match="another `parallax reindex"):
            swap(settings, silent)
        database.close()
        assert encoders(settings.store_url) == {OLD: 4}
        assert client.get("/readyz").status_code == 200
        swap(settings, silent)
        assert encoders(settings.store_url) == {encoder.id: 4}
    with pytest.raises(StartRefused, match="is by the encoder 'hash-32' that the settings name"):
        reindex_beside(settings, silent)


def test_an_embedded_store_is_not_rotated_beside_its_one_process(
    tmp_path: Path, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded = Settings(data_dir=tmp_path)
    for rotate in (reindex_beside, swap):
        with pytest.raises(StartRefused, match="an SQLite store has one process at a time"):
            rotate(embedded, silent)
    monkeypatch.setenv("PARALLAX_DATA_DIR", str(tmp_path))
    refused = CliRunner().invoke(cli.parallax, ["reindex", "--beside", "--swap"]).exception
    assert "one at a time" in str(refused)


@pytest.mark.parametrize("way", ["swapped", "in place"])
def test_a_process_with_the_old_encoder_writes_nothing_and_finds_nothing_once_the_store_has_another(
    settings: Settings, encoder: CountingEncoder, way: str
) -> None:
    with ExitStack() as until_done:
        old = started(settings, until_done)
        claim = post(old, "Outlet 0", TEXTS[0])["claims"][0]["id"]
        if way == "swapped":
            reindex_beside(settings, silent)
            swap(settings, silent)
        else:
            reindex(settings, silent)
        waits = old.post(
            "/v1/articles", json={"outlet": "Outlet 1", "title": "Rain", "text": TEXTS[1], "published_at": "2025-03-03T09:00:00Z"}
        )
        assert waits.status_code == 202
        services = old.app.state.services  # type: ignore[attr-defined]
        with pytest.raises(OtherEncoder, match="by the encoder 'hash-32', and this process has 'hash-64'"):
            services.pipeline.process(1)
        ready = old.get("/readyz")
        assert (ready.status_code, ready.json()["index_in_step"]) == (503, False)
        for path in ("/v1/claims?q=bridge", "/v1/clusters?q=bridge", f"/v1/claims/{claim}/neighbours"):
            answer = old.get(path)
            assert answer.status_code == 503, answer.text
            assert "hash-32" in answer.json()["detail"]
            assert "Retry-After" in answer.headers
        assert old.get(f"/v1/claims/{claim}").status_code == 200
        article = waits.json()["id"]
        assert old.get(f"/v1/articles/{article}").json()["status"] == "received"
        assert encoders(settings.store_url) == {encoder.id: 2}
        with pytest.raises(StartRefused, match="must be started with the store's encoder"):
            drain(settings, FAKE_MODELS, until_empty=True)
        new = started(settings, until_done, replace(FAKE_MODELS, encoder=encoder))
        post(new, "Outlet 2", TEXTS[2])
        assert new.get(f"/v1/articles/{article}").json()["status"] == "processed", "it fell to who has the store's encoder"
        assert encoders(settings.store_url) == {encoder.id: 6}


def test_an_article_that_is_read_while_the_vectors_are_swapped_goes_on_waiting(
    settings: Settings, encoder: CountingEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as until_done:
        post(started(settings, until_done), "Outlet 0", TEXTS[0])
    reindex_beside(settings, silent)
    services = main.services_of(settings, FAKE_MODELS)
    with ExitStack() as until_done:
        client = started(settings, until_done)
        client.app.state.services.worker.stop()  # type: ignore[attr-defined]
        body = {"outlet": "Outlet 1", "url": "https://one.example/2", "text": TEXTS[2], "published_at": "2025-03-03T09:00:00Z"}
        article = client.post("/v1/articles", json=body).json()["id"]
    prepare = services.pipeline._prepare

    def swapped_meanwhile(*given: Any) -> Any:
        found = prepare(*given)
        if encoders(settings.store_url) == {OLD: 2}:
            swap(settings, silent)
        return found

    monkeypatch.setattr(services.pipeline, "_prepare", swapped_meanwhile)
    with pytest.raises(OtherEncoder):
        services.pipeline.process(1)
    services.parts.database.close()
    assert encoders(settings.store_url) == {encoder.id: 2}
    with ExitStack() as until_done:
        client = started(settings, until_done, replace(FAKE_MODELS, encoder=encoder))
        post(client, "Outlet 2", TEXTS[1])
        assert client.get(f"/v1/articles/{article}").json()["status"] == "processed"
