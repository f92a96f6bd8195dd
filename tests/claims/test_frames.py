import pytest

from app.articles.document import Span
from app.claims.frames import asked_about, asserts, disbelieves, embedded, mere, raises, share, supposes, unnamed


@pytest.mark.parametrize("cue", ["said", "according to", "called", "did not deny", "doesn't think", "mused", ":"])
def test_these_cues_put_their_content_forward(cue: str) -> None:
    assert asserts(cue)


@pytest.mark.parametrize("cue", ["is", "was", "of", "it", "endorsed", "did not say", "has not said", "declined to confirm", "'s not clear"])
def test_these_do_not(cue: str) -> None:
    assert not asserts(cue)


def test_a_cue_of_function_words_is_none() -> None:
    assert mere("is")
    assert not mere("is said")
    assert not mere("per")
    assert not mere("")


def test_not_to_believe_is_to_deny() -> None:
    assert disbelieves("doesn't believe")
    assert not disbelieves("believes")


def test_expected_to_is_part_of_the_clause() -> None:
    assert raises("is expected", ["The bank", "to cut rates"])
    assert raises("seemed", ["She", "to agree"])
    assert not raises("said", ["The bank", "to cut rates"])
    assert not raises("is expected", ["that the bank cuts rates"])


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("But to say it fell is an exaggeration.", "to say", True),
        ("It is too early to say the dam will hold.", "to say", True),
        ("A voice came over the radio, to declare that the lock was shut.", "to declare", False),
        ("The mayor went on to say the dam would hold.", "to say", False),
    ],
)
def test_what_is_only_supposed_is_told_from_what_is_said(text: str, cue: str, expected: bool) -> None:
    start = text.index(cue)
    assert supposes(text, Span(start, start + len(cue)), Span(0, len(text))) is expected


def test_a_source_without_its_noun_names_nobody() -> None:
    assert unnamed("those same")
    assert not unnamed("the other")
    assert not unnamed("the mayor")


def test_a_frame_without_commas_is_part_of_the_clause() -> None:
    text = "The conduct they describe mirrors his own."
    parts = [Span(text.index(w), text.index(w) + len(w)) for w in ("they", "describe", "The conduct", "mirrors his own")]
    assert embedded(text, parts[:2], parts[2:])
    text = "The dam, the mayor said, had burst."
    parts = [Span(text.index(w), text.index(w) + len(w)) for w in ("the mayor", "said", "The dam", "had burst")]
    assert not embedded(text, parts[:2], parts[2:])


def test_a_part_of_those_asked_is_no_speaker() -> None:
    assert share("43 percent of voters")
    assert share("A majority of pilots")
    assert not share("two of the pilots")
    assert not share("the pilots")


def test_a_view_that_is_asked_for_is_not_put_forward() -> None:
    text = "Asked when she thought the strike would end, Lind said nothing."
    assert asked_about(text, Span(text.index("she"), text.index("she") + 3), Span(0, len(text)))
    text = "She lied when she said the strike was over."
    assert not asked_about(text, Span(text.index("she"), text.index("she") + 3), Span(0, len(text)))
