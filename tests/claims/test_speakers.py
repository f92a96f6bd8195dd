import pytest

from app.claims.claim import LinkKind
from app.claims.speakers import describe


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Governor Elena Marsk", "Elena Marsk"),
        ("the club's president, Alba Renzo,", "Alba Renzo"),
        ("Petra Lund, 34, a nurse who was on deck,", "Petra Lund"),
        ("coastguard duty commander Ingrid Sol-Rast", "Ingrid Sol-Rast"),
        ("Greta Holm of the Island Passengers’ Association", "Greta Holm"),
        ("House Minority Leader Mary Foo", "Mary Foo"),
        ("Opposition leader Stefan Dorn, no relation of the deputy,", "Stefan Dorn"),
    ],
)
def test_a_person_is_known_by_the_bare_name(phrase: str, name: str) -> None:
    told = describe(phrase)
    assert (told.kind, told.name) == (LinkKind.PERSON, name)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a senior ministry official", LinkKind.ANONYMOUS),
        ("two people familiar with the inquiry", LinkKind.ANONYMOUS),
        ("A spokesman for the Bank of Ostland", LinkKind.ANONYMOUS),
        ("the White House", LinkKind.ORGANIZATION),
        ("police in Halden", LinkKind.ORGANIZATION),
        ("the medical charity Red Lantern", LinkKind.ORGANIZATION),
        ("a statement from the palace", LinkKind.DOCUMENT),
        ("minutes published with the decision", LinkKind.DOCUMENT),
    ],
)
def test_other_sources_keep_their_words_and_have_a_kind(phrase: str, kind: LinkKind) -> None:
    assert (describe(phrase).kind, describe(phrase).name) == (kind, phrase)


def test_the_outlet_that_quoted_is_no_part_of_the_name() -> None:
    assert describe("a senior official quoted by Orbit TV").name == "a senior official"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Jan Baren, a Halden lawyer", LinkKind.PERSON),
        ("Orbit Board President and CEO Lena Holm", LinkKind.PERSON),
        ("the National Harbour Survey", LinkKind.ORGANIZATION),
        ("the first daughter", LinkKind.ANONYMOUS),
        ("A Halden supporter and fundraiser", LinkKind.ANONYMOUS),
        ("a carrier", LinkKind.ORGANIZATION),
    ],
)
def test_words_of_office_paper_and_kinship_decide(phrase: str, kind: LinkKind) -> None:
    assert describe(phrase).kind is kind


def test_examples_are_not_who_speaks() -> None:
    assert describe("Most of the candidates, including Lena Holm and Tomas Brill,").kind is not LinkKind.PERSON
