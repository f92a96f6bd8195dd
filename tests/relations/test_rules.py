"""The rule judge on invented statements."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.claims.claim import Certainty
from app.relations.judge import Pair
from app.relations.reading import read
from app.relations.relation import RelationKind, Statement
from app.relations.rules import RuleJudge, Weights, same_words
from app.relations.statements import read_statement

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
JUDGE = RuleJudge()

SENTENCES = [
    "The recount in Haverlinde left Ilse Vandermoor ahead by 412 votes, the electoral board said.",
    "The recount in Haverlinde left Ilse Vandermoor ahead by 142 votes, the electoral board said.",
    "At least 20 people were killed when the ferry sank off Karumba on Monday.",
    "If the talks fail, the army will resume air strikes on Saturday.",
    "The company did not pay any ransom.",
    "Orrin Tal beat Maris Venn in the final.",
    "Maris Venn beat Orrin Tal in the final.",
    "",
    "Nothing.",
]


def judged(a: str, b: str, similarity: float = 0.8, b_at: datetime = NOON) -> RelationKind:
    return JUDGE.judge([Pair(read_statement(a, NOON), read_statement(b, b_at), similarity)])[0].kind


def test_two_figures_for_one_count_contradict() -> None:
    assert judged(SENTENCES[0], SENTENCES[1], 0.95) is RelationKind.CONTRADICTS


def test_the_same_words_agree() -> None:
    assert judged(SENTENCES[0], SENTENCES[0], 1.0).agrees


def test_a_floor_and_a_figure_above_it_agree() -> None:
    assert judged("At least 20 civilians were killed in the raid.", "The raid killed 27 civilians.", 0.9).agrees


def test_an_unmet_condition_contradicts_nothing() -> None:
    assert (
        judged("If the talks fail, the army will resume air strikes.", "The army has not resumed air strikes.", 0.8)
        is RelationKind.UNRELATED
    )


@pytest.mark.parametrize("place", ["New Haverlinde", "New Tarn Bay"])
def test_a_place_called_new_replaces_nothing(place: str) -> None:
    later = NOON + timedelta(days=2)
    a = f"He has a good team in {place}."
    b = f"Venn has been leading in the polls in {place} by double digits for six straight months."
    assert judged(a, b, 0.5, later) is not RelationKind.UPDATES
    assert read(read_statement(b, NOON)).change is None
    assert read(read_statement("The new count leaves Venn ahead.", NOON)).change is not None


def test_the_figure_that_a_later_report_replaces_is_an_update() -> None:
    kind = judged(
        "The petition drew 22,000 signatures.",
        "The number of signatures on the petition has since grown from 22,000 to 26,500.",
        0.85,
        NOON + timedelta(days=1),
    )
    assert kind is RelationKind.UPDATES


def test_every_contradiction_and_update_shows_both_places() -> None:
    pairs = [Pair(read_statement(a, NOON), read_statement(b, NOON), 0.9) for a in SENTENCES for b in SENTENCES]
    for pair, relation in zip(pairs, JUDGE.judge(pairs), strict=True):
        if relation.kind in (RelationKind.CONTRADICTS, RelationKind.UPDATES):
            assert relation.reasons
            for reason in relation.reasons:
                assert reason.a_span is not None
                assert reason.b_span is not None
                assert reason.a_span.of(pair.a.text)
                assert reason.b_span.of(pair.b.text)
                assert reason.detail


def test_no_pairs_give_no_relations() -> None:
    assert JUDGE.judge([]) == []


def test_weights_fitted_on_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text('{"features": ["one"], "weights": {}}', encoding="utf8")
    with pytest.raises(ValueError, match="other features"):
        Weights.load(path)


VOCABULARY = "Ostra Venn ferry not sank 20 27 people on Monday rose fell said the mayor accepted rejected at in Karumba was , . never"
words = st.sampled_from(VOCABULARY.split(" "))
texts = st.one_of(st.sampled_from(SENTENCES), st.lists(words, max_size=14).map(" ".join))
times = st.sampled_from([None, NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1)])


@settings(max_examples=150, deadline=None)
@given(texts, texts, times, times, st.floats(-1, 1), st.sampled_from(Certainty), st.sampled_from(Certainty))
def test_swapping_the_statements_swaps_the_spans_and_nothing_else(
    a: str, b: str, a_at: datetime | None, b_at: datetime | None, similarity: float, a_certainty: Certainty, b_certainty: Certainty
) -> None:
    one = _with(read_statement(a, a_at), a_certainty)
    other = _with(read_statement(b, b_at), b_certainty)
    there, back = JUDGE.judge([Pair(one, other, similarity), Pair(other, one, similarity)])
    assert (there.kind, there.score, there.probabilities) == (back.kind, back.score, back.probabilities)
    assert {(r.type, r.a_span, r.b_span) for r in there.reasons} == {(r.type, r.b_span, r.a_span) for r in back.reasons}


@settings(max_examples=60, deadline=None)
@given(texts, texts, st.floats(-1, 1))
def test_probabilities_sum_to_one_and_the_score_is_the_kinds(a: str, b: str, similarity: float) -> None:
    relation = JUDGE.judge([Pair(read_statement(a), read_statement(b), similarity)])[0]
    likely = relation.probabilities
    assert likely.agree + likely.diverge + likely.update + likely.unrelated == pytest.approx(1)
    assert 0 <= relation.score <= 1


def _with(statement: Statement, certainty: Certainty) -> Statement:
    return replace(statement, certainty=certainty)


def test_the_very_same_words_agree_even_where_they_deny_something() -> None:
    statement = read_statement("It was the barge that hit the ferry, not the other way round.")
    relation = RuleJudge().judge([Pair(statement, statement, 1.0)])[0]
    assert relation.kind is RelationKind.CORROBORATES
    assert relation.score > 0.9


def test_the_same_words_about_two_different_sundays_are_not_taken_for_one() -> None:
    first = read_statement("The bridge was closed on Sunday.", datetime(2025, 3, 3, tzinfo=UTC))
    later = read_statement("The bridge was closed on Sunday.", datetime(2025, 3, 10, tzinfo=UTC))
    assert not same_words(Pair(first, later, 1.0))
