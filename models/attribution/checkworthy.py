"""Measures what is dropped as no claim, and what is marked as a prediction or an opinion, on sentences labelled check-worthy or not.

python -m models.attribution.checkworthy claimbuster-train.jsonl.gz clef2019-train.jsonl.gz
python -m models.attribution.checkworthy claimbuster-train.jsonl.gz --show lost

Rows {"text", "label"}; label 1 is a check-worthy claim about a fact, 0 is anything else: no claim about a fact, or one of no interest.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from app.claims.checkable import checkable
from app.claims.claim import ClaimType
from app.claims.claim_types import claim_type

DROPPED = "dropped"
SHOWN = {"lost": (1, (DROPPED,)), "marked": (1, (ClaimType.PREDICTION, ClaimType.OPINION)), "unmarked": (0, (ClaimType.STATEMENT,))}


def read(path: Path) -> list[tuple[str, int]]:
    """Each sentence with its label, in the file's order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [(row["text"], row["label"]) for row in map(json.loads, lines)]


def fate(text: str, *, whole_sentence: bool) -> str:
    """What becomes of a sentence: dropped, or the type of its claim. `whole_sentence`: as the article's own, else as a speaker's words."""
    if not checkable(text, whole_sentence=whole_sentence):
        return DROPPED
    return claim_type(text, "" if whole_sentence else "said", quoted=not whole_sentence)


def shares(fates: Iterable[str]) -> dict[str, float]:
    """The share of each fate, 0 to 1; all 0 for no sentence."""
    counted = Counter(fates)
    return {name: round(counted[name] / max(counted.total(), 1), 4) for name in (DROPPED, *ClaimType)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", choices=SHOWN, help="print the check-worthy ones lost or marked, or the others left unmarked")
    options = parser.parse_args()
    for path in options.files:
        rows = read(path)
        for whole_sentence in (True, False):
            found = [(text, label, fate(text, whole_sentence=whole_sentence)) for text, label in rows]
            for label in (1, 0):
                told = shares(fate for _, own, fate in found if own == label)
                result = {
                    "file": path.name,
                    "read_as": "the article's own sentence" if whole_sentence else "a speaker's words",
                    "check_worthy": bool(label),
                    "sentences": sum(own == label for _, own, _ in found),
                    "kept": round(1 - told[DROPPED], 4),
                    **told,
                }
                print(json.dumps(result))
            if options.show and whole_sentence:
                label, wanted = SHOWN[options.show]
                for text, own, fate_ in found:
                    if own == label and fate_ in wanted:
                        print(f"  {fate_}: {text}")


if __name__ == "__main__":
    main()
