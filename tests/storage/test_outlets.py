"""Outlets as rows, and how they agree."""

import pytest

from app.errors import InvalidInput, StateConflict
from app.outlets.outlet import Outlet
from app.storage.database import Database
from app.storage.reading import outlets as outlets_in
from app.storage.reading.outlets import Cell
from app.storage.writing import clusters as clusters_out
from app.storage.writing import outlets as outlets_out
from app.storage.writing.clusters import ClusterSummary
from tests.made_claims import NOON
from tests.storage.filling import summary_of

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
