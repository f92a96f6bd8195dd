"""Turns trained weights into the artefact the service loads: an ONNX graph with 8-bit weights, the link heads, and config.json.

python -m models.attribution.export --weights STATE/weights.pt --to models/attribution --version 1
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import save_file
from torch import Tensor, nn

from app.claims.linking import BUCKETS
from app.claims.trained import GRAMMAR_WEIGHT, LEAST_SURE
from app.claims.windows import LABELS, SHAPES
from models.attribution.network import Network, empty
from models.attribution.train import ENCODER


class Serving(nn.Module):
    """The network as the service calls it, one window at a time: log probabilities and hidden states."""

    def __init__(self, network: Network):
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        scores, hidden = self.network(pieces[None], shapes[None], None)
        return scores[0].log_softmax(-1), hidden[0]


def graph(network: Network, to: Path) -> None:
    """Writes the network in 32-bit floats; the length stays open."""
    pieces = torch.ones(16, dtype=torch.int64)
    names = ["pieces", "shapes"]
    torch.onnx.export(
        Serving(network).eval(),
        (pieces, torch.zeros_like(pieces)),
        str(to),
        input_names=names,
        output_names=["scores", "hidden"],
        dynamic_axes={name: {0: "length"} for name in (*names, "scores", "hidden")},
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--label-bias", type=float, nargs=len(LABELS), help="added to the labels' log probabilities before decoding")
    parser.add_argument("--grammar-weight", type=float, default=GRAMMAR_WEIGHT, help="how far the grammar may lean the labels")
    parser.add_argument("--least-sure", type=float, default=LEAST_SURE, help="attributions less probable than this are left out")
    parser.add_argument("--floats", action="store_true", help="keep 32-bit weights, for comparison")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    network = empty(ENCODER)
    network.load_state_dict(torch.load(options.weights, weights_only=True)["network"])
    network.eval()
    model = options.to / "model.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        graph(network, whole)
        if options.floats:
            shutil.copy(whole, model)
        else:
            quantize_dynamic(whole, model, per_channel=True, reduce_range=False, weight_type=QuantType.QInt8)
    links = {name: weight.contiguous() for name, weight in network.state_dict().items() if name.startswith(("content_cue", "cue_source"))}
    save_file(links, options.to / "link.safetensors")
    shutil.copy(ENCODER / "tokenizer.json", options.to / "tokenizer.json")
    files = ("model.onnx", "link.safetensors", "tokenizer.json")
    config = {
        "version": options.version,
        "labels": LABELS,
        "shapes": SHAPES,
        "distance_buckets": BUCKETS,
        "window_pieces": 256,
        "context_pieces": 64,
        "label_bias": options.label_bias or [0.0] * len(LABELS),
        "grammar_weight": options.grammar_weight,
        "least_sure": options.least_sure,
        "sha256": {name: hashlib.sha256((options.to / name).read_bytes()).hexdigest() for name in files},
    }
    (options.to / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
