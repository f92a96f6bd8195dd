"""How registered names are written in running text: the spellings to look for, found by their first word."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.outlets.outlet import Outlet

_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Form:
    """One spelling of an outlet's name, without its article.

    `ambiguous`: means other things too; `article`: counts only with "the" before it ("the Hill", never "Hill").
    """

    text: str
    outlet: Outlet
    ambiguous: bool
    article: bool

    def stands_at(self, flat: str, start: int) -> bool:
        """Whether the text has this form at `start`, as whole words."""
        after = flat[start + len(self.text) : start + len(self.text) + 1]
        return flat.startswith(self.text, start) and not (after.isalnum() or after == "_")


@dataclass(frozen=True)
class Forms:
    """Every spelling of every outlet: under its first word as it stands, longest first; those with a small first letter apart."""

    by_first_word: Mapping[str, tuple[Form, ...]]
    small: tuple[Form, ...]

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> "Forms":
        """The forms of these outlets; of two outlets with one spelling the first keeps it."""
        return cls({}, ()).and_of(outlets)

    def and_of(self, outlets: Iterable[Outlet]) -> "Forms":
        """These forms and those of further outlets; a spelling that is known already stays whose it is."""
        found: dict[str, dict[str, Form]] = {}
        small = {form.text: form for form in self.small}
        for outlet in outlets:
            for form in _forms(outlet):
                first = _FIRST_WORD.match(form.text)
                if form.text[:1].islower():
                    small.setdefault(form.text, form)
                elif first is not None:
                    word = first.group()
                    if word not in found:
                        found[word] = {known.text: known for known in self.by_first_word.get(word, ())}
                    found[word].setdefault(form.text, form)
        longest_first = {word: tuple(sorted(forms.values(), key=lambda f: -len(f.text))) for word, forms in found.items()}
        return Forms({**self.by_first_word, **longest_first}, tuple(small.values()))

    def longest_at(self, flat: str, start: int, first_word: str) -> Form | None:
        """The longest form that stands at `start`, where the word there is `first_word`."""
        forms = self.by_first_word.get(first_word)
        return None if forms is None else next((form for form in forms if form.stands_at(flat, start)), None)


def _forms(outlet: Outlet) -> Iterable[Form]:
    for name in outlet.names:
        if "(" in name:
            # "The Star (Malaysia)": the parenthesis is ours, no text writes it.
            continue
        ambiguous = name in outlet.ambiguous
        bare = name.replace("’", "'")
        article = bare.startswith(("The ", "the "))
        bare = bare[len("The ") :] if article else bare
        yield Form(bare, outlet, ambiguous, article and ambiguous)
        if not ambiguous and " " in bare:
            yield Form(bare.upper(), outlet, ambiguous, article=False)
        plain = _without_accents(bare)
        if plain != bare:
            # Without its accent one word may be another word: "Libération" and liberation.
            yield Form(plain, outlet, ambiguous or " " not in plain, article and ambiguous)


def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
