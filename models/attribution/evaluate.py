"""Measures the artefact, or a training run's weights, on gold attributions.

python -m models.attribution.evaluate dev.jsonl.gz --artefact models/attribution --json models/attribution/metrics.json
python -m models.attribution.evaluate dev.jsonl.gz --weights STATE/weights.pt
python -m models.attribution.evaluate dev.jsonl.gz --grammar
"""

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from app.articles.reading import read as read_document
from app.claims.grammar import GrammarTagger
from app.claims.trained import TOKENIZER, TrainedTagger
from app.claims.windows import Reader, line_spans
from app.outlets.outlet import Outlet
from models.attribution.examples import read
from models.attribution.offline import figures, tag


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--artefact", type=Path, default=Path(__file__).parent)
    parser.add_argument("--weights", type=Path, help="a training run's weights or state, instead of the artefact")
    parser.add_argument("--grammar", action="store_true", help="the grammar of cues, instead of the artefact")
    parser.add_argument("--limit", type=int, help="the first so many texts only")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    golds = list(read(options.file))[: options.limit]
    began = time.process_time()
    result: dict[str, Any] = {}
    if options.weights:
        from models.attribution.network import empty
        from models.attribution.train import ENCODER

        network = empty(ENCODER)
        network.load_state_dict(torch.load(options.weights, weights_only=True)["network"])
        found = tag(network, Reader(Tokenizer.from_file(str(ENCODER / TOKENIZER))), golds)
    elif options.grammar:
        outlet, now = Outlet("unknown", "Unknown outlet"), datetime.now(UTC)
        grammar = GrammarTagger()
        found = grammar.tag([read_document(outlet, "", gold.text, now) for gold in golds])
        result["id"] = grammar.id
    else:
        tagger = TrainedTagger.load(options.artefact, threads=options.threads)
        found = tagger.tag_texts([(gold.text, line_spans(gold.text)) for gold in golds])
        result["id"] = tagger.id
    seconds = time.process_time() - began
    result |= {"file": f"{options.file.parent.name}/{options.file.name}", "texts": len(golds)}
    result |= {"attributions": sum(len(gold.attributions) for gold in golds), **figures(golds, found)}
    words = sum(len(gold.text.split()) for gold in golds)
    result |= {"texts_a_core_second": round(len(golds) / seconds, 2), "words_a_core_second": round(words / seconds)}
    print(json.dumps(result, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
