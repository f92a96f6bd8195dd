from app.articles.document import Span
from app.claims.nesting import outermost, parents
from app.claims.tagger import Attribution

# "According to X, Y said Z": X's content holds all of Y's attribution.
OUTER = Attribution((Span(13, 14),), (Span(0, 12),), (Span(16, 60),))
INNER = Attribution((Span(16, 20),), (Span(21, 25),), (Span(26, 60),))


def test_the_narrowest_content_around_is_the_parent() -> None:
    assert parents([OUTER, INNER]) == [None, 0]


def test_an_outer_that_passes_on_gives_way_to_the_inner() -> None:
    assert outermost([OUTER, INNER], [None, 0], [0, 1], lambda i: True) == {1: (0,)}


def test_an_outer_that_speaks_for_itself_keeps_the_claim() -> None:
    assert outermost([OUTER, INNER], [None, 0], [0, 1], lambda i: False) == {0: ()}
