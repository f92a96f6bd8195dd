from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.articles.submission import check_language, check_published_at, check_text, check_url
from app.errors import InvalidInput, ParallaxError, TooLarge

NOW = datetime(2024, 2, 12, 6, 0, tzinfo=UTC)


def refused(error: ParallaxError) -> tuple[tuple[str | int, ...], str, str]:
    return error.errors[0].loc, error.errors[0].type, error.errors[0].msg


@pytest.mark.parametrize(
    ("value", "type", "told"),
    [
        ("", "empty", "0 characters"),
        (" \n\t\u2028\u00a0", "empty", "5 characters"),
        ("The ferry\x00 sank.", "forbidden_character", "U+0000 at position 9"),
        ("\x1bThe ferry", "forbidden_character", "U+001B at position 0"),
        ("a\x1b", "forbidden_character", "U+001B at position 1"),
        ("The \ud83d ferry", "forbidden_character", "lone surrogate U+D83D at position 4"),
        ("🔥🚒", "no_words", "no letter"),
        ("12:30 — 3 %", "no_words", "no letter"),
    ],
)
def test_a_text_nobody_can_read_is_refused(value: str, type: str, told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_text("text", value, 100)
    loc, got, msg = refused(caught.value)
    assert (loc, got) == (("text",), type)
    assert told in msg


@pytest.mark.parametrize(
    "value", ["The ferry\tsank.\r\nNobody died.\n", "טיל נורה", "火事", "🔥 fire", "a" * 100, "e\u0301", "a\u200f\ufeff"]
)
def test_a_readable_text_of_any_script_passes_unchanged(value: str) -> None:
    assert check_text("text", value, 100) == value


def test_a_text_over_the_bound_tells_both_lengths() -> None:
    with pytest.raises(TooLarge) as caught:
        check_text("title", "a" * 101, 100)
    loc, type, msg = refused(caught.value)
    assert (loc, type) == (("title",), "too_long")
    assert "101" in msg
    assert "100" in msg


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=40))
def test_letters_of_any_script_pass(value: str) -> None:
    assert check_text("text", value, 40) == value


@given(st.characters(max_codepoint=0x1F, exclude_characters="\t\n\r\x0b\x0c") | st.characters(categories=["Cs"]))
def test_no_control_character_and_no_lone_surrogate_is_stored(character: str) -> None:
    with pytest.raises(InvalidInput):
        check_text("text", f"The {character} ferry", 100)


@given(st.characters(min_codepoint=0x80, max_codepoint=0x9F))
def test_a_letter_of_windows_1252_that_was_taken_for_latin_1_is_kept(character: str) -> None:
    assert check_text("text", f"The {character} ferry", 100) == f"The {character} ferry"


def test_what_is_not_stored_may_hold_any_character_but_nul_and_half_ones() -> None:
    assert check_text("text", "The \x1b ferry", 100, stored=False) == "The \x1b ferry"
    for character in ("\x00", "\ud83d"):
        with pytest.raises(InvalidInput):
            check_text("text", f"The {character} ferry", 100, stored=False)


@pytest.mark.parametrize(
    ("value", "type"),
    [
        (datetime(2024, 2, 12, 6, 0), "naive_time"),  # noqa: DTZ001
        (NOW + timedelta(hours=24, seconds=1), "too_late"),
        (datetime(2090, 1, 1, tzinfo=UTC), "too_late"),
        (datetime(1599, 12, 31, 23, tzinfo=UTC), "too_early"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), "too_early"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "too_late"),
    ],
)
def test_a_time_without_zone_or_out_of_bounds_is_refused(value: datetime, type: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_published_at(value, NOW)
    assert refused(caught.value)[:2] == (("published_at",), type)


def test_a_time_comes_back_in_utc() -> None:
    there = datetime(2024, 2, 12, 6, 0, tzinfo=timezone(timedelta(hours=2)))
    assert check_published_at(there, NOW).isoformat() == "2024-02-12T04:00:00+00:00"
    assert check_published_at(NOW + timedelta(hours=24), NOW) == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "example.com/a",
        "ftp://example.com",
        "javascript:alert(1)",
        "http://",
        "https:///a",
        "http://[::1",
        "http://a:99999/",
        "http://a b/",
        "http://./",
        "http://exa\nmple.com",
        "https://example.com/" + "a" * 2048,
        "http://<x>/",
        "//example.com",
    ],
)
def test_what_is_no_web_address_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_url(value)
    assert refused(caught.value)[0] == ("url",)


@pytest.mark.parametrize(
    "value", ["https://example.com/a?b=c#d", "HTTP://Example.com", "http://[::1]:80/", "https://дом.example/é", "http://localhost:8000"]
)
def test_a_web_address_passes(value: str) -> None:
    assert check_url(f" {value} ") == value


def test_a_language_tag_is_put_in_its_usual_case() -> None:
    assert [check_language(tag) for tag in ("en", "EN", "pt_br", "zh-Hant-TW")] == ["en", "en", "pt-BR", "zh-Hant-TW"]


@pytest.mark.parametrize("value", ["", "e", "english", "en-", "12", "en us", "🇬🇧"])
def test_what_is_no_language_tag_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_language(value)
    assert refused(caught.value)[0] == ("language",)
