"""Reading ahead changes when an article is read, never what is found in it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.articles.document import Document
from app.claims.extraction import ClaimExtractor
from app.claims.grammar import GrammarTagger
from app.claims.tagger import Attribution
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet
from app.pipeline.preparing import claims_of
from app.pipeline.reading_ahead import ReadingAhead
from app.storage.reading.articles import Waiting

OUTLET = Outlet("tarn-echo", "Tarn Echo")


class CountingTagger:
    """The grammar; it counts the texts that it read, and one text breaks it."""

    id = "counting"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.threads: set[str] = set()

    def tag(self, documents: Sequence[Document]) -> list[list[Attribution]]:
        """As the grammar does."""
        self.threads.add(threading.current_thread().name)
        for document in documents:
            if "broken" in document.text:
                raise ValueError("broken")
            self.read.append(document.text)
        return GrammarTagger().tag(documents)


def item(number: int, revision: int = 1, text: str = "") -> Waiting:
    text = text or f"The mayor said {number} trams stopped at midnight."
    return Waiting(f"art_{number}", revision, OUTLET, "", text, datetime(2025, 3, 1, tzinfo=UTC))


@pytest.fixture
def tagger() -> CountingTagger:
    return CountingTagger()


@pytest.fixture
def ahead(tagger: CountingTagger) -> ReadingAhead:
    directory = OutletDirectory.load()
    return ReadingAhead(lambda: ClaimExtractor(tagger, directory))


def test_what_was_read_ahead_is_what_would_have_been_read_now(ahead: ReadingAhead, tagger: CountingTagger) -> None:
    coming = [item(1), item(2)]
    ahead.begin(coming)
    found = ahead.claims(coming)
    assert len(tagger.read) == 2
    assert found == claims_of(coming, ClaimExtractor(GrammarTagger(), OutletDirectory.load()))
    assert all(found)
    assert threading.current_thread().name not in tagger.threads
    ahead.close()


def test_what_was_not_read_ahead_is_read_now(ahead: ReadingAhead, tagger: CountingTagger) -> None:
    ahead.begin([item(1)])
    found = ahead.claims([item(2), item(1)])
    assert [claims[0].content for claims in found] == ["2 trams stopped at midnight.", "1 trams stopped at midnight."]
    assert len(tagger.read) == 2
    ahead.close()


def test_an_article_revised_meanwhile_is_read_again(ahead: ReadingAhead) -> None:
    ahead.begin([item(1)])
    revised = replace(item(1), revision=2, text="The mayor said nobody was hurt.")
    assert ahead.claims([revised])[0][0].content == "Nobody was hurt."
    ahead.close()


def test_a_broken_article_read_ahead_spoils_no_other(ahead: ReadingAhead) -> None:
    coming = [item(1), item(2, text="The mayor said it was broken.")]
    ahead.begin(coming)
    with pytest.raises(ValueError, match="broken"):
        ahead.claims(coming)
    assert ahead.claims([coming[0]])[0]
    with pytest.raises(ValueError, match="broken"):
        ahead.claims([coming[1]])
    ahead.close()


def test_beginning_anew_forgets_what_was_not_asked_for(ahead: ReadingAhead, tagger: CountingTagger) -> None:
    ahead.begin([item(1)])
    ahead.begin([])
    assert ahead.claims([item(1)])[0]
    ahead.close()
    assert 1 <= len(tagger.read) <= 2
