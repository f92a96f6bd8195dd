import pytest

from app.claims.grammar import GrammarTagger
from tests.claims.fictional import document

Parts = tuple[list[str], list[str], list[str]]


def tagged(text: str) -> list[Parts]:
    found = GrammarTagger().tag([document(text)])[0]
    return [([s.of(text) for s in a.source], [s.of(text) for s in a.cue], [s.of(text) for s in a.content]) for a in found]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Mara Lind said that the dam had burst.", ["Mara Lind"], ["said"], ["that the dam had burst"]),
        ("The dam had burst, Mara Lind said on Friday.", ["Mara Lind"], ["said"], ["The dam had burst"]),
        ("“The dam is gone,” said Mara Lind, the mayor.", ["Mara Lind, the mayor"], ["said"], ["“The dam is gone,”"]),
        ("The mayor, Mara Lind, has warned that the dam is weak.", ["The mayor, Mara Lind,"], ["has warned"], ["that the dam is weak"]),
        ("According to Orbit TV, the dam had burst.", ["Orbit TV"], ["According to"], ["the dam had burst"]),
        ("The dam had burst, according to the survey.", ["the survey"], ["according to"], ["The dam had burst"]),
        ("The way out, she said, was a tunnel.", ["she"], ["said"], ["The way out", "was a tunnel"]),
        ("“It fell,” he said, “and nobody saw it.”", ["he"], ["said"], ["“It fell,”", "“and nobody saw it.”"]),
        ("A guard told Orbit TV that the gate was open.", ["A guard"], ["told"], ["that the gate was open"]),
        ("Lind was quoted by Orbit TV as saying the dam fell.", ["Lind"], ["was quoted by Orbit TV as saying"], ["the dam fell"]),
        ("It was reported that the dam had burst.", [], ["It was reported"], ["that the dam had burst"]),
        ("A statement from the palace said the dam was safe.", ["A statement from the palace"], ["said"], ["the dam was safe"]),
        ("Lind called the plan “a farce”.", ["Lind"], ["called"], ["the plan “a farce”"]),
        ("Lind, who owns the mill, denied the charge.", ["Lind, who owns the mill,"], ["denied"], ["the charge"]),
    ],
)
def test_each_way_of_attributing_is_found(text: str, source: list[str], cue: list[str], content: list[str]) -> None:
    assert (source, cue, content) in tagged(text)


def test_a_quotation_after_its_cues_sentence_belongs_to_the_same_speaker() -> None:
    assert tagged("“It fell,” she said. “I saw it go.”")[0][2] == ["“It fell,”", "“I saw it go.”"]


def test_a_quotation_of_several_sentences_is_one_content() -> None:
    assert tagged("“My crew slept. The ferry ran into us,” he said by telephone.")[0][2] == ["“My crew slept. The ferry ran into us,”"]


def test_a_coordinated_cue_shares_the_subject() -> None:
    found = tagged("Lind dismissed the offer and said that the council would vote.")
    assert (["Lind"], ["said"], ["that the council would vote"]) in found


def test_a_possible_report_is_none() -> None:
    assert tagged("If regulators find that the delay was planned, the firm could be fined.") == []


def test_a_noun_is_no_cue() -> None:
    assert tagged("The claims were settled and the report was long.") == []


def test_attributions_come_in_text_order() -> None:
    text = "Lind said it fell. Brill said it stood."
    assert [parts[0] for parts in tagged(text)] == [["Lind"], ["Brill"]]


def test_a_plural_noun_is_no_cue_before_what_no_report_takes() -> None:
    assert tagged("Allies in the United States pledged help. Its member states trump all. The rebels' demands “go too far.”") == [
        (["Allies in the United States"], ["pledged"], ["help"])
    ]
    assert tagged("The letter states that the dam is weak.") == [(["The letter"], ["states"], ["that the dam is weak"])]


def test_reports_that_is_one_attribution() -> None:
    assert [cue for _, cue, _ in tagged("Meridian Wire reports that the dam is weak.")] == [["reports"]]


def test_according_to_behind_that_leaves_the_writer_his_content() -> None:
    found = tagged("The Northern Post writes that, according to the police, three men were arrested.")
    assert found == [
        (["The Northern Post"], ["writes"], ["that, according to the police, three men were arrested"]),
        (["the police"], ["according to"], ["three men were arrested"]),
    ]


def test_quoted_as_saying_may_stand_at_the_end() -> None:
    assert tagged("The dam held, Lind was quoted by Orbit TV as saying.") == [
        (["Lind"], ["was quoted by Orbit TV as saying"], ["The dam held"])
    ]
