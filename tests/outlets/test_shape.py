import pytest

from app.outlets.shape import looks_like_outlet


@pytest.mark.parametrize(
    "name",
    [
        "the Daily Ledger",
        "The Harbor Courier",
        "Channel Nine",
        "Channel Tessera",
        "Radio Sahil",
        "Omroep Delta",
        "Meridian Wire",
        "Hadrun Gazette",
        "Lechovia News Agency",
        "Corvan Press Agency",
        "Minato Broadcasting Corporation",
        "Savana TV",
        "Chisomo FM",
        "Nordhavn Dagblad",
        "Neue Velmorer Zeitung",
        "Fjordavisen",
        "Diario del Muelle",
        "Correio da Ilha",
        "Le Courrier Sportif",
        "L'Écho des Tropiques",
        "La Voz del Istmo",
        "Times of Velmora",
        "Lantern-Dispatch",
        "News Six",
        "the Ledger",
    ],
)
def test_names_with_the_head_of_an_outlet_look_like_one(name: str) -> None:
    assert looks_like_outlet(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "the",
        "Velmora",
        "Ingrid Solheim-Rast",
        "the New York Times reporter",
        "Washington Post Office",
        "The Daily Mail and General Trust",
        "Dow Jones",
        "the Press Secretary",
        "Ministry of Information",
        "Department of Broadcasting",
        "Meridian Space Agency",
        "Open Press Index",
        "Medical Examiner",
        "Congressional Record",
        "Journal of Medicine",
        "Oxford University Press",
        "Royal Mail",
        "Fake News",
        "the press",
        "channel nine",
        "President Star",
        "The Sun",
        "Radio City Hall",
        "Le Marchand",
    ],
)
def test_people_offices_companies_and_ministries_do_not(name: str) -> None:
    assert not looks_like_outlet(name)
