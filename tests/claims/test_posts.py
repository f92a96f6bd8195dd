from app.articles.document import Span
from app.claims.posts import posts
from app.claims.tagger import Attribution
from tests.claims.fictional import claim, links

POST = "The lock holds. Nobody was hurt there. — Lena Holm (@lholm) May 4, 2031"


def test_a_signature_says_whose_the_words_before_it_are() -> None:
    assert links(claim(f"The town slept.\n\n{POST}", "Nobody was hurt")) == [("Lena Holm", "person")]
    assert links(claim(f"The town slept.\n\n{POST}", "The town")) == []


def test_words_that_somebody_is_quoted_with_are_left_alone() -> None:
    told = Attribution((), (), (Span(0, 15),))
    assert posts(POST, [told]) == [told]
