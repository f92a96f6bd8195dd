"""Where given words stand."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.claims.places import places

NEAR = st.text("aAbß_1 .-’'é\u0301×", max_size=12)


@given(NEAR, NEAR.filter(bool), st.booleans())
def test_places_are_those_of_a_pattern(around: str, words: str, whole: bool) -> None:
    text = f"{around}{words}{around} {words}{words}-{words}"
    border = r"\b" if whole else ""
    assert list(places(text, words, whole=whole)) == [m.start() for m in re.finditer(f"{border}{re.escape(words)}{border}", text)]
