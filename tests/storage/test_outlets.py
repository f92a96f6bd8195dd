"""Outlets as rows, and how they agree."""

from datetime import timedelta

import pytest

from app.errors import InvalidInput, NotFound, StateConflict
from app.outlets.outlet import Outlet
from app.relations.relation import RelationKind
from app.storage.database import Database
from app.storage.reading import outlets as outlets_in
from app.storage.reading.outlets import Cell, Stance
from app.storage.reading.profiles import Profile, profile
from app.storage.tables import ClusterRow
from app.storage.writing import articles as articles_out
from app.storage.writing import claims as claims_out
from app.storage.writing import clusters as clusters_out
from app.storage.writing import outlets as outlets_out
from app.storage.writing.clusters import ClusterSummary
from tests.made_claims import NOON, made_claim, pair
from tests.storage.filling import insert, summary_of

COURIER = Outlet("harbor-courier", "The Harbor Courier", ("Courier",), ("courier.example",))
WIRE = Outlet("meridian-wire", "Meridian Wire", wire=True)


def matrix(database: Database, *summaries: ClusterSummary) -> list[Cell]:
    """The matrix of a store with these clusters."""
    with database.write() as session:
        for number, summary in enumerate(summaries):
            clusters_out.create(session, [f"clu_{number}"], NOON)
            clusters_out.summarise(session, f"clu_{number}", summary, NOON)
    with database.read() as session:
        return outlets_in.matrix(session, None)


def test_outlets_come_back_by_id(database: Database) -> None:
    with database.write() as session:
        assert outlets_out.ensure(session, [WIRE, COURIER], NOON) == [COURIER, WIRE]
        assert outlets_out.ensure(session, [COURIER], NOON) == []
        assert outlets_out.ensure(session, [], NOON) == []
    with database.read() as session:
        assert outlets_in.everything(session) == [COURIER, WIRE]
        assert outlets_in.names(session, ["meridian-wire", "nobody"]) == {"meridian-wire": "Meridian Wire"}
        assert outlets_in.names(session, []) == {}


def test_an_outlet_that_is_known_stays_as_it_is_when_it_is_only_named(database: Database) -> None:
    with database.write() as session:
        outlets_out.ensure(session, [COURIER], NOON)
        outlets_out.ensure(session, [Outlet("harbor-courier", "Courier")], NOON)
    with database.read() as session:
        assert outlets_in.everything(session) == [COURIER]


def test_registering_again_replaces_name_aliases_and_domains(database: Database) -> None:
    renamed = Outlet("harbor-courier", "Harbour Courier", (), ("courier.example", "harbour.example"))
    with database.write() as session:
        assert outlets_out.register(session, COURIER, NOON)
        assert not outlets_out.register(session, renamed, NOON)
    with database.read() as session:
        assert outlets_in.everything(session) == [renamed]


def test_a_domain_belongs_to_one_outlet(database: Database) -> None:
    with database.write() as session:
        outlets_out.register(session, COURIER, NOON)
    with database.write() as session, pytest.raises(StateConflict, match=r"courier\.example belongs to the outlet The Harbor Courier"):
        outlets_out.register(session, Outlet("other", "Other", (), ("courier.example",)), NOON)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_hold_every_outlet_once(database: Database, limit: int) -> None:
    with database.write() as session:
        outlets_out.ensure(session, [WIRE, COURIER, Outlet("n-1", "N+1")], NOON)
    found: list[str] = []
    cursor = None
    with database.read() as session:
        while True:
            page = outlets_in.page(session, limit, cursor)
            found += [outlet.id for outlet in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        with pytest.raises(InvalidInput):
            outlets_in.page(session, 1, "nonsense")
    assert found == ["harbor-courier", "meridian-wire", "n-1"]


def test_an_empty_store_has_an_empty_matrix(database: Database) -> None:
    assert matrix(database) == []


def test_outlets_in_one_position_agree(database: Database) -> None:
    assert matrix(database, summary_of([("c1", "x"), ("c2", "y")])) == [Cell("x", "y", shared=1, agree=1, diverge=0)]


def test_outlets_in_two_positions_of_a_conflict_diverge(database: Database) -> None:
    summary = summary_of([("c1", "x")], [("c2", "y")], diverging=True)
    assert matrix(database, summary) == [Cell("x", "y", shared=1, agree=0, diverge=1)]


def test_outlets_in_two_positions_that_nothing_parts_only_share(database: Database) -> None:
    assert matrix(database, summary_of([("c1", "x")], [("c2", "y")])) == [Cell("x", "y", shared=1, agree=0, diverge=0)]


def test_an_outlet_in_both_positions_agrees_and_diverges(database: Database) -> None:
    summary = summary_of([("c1", "x"), ("c2", "y")], [("c3", "y")], diverging=True)
    assert matrix(database, summary) == [Cell("x", "y", shared=1, agree=1, diverge=1)]


def test_a_wire_copy_is_no_agreement_with_its_wire_but_speaks_to_others(database: Database) -> None:
    summary = summary_of([("c1", "x"), ("c2", "y"), ("c3", "z")], one_voice=[{"x", "y"}])
    assert matrix(database, summary) == [
        Cell("x", "y", shared=1, agree=0, diverge=0),
        Cell("x", "z", shared=1, agree=1, diverge=0),
        Cell("y", "z", shared=1, agree=1, diverge=0),
    ]


def test_pairs_are_counted_over_all_clusters(database: Database) -> None:
    both = summary_of([("c1", "x"), ("c2", "y")])
    parted = summary_of([("c3", "y")], [("c4", "x"), ("c5", "z")], diverging=True)
    assert matrix(database, both, parted, both) == [
        Cell("x", "y", shared=3, agree=2, diverge=1),
        Cell("x", "z", shared=1, agree=1, diverge=0),
        Cell("y", "z", shared=1, agree=0, diverge=1),
    ]


def test_a_single_voice_shares_with_nobody(database: Database) -> None:
    assert matrix(database, summary_of([("c1", "x"), ("c2", "x")])) == []


def test_only_clusters_that_changed_since_count(database: Database) -> None:
    matrix(database, summary_of([("c1", "x"), ("c2", "y")]))
    with database.write() as session:
        clusters_out.create(session, ["clu_late"], NOON)
        clusters_out.summarise(session, "clu_late", summary_of([("c3", "x")], [("c4", "y")], diverging=True), NOON + timedelta(hours=1))
    with database.read() as session:
        assert outlets_in.matrix(session, NOON + timedelta(minutes=1)) == [Cell("x", "y", shared=1, agree=0, diverge=1)]
        assert outlets_in.matrix(session, NOON + timedelta(hours=2)) == []


def test_a_cluster_summarised_anew_merged_or_emptied_counts_as_it_is_now(database: Database) -> None:
    both = summary_of([("c1", "x"), ("c2", "y")])
    assert matrix(database, both, both, both)[0].shared == 3
    with database.write() as session:
        clusters_out.summarise(session, "clu_0", summary_of([("c1", "x")]), NOON)
        clusters_out.merge(session, {"clu_1": "clu_2"}, NOON)
    with database.read() as session:
        assert outlets_in.matrix(session, None) == [Cell("x", "y", shared=1, agree=1, diverge=0)]
    with database.write() as session:
        clusters_out.empty(session, ["clu_2"], NOON)
    with database.read() as session:
        assert outlets_in.matrix(session, None) == []


def test_a_cells_clusters_are_found_in_either_order_by_stance_and_page(database: Database) -> None:
    agree, part = summary_of([("c1", "x"), ("c2", "y")]), summary_of([("c1", "x")], [("c2", "y")], diverging=True)
    apart, both = summary_of([("c1", "x")], [("c2", "y")]), summary_of([("c1", "x"), ("c2", "y")], [("c3", "x")], diverging=True)
    matrix(database, agree, part, apart, both, summary_of([("c1", "x"), ("c2", "z")]))

    def found(stance: Stance | None, limit: int = 10, ends: tuple[str, str] = ("y", "x")) -> list[str]:
        ids: list[str] = []
        cursor = None
        with database.read() as session:
            while True:
                page = outlets_in.shared(session, *ends, limit, cursor, stance=stance)
                ids += [item.cluster.id for item in page.items]
                cursor = page.next_cursor
                if cursor is None:
                    return ids

    assert found(None) == found(None, 1) == found(None, 3, ("x", "y")) == ["clu_3", "clu_2", "clu_1", "clu_0"]
    assert found(Stance.AGREE) == ["clu_3", "clu_0"]
    assert found(Stance.DIVERGE) == ["clu_3", "clu_1"]
    assert found(Stance.NEITHER) == ["clu_2"]
    assert found(None, ends=("y", "z")) == []


def test_an_outlets_own_row_of_the_matrix_is_most_shared_first(database: Database) -> None:
    both = summary_of([("c1", "x"), ("c2", "y")])
    matrix(database, both, both, summary_of([("c1", "w")], [("c2", "x")], diverging=True))
    with database.read() as session:
        assert outlets_in.cells_of(session, "x") == [Cell("x", "y", 2, 2, 0), Cell("x", "w", 1, 0, 1)]


def profiled(database: Database, outlet: str) -> Profile:
    """An outlet's profile."""
    with database.read() as session:
        return profile(session, outlet)


def test_a_profile_tells_what_an_outlet_carries_copies_quotes_and_carries_first(database: Database) -> None:
    claims = [
        made_claim("clm_wire", outlet="meridian-wire", article="art_w", cluster="clu_0"),
        made_claim("clm_copy", outlet="courier", article="art_c", hours=1, cluster="clu_0"),
        made_claim("clm_said", outlet="courier", article="art_c", speaker="Ines Varga", cluster="clu_1"),
        made_claim("clm_again", outlet="courier", article="art_c", speaker="INES VARGA", hours=2, cluster="clu_1"),
        made_claim("clm_folk", outlet="courier", article="art_c", speaker="officials", named=False, cluster="clu_1"),
    ]
    with database.write() as session:
        insert(session, claims)
        clusters_out.save_relations(session, [pair("clm_copy", "clm_wire", RelationKind.CORROBORATES, wire_copy=True)], "test")
        clusters_out.summarise(session, "clu_0", summary_of([("clm_wire", "meridian-wire"), ("clm_copy", "courier")]), NOON)
    with database.write() as session:
        session.get_one(ClusterRow, "clu_0").first_outlet_id = "meridian-wire"
    courier, wire = profiled(database, "courier"), profiled(database, "meridian-wire")
    assert (courier.articles, courier.claims, courier.own, courier.reported, courier.clusters) == (1, 4, 1, 3, 2)
    assert (courier.copied, courier.wire_share, wire.copied) == (1, 0.25, 0)
    assert [(source.name.casefold(), source.kind, source.claims) for source in courier.quoted] == [
        ("ines varga", "person", 2),
        ("officials", "person", 1),
    ]
    assert courier.first == ()
    assert ([row.id for row in wire.first], wire.first_count) == (["clu_0"], 1)
    assert courier.cells == (Cell("courier", "meridian-wire", 1, 1, 0),)


def test_an_outlet_that_published_nothing_has_an_empty_profile_and_an_unknown_one_none(database: Database) -> None:
    with database.write() as session:
        outlets_out.ensure(session, [COURIER], NOON)
    assert profiled(database, "harbor-courier") == Profile(0, 0, 0, 0, 0, 0, 0, (), (), ())
    assert profiled(database, "harbor-courier").wire_share == 0
    with database.read() as session, pytest.raises(NotFound):
        outlets_in.get(session, "nobody")


def test_withdrawn_articles_and_claims_leave_the_profile(database: Database) -> None:
    with database.write() as session:
        stored = insert(session, [made_claim("clm_a", speaker="Ines Varga", cluster="clu_0"), made_claim("clm_b", cluster="clu_0")])
        claims_out.withdraw(session, stored, NOON)
        articles_out.withdraw(session, stored[0].article_id, NOON)
    assert profiled(database, "harbor-courier") == Profile(0, 0, 0, 0, 0, 0, 0, (), (), ())
