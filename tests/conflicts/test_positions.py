"""Which claims of a cluster stand together, and which apart."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.claims.claim import LinkKind, StoredClaim
from app.clusters.components import components
from app.conflicts.positions import Standing, may_part, source_name, standing
from app.relations.judged import JudgedPair
from app.relations.relation import RelationKind
from tests.made_claims import made_claim, pair

AGREE, REFINE, PART, UPDATE = RelationKind.CORROBORATES, RelationKind.REFINES, RelationKind.CONTRADICTS, RelationKind.UPDATES


def held(found: Standing) -> list[set[str]]:
    """The claims of each position."""
    return [set(position.claim_ids) for position in found.positions]


def claims_of(*outlets: str) -> list[StoredClaim]:
    """One claim an outlet, an hour apart: clm_0, clm_1, …"""
    return [made_claim(f"clm_{at}", f"words of {outlet}", outlet=outlet, hours=at) for at, outlet in enumerate(outlets)]


@st.composite
def clusters(draw: st.DrawFn, *kinds: RelationKind) -> tuple[list[StoredClaim], list[JudgedPair]]:
    """Up to seven claims of four outlets, some reported, and relations between some of them."""
    made = draw(
        st.lists(
            st.tuples(st.sampled_from("wxyz"), st.sampled_from([None, "Ines Varga", "Tomas Reed"]), st.integers(0, 3)),
            min_size=1,
            max_size=7,
        )
    )
    claims = [made_claim(f"clm_{at}", outlet=outlet, speaker=speaker, hours=hours) for at, (outlet, speaker, hours) in enumerate(made)]
    ends = [(a.id, b.id) for at, a in enumerate(claims) for b in claims[at + 1 :]]
    if not ends:
        return claims, []
    chosen = draw(st.lists(st.sampled_from(ends), unique=True, max_size=10))
    score = st.sampled_from([0.5, 0.7, 0.7001, 0.9, 1.0])
    return claims, [pair(a, b, draw(st.sampled_from(kinds or tuple(RelationKind))), draw(score)) for a, b in chosen]


Cluster = tuple[list[StoredClaim], list[JudgedPair]]


def test_claims_that_agree_are_one_position_and_claims_that_contradict_are_two() -> None:
    found = standing(claims_of("a", "b", "c"), [pair("clm_0", "clm_1", AGREE), pair("clm_1", "clm_2", PART)])
    assert held(found) == [{"clm_0", "clm_1"}, {"clm_2"}]
    assert found.parting == (pair("clm_1", "clm_2", PART),)


def test_a_detail_added_is_the_same_position() -> None:
    assert held(standing(claims_of("a", "b"), [pair("clm_0", "clm_1", REFINE)])) == [{"clm_0", "clm_1"}]


def test_an_update_is_one_position_with_what_it_replaces() -> None:
    found = standing(claims_of("a", "b"), [pair("clm_0", "clm_1", UPDATE)])
    assert held(found) == [{"clm_0", "clm_1"}]
    assert found.parting == ()


def test_unrelated_claims_are_not_joined() -> None:
    assert held(standing(claims_of("a", "b"), [pair("clm_0", "clm_1", RelationKind.UNRELATED)])) == [{"clm_0"}, {"clm_1"}]


def test_the_surest_relation_decides_first() -> None:
    claims = claims_of("a", "b", "c")
    sure_agreement = [pair("clm_0", "clm_1", AGREE, 0.9), pair("clm_1", "clm_2", AGREE, 0.8), pair("clm_0", "clm_2", PART, 0.7)]
    assert held(standing(claims, sure_agreement)) == [{"clm_0", "clm_1", "clm_2"}]
    sure_contradiction = [pair("clm_0", "clm_1", AGREE, 0.7), pair("clm_1", "clm_2", AGREE, 0.8), pair("clm_0", "clm_2", PART, 0.9)]
    assert held(standing(claims, sure_contradiction)) == [{"clm_0"}, {"clm_1", "clm_2"}]


def test_an_outlet_never_conflicts_with_its_own_voice() -> None:
    claims = [made_claim("clm_0"), made_claim("clm_1", article="art_second")]
    assert standing(claims, [pair("clm_0", "clm_1", PART)]).parting == ()


def test_an_outlet_may_report_two_sources_that_conflict() -> None:
    claims = [made_claim("clm_0", speaker="Ines Varga"), made_claim("clm_1", speaker="Tomas Reed")]
    assert len(standing(claims, [pair("clm_0", "clm_1", PART)]).parting) == 1
    assert may_part(claims[0], made_claim("clm_2"))


def test_relations_with_claims_outside_the_cluster_do_not_count() -> None:
    assert held(standing(claims_of("a"), [pair("clm_0", "clm_9", AGREE), pair("clm_8", "clm_9", PART)])) == [{"clm_0"}]


def test_no_claims_have_no_positions() -> None:
    assert standing([], []) == Standing((), ())


def test_a_position_names_its_outlets_and_sources_earliest_first_and_each_once() -> None:
    claims = [
        made_claim("clm_2", outlet="channel-nine", speaker="Tomas Reed", hours=1),
        made_claim("clm_1", outlet="weekly-tide", origin="channel-nine", speaker="Ines Varga", hours=2),
        made_claim("clm_0", outlet="harbor-courier", speaker="Ines Varga", hours=0),
        made_claim("clm_3", outlet="harbor-courier", hours=3),
    ]
    (position,) = standing(claims, [pair(f"clm_{at}", f"clm_{at + 1}", AGREE) for at in range(3)]).positions
    assert position.outlet_ids == ("harbor-courier", "channel-nine")
    assert position.sources == ("Ines Varga", "Tomas Reed")
    assert position.claim_ids == ("clm_0", "clm_2", "clm_1", "clm_3")


def test_a_positions_summary_is_the_claim_that_the_others_agree_with() -> None:
    found = standing(claims_of("a", "b", "c"), [pair("clm_0", "clm_1", AGREE), pair("clm_1", "clm_2", AGREE)])
    assert found.positions[0].summary == "words of b"


def test_an_update_does_not_speak_for_what_it_replaced() -> None:
    found = standing(claims_of("a", "b", "c"), [pair("clm_0", "clm_1", UPDATE), pair("clm_1", "clm_2", UPDATE)])
    assert found.positions[0].summary == "words of a"


def test_a_source_without_a_name_is_shown_by_its_words() -> None:
    assert source_name(made_claim("clm_0", speaker="two officials", kind=LinkKind.ANONYMOUS, named=False)) == "two officials"
    assert source_name(made_claim("clm_0")) is None


@given(clusters(), st.randoms())
def test_the_order_of_claims_and_relations_changes_nothing(cluster: Cluster, random: Random) -> None:
    claims, pairs = cluster
    assert standing(random.sample(claims, len(claims)), random.sample(pairs, len(pairs))) == standing(claims, pairs)


@given(clusters())
def test_every_claim_is_in_one_position_and_a_contradiction_that_counts_lies_between_two(cluster: Cluster) -> None:
    claims, pairs = cluster
    found = standing(claims, pairs)
    assert sorted(claim for position in found.positions for claim in position.claim_ids) == sorted(claim.id for claim in claims)
    at = {claim: number for number, position in enumerate(found.positions) for claim in position.claim_ids}
    assert all(at[parted.a] != at[parted.b] for parted in found.parting)
    by_id = {claim.id: claim for claim in claims}
    assert all(parted.kind is PART and may_part(by_id[parted.a], by_id[parted.b]) for parted in found.parting)


@given(clusters())
def test_a_contradiction_is_passed_over_only_where_the_agreement_between_is_as_sure(cluster: Cluster) -> None:
    claims, pairs = cluster
    found, by_id = standing(claims, pairs), {claim.id: claim for claim in claims}
    for lost in pairs:
        if lost.kind is PART and may_part(by_id[lost.a], by_id[lost.b]) and lost not in found.parting:
            surer = [(p.a, p.b) for p in pairs if p.kind in (AGREE, REFINE, UPDATE) and p.score >= lost.score]
            assert any({lost.a, lost.b} <= set(part) for part in components(by_id, surer))


@given(clusters(AGREE, REFINE, UPDATE))
def test_without_contradictions_positions_are_what_hangs_together(cluster: Cluster) -> None:
    claims, pairs = cluster
    found = standing(claims, pairs)
    parts = components([claim.id for claim in claims], [(p.a, p.b) for p in pairs])
    assert sorted(map(sorted, held(found))) == sorted(map(list, parts))


@given(clusters(PART))
def test_without_agreement_every_claim_stands_alone(cluster: Cluster) -> None:
    claims, pairs = cluster
    assert len(standing(claims, pairs).positions) == len(claims)
