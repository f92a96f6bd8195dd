"""The measurement of what is dropped and marked."""

import gzip
import json
from pathlib import Path

from models.attribution.checkworthy import DROPPED, fate, read, shares


def test_a_sentence_is_dropped_or_gets_the_type_of_its_claim() -> None:
    assert fate("Who closed the bridge?", whole_sentence=True) == DROPPED
    assert fate("The toll will double.", whole_sentence=True) == "prediction"
    assert fate("The harbour is a disgrace.", whole_sentence=False) == "opinion"
    assert fate("The bridge was closed.", whole_sentence=False) == "statement"


def test_shares_of_nothing_are_nought_and_others_add_up() -> None:
    assert set(shares([]).values()) == {0}
    assert shares([DROPPED, "opinion", "opinion", "statement"]) == {DROPPED: 0.25, "statement": 0.25, "prediction": 0, "opinion": 0.5}


def test_rows_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text, "label": label, "id": 7}) + "\n" for text, label in [("It rose.", 1), ("Hello.", 0)])
    assert read(path) == [("It rose.", 1), ("Hello.", 0)]
