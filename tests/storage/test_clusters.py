"""Clusters as rows: created, merged, emptied, summarised, found."""

from datetime import datetime, timedelta

import pytest

from app.errors import NotFound
from app.storage.database import Database
from app.storage.reading import clusters as clusters_in
from app.storage.reading.clusters import Filter
from app.storage.writing import clusters as clusters_out
from tests.made_claims import NOON, made_claim
from tests.storage.filling import insert, summary_of


def at(hours: int) -> datetime:
    """A time."""
    return NOON + timedelta(hours=hours)


def three(database: Database) -> None:
    """clu_0 of one outlet, clu_1 of two that agree, clu_2 of two that part; an hour apart."""
    with database.write() as session:
        insert(session, [made_claim(f"clm_{n}", cluster=f"clu_{n}", outlet=f"outlet-{n}") for n in range(3)])
        clusters_out.summarise(session, "clu_0", summary_of([("clm_0", "outlet-0")]), at(0))
        clusters_out.summarise(session, "clu_1", summary_of([("clm_1", "outlet-1"), ("clm_3", "outlet-3")]), at(1))
        clusters_out.summarise(session, "clu_2", summary_of([("clm_2", "outlet-2")], [("clm_4", "outlet-4")], diverging=True), at(2))


def test_a_cluster_shows_its_summary(database: Database) -> None:
    three(database)
    with database.read() as session:
        row = clusters_in.get(session, "clu_1")
    assert (row.headline, row.claim_count, row.outlet_count, row.independent_origins) == ("A ferry left", 2, 2, 2)
    assert row.summary["origins"][0] == {"outlet_id": "outlet-1", "outlet_ids": ["outlet-1"], "claim_ids": ["clm_1"]}
    assert (row.created_at, row.updated_at) == (NOON, at(1))


def test_clusters_are_narrowed_and_last_changed_first(database: Database) -> None:
    three(database)

    def found(**narrow: object) -> list[str]:
        with database.read() as session:
            page = clusters_in.page(session, Filter(**narrow), 10, None)  # type: ignore[arg-type]
            assert {row.id for row in page.items} == {
                row.id
                for row in clusters_in.among(session, Filter(**narrow), ["clu_0", "clu_1", "clu_2", "clu_9"])  # type: ignore[arg-type]
            }
            return [row.id for row in page.items]

    assert found() == ["clu_2", "clu_1", "clu_0"]
    assert found(outlet="outlet-1") == ["clu_1"]
    assert found(min_outlets=2) == ["clu_2", "clu_1"]
    assert found(diverging=True) == ["clu_2"]
    assert found(diverging=False) == ["clu_1", "clu_0"]
    assert found(since=at(1)) == ["clu_2", "clu_1"]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_hold_every_cluster_once(database: Database, limit: int) -> None:
    three(database)
    found: list[str] = []
    cursor = None
    with database.read() as session:
        while True:
            page = clusters_in.page(session, Filter(), limit, cursor)
            found += [row.id for row in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert found == ["clu_2", "clu_1", "clu_0"]


def test_a_merged_cluster_points_to_the_last_one_it_joined(database: Database) -> None:
    three(database)
    with database.write() as session:
        clusters_out.merge(session, {"clu_0": "clu_1"}, at(3))
        clusters_out.merge(session, {"clu_1": "clu_2"}, at(4))
    with database.read() as session:
        merged = [clusters_in.get(session, name) for name in ("clu_0", "clu_1")]
        assert [row.merged_into for row in merged] == ["clu_2", "clu_2"]
        assert [(row.claim_count, row.outlet_count, row.independent_origins) for row in merged] == [(0, 0, 0)] * 2
        assert [row.id for row in clusters_in.page(session, Filter(), 10, None).items] == ["clu_2"]
        assert not clusters_in.lives(session, "clu_0")


def test_a_merged_cluster_may_live_again(database: Database) -> None:
    three(database)
    with database.write() as session:
        clusters_out.merge(session, {"clu_0": "clu_1"}, at(3))
        clusters_out.create(session, ["clu_0"], at(4))
        clusters_out.summarise(session, "clu_0", summary_of([("clm_0", "outlet-0")]), at(4))
    with database.read() as session:
        row = clusters_in.get(session, "clu_0")
        assert (row.merged_into, row.created_at, row.updated_at) == (None, NOON, at(4))


def test_an_emptied_cluster_is_not_found(database: Database) -> None:
    three(database)
    with database.write() as session:
        clusters_out.empty(session, ["clu_0", "clu_9"], at(3))
    with database.read() as session:
        for name in ("clu_0", "clu_9"):
            with pytest.raises(NotFound, match=name):
                clusters_in.get(session, name)
            assert not clusters_in.lives(session, name)
        assert clusters_in.lives(session, "clu_1")


def test_when_clusters_came_to_be_is_told_for_those_that_are_known(database: Database) -> None:
    three(database)
    with database.read() as session:
        assert clusters_in.created_at(session, ["clu_0", "clu_9"]) == {"clu_0": NOON}
        assert clusters_in.created_at(session, []) == {}
