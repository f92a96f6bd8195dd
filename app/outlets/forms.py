"""How registered names are written in running text: the spellings to look for, found by their first word."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.outlets.outlet import Outlet

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Form:
    """One spelling of an outlet's name, without its article.

    `ambiguous`: means other things too; `article`: counts only with "the" before it ("the Hill", never "Hill").
    """

    text: str
    outlet: Outlet
    ambiguous: bool
    article: bool


def forms_by_first_word(outlets: Iterable[Outlet]) -> dict[str, tuple[Form, ...]]:
    """Every spelling of every outlet, keyed by its first word as it stands, longest first."""
    found: dict[str, dict[str, Form]] = {}
    for outlet in outlets:
        for form in _forms(outlet):
            first = WORD.search(form.text)
            if first is not None and first.start() == 0:
                found.setdefault(first.group(), {}).setdefault(form.text, form)
    return {word: tuple(sorted(by_text.values(), key=lambda f: -len(f.text))) for word, by_text in found.items()}


def _forms(outlet: Outlet) -> Iterable[Form]:
    for name in outlet.names:
        if "(" in name:
            # "The Star (Malaysia)": the parenthesis is ours, no text writes it.
            continue
        ambiguous = name in outlet.ambiguous
        bare = name.replace("’", "'")
        article = bare.startswith(("The ", "the "))
        bare = bare[len("The ") :] if article else bare
        spellings = {bare, _without_accents(bare)}
        if not ambiguous and " " in bare:
            spellings.add(bare.upper())
        for spelling in sorted(spellings):
            yield Form(spelling, outlet, ambiguous, article and ambiguous)


def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
