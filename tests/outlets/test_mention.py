import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet

DIRECTORY = OutletDirectory.load().with_outlets(
    [
        Outlet("daily-ledger", "The Daily Ledger", domains=("dailyledger.example",)),
        Outlet("touchline", "Touchline"),
        Outlet("harbor-press", "Harbor Press Agency", aliases=("HPA", "hpa"), wire=True),
    ]
)


def named(text: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.outlet.id if m.outlet else None) for m in DIRECTORY.mentions(text)]


def ids(text: str) -> list[str | None]:
    return [outlet_id for _, outlet_id in named(text)]


def words(text: str) -> list[str]:
    return [word for word, _ in named(text)]


def test_a_registered_name_is_found_with_its_exact_span() -> None:
    text = "A senior official told NBC News that talks go on."
    (mention,) = DIRECTORY.mentions(text)
    assert (mention.start_char, mention.end_char, mention.text) == (23, 31, "NBC News")
    assert mention.outlet is DIRECTORY.by_id("nbc-news")
    assert not mention.ambiguous


def test_the_longest_name_wins() -> None:
    assert named("The Washington Post and the Times of Israel asked Fox News Channel.") == [
        ("Washington Post", "washington-post"),
        ("Times of Israel", "times-of-israel"),
        ("Fox News Channel", "fox-news"),
    ]


def test_a_possessive_is_left_out_with_either_apostrophe() -> None:
    assert words("CNN's reporter and Ynet’s editor") == ["CNN", "Ynet"]


def test_a_name_in_lower_case_is_no_mention_but_a_domain_is() -> None:
    assert named("the daily ledger, cnn and haaretz; see ynetnews.com, https://edition.cnn.com/2024/Reuters/x and NBCNews.com.") == [
        ("ynetnews.com", "ynet"),
        ("edition.cnn.com", "cnn"),
        ("NBCNews.com", "nbc-news"),
    ]


def test_an_agency_that_writes_itself_small_is_found_as_a_whole_word() -> None:
    assert named("The agency dpa reported; grandpa did not.") == [("dpa", "deutsche-presse-agentur")]


def test_part_of_a_word_an_address_or_a_handle_is_no_mention() -> None:
    assert words("CNNs, XCNN, joe@cnn.com, @CNN, #Reuters, notcnn.com") == []


def test_an_accent_more_or_less_does_not_hide_a_name() -> None:
    assert ids("Suddeutsche Zeitung and Süddeutsche Zeitung") == ["suddeutsche-zeitung"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "A parcel lay in the Washington Post Office.",
        "Shares of The New York Times Company rose.",
        "The Daily Mail and General Trust said profits fell.",
        "Time is running out. The hill is steep, the sun is up.",
        "Time ran out for the vice president, and Fortune smiled.",
        "Michael Bloomberg spoke. Later Bloomberg said he would run.",
        "The Hill family said so.",
        "The Australian Federal Police (AFP) arrested two men, and the AFP said more would follow.",
        "He went on Face the Nation and said nothing.",
        "The full-Time score was 2-1.",
        "Tour the Medical Examiner and the Royal Mail depots near Newport News.",
        "The Meridian Space Agency said the Ardent Star had sailed on, and modern Times Square was full.",
        "A Kuwaiti newspaper reported that a Dallas magazine said so.",
        "They told the newspaper Marsk said no.",
        "Dow Jones fell, the Press Secretary said.",
    ],
)
def test_what_only_looks_like_an_outlet_is_no_mention(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "outlet_id"),
    [
        ("He told Time that he was done.", "time"),
        ("Time magazine asked him.", "time"),
        ("It first appeared in The Atlantic.", "atlantic"),
        ("The Hill reported on Friday that it passed.", "hill"),
        ("According to the Sun, it rained.", "sun"),
        ("Touchline understands that the fee is settled.", "touchline"),
        ("WARSAW (PAP) - Two men were held.", "polish-press-agency"),
        ("Agence France-Presse (AFP) counted six. AFP reported more.", "agence-france-presse"),
    ],
)
def test_an_ambiguous_name_counts_beside_attributing_words(text: str, outlet_id: str) -> None:
    mention = DIRECTORY.mentions(text)[-1]
    assert mention.outlet is DIRECTORY.by_id(outlet_id)
    assert mention.ambiguous


def test_a_short_form_of_an_outlet_named_before_is_left_to_whoever_follows_references() -> None:
    assert ids("The New York Times broke the story. The Times reported that he left.") == ["new-york-times"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The harbour master told the Harbor Courier on Monday.", "Harbor Courier"),
        ("the coastguard confirmed to Channel Nine early on Monday", "Channel Nine"),
        ("A commander told Radio Sahil his group had signed.", "Radio Sahil"),
        ("The plan is dead, Omroep Delta reported.", "Omroep Delta"),
        ("PORTA LUMA (Meridian Wire) - The bank raised its rate.", "Meridian Wire"),
        ("Members of the haul were seen by the Capital Standard.", "Capital Standard"),
        ("the hostages number 33, the Hadrun Gazette reported.", "Hadrun Gazette"),
        ("according to the daily Al-Masar, the ministry paid", "Al-Masar"),
        ("a manager told the weekly Aero Sur of the encounter.", "Aero Sur"),
        ("Al-Rafid newspaper said the group signed.", "Al-Rafid"),
        ("Velmora's Milena TV reported a fire.", "Milena TV"),
        ("The deal is off, reports the Island Post.", "Island Post"),
        ("The road is cut, La Voz del Norte reported.", "La Voz del Norte"),
        ("On Monday Savana TV said so.", "Savana TV"),
        ("the Shipowners' Gazette wrote", "Shipowners' Gazette"),
    ],
)
def test_an_outlet_nobody_registered_is_found_by_its_shape_or_by_what_it_is_called(text: str, name: str) -> None:
    assert named(text) == [(name, None)]


def test_a_registered_fictional_outlet_is_found_like_a_real_one() -> None:
    assert ids("The Daily Ledger and the HPA agreed; dailyledger.example did too.") == ["daily-ledger", "harbor-press", "daily-ledger"]


@given(
    st.lists(
        st.sampled_from(
            [
                "CNN",
                "the ",
                "The ",
                "Hill",
                " ",
                "Time",
                "’s",
                "told ",
                "(AFP)",
                ".com",
                "News",
                "\n",
                "é",
                "🗞",
                "Radio ",
                "newspaper ",
                "- ",
            ]
        )
    )
)
def test_mentions_are_in_order_do_not_overlap_and_hold_their_words(pieces: list[str]) -> None:
    text = "".join(pieces)
    mentions = DIRECTORY.mentions(text)
    assert all(text[m.start_char : m.end_char] == m.text != "" for m in mentions)
    assert all(a.end_char <= b.start_char for a, b in itertools.pairwise(mentions))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[m.start_char : m.end_char] == m.text for m in DIRECTORY.mentions(text))
