"""How two clusterings of the same claims agree."""

from hypothesis import given
from hypothesis import strategies as st

from bench.outcome import adjusted_rand

clusterings = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 4), min_size=2, max_size=20)


@given(clusterings)
def test_the_same_clusters_under_other_names_agree_wholly(clusters: dict[str, int]) -> None:
    assert adjusted_rand(clusters, {claim: f"renamed {cluster}" for claim, cluster in clusters.items()}) == 1.0


@given(clusterings)
def test_which_side_is_first_changes_nothing(clusters: dict[str, int]) -> None:
    other = {claim: (cluster * 7 + len(claim)) % 3 for claim, cluster in clusters.items()}
    assert abs(adjusted_rand(clusters, other) - adjusted_rand(other, clusters)) < 1e-12
    assert adjusted_rand(clusters, other) <= 1.0


def test_one_claim_in_the_wrong_cluster_shows() -> None:
    right = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert adjusted_rand(right, {"a": 1, "b": 1, "c": 2, "d": 3}) == (1 - 2 * 1 / 6) / (1.5 - 2 * 1 / 6)


def test_nothing_in_common_is_no_disagreement() -> None:
    assert adjusted_rand({}, {}) == 1.0
    assert adjusted_rand({"a": 1}, {"b": 1}) == 1.0
