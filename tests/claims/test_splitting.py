import pytest

from app.articles.document import Span
from app.articles.sentences import quotes
from app.claims.splitting import atoms, quoted_groups


def parts(text: str) -> list[str]:
    return [s.of(text) for s in atoms(text, Span(0, len(text)), quotes(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The call lasted an hour, and two thirds of it was about tolls", ["The call lasted an hour", "two thirds of it was about tolls"]),
        ("the toll would rise and that no date had been set", ["the toll would rise", "no date had been set"]),
        ("The road is shut; the bridge has reopened", ["The road is shut", "the bridge has reopened"]),
        ("The crew had slept and the ferry had sailed on", ["The crew had slept", "the ferry had sailed on"]),
    ],
)
def test_statements_that_stand_alone_are_parted(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They discussed the canal, the return of ships held by the navy, and the planned dredging of the basin, which has drawn concern",
        "The freed would be women, children, and men aged 50 and above held in the fort",
        "If the talks fail and the rains come, the army will strike",
        "The mayor, who owns a mill and has sold it, was absent",
        "He said hello and left the room",
    ],
)
def test_lists_relative_clauses_and_conditions_stay_whole(text: str) -> None:
    assert parts(text) == [text]


def test_a_long_quotation_is_a_claim_a_sentence_and_a_short_one_stays() -> None:
    sentences = [Span(0, 100), Span(101, 200), Span(201, 300)]
    assert quoted_groups(Span(0, 200), sentences[:2]) == [Span(0, 200)]
    assert quoted_groups(Span(0, 300), sentences) == sentences
