"""How a report explains where two runs parted."""

from dataclasses import replace

from bench.differences import differences
from bench.outcome import Outcome

SIDES = frozenset({("a",), ("b",)})
WHOLE = Outcome(
    {"processed": 2},
    {"a": "one", "b": "one", "c": "two"},
    frozenset({SIDES}),
    0,
    {"a": "Tarn Echo: 45 minutes", "b": "Harrow Dispatch: 30 minutes", "c": "Sava Morning: the stage"},
    {("a", "b"): "contradicts 0.90 (33% less)"},
)


def test_what_ended_alike_is_no_difference_whatever_the_clusters_are_called() -> None:
    assert differences(WHOLE, replace(WHOLE, cluster_of={"a": "x", "b": "x", "c": "y"})) == []


def test_a_cluster_that_fell_apart_is_told_with_the_relation_that_made_it() -> None:
    apart = replace(WHOLE, cluster_of={"a": "one", "b": "three", "c": "two"}, conflicts=frozenset(), relations={})
    cluster, conflict = differences(WHOLE, apart)
    assert cluster.startswith(
        "one cluster only embedded: “Tarn Echo: 45 minutes” and “Harrow Dispatch: 30 minutes”; related by contradicts"
    )
    assert conflict.startswith("conflict only embedded: “Tarn Echo: 45 minutes” | “Harrow Dispatch: 30 minutes”")
    assert conflict.endswith("its claims stand in several clusters of the other")
    assert len(differences(apart, WHOLE)) == 2


def test_a_conflict_of_one_run_names_the_claim_or_the_judgement_the_other_lacks() -> None:
    lacking = replace(WHOLE, cluster_of={"a": "one", "c": "two"}, conflicts=frozenset(), relations={})
    assert "the other has no claim “Harrow Dispatch: 30 minutes”" in differences(WHOLE, lacking)[0]
    agreed = replace(WHOLE, conflicts=frozenset(), relations={("a", "b"): "corroborates 0.80"})
    assert "contradicts 0.90 (33% less) in the one, by corroborates 0.80 in the other" in differences(WHOLE, agreed)[0]
    more = replace(WHOLE, cluster_of=dict.fromkeys("abc", "one"), conflicts=frozenset({frozenset({("a", "c"), ("b",)})}))
    assert "the other's cluster also has “Sava Morning: the stage”" in differences(WHOLE, more)[0]
