from hypothesis import given, settings
from hypothesis import strategies as st

from app.claims.claim import Certainty, LinkKind, Voice
from tests.claims.fictional import PUBLISHER, REWRITE, claim, extract, links


def test_a_source_quoted_by_an_outlet_speaks_through_it() -> None:
    told = claim(REWRITE, "Premier Anneke Vos and Chancellor Tomas Brill discussed")
    assert links(told) == [("a senior ministry official", "anonymous"), ("Orbit TV", "outlet")]
    assert told.voice is Voice.REPORTED
    assert told.origin.outlet_id == "orbit-tv"


def test_officials_who_go_on_keep_the_outlet() -> None:
    assert links(claim(REWRITE, "While an outline"))[-1] == ("Orbit TV", "outlet")


def test_two_coordinated_statements_are_two_claims_with_one_chain() -> None:
    lasted, focused = claim(REWRITE, "The call between"), claim(REWRITE, "Three-quarters of the call was")
    assert lasted.content == "The call between Vos and Brill lasted about 50 minutes."
    assert links(lasted) == links(focused) == [("the senior ministry official", "anonymous"), ("Orbit TV", "outlet")]
    assert [q.text for q in lasted.quantities] == ["about 50 minutes"]
    assert not focused.dates


def test_a_short_quotation_of_two_sentences_is_one_claim() -> None:
    quoted = claim(REWRITE, "There are plainly")
    assert quoted.content.endswith("real movement.")
    assert quoted.quoted
    assert links(quoted) == [("the senior ministry official", "anonymous"), ("Orbit TV", "outlet")]


def test_according_to_an_outlet_the_official_said_is_one_chain() -> None:
    assert links(claim(REWRITE, "Vos is determined")) == [("the senior coastal official", "anonymous"), ("Northern Post", "outlet")]
    assert links(claim(REWRITE, "Vos is planning")) == [("the senior coastal official", "anonymous"), ("Northern Post", "outlet")]


def test_an_office_that_speaks_for_itself_ends_the_quoted_outlet() -> None:
    said = claim(REWRITE, "In their first call")
    assert links(said) == [("The Chancellery", "organization")]
    assert said.content.endswith("both banks.")


def test_a_statement_is_a_document() -> None:
    assert links(claim(REWRITE, "The Chancellor reaffirmed")) == [("a statement from the Chancellery", "document")]


def test_a_report_with_nobody_named_has_a_nameless_link() -> None:
    assert links(claim(REWRITE, "Brill has decided")) == [(None, "anonymous")]


def test_a_cabinet_in_a_report_speaks_through_the_report() -> None:
    assert links(claim(REWRITE, "The pilots' demands")) == [("the Harbour Cabinet", "organization"), ("the report", "document")]


def test_what_nobody_is_quoted_on_is_the_publishers_own() -> None:
    own = claim(REWRITE, "On Tuesday, the pilots")
    assert links(own) == []
    assert own.voice is Voice.OWN
    assert own.origin.outlet_id == PUBLISHER.id


def test_told_an_outlet_that_names_the_outlet() -> None:
    told = claim(REWRITE, "The response provided")
    assert links(told) == [("a senior ministry aide", "anonymous"), ("Northern Post", "outlet")]


def test_denied_it_denies_the_claim_before() -> None:
    text = "The envoy, Hal Dorrow, said the council had accepted monitors. The council's spokeswoman, Yara Bennet, denied it."
    denial = next(c for c in extract(text).claims if c.certainty is Certainty.DENIED)
    assert denial.content == "The council had accepted monitors."
    assert denial.text.endswith("denied it")
    assert links(denial) == [("Yara Bennet", "person")]


def test_a_participle_leaves_the_main_clause_to_the_outlet() -> None:
    text = "The Bank of Ostland raised its key rate to 4 percent on Thursday, saying that prices had become more stubborn."
    assert links(claim(text, "The Bank of Ostland raised")) == []
    assert links(claim(text, "Prices had become")) == [("The Bank of Ostland", "organization")]


def test_an_outlet_that_cites_sources_passes_them_on() -> None:
    text = "The Northern Post reported on Sunday that the radar had been off, citing two people familiar with the inquiry."
    assert links(claim(text, "The radar had")) == [("two people familiar with the inquiry", "anonymous"), ("Northern Post", "outlet")]


def test_an_outlet_that_reports_with_nobody_named_is_the_first_link() -> None:
    assert links(claim("Orbit TV reported that the bridge was closed.", "The bridge")) == [("Orbit TV", "outlet")]


def test_what_the_publisher_has_learned_itself_is_its_own_voice() -> None:
    own = claim("The ferry will not sail again this year, The Valley Dispatch has learned.", "The ferry")
    assert own.voice is Voice.OWN


def test_told_us_is_told_to_the_publisher() -> None:
    assert links(claim("Hal Dorrow told us the road had already reopened.", "The road")) == [
        ("Hal Dorrow", "person"),
        ("The Valley Dispatch", "outlet"),
    ]


def test_a_short_form_means_the_publisher() -> None:
    assert links(claim("The gate was open, a guard told the Dispatch.", "The gate"))[-1] == ("The Valley Dispatch", "outlet")


def test_a_dateline_agency_is_no_link() -> None:
    text = "SKARA (Meridian Wire) - Two ferries collided in fog on Sunday, the coastguard said.\n\n(Reporting by Meridian Wire)"
    assert links(claim(text, "Two ferries")) == [("the coastguard", "organization")]


def test_a_figure_of_another_outlet_is_an_echo_of_it() -> None:
    text = "The insurer said data of about 900,000 customers was taken, far fewer than the 2.3 million reported by Orbit TV."
    echoes = [c for c in extract(text).claims if c.origin.outlet_id == "orbit-tv"]
    assert [c.content for c in echoes] == ["Data of 2.3 million customers was taken."]


def test_questions_and_fragments_are_no_claims() -> None:
    assert extract('"Who would do such a thing?" asked Mara Lind. Really?').claims == ()


def test_an_empty_text_gives_nothing() -> None:
    assert extract("") == extract(" \n ")
    assert extract("").claims == ()


PIECES = st.sampled_from(
    [
        "Mara Lind said", "that the dam had burst", ", ", ". ", "“It is over,” ", "she said", "\n\n", "according to Orbit TV", "and ",
        "The mayor, who ", "told the Dispatch", "denied it", "'", '"', "About 40 people ", "were hurt", " on Sunday", "?", "(", "—",
        "the official", "“", "”", "called it “a farce”", "was quoted by Orbit TV as saying", "It was reported that ", "🙂", "1,500", ":",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_spans_round_trip_on_any_text(text: str) -> None:
    found = extract(text)
    for c in found.claims:
        assert c.span.of(text) == c.text
        assert c.content
        assert c.chain[-1].kind is LinkKind.PUBLISHER
        assert (c.voice is Voice.REPORTED) == (len(c.chain) > 1)
        assert all(c.span.contains(q.span) for q in c.quantities)
        assert all(c.span.contains(d.span) for d in c.dates)
    for a in found.attributions:
        for span in a.attribution.source + a.attribution.cue + a.attribution.content:
            assert 0 <= span.start_char < span.end_char <= len(text)
