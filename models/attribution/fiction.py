"""Invented people, outlets, places and events, and the clauses they make: the matter of the generated examples.

Everything in `fiction.json` is fictional; no name is meant to be a real person's or outlet's. A {slot} in a clause is drawn anew.
"""

import json
import random
from pathlib import Path

WORDS: dict[str, list[str]] = json.loads(Path(__file__).with_name("fiction.json").read_text(encoding="utf-8"))

_SLOT_LISTS = {
    "group": "groups",
    "thing": "things",
    "day": "days",
    "body": "bodies",
    "month": "months",
    "quality": "qualities",
    "outlet": "outlets",
}
_COUNTS = ["two", "12", "45", "about 30", "19", "300", "four", "seven", "23", "61"]
_HOURS = ["6 a.m.", "14:30", "midnight", "3:15 p.m.", "dawn"]


class Story:
    """Draws names and clauses for one article; the same seed draws the same ones."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.cast = [f"{self.word('given')} {self.word('family')}" for _ in range(3)]

    def pick(self, options: list[str]) -> str:
        return self.chance.choice(options)

    def word(self, kind: str) -> str:
        """One entry of a list of `fiction.json`."""
        return self.pick(WORDS[kind])

    def person(self) -> str:
        return self.pick(self.cast)

    def fill(self, template: str) -> str:
        """The template with each {slot} drawn anew."""
        while "{" in template:
            begin, end = template.index("{"), template.index("}")
            template = template[:begin] + self._slot(template[begin + 1 : end]) + template[end + 1 :]
        return template

    def _slot(self, name: str) -> str:
        match name:
            case "n":
                return self.pick(_COUNTS)
            case "age":
                return str(self.chance.randint(18, 88))
            case "hour":
                return self.pick(_HOURS)
            case "person":
                return self.person()
            case "place":
                return self.word("places")
            case "body_cap":
                return capitalised(self.word("bodies"))
            case _:
                return self.word(_SLOT_LISTS[name])

    def clause(self) -> str:
        """A declarative clause without capital or full stop."""
        clause = self.fill(self.word("clauses"))
        if self.chance.random() < 0.3:
            clause += self.pick([" and ", ", but ", ", and "]) + self.fill(self.word("clauses"))
        return clause

    def spoken(self) -> str:
        """What stands between quotation marks, without an end mark."""
        said = capitalised(self.fill(self.word("spoken")))
        return said if self.chance.random() < 0.6 else f"{said}. {capitalised(self.fill(self.word('spoken')))}"

    def narrative(self) -> str:
        """A sentence in the outlet's own voice."""
        return capitalised(self.fill(self.word("narrative")))

    def when(self) -> str:
        return self.fill(self.word("when"))


def capitalised(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]
