"""Wire copies mixed into a stream: how many, where, and what is changed in them."""

import random

import pytest

from bench.corpus import synthetic
from bench.wires import mixed, republished


@pytest.mark.parametrize(("articles", "copies"), [(70, 30), (7, 3), (1, 0), (0, 0)])
def test_copies_make_up_their_share_of_what_comes_out(articles: int, copies: int) -> None:
    stream = mixed(synthetic(articles).articles, 0.3, seed=2)
    assert len(stream) == articles + copies
    assert [article for article in stream if "/wire/" not in article.url] == list(synthetic(articles).articles)


def test_the_mix_is_the_same_for_a_seed() -> None:
    articles = synthetic(40).articles
    assert mixed(articles, 0.3, seed=2) == mixed(articles, 0.3, seed=2)
    assert mixed(articles, 0.3, seed=2) != mixed(articles, 0.3, seed=3)


def test_a_copy_follows_its_original_under_another_outlet_and_address() -> None:
    stream = mixed(synthetic(60).articles, 0.3, seed=5)
    for at, copy in enumerate(stream):
        if "/wire/" in copy.url:
            words = copy.text.split("\n\n")[1]
            assert any(words in earlier.text and earlier.outlet != copy.outlet for earlier in stream[:at])
    assert len({article.url for article in stream}) == len(stream)


def test_a_copy_has_its_own_dateline_and_credit_around_the_same_words() -> None:
    (original,) = synthetic(1).articles
    copy = republished(original, random.Random(1), 4)
    assert copy.outlet != original.outlet
    assert copy.published_at > original.published_at
    paragraphs = copy.text.split("\n\n")
    dateline, words = paragraphs[0].split(" — ", 1)
    assert dateline.isupper() or "(" in dateline
    assert original.text.startswith(words)
    assert "by arrangement" in paragraphs[-1]
    assert all(paragraph in original.text for paragraph in paragraphs[1:-1])


def test_an_agencys_dateline_is_replaced() -> None:
    (original,) = synthetic(1).articles
    told = original.__class__(
        original.outlet, original.url, original.title, "KESTWICK (Delta Dispatch) - The road is shut.", original.published_at
    )
    text = republished(told, random.Random(1), 0).text
    assert "Delta Dispatch) - " not in text
    assert " — The road is shut.\n\n" in text


def test_a_share_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="got"):
        mixed(synthetic(2).articles, 0.5)
