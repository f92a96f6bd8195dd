"""Networks that read two texts together: the project's own, and any cross-encoder with entailment labels in its place."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from app.errors import StartRefused

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

MODEL, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "config.json"
LABELS = ("agree", "unrelated", "diverge", "update")
# What other makers call the same: the columns of LABELS.
_OTHER_LABELS = {"entailment": 0, "neutral": 1, "contradiction": 2, "entail": 0, "contradict": 2}
_ID_HEX_DIGITS = 12
# What a network without a label for it says of updates, as a log probability.
_NEVER = -12.0

Floats = NDArray[np.float64]


class Entailment(Protocol):
    """Reads pairs of texts in both orders. `id` names the network; `tells_updates` whether it has a label for them."""

    @property
    def id(self) -> str: ...

    @property
    def tells_updates(self) -> bool: ...

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Log probabilities (pairs, 2, LABELS): row 0 the pair as it stands, row 1 swapped; (0, 2, labels) for none.

        A pair's result does not depend on the others, and swapping it swaps its rows exactly.
        """
        ...


class TrainedEntailment:
    """`Entailment` over the project's artefact. Each pair goes through alone, both orders at once: 8-bit weights gain nothing from more."""

    def __init__(
        self, run: Callable[[dict[str, NDArray[np.int64]]], NDArray[np.float32]], tokenizer: Tokenizer, id: str, temperature: float
    ):
        """Wraps a loaded network; `load` is the usual way in."""
        self._run = run
        self._tokenizer = tokenizer
        self._id = id
        self._temperature = temperature

    @classmethod
    def load(cls, directory: Path, *, threads: int | None = None) -> Self:
        """Loads the artefact in `directory`; `threads` bounds the processor threads of one call (None: all cores).

        Raises StartRefused when a file is missing or is not the one that config.json names.
        """
        config = read_config(directory)
        for name in (MODEL, TOKENIZER):
            _verify(directory / name, str(config["sha256"][name]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(directory / MODEL), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
        tokenizer.no_padding()
        tokenizer.enable_truncation(int(config["pieces_at_most"]), strategy="longest_first")

        def run(inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
            scores: NDArray[np.float32] = session.run(["scores"], inputs)[0]
            return scores

        version = f"relation-{config['version']}-{config['sha256'][MODEL][:_ID_HEX_DIGITS]}"
        return cls(run, tokenizer, version, float(config["temperature"]))

    @property
    def id(self) -> str:
        return self._id

    @property
    def tells_updates(self) -> bool:
        return True

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """See Entailment."""
        result = np.zeros((len(pairs), 2, len(LABELS)))
        for row, (a, b) in enumerate(pairs):
            # One order whichever way the pair came, so that it comes out the same to the last digit.
            first, second = sorted((a, b))
            both = self._tokenizer.encode_batch([(first, second), (second, first)])
            scores = self._run(_inputs(both)).astype(np.float64) / self._temperature
            read = scores - np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1, keepdims=True)) - scores.max(1, keepdims=True)
            result[row] = read if (a, b) == (first, second) else read[::-1]
        return result


class OtherEntailment:
    """`Entailment` over any sentence-transformers CrossEncoder whose labels are entailment, neutral and contradiction."""

    def __init__(self, model: "CrossEncoder", id: str):
        """Wraps a loaded model; `load` is the usual way in. Raises StartRefused when it has other labels."""
        known: dict[int, str] = getattr(model.config, "id2label", None) or {}
        names = [str(name).lower() for _, name in sorted(known.items())]
        if sorted(_OTHER_LABELS.get(name, -1) for name in names) != [0, 1, 2]:
            raise StartRefused(f"{id} cannot judge relations: its labels are {names}, not entailment, neutral and contradiction")
        self._columns = [_OTHER_LABELS[name] for name in names]
        self._model = model
        self._id = id

    @classmethod
    def load(cls, name: str) -> Self:
        """A folder, or the name of a model on the hub, which may reach the network. Raises StartRefused when it cannot be loaded."""
        from sentence_transformers import CrossEncoder

        try:
            return cls(CrossEncoder(name, device="cpu"), f"relation-{name}")
        except (OSError, ValueError) as error:
            raise StartRefused(f"The relation model {name!r} cannot be loaded: {error}") from error

    @property
    def id(self) -> str:
        return self._id

    @property
    def tells_updates(self) -> bool:
        return False

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """See Entailment."""
        result = np.full((len(pairs), 2, len(LABELS)), _NEVER)
        for row, (a, b) in enumerate(pairs):
            first, second = sorted((a, b))
            given: list[Any] = [(first, second), (second, first)]
            shares = np.asarray(self._model.predict(given, apply_softmax=True, show_progress_bar=False), dtype=np.float64)
            read = np.log(np.maximum(shares, np.exp(_NEVER)))
            result[row][:, self._columns] = read if (a, b) == (first, second) else read[::-1]
        return result


def read_config(directory: Path) -> dict[str, Any]:
    """The artefact's config.json, once it is sure that it was made for this code. Raises StartRefused."""
    path = directory / CONFIG
    if not path.is_file():
        raise _refused(path, "is missing")
    try:
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        same = tuple(config["labels"]) == LABELS
        complete = {"version", "temperature", "pieces_at_most", "judge"} <= config.keys() and {MODEL, TOKENIZER} <= config["sha256"].keys()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(path, f"cannot be read ({error})") from error
    if not (same and complete):
        raise _refused(path, "describes a network made for another version of the judge")
    return config


def _inputs(both: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    width = max(len(one.ids) for one in both)
    arrays = np.zeros((3, len(both), width), dtype=np.int64)
    for row, one in enumerate(both):
        arrays[:, row, : len(one.ids)] = one.ids, one.type_ids, one.attention_mask
    return dict(zip(("pieces", "segments", "mask"), arrays, strict=True))


def _verify(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise _refused(path, "is missing")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise _refused(path, f"is not the file that {CONFIG} names (SHA-256 {found}, expected {sha256})")


def _refused(path: Path, what: str) -> StartRefused:
    return StartRefused(
        f"The relation judge cannot be loaded: {path} {what}. Restore the folder from the repository, make it anew with "
        "models/relation/train.py and export.py, or choose the rules alone in the settings."
    )
