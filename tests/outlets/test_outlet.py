import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outlets.outlet import Outlet, slug


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Daily Ledger", "daily-ledger"),
        ("the daily ledger", "daily-ledger"),
        ("Süddeutsche Zeitung", "suddeutsche-zeitung"),
        ("N+1", "n-1"),
        ("Mail & Guardian", "mail-guardian"),
        ("snake_case", "snake-case"),
        ("The", "the"),
        ("The The Ledger", "ledger"),
        ("ﬁrst Post", "first-post"),
    ],
)
def test_a_slug_is_lower_case_words_joined_by_hyphens(name: str, key: str) -> None:
    assert slug(name) == key


@pytest.mark.parametrize("name", ["新华社", "연합뉴스", "الجزيرة", "हिन्दुस्तान टाइम्स", "ニュース"])
def test_a_slug_keeps_letters_of_any_script(name: str) -> None:
    assert slug(name) == name.replace(" ", "-")


def test_kana_that_differ_by_voicing_are_different_letters() -> None:
    assert slug("が") != slug("か")


@pytest.mark.parametrize("name", ["", "  ", "!?", "…", "🗞️"])
def test_a_name_without_letter_or_digit_has_no_slug(name: str) -> None:
    assert slug(name) == ""


@given(st.text(max_size=60))
def test_the_slug_of_a_slug_is_the_same_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)


@given(st.text(max_size=60))
def test_a_slug_has_no_white_space_and_no_hyphen_at_an_end(name: str) -> None:
    key = slug(name)
    assert key == key.strip("-")
    assert not any(c.isspace() for c in key)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_case_white_space_and_the_article_do_not_change_a_slug(name: str) -> None:
    if slug(name):
        assert slug(f" the  {name} ") == slug(name)
        assert slug(name.lower()) == slug(name)


def test_the_names_of_an_outlet_begin_with_its_name() -> None:
    assert Outlet("daily-ledger", "The Daily Ledger", aliases=("TDL",)).names == ("The Daily Ledger", "TDL")
