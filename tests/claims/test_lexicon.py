from app.claims.lexicon import CUES, Form, Takes


def test_irregular_and_regular_verbs_are_inflected() -> None:
    assert CUES["said"].lemma == "say"
    assert Form.PAST in CUES["denied"].forms
    assert Form.ING in CUES["declining"].forms
    assert CUES["tells"].takes == Takes.CLAUSE | Takes.ADDRESSEE


def test_every_form_is_lower_case() -> None:
    assert all(word == word.lower() for word in CUES)
