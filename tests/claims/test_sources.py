from app.articles.document import Span
from app.claims.sources import whole_words
from app.claims.tagger import Attribution


def words(text: str, source: str, sentence: str) -> str:
    start, at = text.index(source), text.index(sentence)
    told = Attribution((Span(start, start + len(source)),), (), (Span(len(text) - 1, len(text)),))
    (found,) = whole_words(text, [told], [Span(at, at + len(sentence))])
    return found.source[0].of(text)


def test_a_source_ends_where_its_last_word_ends() -> None:
    assert words("So Holm-Lind wrote.", "Holm", "So Holm-Lind wrote.") == "Holm-Lind"
    assert words("So Holm's aide wrote.", "Holm", "So Holm's aide wrote.") == "Holm"


def test_a_source_begins_no_earlier_than_its_sentence() -> None:
    assert words("CLOSE The board says so.", "CLOSE The board", "The board says so.") == "The board"
