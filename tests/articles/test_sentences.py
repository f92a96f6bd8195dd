import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.articles.sentences import paragraphs, split


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Ekholm met Dr. Rhee and Gov. Tam in St. Alban.",
        "Former Lt. Gen. H.R. Oake met Sen. Ines Varga of the U.S. Senate.",
        "The novel by J. K. Arlen and George W. Dunmore sold well.",
        "Acme Corp. Chairman Lee Oster bought Oster Bros. Holdings for $5.50 a share, or 3.25 percent.",
        "It opened on Jan. 5 at 10 a.m. Monday in Dorn, Calif. and closed at 5 p.m. ET.",
        "The No. 3 Democrat cited Art. II and p. 14 of Oster v. Rhee.",
        "She paused... and then left… in silence.",
        "He asked “Why?” in a loud voice.",
        "The firm, e.g. its staff, et al. agreed (as reported by i.a. others).",
        "He watched Jeopardy! News at home.",
    ],
)
def test_a_stop_within_an_abbreviation_a_name_or_a_number_ends_no_sentence(sentence: str) -> None:
    assert texts(f"{sentence} Then it rained.") == [sentence, "Then it rained."]


@pytest.mark.parametrize(
    "sentence",
    [
        '"Why?" he asked.',
        "“It sank,” the official said.",
        '"Why now?" Mayor Ann Oster of Skarholm asked.',
        "“Is it over?” Ines Varga, 40, a teacher, asked on Sunday.",
        '"Stop!" He shouted.',
        "‘Never again!’ the crowd shouted.",
    ],
)
def test_a_quotation_keeps_the_words_that_say_who_said_it(sentence: str) -> None:
    assert texts(f"It was late. {sentence} Nobody moved.") == ["It was late.", sentence, "Nobody moved."]


def test_a_report_after_a_quotation_is_a_sentence_of_its_own() -> None:
    assert texts("“Is it over?” Varga said the talks would go on.") == ["“Is it over?”", "Varga said the talks would go on."]
    assert texts("“We won.” Varga left.") == ["“We won.”", "Varga left."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "She lives in the U.S. The firm moved to Acme Corp. It pays well.",
            ["She lives in the U.S.", "The firm moved to Acme Corp.", "It pays well."],
        ),
        ("It closed at 5 p.m. Crowds left.", ["It closed at 5 p.m.", "Crowds left."]),
        ("It fell by 3 percent.It then rose.", ["It fell by 3 percent.", "It then rose."]),
        ('He said: "We lost."The crowd left.', ['He said: "We lost."', "The crowd left."]),
        ("They left.“We lost,” he said.", ["They left.", "“We lost,” he said."]),
        ('They left."We lost," he said.', ["They left.", '"We lost," he said.']),
        ("It rained... Then it stopped. . . . Then it snowed.", ["It rained...", "Then it stopped. . . .", "Then it snowed."]),
        ("It was 2019. 40 people died.", ["It was 2019.", "40 people died."]),
        ("(It was late.) Nobody moved.", ["(It was late.)", "Nobody moved."]),
        ("1. Open the valve. 2. Close it.", ["1. Open the valve.", "2. Close it."]),
        ("Read it at www.example.com. Then write to a.b@example.org.", ["Read it at www.example.com.", "Then write to a.b@example.org."]),
        ("That was plan B. He had no other.", ["That was plan B.", "He had no other."]),
        ("it rained. the bridge fell. nobody died.", ["it rained.", "the bridge fell.", "nobody died."]),
        ("火事があった。死者はいない。", ["火事があった。", "死者はいない。"]),
        ("اندلع حريق. مات ثلاثة؟ نعم.", ["اندلع حريق.", "مات ثلاثة؟", "نعم."]),
        ("What?! No!", ["What?!", "No!"]),
        ("“One. Two,” he said.", ["“One.", "Two,” he said."]),
    ],
)
def test_a_sentence_ends_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_web_addresses_and_abbreviations_without_a_space_are_left_whole() -> None:
    for text in ("See Example.Com or e.g.This one", "The U.S.A team", "Rise of 5.5pct"):
        assert texts(text) == [text]


def test_nothing_but_white_space_has_no_sentence() -> None:
    assert split("") == split(" \n\t\r\n\u2028\u00a0") == ()


def test_a_line_break_parts_paragraphs_and_a_wrapped_line_does_not() -> None:
    text = (
        "Ferry sinks\nBy Jo Lind\r\n\r\n"
        "The ferry sank on Sunday morning near the island of Skarholm, and the\n"
        "harbor master said that forty people had been aboard when it went down.\n"
    )
    assert [span.of(text).split()[0] for span in paragraphs(text)] == ["Ferry", "By", "The"]
    assert [sentence.paragraph for sentence in split(text)] == [0, 1, 2]


def test_paragraphs_are_counted_without_the_blank_ones() -> None:
    assert [(s.paragraph, s.text) for s in split("\n\nA b.\n \n\nC d. E f.\u2029G h.")] == [
        (0, "A b."),
        (1, "C d."),
        (1, "E f."),
        (2, "G h."),
    ]


def test_ten_thousand_identical_sentences_are_ten_thousand() -> None:
    assert len(split("The fire began at noon. " * 10_000)) == 10_000


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "a" * 1_000_000, '"' * 1_000_000, ". " * 300_000, "(“" * 300_000],
    ids=["words", "letters", "marks", "stops", "brackets"],
)
def test_a_megabyte_without_an_end_is_one_sentence(text: str) -> None:
    assert texts(text) == [text.strip()]


WORDS = ["The fire", "U.S.", "Mr.", "J. K.", "5 p.m.", "3.5", "a", " he said", "שלום", "مرحبا", "🔥", "👩\u200d🚒"]
MARKS = [". ", ".", "?", "! ", "…", "...", "。", "(", ")", "«", "»", '"', "“", "”", "‘", "’", "'"]
BREAKS = ["\n", "\r\n", "\n\n", "\r", "\u2028", "\u2029", "\x85", "\xa0", "\u200b", "\ufeff", "\t"]
PIECES = st.sampled_from([*WORDS, *MARKS, *BREAKS])
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=200))


@settings(deadline=None)
@given(TEXTS)
def test_sentences_are_exact_in_order_and_leave_out_only_white_space(text: str) -> None:
    at, paragraph = 0, 0
    for sentence in split(text):
        assert text[sentence.span.start_char : sentence.span.end_char] == sentence.text == sentence.text.strip() != ""
        assert text[at : sentence.span.start_char].strip() == ""
        assert paragraph <= sentence.paragraph <= paragraph + 1
        at, paragraph = sentence.span.end_char, sentence.paragraph
    assert text[at:].strip() == ""


@settings(deadline=None)
@given(TEXTS)
def test_no_sentence_crosses_a_paragraph(text: str) -> None:
    spans = paragraphs(text)
    assert all(spans[sentence.paragraph].contains(sentence.span) for sentence in split(text))
