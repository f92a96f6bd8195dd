"""A claim written as a row and read again is the same claim."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from app.articles.document import Span
from app.claims.claim import Certainty, Claim, ClaimType, DateMention, Link, LinkKind, Mention, Quantity, StoredClaim, Voice
from app.conflicts.positions import Position
from app.relations.judged import JudgedPair
from app.relations.relation import Reason, ReasonType, RelationKind
from app.storage.mapping import claim_row, judged_pair, position_json, position_of, relation_row, stored_claim

T = TypeVar("T")

# What submitted text may hold: no lone surrogates, no control characters.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
CHARS = st.integers(0, 2**31 - 1)
SPANS = st.builds(Span, CHARS, CHARS)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**9), 10**9).map(float)
MOMENTS = st.datetimes(datetime(1600, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MENTIONS = st.builds(Mention, WORDS, SPANS)
LINKS = st.builds(Link, st.none() | WORDS, st.sampled_from(LinkKind), st.none() | WORDS, st.none() | MENTIONS, st.none() | MENTIONS)
OPEN = st.none() | NUMBERS
QUANTITIES = st.builds(Quantity, WORDS, SPANS, OPEN, OPEN, st.none() | WORDS, st.none() | WORDS, OPEN, st.none() | WORDS, OPEN)
DATES = st.builds(DateMention, WORDS, SPANS, MOMENTS, MOMENTS, st.sampled_from([None, "until", "from"]), st.booleans())


def tuples(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Some of them."""
    return st.lists(of, max_size=3).map(tuple)


CLAIMS = st.builds(
    Claim,
    text=WORDS,
    span=SPANS,
    content=WORDS,
    content_spans=tuples(SPANS),
    chain=tuples(LINKS),
    voice=st.sampled_from(Voice),
    quoted=st.booleans(),
    certainty=st.sampled_from(Certainty),
    quantities=tuples(QUANTITIES),
    dates=tuples(DATES),
    type=st.sampled_from(ClaimType),
)
STORED = st.builds(StoredClaim, WORDS, st.just(0), WORDS, st.integers(1, 99), WORDS, WORDS, MOMENTS, CLAIMS, cluster_id=st.none() | WORDS)
REASONS = st.builds(Reason, st.sampled_from(ReasonType), st.none() | SPANS, st.none() | SPANS, WORDS)
PAIRS = st.builds(JudgedPair, WORDS, WORDS, st.sampled_from(RelationKind), st.floats(0, 1), tuples(REASONS), st.booleans())


@given(STORED)
def test_a_claim_comes_back_from_its_row(stored: StoredClaim) -> None:
    row = claim_row(stored, "test")
    row.detail = json.loads(json.dumps(row.detail, allow_nan=False))
    assert stored_claim(row) == stored


@given(PAIRS)
def test_a_relation_comes_back_from_its_row(pair: JudgedPair) -> None:
    row = relation_row(pair, "test")
    row.reasons = json.loads(json.dumps(row.reasons))
    assert judged_pair(row) == pair


@given(st.builds(Position, tuples(WORDS), tuples(WORDS), tuples(WORDS), WORDS))
def test_a_position_comes_back_from_json(position: Position) -> None:
    assert position_of(json.loads(json.dumps(position_json(position)))) == position


def test_no_field_of_a_claim_is_forgotten() -> None:
    moment = datetime(2025, 3, 3, tzinfo=UTC)
    quantity = Quantity("about 45", Span(0, 8), 40.5, 49.5, "minute", "call", 45.0, "killed", 1.0)
    date = DateMention("by 8:10", Span(9, 16), moment, moment + timedelta(minutes=1), "until", True)
    for whole in (quantity, date):
        assert all(getattr(whole, field.name) not in (None, False, field.default) for field in fields(whole))
    link = Link("Ines Varga", LinkKind.PERSON, "x", Mention("she", Span(0, 3)), Mention("said", Span(4, 8)))
    spans = (Span(0, 1),)
    claim = Claim("t", spans[0], "c", spans, (link,), Voice.REPORTED, True, Certainty.HEDGED, (quantity,), (date,), ClaimType.OPINION)
    stored = StoredClaim("clm_a", 7, "art_a", 2, "o", "p", moment, claim, "clu_a")
    row = claim_row(stored, "test")
    assert stored_claim(row) == replace(stored, number=0)
