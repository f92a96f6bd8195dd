"""Storing claims with vectors, names and relations; withdrawing them; finding them again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from sqlmodel import select

from app.claims.claim import Claim, ClaimType, LinkKind, StoredClaim, Voice
from app.errors import NotFound
from app.relations.relation import RelationKind
from app.storage.chunks import CHUNK, chunks
from app.storage.database import Database
from app.storage.reading import claims as claims_in
from app.storage.tables import RelationRow, SpeakerRow
from app.storage.writing import claims as claims_out
from app.storage.writing import clusters as clusters_out
from tests.made_claims import NOON, made_claim, pair
from tests.storage import schema
from tests.storage.filling import ENCODER, insert, store_claims, vectors_for
from tests.storage.test_mapping import CLAIMS

AGREE = RelationKind.CORROBORATES


@given(CLAIMS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_claim_comes_back_as_it_was_stored(database: Database, claim: Claim) -> None:
    schema.empty(database)
    with database.write() as session:
        (stored,) = insert(
            session, [replace(made_claim("clm_a"), claim=replace(claim, chain=(*claim.chain, made_claim("x").claim.chain[-1])))]
        )
    with database.read() as session:
        assert claims_in.get(session, "clm_a") == stored


def test_stored_claims_get_growing_numbers(database: Database) -> None:
    first, second = store_claims(database)
    assert 0 < first.number < second.number
    with database.read() as session:
        assert claims_in.by_numbers(session, [second.number, 10**6]) == {second.number: second}
        assert claims_in.by_ids(session, ["clm_b", "clm_a", "clm_x"]) == [first, second]


def test_vectors_come_back_bit_by_bit(database: Database) -> None:
    stored = store_claims(database)
    with database.read() as session:
        ((encoder, numbers, matrix),) = claims_in.vectors(session)
        one = claims_in.vector(session, stored[1].number, ENCODER)
        assert claims_in.vector(session, 10**6, ENCODER) is None
        assert claims_in.vector_count(session) == 2
    assert (encoder, numbers) == (ENCODER, [claim.number for claim in stored])
    assert matrix.dtype == np.float32
    assert np.array_equal(matrix, vectors_for(stored))
    assert one is not None
    assert np.array_equal(one, vectors_for(stored)[1])


def test_vectors_come_in_runs_of_one_encoder_and_each_once(database: Database) -> None:
    claims = [made_claim(f"clm_{at}") for at in range(7)]
    with database.write() as session:
        stored = insert(session, claims[:3]) + insert(session, claims[3:], "other-3")
    with database.read() as session:
        runs = list(claims_in.vectors(session, chunk=2))
        assert claims_in.vector_numbers(session, "other-3") == [claim.number for claim in stored[3:]]
    assert sorted(number for _, numbers, _ in runs for number in numbers) == [claim.number for claim in stored]
    assert all(len(numbers) == len(matrix) for _, numbers, matrix in runs)
    of = {number: encoder for encoder, numbers, _ in runs for number in numbers}
    assert [of[claim.number] for claim in stored] == [ENCODER] * 3 + ["other-3"] * 4


def test_claims_of_another_encoder_are_found_and_given_new_vectors(database: Database) -> None:
    stored = store_claims(database)
    with database.write() as session:
        assert claims_in.with_other_vector(session, ENCODER, 10) == []
        assert claims_in.with_other_vector(session, "new-2", 1) == stored[:1]
        claims_out.replace_vectors(session, stored, np.ones((2, 2), np.float32), "new-2")
    with database.read() as session:
        assert claims_in.with_other_vector(session, "new-2", 10) == []
        assert claims_in.vector_count(session) == 2
        assert [encoder for encoder, _, _ in claims_in.vectors(session)] == ["new-2"]


def test_a_withdrawn_claim_is_nowhere_found(database: Database) -> None:
    with database.write() as session:
        stored = insert(
            session, [made_claim("clm_a", cluster="clu_a"), made_claim("clm_b", cluster="clu_a", outlet="nine", speaker="Reed")]
        )
        clusters_out.save_relations(session, [pair("clm_a", "clm_b", AGREE)], "test")
        claims_out.withdraw(session, [stored[1]], NOON)
        claims_out.withdraw(session, [], NOON)
    with database.read() as session:
        with pytest.raises(NotFound, match="clm_b"):
            claims_in.get(session, "clm_b")
        assert claims_in.by_numbers(session, [stored[1].number]) == {}
        assert claims_in.by_ids(session, ["clm_b"]) == []
        assert claims_in.of_article(session, stored[1].article_id) == []
        assert claims_in.of_clusters(session, ["clu_a"]) == [stored[0]]
        assert claims_in.relations_among(session, ["clm_a", "clm_b"]) == []
        assert claims_in.vector_numbers(session, ENCODER) == [stored[0].number]
        assert [claim.id for claim in claims_in.page(session, 10, None).items] == ["clm_a"]
        assert claims_in.counts(session, ["art_harbor-courier", "art_nine"]) == {"art_harbor-courier": 1, "art_nine": 0}
        assert session.exec(select(SpeakerRow)).all() == []
        assert session.exec(select(RelationRow)).all() == []


def test_a_claim_that_returns_lives_again_under_its_number(database: Database) -> None:
    stored = store_claims(database)
    with database.write() as session:
        claims_out.withdraw(session, stored, NOON)
    with database.write() as session:
        again = insert(session, [replace(claim, number=0, revision=2) for claim in stored])
    assert [claim.number for claim in again] == [claim.number for claim in stored]
    with database.read() as session:
        assert claims_in.by_ids(session, ["clm_a", "clm_b"]) == [replace(claim, revision=2) for claim in stored]
        assert claims_in.vector_count(session) == 2
        assert [claim.id for claim in claims_in.page(session, 10, None, source="ines varga").items] == ["clm_b"]


def test_a_kept_claim_moves_with_its_revision(database: Database) -> None:
    kept = store_claims(database)[1]
    link = replace(kept.claim.chain[0], kind=LinkKind.OUTLET, outlet_id="harbor-courier")
    moved = replace(
        kept,
        revision=2,
        origin_outlet_id="harbor-courier",
        claim=replace(kept.claim, text="longer " + kept.claim.text, quoted=True, voice=Voice.REPORTED, chain=(link, *kept.claim.chain[1:])),
    )
    with database.write() as session:
        claims_out.move(session, [moved])
    with database.read() as session:
        assert claims_in.get(session, kept.id) == moved


def test_claims_are_found_by_outlet_origin_source_cluster_and_time(database: Database) -> None:
    echo = made_claim("clm_c", outlet="tide", origin="nine", speaker="two officials", kind=LinkKind.ANONYMOUS, named=False, hours=2)
    with database.write() as session:
        insert(session, [made_claim("clm_a", cluster="clu_a"), made_claim("clm_b", outlet="nine", speaker="Ines Varga", hours=1), echo])

    def found(**narrow: object) -> list[str]:
        with database.read() as session:
            return [claim.id for claim in claims_in.page(session, 10, None, **narrow).items]  # type: ignore[arg-type]

    assert found() == ["clm_c", "clm_b", "clm_a"]
    assert found(outlet="nine") == ["clm_c", "clm_b"]
    assert found(outlet="tide") == ["clm_c"]
    assert found(source="INES VARGA") == ["clm_b"]
    assert found(source="two officials") == ["clm_c"]
    assert found(source="Nine") == ["clm_c"]
    assert found(cluster="clu_a") == ["clm_a"]
    assert found(since=echo.published_at) == ["clm_c"]
    assert found(type=ClaimType.STATEMENT) == ["clm_c", "clm_b", "clm_a"]
    assert found(type=ClaimType.OPINION) == []
    assert found(outlet="nine", source="Ines Varga", since=echo.published_at) == []


@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_pages_hold_every_claim_once_last_stored_first(database: Database, limit: int) -> None:
    with database.write() as session:
        stored = insert(session, [made_claim(f"clm_{at}") for at in range(5)])
    found: list[StoredClaim] = []
    cursor = None
    while True:
        with database.read() as session:
            page = claims_in.page(session, limit, cursor)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == stored[::-1]


def test_an_articles_claims_come_in_the_order_of_the_text(database: Database) -> None:
    claims = [made_claim(f"clm_{at}") for at in range(3)]
    spans = [
        replace(claim, claim=replace(claim.claim, span=replace(claim.claim.span, start_char=9 - at))) for at, claim in enumerate(claims)
    ]
    with database.write() as session:
        insert(session, spans)
    with database.read() as session:
        assert [claim.id for claim in claims_in.of_article(session, "art_harbor-courier")] == ["clm_2", "clm_1", "clm_0"]


def test_relations_are_found_where_both_ends_are_asked_for_and_the_last_judgement_stands(database: Database) -> None:
    with database.write() as session:
        insert(session, [made_claim(f"clm_{name}") for name in "abc"])
        clusters_out.save_relations(session, [pair("clm_a", "clm_b", AGREE), pair("clm_b", "clm_c", AGREE, wire_copy=True)], "test")
        clusters_out.save_relations(session, [pair("clm_a", "clm_b", RelationKind.CONTRADICTS, 0.8)], "test")
    with database.read() as session:
        assert claims_in.relations_among(session, ["clm_c", "clm_a"]) == []
        assert claims_in.relations_among(session, ["clm_c", "clm_b", "clm_a"]) == [
            pair("clm_a", "clm_b", RelationKind.CONTRADICTS, 0.8),
            pair("clm_b", "clm_c", AGREE, wire_copy=True),
        ]


def test_claims_are_put_into_clusters(database: Database) -> None:
    store_claims(database)
    with database.write() as session:
        clusters_out.create(session, ["clu_a"], NOON)
        claims_out.set_clusters(session, {"clm_a": "clu_a", "clm_b": "clu_a"})
    with database.read() as session:
        assert {claim.id for claim in claims_in.of_clusters(session, ["clu_a"])} == {"clm_a", "clm_b"}


def test_more_values_than_one_statement_takes_are_asked_for_in_several(database: Database) -> None:
    stored = store_claims(database)
    many = [f"clm_{at}" for at in range(33_000)]
    with database.write() as session:
        assert claims_in.by_ids(session, ["clm_a", *many]) == [stored[0]]
        assert claims_in.by_numbers(session, range(1, 33_000)) == {claim.number: claim for claim in stored}
        claims_out.withdraw(session, [stored[0], *(replace(stored[0], id=name, number=10**6) for name in many[:17_000])], NOON)
    with database.read() as session:
        assert claims_in.by_ids(session, ["clm_a", "clm_b"]) == [stored[1]]


def test_chunks_hold_every_value_once_in_order() -> None:
    assert list(chunks(range(CHUNK + 1, 0, -1))) == [list(range(1, CHUNK + 1)), [CHUNK + 1]]
    assert list(chunks(list[str]())) == []


def test_places_say_where_live_claims_stand(database: Database) -> None:
    first, second = store_claims(database)
    with database.write() as session:
        claims_out.withdraw(session, [second], NOON)
    with database.read() as session:
        assert claims_in.places(session, [first.number, second.number, 10**6]) == {
            first.number: claims_in.Place(first.article_id, first.published_at)
        }
        assert claims_in.places(session, []) == {}


def test_an_articles_vectors_stand_beside_their_numbers(database: Database) -> None:
    with database.write() as session:
        stored = insert(session, [made_claim("clm_b"), made_claim("clm_a"), made_claim("clm_c", outlet="channel-nine")])
        claims_out.withdraw(session, stored[:1], NOON)
    with database.read() as session:
        found = claims_in.article_vectors(session, {stored[0].article_id, stored[2].article_id, "art_unknown"})
    assert set(found) == {stored[0].article_id, stored[2].article_id}
    numbers, matrix = found[stored[0].article_id]
    assert numbers == [stored[1].number]
    assert np.array_equal(matrix, vectors_for(stored)[1:2])
