from app.articles.document import Span
from app.articles.sentences import quotes, split
from app.claims.statements import points_back, reported


def contents(text: str, cue: str) -> list[str]:
    return [s.content for s in reported(text, [Span(0, len(text))], cue, [s.span for s in split(text)], quotes(text))]


def test_the_complementizer_goes_and_the_sentence_stands() -> None:
    assert contents("that the dam had burst", "said") == ["The dam had burst."]


def test_a_demonstrative_is_no_complementizer() -> None:
    assert contents("“That is what he told me.”", "said") == ["That is what he told me."]


def test_what_a_thing_is_called_becomes_a_sentence() -> None:
    assert contents("the long session “broadly hopeful”", "called") == ["The long session is “broadly hopeful”."]
    assert contents("the offers as “ridiculous” on Tuesday", "dismissed") == ["The offers are “ridiculous”."]


def test_blame_becomes_a_sentence() -> None:
    assert contents("the rebels for the collapse of the truce", "blamed") == ["The rebels are to blame for the collapse of the truce."]


def test_a_content_may_only_point_back() -> None:
    assert points_back("it")
    assert points_back("the allegations")
    assert not points_back("the dam fell")
