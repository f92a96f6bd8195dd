"""The trained tagger as the service loads it. The sentences are invented."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.articles.document import Document, Sentence, Span
from app.claims.trained import CONFIG, LINKS, MODEL, TOKENIZER, TrainedTagger
from app.errors import StartRefused
from app.outlets.outlet import Outlet

ARTEFACT = Path(__file__).parents[2] / "models" / "attribution"
pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def tagger() -> TrainedTagger:
    return TrainedTagger.load(ARTEFACT, threads=1)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (MODEL, LINKS, TOKENIZER, CONFIG):
        shutil.copy(ARTEFACT / name, tmp_path / name)
    return tmp_path


def document(*paragraphs: str) -> Document:
    """A Document whose paragraphs are one sentence each."""
    text, sentences = "", []
    for number, paragraph in enumerate(paragraphs):
        text += "\n\n" if text else ""
        sentences.append(Sentence(Span(len(text), len(text) + len(paragraph)), paragraph, number))
        text += paragraph
    return Document(Outlet("harbor-courier", "The Harbor Courier"), "", text, datetime(2025, 5, 4, tzinfo=UTC), tuple(sentences))


def words(document: Document, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(document.text) for span in spans]


def test_a_report_has_its_source_cue_and_content(tagger: TrainedTagger) -> None:
    article = document("The mayor of Linmoor, Ilse Brennavik, said on Monday that the bridge would reopen in June.")
    ((attribution,),) = tagger.tag([article])
    assert words(article, attribution.source) == ["The mayor of Linmoor, Ilse Brennavik,"]
    assert words(article, attribution.cue) == ["said"]
    assert words(article, attribution.content) == ["that the bridge would reopen in June"]


def test_a_quote_broken_by_its_cue_is_one_attribution(tagger: TrainedTagger) -> None:
    article = document("“We saw the water rise,” said Tomasz Okonvale, a farmer. “Then the road was gone.”")
    ((attribution,),) = tagger.tag([article])
    assert words(article, attribution.content) == ["“We saw the water rise,”", "“Then the road was gone.”"]


def test_a_report_with_nobody_named_has_no_source(tagger: TrainedTagger) -> None:
    article = document("On Friday, it was reported that the talks had collapsed.")
    ((attribution,),) = tagger.tag([article])
    assert attribution.source == ()
    assert words(article, attribution.content) == ["that the talks had collapsed"]


def test_a_credit_line_attributes_nothing(tagger: TrainedTagger) -> None:
    assert tagger.tag([document("(Reporting by Ana Brell in Linmoor; Editing by Goran Dill)")]) == [[]]


def test_the_company_changes_nothing(tagger: TrainedTagger) -> None:
    one = document("Officials said the dam held.", "It rained for three days.")
    two = document("According to the coast guard, all 12 sailors were rescued.")
    assert tagger.tag([one, two, one]) == [*tagger.tag([one]), *tagger.tag([two]), *tagger.tag([one])]


def test_an_overlong_paragraph_is_read_to_its_end(tagger: TrainedTagger) -> None:
    article = document("It rained in the valley for three days without a break. " * 60 + "Officials said the dam held.")
    ((*_, last),) = tagger.tag([article])
    assert words(article, last.content) == ["the dam held"]


def test_spans_lie_in_the_text_and_content_is_never_empty(tagger: TrainedTagger) -> None:
    article = document("“No,” she said.", "Naïve “plans” — said Zoë Ħal — cost €5m.", "🙂 he wrote: “ok”", "\u200b")
    for attribution in tagger.tag([article])[0]:
        assert attribution.content
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert span.of(article.text).strip() == span.of(article.text) != ""


def test_no_text_has_no_attributions(tagger: TrainedTagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag([document()]) == [[]]


@pytest.mark.parametrize("name", [MODEL, LINKS, TOKENIZER, CONFIG])
def test_a_missing_file_refuses_the_start_and_says_what_to_do(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(StartRefused, match=rf"{name} is missing\. Restore .* or make it anew"):
        TrainedTagger.load(copy)


def test_a_changed_file_refuses_the_start(copy: Path) -> None:
    with (copy / LINKS).open("ab") as file:
        file.write(b" ")
    with pytest.raises(StartRefused, match=r"is not the file that config\.json names"):
        TrainedTagger.load(copy)


@pytest.mark.parametrize("text", ["", "[]", "{}"])
def test_an_unreadable_config_refuses_the_start(copy: Path, text: str) -> None:
    (copy / CONFIG).write_text(text)
    with pytest.raises(StartRefused, match="cannot be read"):
        TrainedTagger.load(copy)


def test_weights_for_other_labels_refuse_the_start(copy: Path) -> None:
    config = json.loads((copy / CONFIG).read_text())
    (copy / CONFIG).write_text(json.dumps({**config, "labels": ["O"]}))
    with pytest.raises(StartRefused, match="another version"):
        TrainedTagger.load(copy)


def test_the_id_names_version_and_weights(tagger: TrainedTagger) -> None:
    config = json.loads((ARTEFACT / CONFIG).read_text())
    assert tagger.id == f"attribution-{config['version']}-{config['sha256'][MODEL][:12]}"
