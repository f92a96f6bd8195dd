from tests.claims.fictional import claim, extract, links


def test_a_pronoun_stands_for_the_speaker_before() -> None:
    text = "“It fell,” Mara Lind said. She said the dam had been old."
    assert links(claim(text, "The dam")) == [("Mara Lind", "person")]


def test_a_pronoun_stands_for_the_person_the_sentence_before_is_about() -> None:
    text = "Elena Marsk, the governor, left the door open. “Nobody thinks the job is done,” she said."
    assert links(claim(text, "Nobody")) == [("Elena Marsk", "person")]


def test_a_surname_stands_for_the_full_name() -> None:
    text = "Commander Ingrid Sol-Rast told reporters the ship was safe. Four people are missing, Sol-Rast said."
    assert links(claim(text, "Four people")) == [("Ingrid Sol-Rast", "person")]


def test_a_surname_that_two_persons_share_is_left_open() -> None:
    text = "Police chief Nils Abry said five died. Councillor Tove Abry said six died. Abry said the count would rise."
    open_ = claim(text, "The count")
    assert links(open_) == [(None, "person")]
    assert open_.chain[0].source is not None
    assert open_.chain[0].source.text == "Abry"


def test_a_title_tells_two_persons_of_one_surname_apart() -> None:
    text = "Marcus Abry, 50, said five died. Tove Abry, 40, said six died. Ms Abry was calm. Mr Abry said the count would rise."
    assert links(claim(text, "The count"))[0][0] in ("Marcus Abry", None)


def test_one_of_them_is_a_part_of_those_before() -> None:
    text = "The radar was off, two people familiar with the inquiry told the Dispatch.\n\n"
    text += "One of them said the barge had moved. The other said a book was taken."
    assert links(claim(text, "The barge"))[0] == ("one of two people familiar with the inquiry", "anonymous")
    assert links(claim(text, "A book"))[0] == ("the other of two people familiar with the inquiry", "anonymous")
    assert links(claim(text, "A book"))[-1] == ("The Valley Dispatch", "outlet")


def test_the_official_stands_for_the_unnamed_source_of_its_paragraph() -> None:
    text = "Troops broke the truce, an Ostland monitor told Orbit TV. "
    text += "The official, who asked not to be named, said the rebels had held their fire."
    assert links(claim(text, "The rebels")) == [("an Ostland monitor", "anonymous"), ("Orbit TV", "outlet")]


def test_his_office_is_the_named_persons() -> None:
    text = "Ms Marsk briefed the minister, Rafael Quist, on Tuesday. The two spoke for half an hour, his office said."
    assert links(claim(text, "The two")) == [("Rafael Quist's office", "organization")]


def test_the_bank_is_the_bank_named_before() -> None:
    text = "The Bank of Ostland raised its rate. Arrears rose by two points, the bank said in a report."
    assert links(claim(text, "Arrears")) == [("Bank of Ostland", "organization")]


def test_a_new_named_source_ends_the_quoted_outlet() -> None:
    text = "A senior official told Orbit TV that talks were near.\n\nHal Dorrow said the road was open."
    assert links(claim(text, "The road")) == [("Hal Dorrow", "person")]


def test_attributions_carry_whom_they_stand_for() -> None:
    found = extract("Mara Lind said the dam fell. She said it was old.").attributions
    assert [(a.name, a.kind.value if a.kind else None) for a in found] == [("Mara Lind", "person"), ("Mara Lind", "person")]


def test_an_unregistered_outlet_has_its_slug_for_an_id() -> None:
    told = claim("Hal Dorrow told the Halden Gazette that the road was open.", "The road")
    assert told.origin.outlet_id == "halden-gazette"
