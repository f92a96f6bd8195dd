"""Which cluster a claim belongs to, and which ids stay."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.clusters.components import components
from app.clusters.membership import Settlement, cluster_id_of, settle

DAY = datetime(2025, 3, 3, tzinfo=UTC)
OLD, MIDDLE, NEW = DAY, DAY + timedelta(hours=1), DAY + timedelta(hours=2)


@dataclass(frozen=True)
class Case:
    """What `settle` takes."""

    claims: dict[str, str | None]
    links: list[tuple[str, str]]
    clusters: dict[str, datetime]

    def settled(self, taken: frozenset[str] = frozenset()) -> Settlement:
        return settle(self.claims, self.links, self.clusters, taken.__contains__)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to eight claims, some in clusters (named after any claim, also after one that has left), linked anyhow."""
    ids = [f"clm_{letter}" for letter in "abcdefgh"]
    names = [f"clu_{letter}" for letter in "abcdefgh"]
    claims = draw(st.dictionaries(st.sampled_from(ids), st.none() | st.sampled_from(names)))
    links = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=8))
    held = {cluster for cluster in claims.values() if cluster is not None}
    empty = draw(st.sets(st.sampled_from(names), max_size=2))
    clusters = {cluster: draw(st.sampled_from([OLD, MIDDLE, NEW])) for cluster in sorted(held | empty)}
    return Case(claims, links, clusters)


def test_a_claim_linked_to_nothing_is_a_cluster_of_its_own() -> None:
    settled = settle({"clm_a": None}, [], {})
    assert settled.members == {"clu_a": ("clm_a",)}
    assert settled.created == {"clu_a"}


def test_a_claim_joins_the_cluster_of_its_link() -> None:
    settled = settle({"clm_a": None, "clm_b": "clu_b"}, [("clm_a", "clm_b")], {"clu_b": OLD})
    assert settled == Settlement({"clu_b": ("clm_a", "clm_b")}, frozenset(), {}, frozenset())


def test_the_oldest_id_survives_a_merge() -> None:
    claims: dict[str, str | None] = {"clm_a": "clu_a", "clm_b": "clu_b", "clm_c": "clu_c"}
    settled = settle(claims, [("clm_a", "clm_b"), ("clm_b", "clm_c")], {"clu_a": NEW, "clu_b": OLD, "clu_c": MIDDLE})
    assert settled.members == {"clu_b": ("clm_a", "clm_b", "clm_c")}
    assert settled.merged == {"clu_a": "clu_b", "clu_c": "clu_b"}
    assert not settled.created
    assert not settled.emptied


def test_of_two_equally_old_clusters_the_smaller_id_survives() -> None:
    settled = settle({"clm_a": "clu_a", "clm_b": "clu_b"}, [("clm_a", "clm_b")], {"clu_b": OLD, "clu_a": OLD})
    assert settled.merged == {"clu_b": "clu_a"}


def test_a_split_leaves_the_id_with_most_of_the_claims() -> None:
    claims: dict[str, str | None] = dict.fromkeys(("clm_x", "clm_y", "clm_z"), "clu_x")
    settled = settle(claims | {"clm_a": "clu_x"}, [("clm_y", "clm_z"), ("clm_x", "clm_y")], {"clu_x": OLD})
    assert settled.members == {"clu_x": ("clm_x", "clm_y", "clm_z"), "clu_a": ("clm_a",)}
    assert settled.created == {"clu_a"}


def test_the_claim_a_cluster_was_named_after_may_leave_it_without_taking_its_id() -> None:
    claims: dict[str, str | None] = dict.fromkeys(("clm_a", "clm_b", "clm_c"), "clu_a")
    settled = settle(claims, [("clm_b", "clm_c")], {"clu_a": OLD})
    assert settled.members["clu_a"] == ("clm_b", "clm_c")
    assert settled.members["clu_a-2"] == ("clm_a",)
    assert settled.created == {"clu_a-2"}


def test_a_claim_that_comes_back_does_not_take_the_id_of_the_cluster_that_went_on_without_it() -> None:
    assert settle({"clm_a": None}, [], {}, {"clu_a", "clu_a-2"}.__contains__).members == {"clu_a-3": ("clm_a",)}


def test_a_new_cluster_is_not_named_like_one_that_merges_at_the_same_time() -> None:
    claims: dict[str, str | None] = {"clm_a": "clu_a", "clm_b": "clu_a", "clm_c": "clu_a", "clm_d": "clu_d"}
    settled = settle(claims, [("clm_b", "clm_c"), ("clm_c", "clm_d")], {"clu_a": NEW, "clu_d": OLD})
    assert settled.members == {"clu_a-2": ("clm_a",), "clu_d": ("clm_b", "clm_c", "clm_d")}
    assert settled.merged == {"clu_a": "clu_d"}


def test_a_cluster_without_claims_is_emptied() -> None:
    settled = settle({}, [], {"clu_a": OLD})
    assert settled == Settlement({}, frozenset(), {}, frozenset({"clu_a"}))


def test_an_emptied_cluster_lives_again_under_its_id() -> None:
    settled = settle({"clm_a": None}, [], {"clu_a": OLD}, {"clu_a"}.__contains__)
    assert settled == Settlement({"clu_a": ("clm_a",)}, frozenset({"clu_a"}), {}, frozenset())


def test_a_new_id_is_that_of_the_first_claim_by_id() -> None:
    assert cluster_id_of({"clm_q", "clm_c", "clm_x"}) == "clu_c"


@given(cases())
def test_every_claim_is_in_exactly_one_cluster_and_clusters_are_the_connected_parts(case: Case) -> None:
    settled = case.settled()
    assert sorted(settled.members.values()) == components(case.claims, case.links)


@given(cases())
def test_every_former_cluster_lives_has_merged_or_is_empty(case: Case) -> None:
    settled = case.settled()
    assert set(case.clusters) <= {*settled.members, *settled.merged, *settled.emptied}
    assert not set(settled.members) & (set(settled.merged) | settled.emptied)
    assert not set(settled.merged) & settled.emptied
    assert set(settled.merged.values()) <= set(settled.members)
    assert set(settled.members) - settled.created <= set(case.clusters)


@given(cases())
def test_an_id_stays_with_most_of_its_claims_and_the_oldest_one_survives(case: Case) -> None:
    settled = case.settled()
    for part_id, part in settled.members.items():
        if part_id not in settled.created:
            held = [sum(case.claims[claim] == part_id for claim in other) for other in settled.members.values()]
            assert sum(case.claims[claim] == part_id for claim in part) == max(held) > 0
    for gone, into in settled.merged.items():
        assert (case.clusters[into], into) < (case.clusters[gone], gone)


@given(cases(), st.randoms())
def test_the_order_of_claims_and_links_changes_nothing(case: Case, random: Random) -> None:
    claims, links = list(case.claims.items()), [(b, a) for a, b in case.links]
    random.shuffle(claims)
    random.shuffle(links)
    assert settle(dict(claims), links, case.clusters) == case.settled()


@given(cases())
def test_settling_what_is_settled_changes_nothing(case: Case) -> None:
    first = case.settled()
    held: dict[str, str | None] = {claim: cluster for cluster, part in first.members.items() for claim in part}
    again = settle(held, case.links, {cluster: case.clusters.get(cluster, NEW) for cluster in first.members})
    assert again == Settlement(first.members, frozenset(), {}, frozenset())


@given(cases())
def test_links_that_come_one_by_one_end_in_the_same_groups_as_all_at_once(case: Case) -> None:
    claims, clusters = dict(case.claims), dict(case.clusters)
    for count in range(len(case.links) + 1):
        settled = settle(claims, case.links[:count], clusters)
        claims = {claim: cluster for cluster, part in settled.members.items() for claim in part}
        clusters = {cluster: clusters.get(cluster, NEW) for cluster in settled.members}
    assert sorted(settled.members.values()) == sorted(case.settled().members.values())


@given(cases(), st.sets(st.sampled_from([f"clu_{letter}{tail}" for letter in "abcdefgh" for tail in ("", "-2")])))
def test_a_new_id_is_never_one_that_lives_elsewhere(case: Case, taken: set[str]) -> None:
    assert not case.settled(frozenset(taken)).created & (taken - set(case.clusters))
