"""Comparing two statements in an order of their own, so that swapping them cannot change which words are held together."""

import re
from dataclasses import replace

from app.relations.finding import Comparator, Finding
from app.relations.relation import Statement

_AGAINST = re.compile(r'^("[^"]*") against ("[^"]*")')


class InOneOrder:
    """A comparator made symmetric: it always sees the two statements in the same order, its finding is turned back."""

    def __init__(self, comparator: Comparator):
        self._comparator = comparator

    def compare(self, a: Statement, b: Statement) -> Finding | None:
        """What the comparator finds, spans and the words of `detail` in the order of `a` and `b`."""
        if in_own_order(a, b):
            return self._comparator.compare(a, b)
        found = self._comparator.compare(b, a)
        if found is None:
            return None
        return replace(found, a_span=found.b_span, b_span=found.a_span, detail=_AGAINST.sub(r"\2 against \1", found.detail))


def in_own_order(a: Statement, b: Statement) -> bool:
    """Whether the order in which the two are given is their own; true of equals."""
    if a.text != b.text:
        return a.text < b.text
    return own_order(a) <= own_order(b)


def own_order(statement: Statement) -> tuple[str, str, str]:
    """What puts two statements into an order that does not depend on which came first."""
    return statement.text, str(statement.published_at), statement.certainty.value
