"""The index at a start: what the snapshot lacks is added, what was withdrawn since goes."""

from pathlib import Path

import numpy as np
import pytest

from app.pipeline.catching_up import SNAPSHOT, open_index
from app.storage.database import Database
from app.storage.writing import claims as claims_out
from app.vectors.checksum import checksum_of
from app.vectors.growing_index import GrowingClaimIndex
from app.vectors.index import Neighbour
from tests.made_claims import made_claim
from tests.storage import filling, schema
from tests.vectors.fake_encoder import HashEncoder

ENCODER = HashEncoder(32)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    store = Database(f"sqlite:///{tmp_path / 'store.db'}")
    schema.upgrade(store)
    with store.write() as session:
        filling.receive(session)
    return store


def stored(database: Database, first: int, count: int) -> list[int]:
    """Stores so many claims; their numbers."""
    claims = [made_claim(f"clm_{at}", article="art_1") for at in range(first, first + count)]
    vectors = ENCODER.encode([f"sentence {at}" for at in range(first, first + count)])
    with database.write() as session:
        return [claim.number for claim in claims_out.insert(session, claims, vectors, encoder_id=ENCODER.id, made_by="test")]


def test_a_snapshot_that_is_behind_is_brought_in_step(database: Database, tmp_path: Path) -> None:
    early = stored(database, 0, 6)
    index = open_index(database, ENCODER, tmp_path)
    index.save(tmp_path / SNAPSHOT, encoder_id=ENCODER.id)
    late = stored(database, 6, 3)
    with database.write() as session:
        session.connection().exec_driver_sql(f"DELETE FROM claim_vector WHERE claim_number IN ({early[0]}, {early[3]})")
    again = open_index(database, ENCODER, tmp_path)
    assert again.checksum() == checksum_of([*early[1:3], *early[4:], *late])
    assert again.nearest(ENCODER.encode(["sentence 7"]), 1)[0][0].number == late[1]
    database.close()


def test_without_a_snapshot_or_with_a_hopeless_one_the_index_is_built_from_the_rows(database: Database, tmp_path: Path) -> None:
    stored(database, 0, 1)
    index = open_index(database, ENCODER, tmp_path)
    index.save(tmp_path / SNAPSHOT, encoder_id=ENCODER.id)
    stored(database, 1, 5)
    assert len(open_index(database, ENCODER, tmp_path)) == 6
    (tmp_path / SNAPSHOT).unlink()
    found = open_index(database, ENCODER, tmp_path)
    assert np.isclose(found.nearest(ENCODER.encode(["sentence 3"]), 1)[0][0].similarity, 1.0)
    database.close()


def test_a_snapshot_of_another_store_is_not_believed_though_it_knows_the_numbers(database: Database, tmp_path: Path) -> None:
    numbers = stored(database, 0, 6)
    other = GrowingClaimIndex(ENCODER.dimensions, tmp_path / SNAPSHOT)
    other.add(numbers[:5], ENCODER.encode([f"something else {at}" for at in range(5)]))
    other.save(tmp_path / SNAPSHOT, encoder_id=ENCODER.id)
    found = open_index(database, ENCODER, tmp_path)
    assert found.nearest(ENCODER.encode(["sentence 3"]), 1)[0] == [Neighbour(numbers[3], 1.0)]
    database.close()


def test_a_restored_store_whose_numbers_are_given_again_keeps_its_own_vectors(database: Database, tmp_path: Path) -> None:
    numbers = stored(database, 0, 6)
    open_index(database, ENCODER, tmp_path).save(tmp_path / SNAPSHOT, encoder_id=ENCODER.id)
    with database.write() as session:
        session.connection().exec_driver_sql(f"DELETE FROM claim_vector WHERE claim_number > {numbers[3]}")
    open_index(database, ENCODER, tmp_path)  # and dies without saving
    with database.write() as session:
        row = ENCODER.encode(["another sentence"]).astype("<f4").tobytes()
        session.connection().exec_driver_sql(
            "INSERT INTO claim_vector (claim_number, encoder_id, vector, linking) VALUES (?, ?, ?, 0)", (numbers[4], ENCODER.id, row)
        )
    found = open_index(database, ENCODER, tmp_path)
    assert found.nearest(ENCODER.encode(["another sentence"]), 1)[0] == [Neighbour(numbers[4], 1.0)]
    database.close()
