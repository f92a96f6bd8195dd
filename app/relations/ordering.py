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
        if own_order(a) <= own_order(b):
            return self._comparator.compare(a, b)
        found = self._comparator.compare(b, a)
        if found is None:
            return None
        return replace(found, a_span=found.b_span, b_span=found.a_span, detail=_AGAINST.sub(r"\2 against \1", found.detail))


def own_order(statement: Statement) -> tuple[str, str, str]:
    """What puts two statements into an order that does not depend on which came first."""
    return statement.text, str(statement.published_at), statement.certainty.value
