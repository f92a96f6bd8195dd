"""Trains the relation judge's network: the pinned encoder, fine-tuned to read two statements together.

    python -m models.relation.train --ministories DIR --public DIR --state DIR --pairs 60000

`--public` holds relation-train/, claimdiff/ and fnc1/. Training goes in rounds; each draws its share from every source as the files
then stand. It stops and resumes: the state folder holds weights, optimiser and round, and `best.pt` the best weights so far. With
`--keep-rounds` the weights of every round stay, so that `export` can average them.
"""

import argparse
import json
import math
import random
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from app.relations.statements import asides
from models.relation.made import made_pairs
from models.relation.measures import Figures, figures
from models.relation.network import ENCODER, CrossEncoder, fresh
from models.relation.pairs import LABELS, Example, grids, read_ministories
from models.relation.sources import entailment_pairs, headline_pairs, topic_pairs

MINISTORIES = Path(__file__).with_name("ministories")
PIECES_AT_MOST = 96
_LAYERS = 6
# The embeddings and this many of the lowest layers stay as they are: a tenth of the time saved. Source: decision.
_LAYERS_KEPT = 1
# A share of the texts is read without the words that only attribute, as claims come in service. Source: decision.
_BARE_SHARE = 0.3


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ministories", type=Path, nargs="+", default=[MINISTORIES])
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=60000, help="in all; may change when a run is resumed")
    parser.add_argument("--round-pairs", type=int, default=4000)
    parser.add_argument("--story-share", type=float, default=0.5)
    parser.add_argument("--made-share", type=float, default=0.12)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=8e-4)
    parser.add_argument("--layer-decay", type=float, default=0.85)
    parser.add_argument("--smoothing", type=float, default=0.08)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--dev-pairs", type=int, default=400)
    parser.add_argument("--keep-rounds", action="store_true")
    return parser.parse_args()


def draw(pool: Sequence[Example], size: int, turn: int) -> list[Example]:
    """The `turn`-th draw of `size` pairs, heavier examples sooner, none again before all came; every other pass in the other order."""
    ordered = sorted(pool, key=lambda e: -math.log(e.chance) / e.weight)
    places = [turn * size + i for i in range(size if ordered else 0)]
    chosen = [(ordered[place % len(ordered)], place // len(ordered)) for place in places]
    return [e.swapped() if (e.chance < 0.5) == (again % 2 == 0) else e for e, again in chosen]


def bare(text: str) -> str:
    """The text without the words that only attribute it."""
    for span in reversed(asides(text)):
        text = text[: span.start_char] + text[span.end_char :]
    return text.strip(" ,")


def encode(tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, segments and mask, each (pairs, pieces)."""
    read = tokenizer.encode_batch(list(pairs))
    width = max(len(one.ids) for one in read)
    arrays = np.zeros((3, len(read), width), dtype=np.int64)
    for row, one in enumerate(read):
        arrays[:, row, : len(one.ids)] = one.ids, one.type_ids, one.attention_mask
    pieces, segments, mask = torch.from_numpy(arrays)
    return pieces, segments, mask


def cutter() -> Tokenizer:
    """The pinned encoder's tokenizer for pairs, without padding."""
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(PIECES_AT_MOST, strategy="longest_first")
    return tokenizer


def batches(drawn: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Batches of like length in a random order."""
    ordered = sorted(drawn, key=lambda e: (len(e.a) + len(e.b)) // 20 + chance.random())
    made = [list(ordered[start : start + size]) for start in range(0, len(ordered), size)]
    chance.shuffle(made)
    yield from made


def optimiser(network: CrossEncoder, options: argparse.Namespace) -> torch.optim.AdamW:
    """Lower layers learn more slowly; the embeddings and the lowest stay as they are; biases and normalisations are not decayed."""
    for weight in network.encoder.embeddings.parameters():
        weight.requires_grad_(False)
    for layer in network.encoder.encoder.layer[:_LAYERS_KEPT]:
        for weight in layer.parameters():
            weight.requires_grad_(False)
    groups: list[dict[str, Any]] = []
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        rate = options.head_rate
        if name.startswith("encoder."):
            depth = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
            rate = options.rate * options.layer_decay ** (_LAYERS - depth)
        groups.append({"params": [weight], "lr": rate, "weight_decay": 0.01 if weight.dim() > 1 else 0.0})
    return torch.optim.AdamW(groups)


def share_of_rate(done: int, total: int) -> float:
    """Linear warm-up over the first 6 % of the pairs, then linear decay to a fiftieth."""
    rise = 0.06 * total
    return (done + 1) / rise if done < rise else max(0.02, (total - done) / (total - rise))


def predict(network: CrossEncoder, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], batch: int = 64) -> np.ndarray[Any, Any]:
    """Log probabilities (pairs, labels) of each pair as it stands; (0, labels) for none."""
    network.eval()
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    result = np.zeros((len(pairs), len(LABELS)), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            result[rows] = network(*encode(tokenizer, [pairs[i] for i in rows])).log_softmax(-1).numpy()
    return result


def check(network: CrossEncoder, tokenizer: Tokenizer, examples: Sequence[Example]) -> Figures:
    """Figures of the network alone, the mean of both orders."""
    scores = predict(network, tokenizer, [(e.a, e.b) for e in examples]) + predict(network, tokenizer, [(e.b, e.a) for e in examples])
    return figures([e.label for e in examples], [LABELS[i] for i in scores.argmax(1)])


class Pools:
    """What is drawn from: public sets read once, mini-stories anew for each round."""

    def __init__(self, options: argparse.Namespace):
        self._options = options
        public: Path = options.public
        self.public = [
            *entailment_pairs(public / "relation-train" / "train.jsonl.gz"),
            *headline_pairs(public / "fnc1"),
            *topic_pairs(public / "claimdiff" / "train.jsonl.gz"),
        ]
        held_out = entailment_pairs(public / "relation-train" / "dev.jsonl.gz")
        size = options.dev_pairs
        self.public_dev = sorted(held_out, key=lambda e: e.chance)[:size]
        unseen = grids(story for story in read_ministories(options.ministories) if story.held_out)
        self.story_dev = sorted(unseen, key=lambda e: -math.log(e.chance) / e.weight)[:size]

    def round(self, turn: int) -> list[Example]:
        """The examples of one round."""
        size = self._options.round_pairs
        stories = [story for story in read_ministories(self._options.ministories) if not story.held_out]
        of_stories = round(size * self._options.story_share)
        made = round(size * self._options.made_share)
        return [
            *draw(grids(stories), of_stories, turn),
            *draw(made_pairs(stories), made, turn),
            *draw(self.public, size - of_stories - made, turn),
        ]


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.state.mkdir(parents=True, exist_ok=True)
    tokenizer = cutter()
    pools = Pools(options)
    network = fresh()
    optimizer = optimiser(network, options)
    rates = [group["lr"] for group in optimizer.param_groups]
    state_file: Path = options.state / "state.pt"
    turn, best = 0, -1.0
    if state_file.exists():
        saved: dict[str, Any] = torch.load(state_file, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        turn, best = saved["turn"], saved["best"]
    asked_to_stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked_to_stop.append(number))
    with (options.state / "log.jsonl").open("a") as log:
        while turn * options.round_pairs < options.pairs:
            began = time.monotonic()
            loss = learn_round(network, optimizer, rates, tokenizer, pools.round(turn), turn, options)
            turn += 1
            seconds = time.monotonic() - began
            story, public = check(network, tokenizer, pools.story_dev), check(network, tokenizer, pools.public_dev)
            score = 0.6 * story.macro_f1 + 0.4 * public.macro_f1
            row = {"round": turn, "loss": round(loss, 4), "stories": story.row(), "public": public.row(), "seconds": round(seconds)}
            print(json.dumps(row), file=log, flush=True)
            if score > best:
                best = score
                _save(options.state / "best.pt", {"network": network.state_dict()})
            if options.keep_rounds:
                _save(options.state / f"round{turn:04d}.pt", {"network": network.state_dict()})
            _save(state_file, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "turn": turn, "best": best})
            if asked_to_stop:
                return


def learn_round(
    network: CrossEncoder,
    optimizer: torch.optim.AdamW,
    rates: Sequence[float],
    tokenizer: Tokenizer,
    drawn: Sequence[Example],
    turn: int,
    options: argparse.Namespace,
) -> float:
    """Learns from one round's examples; the mean loss."""
    network.train()
    chance = random.Random(options.seed * 1000 + turn)
    done, losses = turn * options.round_pairs, []
    for batch in batches(drawn, options.batch, chance):
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share_of_rate(done, options.pairs)
        texts = [(_seen(e.a, e, chance), _seen(e.b, e, chance)) for e in batch]
        wanted = torch.tensor([LABELS.index(e.label) for e in batch])
        loss = functional.cross_entropy(network(*encode(tokenizer, texts)), wanted, label_smoothing=options.smoothing)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        done += len(batch)
        losses.append(loss.item())
        if len(losses) % 20 == 0:
            print(json.dumps({"pairs": done, "loss": round(float(np.mean(losses[-20:])), 4)}), flush=True)
    return sum(losses) / len(losses)


def _seen(text: str, example: Example, chance: random.Random) -> str:
    return bare(text) if example.story and chance.random() < _BARE_SHARE else text


def _save(path: Path, state: dict[str, Any]) -> None:
    """Writes beside the old state and swaps, so that a kill leaves one whole."""
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    main()
