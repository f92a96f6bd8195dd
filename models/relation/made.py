"""Pairs made by rule: from mini-stories by changing one thing, and from templates."""

import random
from collections.abc import Sequence

from models.relation.corruptions import corruptions
from models.relation.pairs import Example, Ministory
from models.relation.templates import templated

_TEMPLATE_TURNS = 60


def made_pairs(stories: Sequence[Ministory], seed: int = 5) -> list[Example]:
    """Corruptions of every story and about as many templated pairs; the same for the same stories and seed."""
    found = templated(_TEMPLATE_TURNS, seed)
    for story in stories:
        found += corruptions(story, random.Random(f"{seed} {story.id}"))
    return list({(e.a, e.b): e for e in found if e.a != e.b}.values())
