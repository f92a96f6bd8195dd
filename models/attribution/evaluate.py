"""Measures the artefact, or a training run's weights, on gold attributions.

python -m models.attribution.evaluate dev.jsonl.gz --artefact models/attribution --json models/attribution/metrics.json
python -m models.attribution.evaluate dev.jsonl.gz --weights STATE/weights.pt
python -m models.attribution.evaluate dev.jsonl.gz --grammar
python -m models.attribution.evaluate dev.jsonl.gz --network

By default what is measured is what the service answers with: the artefact, mended by the grammar.
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
from app.claims.mended import MendedTagger
from app.claims.tagger import AttributionTagger
from app.claims.trained import TOKENIZER, TrainedTagger
from app.claims.windows import Reader
from app.outlets.outlet import Outlet
from models.attribution.examples import read
from models.attribution.offline import figures, tag


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--artefact", type=Path, default=Path(__file__).parent)
    parser.add_argument("--weights", type=Path, help="a training run's weights or state, instead of the artefact")
    parser.add_argument("--grammar", action="store_true", help="the grammar of cues, instead of the artefact")
    parser.add_argument("--network", action="store_true", help="the artefact alone, which the service has mended by the grammar")
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

        weights = empty(ENCODER)
        weights.load_state_dict(torch.load(options.weights, weights_only=True)["network"])
        found = tag(weights, Reader(Tokenizer.from_file(str(ENCODER / TOKENIZER))), golds)
    else:
        outlet, now = Outlet("unknown", "Unknown outlet"), datetime.now(UTC)
        documents = [read_document(outlet, "", gold.text, now) for gold in golds]
        grammar = GrammarTagger()
        tagger: AttributionTagger = grammar
        if not options.grammar:
            network = TrainedTagger.load(options.artefact, threads=options.threads)
            tagger = network if options.network else MendedTagger(network, grammar)
        found = tagger.tag(documents)
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
