from app.articles.document import Span
from app.claims.tagger import Attribution
from app.claims.transcripts import turns


def test_a_turn_is_said_by_the_name_in_front_of_its_colon() -> None:
    text = "HOLM: Ships wait.\n\nLIND (via telephone): There is one lock."
    content, colon = Span(text.index("There"), len(text)), text.rindex(":")
    (found,) = turns(text, [Attribution((Span(0, 4),), (Span(colon, colon + 1),), (content,))])
    assert [s.of(text) for s in found.source] == ["LIND"]


def test_a_source_beside_its_colon_stays() -> None:
    text = "A clerk in Halden: There is one lock."
    told = Attribution((Span(0, 17),), (Span(17, 18),), (Span(19, len(text)),))
    assert turns(text, [told]) == [told]
