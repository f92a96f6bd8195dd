"""The real encoder: the pinned model, the same vectors as stock sentence-transformers."""

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from app.errors import StartRefused
from app.vectors import minilm
from app.vectors.encoder import Encoder, Vectors
from app.vectors.minilm import MiniLmEncoder

TEXTS = [
    "The ferry was carrying 45 people.",
    "Heavy rain closed the coast road near Port Ansel on Monday, and the harbour master said boats should stay in until the wind drops.",
    "No.",
    "",
    "The council voted 7 to 2 for the new bridge.",
    "The ferry was carrying 45 people.",
    "مرحبا 👋",
    "word " * 600,
]


@pytest.fixture(scope="module")
def encoder() -> MiniLmEncoder:
    return MiniLmEncoder.load(threads=1)


@pytest.mark.models
def test_the_bundled_model_gives_unit_vectors_named_by_revision(encoder: MiniLmEncoder) -> None:
    seam: Encoder = encoder
    vectors = seam.encode(TEXTS)
    assert seam.id == "all-MiniLM-L6-v2@1110a243fdf4"
    assert seam.dimensions == 384
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    assert np.array_equal(vectors[0], vectors[5])


@pytest.mark.models
def test_no_texts_give_no_rows(encoder: MiniLmEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.models
def test_vectors_are_those_of_stock_sentence_transformers(encoder: MiniLmEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    stock = SentenceTransformer(str(minilm.bundled_folder()), device="cpu", local_files_only=True)
    assert np.abs(stock.encode(TEXTS, show_progress_bar=False) - encoder.encode(TEXTS)).max() < 1e-5


@pytest.mark.models
def test_order_and_company_change_nothing(encoder: MiniLmEncoder) -> None:
    together = encoder.encode(TEXTS)
    assert np.abs(encoder.encode(TEXTS[::-1])[::-1] - together).max() < 1e-5
    assert np.abs(np.vstack([encoder.encode([text]) for text in TEXTS]) - together).max() < 1e-5


@pytest.mark.models
def test_threads_may_share_the_encoder(encoder: MiniLmEncoder) -> None:
    expected = encoder.encode(TEXTS[:5])
    found: list[Vectors] = []
    threads = [threading.Thread(target=lambda: found.append(encoder.encode(TEXTS[:5]))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert all(np.allclose(vectors, expected, atol=1e-6) for vectors in found)


@pytest.mark.models
def test_a_folder_is_named_by_its_name_and_its_weights(encoder: MiniLmEncoder, tmp_path: Path) -> None:
    folder = tmp_path / "newsroom-encoder"
    shutil.copytree(minilm.bundled_folder(), folder)
    copied = MiniLmEncoder.load(str(folder))
    assert copied.id.startswith("newsroom-encoder@")
    assert np.abs(copied.encode(TEXTS[:2]) - encoder.encode(TEXTS[:2])).max() < 1e-5


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(minilm, "bundled_folder", lambda: tmp_path)
    with pytest.raises(StartRefused, match="not the published model"):
        MiniLmEncoder.load()


def test_missing_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "bundled_folder", lambda: tmp_path)
    with pytest.raises(StartRefused, match="cannot be read"):
        MiniLmEncoder.load()


def test_a_missing_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "BUNDLED_PACKAGE", "no_such_package_of_weights")
    with pytest.raises(StartRefused, match="install the package no-such-package-of-weights"):
        MiniLmEncoder.load()


def test_a_folder_that_is_not_there_is_refused_and_not_looked_up(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="no such folder"):
        MiniLmEncoder.load(str(tmp_path / "nowhere"))


@pytest.mark.models
def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="cannot be loaded"):
        MiniLmEncoder.load(str(tmp_path))
