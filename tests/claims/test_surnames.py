import pytest

from tests.claims.fictional import claim, links


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Ravn called the toll “a farce.” The ferry sailed on.", ("Ravn", "person")),
        ("The race has begun, and Mitja Ravn leads it. Ravn called the toll “a farce.”", ("Mitja Ravn", "person")),
        ("While Ravn slept, the toll rose. Ravn called the toll “a farce.”", ("Ravn", "person")),
        ("Offices of Nordik were searched; Nordik shares fell. Nordik called the toll “a farce.”", ("Nordik", "organization")),
        ("Police were seen in Skarholm. Skarholm called the toll “a farce.”", ("Skarholm", "organization")),
        ("Norway called the toll “a farce.”", ("Norway", "organization")),
    ],
)
def test_a_bare_name_is_a_person_unless_the_article_shows_an_office_or_a_place(text: str, link: tuple[str, str]) -> None:
    assert links(claim(text, "The toll is")) == [link]


def test_two_full_names_leave_a_surname_open() -> None:
    text = "Mitja Ravn leads the race, and Karla Ravn follows. Ravn called the toll “a farce.”"
    assert links(claim(text, "The toll is")) == [(None, "person")]
