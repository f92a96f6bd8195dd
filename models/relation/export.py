"""Turns trained weights into the artefact's network: an ONNX graph with 8-bit weights, and the tokenizer.

    python -m models.relation.export --weights STATE/best.pt --to models/relation
    python -m models.relation.export --weights STATE/round0036.pt STATE/round0037.pt --to models/relation

Several files are averaged, one named twice counting twice. `fit_judge` must follow: it writes config.json for this network.
"""

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from app.relations.entailment import MODEL, TOKENIZER
from models.relation.network import ENCODER, CrossEncoder, empty


def graph(network: nn.Module, to: Path) -> None:
    """Writes the network in 32-bit floats; batch and length stay open."""
    pieces = torch.ones((2, 16), dtype=torch.int64)
    segments = torch.zeros_like(pieces)
    segments[:, 8:] = 1
    names = ["pieces", "segments", "mask"]
    torch.onnx.export(
        network.eval(),
        (pieces, segments, torch.ones_like(pieces)),
        str(to),
        input_names=names,
        output_names=["scores"],
        dynamic_axes={**{name: {0: "pairs", 1: "length"} for name in names}, "scores": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )


def load(weights: Sequence[Path]) -> CrossEncoder:
    """The network of a training run's file, or the mean of several."""
    network = empty()
    states = [torch.load(path, weights_only=True)["network"] for path in weights]
    network.load_state_dict({name: mean([state[name] for state in states]) for name in states[0]})
    return network.eval()


def mean(values: Sequence[torch.Tensor]) -> torch.Tensor:
    """The mean in double precision, of the first one's type; whole numbers are taken from the first."""
    if not values[0].is_floating_point():
        return values[0]
    return torch.stack([value.double() for value in values]).mean(0).to(values[0].dtype)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        graph(load(options.weights), whole)
        quantize_dynamic(whole, options.to / MODEL, per_channel=True, reduce_range=False, weight_type=QuantType.QInt8)
    shutil.copy(ENCODER / "tokenizer.json", options.to / TOKENIZER)


if __name__ == "__main__":
    main()
