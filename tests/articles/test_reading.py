from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.articles.reading import article_key, content_hash, read
from app.outlets.outlet import Outlet

AT = datetime(2024, 2, 12, 4, 0, tzinfo=UTC)
COURIER = Outlet("harbor-courier", "The Harbor Courier")
TEXT = (
    "Varga and Oster\nVarga and OsterJo Lind/GPO\n\nSKARHOLM (Meridian Wire) - The ferry sank on Sunday, Mayor Ines Varga said.\n\n"
    "“It sank. Nobody died,” she added.\n\nRead more: Ferries and storms\n"
)


def test_a_document_keeps_its_text_and_marks_what_stands_beside_the_story() -> None:
    document = read(COURIER, "Ferry sinks", TEXT, AT)
    assert (document.text, document.outlet, document.title, document.published_at) == (TEXT, COURIER, "Ferry sinks", AT)
    assert [sentence.text for sentence in document.sentences if not sentence.boilerplate] == [
        "SKARHOLM (Meridian Wire) - The ferry sank on Sunday, Mayor Ines Varga said.",
        "“It sank.",
        "Nobody died,” she added.",
    ]
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1, 2, 3, 3, 4]


def test_an_article_of_white_space_has_no_sentences() -> None:
    assert read(COURIER, "", " \n ", AT).sentences == ()


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_sentence_is_the_text_under_its_span(text: str) -> None:
    document = read(COURIER, "", text, AT)
    assert all(sentence.span.of(document.text) == sentence.text for sentence in document.sentences)


def test_a_hash_ignores_white_space_and_how_accents_are_composed() -> None:
    assert content_hash("Café", "It  sank.\r\n\r\nNobody died. ") == content_hash("Cafe\u0301", "It sank.\nNobody died.")
    assert len(content_hash("", "")) == 64


def test_a_hash_tells_words_apart_and_title_from_text() -> None:
    hashes = {
        content_hash("a", "b c"),
        content_hash("a b", "c"),
        content_hash("a", "b d"),
        content_hash("A", "b c"),
        content_hash("a", "bc"),
    }
    assert len(hashes) == 5


def test_an_article_with_a_url_is_known_by_outlet_and_url() -> None:
    key = article_key("harbor-courier", "https://example.com/a", "Ferry sinks", AT)
    assert key == article_key("harbor-courier", "https://example.com/a", "Another title", AT + timedelta(days=1))
    assert key != article_key("channel-nine", "https://example.com/a", "Ferry sinks", AT)
    assert key != article_key("harbor-courier", "https://example.com/b", "Ferry sinks", AT)
    assert key.startswith("art_")
    assert len(key) == 24
    assert key == key.lower()


def test_an_article_without_url_is_known_by_outlet_title_and_time() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    assert article_key("o", None, "t", AT) == article_key("o", None, "t", elsewhere) == article_key("o", "", "t", AT)
    keys = {article_key("o", None, "t", AT), article_key("o", None, "u", AT), article_key("p", None, "t", AT)}
    assert len(keys | {article_key("o", None, "t", AT + timedelta(seconds=1))}) == 4
    with pytest.raises(ValueError, match="zone"):
        article_key("o", None, "t", AT.replace(tzinfo=None))
