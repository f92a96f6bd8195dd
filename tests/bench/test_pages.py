"""The bench of pages: which pages, what counts, and what it is held against."""

import random
from pathlib import Path

from app.relations.relation import RelationKind
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.storage.reading import conflicts as conflicts_in
from app.storage.reading import outlets as outlets_in
from bench.filling import _pairs, fill
from bench.pages import LIMIT_BYTES, Answer, Page, page_routes, section_of
from tests.made_claims import made_claim


def test_every_page_is_opened_and_no_static_file_is_taken_for_one() -> None:
    routes = page_routes()
    assert {"/", "/conflicts/{id}", "/clusters/{id}", "/articles/{id}"} <= set(routes)
    assert not any("static" in route for route in routes)


def test_a_page_is_held_against_both_limits_with_its_data() -> None:
    html, data = Answer("/", LIMIT_BYTES - 10, 0.1), Answer("/v1/conflicts", 10, 0.1)
    assert Page("/", (html, data)).within
    assert not Page("/", (html, Answer("/v1/conflicts", 11, 0.1))).within
    assert not Page("/", (html, Answer("/v1/conflicts", 1, 0.3))).within
    assert (Page("/", (html, data)).own_bytes, Page("/", (html, data)).data_bytes) == (LIMIT_BYTES - 10, 10)


def test_the_section_names_pages_and_queries_without_their_ids() -> None:
    page = Page("/outlets/{id}", (Answer("/outlets/tarn", 1_000, 0.01),))
    queries = [Answer("/v1/outlets/matrix/tarn/harrow?stance=diverge", 10, 0.002), Answer("/v1/outlets/matrix", 10, 0.002)]
    text = section_of([page], queries, [], "5 claims", "python -m bench pages", ["- Machine: one"])
    assert "| `/outlets/{id}` | 1 | 1.0 | 0.0 | 10 | 10 | yes |" in text
    assert "`GET /v1/outlets/matrix/{a}/{b}?stance=diverge`" in text
    assert "`GET /v1/outlets/matrix`" in text


def test_pairs_join_claims_that_are_there_and_some_part() -> None:
    claims = [made_claim(f"clm_{at}", outlet=f"outlet-{at % 7}") for at in range(200)]
    pairs = list(_pairs(claims, random.Random(1)))
    assert {end for pair in pairs for end in (pair.a, pair.b)} <= {claim.id for claim in claims}
    assert all(pair.a < pair.b for pair in pairs)
    assert {pair.kind for pair in pairs} == {RelationKind.CORROBORATES, RelationKind.CONTRADICTS}
    assert all(pair.reasons for pair in pairs if pair.kind is RelationKind.CONTRADICTS)


def test_a_filled_store_holds_claims_clusters_and_conflicts_of_many_outlets(tmp_path: Path) -> None:
    stored = fill(tmp_path, 300, encoder_id="made-3", dimensions=3, read_articles=12)
    database = Database(f"sqlite:///{tmp_path / 'parallax.db'}")
    with database.read() as session:
        assert claims_in.vector_count(session) == stored >= 300
        assert conflicts_in.last_change(session) > 0
        assert outlets_in.matrix(session, None)
    database.close()
