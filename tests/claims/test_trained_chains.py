"""Claims and chains with the tagger that the service uses by default. The articles are invented."""

from functools import partial
from pathlib import Path

import pytest

from app.claims.claim import Claim
from app.claims.grammar import GrammarTagger
from app.claims.mended import MendedTagger
from app.claims.trained import TrainedTagger
from tests.claims.fictional import REWRITE, claim, extract, links

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def tagger() -> MendedTagger:
    return MendedTagger(TrainedTagger.load(Path(__file__).parents[2] / "models" / "attribution", threads=1), GrammarTagger())


OFFICIAL, COASTAL = "senior ministry official", "the senior coastal official"
ROWS: list[tuple[str, list[tuple[str | None, str]]]] = [
    ("Premier Anneke Vos and Chancellor Tomas Brill discussed", [(f"a {OFFICIAL}", "anonymous"), ("Orbit TV", "outlet")]),
    ("The call between Vos and Brill lasted about 50", [(f"the {OFFICIAL}", "anonymous"), ("Orbit TV", "outlet")]),
    ("Three-quarters of the call was", [(f"the {OFFICIAL}", "anonymous"), ("Orbit TV", "outlet")]),
    ("There are plainly points that need to be settled. Some", [(f"the {OFFICIAL}", "anonymous"), ("Orbit TV", "outlet")]),
    ("Vos is determined", [(COASTAL, "anonymous"), ("Northern Post", "outlet")]),
    ("Vos is planning", [(COASTAL, "anonymous"), ("Northern Post", "outlet")]),
    ("In their first call", [("The Chancellery", "organization")]),
    ("The Chancellor reaffirmed", [("a statement from the Chancellery", "document")]),
    ("Brill has decided", [(None, "anonymous")]),
    ("The pilots' demands", [("the Harbour Cabinet", "organization"), ("the report", "document")]),
    ("On Tuesday, the pilots", []),
    ("The response provided", [("a senior ministry aide", "anonymous"), ("Northern Post", "outlet")]),
]


@pytest.fixture(scope="module")
def claims(tagger: MendedTagger) -> tuple[Claim, ...]:
    return extract(REWRITE, tagger=tagger).claims


@pytest.mark.parametrize(("beginning", "chain"), ROWS)
def test_every_claim_of_an_agency_rewrite_has_its_chain(
    claims: tuple[Claim, ...], beginning: str, chain: list[tuple[str | None, str]]
) -> None:
    assert [links(c) for c in claims if c.content.startswith(beginning)] == [chain]


@pytest.mark.parametrize(
    ("text", "beginning", "chain"),
    [
        (
            "Orbit TV reported on Monday that a senior official said the talks had collapsed.",
            "The talks had",
            [("a senior official", "anonymous"), ("Orbit TV", "outlet")],
        ),
        (
            "The Northern Post reported that the harbour master, Hal Dorrow, had told investigators the radar was off.",
            "The radar was off",
            [("Hal Dorrow", "person"), ("Northern Post", "outlet")],
        ),
        (
            "According to Orbit TV, the mayor denied that the bridge had been closed.",
            "The bridge had",
            [("the mayor", "organization"), ("Orbit TV", "outlet")],
        ),
        (
            "Orbit TV quoted a senior official as saying that the talks had collapsed.",
            "The talks had",
            [("a senior official", "anonymous"), ("Orbit TV", "outlet")],
        ),
        (
            'The report quoted the War Council as calling the rebels\' demands "ridiculous and unrealistic."',
            "The rebels' demands",
            [("the War Council", "organization"), ("The report", "document")],
        ),
        (
            "The radar was off, Hal Dorrow was quoted by Orbit TV as saying.",
            "The radar was off",
            [("Hal Dorrow", "person"), ("Orbit TV", "outlet")],
        ),
        (
            "Meridian Wire reports that the union leader Mara Lind says the strike will go on until Friday.",
            "The strike will",
            [("Mara Lind", "person"), ("Meridian Wire", "outlet")],
        ),
        (
            "Citing hospital officials, Orbit TV said 12 people had died.",
            "12 people had",
            [("hospital officials", "anonymous"), ("Orbit TV", "outlet")],
        ),
        (
            "Twelve people died, Orbit TV reported, citing hospital officials.",
            "Twelve people died",
            [("hospital officials", "anonymous"), ("Orbit TV", "outlet")],
        ),
        (
            "The minister is to resign, Orbit TV has learned from two aides.",
            "The minister is",
            [("two aides", "anonymous"), ("Orbit TV", "outlet")],
        ),
        (
            "In a statement carried by Orbit TV, the rebels said they had shot down a drone.",
            "They had shot",
            [("the rebels", "organization"), ("Orbit TV", "outlet")],
        ),
    ],
)
def test_whoever_passes_a_statement_on_is_a_link(
    tagger: MendedTagger, text: str, beginning: str, chain: list[tuple[str | None, str]]
) -> None:
    assert links(partial(claim, tagger=tagger)(text, beginning)) == chain


def test_what_a_person_says_that_another_said_stays_the_persons(tagger: MendedTagger) -> None:
    text = "A spokesman for the ministry told Orbit TV that the general had said the army would withdraw by June."
    assert links(claim(text, "The general had said", tagger))[0][0] == "A spokesman for the ministry"
