"""The check that every span covers its words finds those that do not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.articles.document import Document, Span
from app.articles.reading import read
from app.claims.claim import Mention
from app.claims.extraction import ClaimExtractor, Extraction
from app.claims.grammar import GrammarTagger
from app.claims.tagger import Attribution
from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet
from bench.round_trip import broken

TEXT = "About 40 people were hurt on Sunday, 11 May, Mara Lind told Orbit TV."


@pytest.fixture
def document() -> Document:
    return read(Outlet("valley-dispatch", "The Valley Dispatch"), "", TEXT, datetime(2031, 5, 12, tzinfo=UTC))


@pytest.fixture
def extraction(document: Document) -> Extraction:
    return ClaimExtractor(GrammarTagger(), OutletDirectory((Outlet("orbit-tv", "Orbit TV"),))).extract([document])[0]


def test_an_extraction_whose_spans_hold_their_words_is_whole(document: Document, extraction: Extraction) -> None:
    (claim,) = extraction.claims
    assert (len(claim.quantities), len(claim.dates), len(claim.chain)) == (1, 1, 3)
    count, lines = broken(document, extraction)
    assert (count, lines) == (11, [])


def test_a_claim_that_moved_by_one_character_is_found(document: Document, extraction: Extraction) -> None:
    (claim,) = extraction.claims
    moved = replace(claim, span=Span(claim.span.start_char + 1, claim.span.end_char + 1))
    assert broken(document, replace(extraction, claims=(moved,)))[1][0].startswith("claim [1, ")


def test_a_link_a_quantity_and_a_date_with_other_words_are_found(document: Document, extraction: Extraction) -> None:
    (claim,) = extraction.claims
    link = replace(claim.chain[0], source=Mention("somebody else", Span(0, 5)))
    quantity, date = replace(claim.quantities[0], text="41"), replace(claim.dates[0], text="12 May")
    other = replace(claim, chain=(link, *claim.chain[1:]), quantities=(quantity,), dates=(date,))
    assert len(broken(document, replace(extraction, claims=(other,)))[1]) == 3


@pytest.mark.parametrize("span", [Span(4, 4), Span(9, 3), Span(0, 10_000), Span(5, 6)])
def test_a_span_that_is_empty_turned_round_outside_or_blank_is_found(document: Document, extraction: Extraction, span: Span) -> None:
    found = replace(extraction.attributions[0], attribution=Attribution((span,), (), (Span(0, 5),)))
    assert len(broken(document, replace(extraction, attributions=(found,)))[1]) == 1
