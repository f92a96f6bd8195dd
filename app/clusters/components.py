"""Connected parts of a graph of ids."""

from collections.abc import Iterable


class DisjointSets:
    """Sets that only ever join (union-find with path halving)."""

    def __init__(self, items: Iterable[str]):
        self._parent = {item: item for item in items}

    def find(self, item: str) -> str:
        """The set's representative: its smallest member."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: str, b: str) -> None:
        """Makes one set of the two that hold `a` and `b`."""
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first

    def groups(self) -> list[tuple[str, ...]]:
        """The sets, members sorted, ordered by their first member."""
        found: dict[str, list[str]] = {}
        for item in sorted(self._parent):
            found.setdefault(self.find(item), []).append(item)
        return [tuple(found[key]) for key in sorted(found)]


def components(items: Iterable[str], links: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The connected parts of `items` under `links`; a link with an end outside `items` is ignored."""
    known = set(items)
    sets = DisjointSets(known)
    for a, b in links:
        if a in known and b in known:
            sets.join(a, b)
    return sets.groups()
