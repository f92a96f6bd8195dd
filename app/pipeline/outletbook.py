"""The outlets known now: the bundled registry, the user's file, and what the store has learnt."""

import threading
from collections.abc import Iterable

from app.outlets.directory import OutletDirectory
from app.outlets.outlet import Outlet


class OutletBook:
    """Holds the current OutletDirectory; safe to use from several threads."""

    def __init__(self, directory: OutletDirectory):
        self._directory = directory
        self._turn = threading.Lock()

    @property
    def directory(self) -> OutletDirectory:
        """The directory as it is now (immutable)."""
        return self._directory

    def name_of(self, outlet_id: str) -> str:
        """An outlet's name; its id when nobody knows it."""
        outlet = self._directory.by_id(outlet_id)
        return outlet.name if outlet else outlet_id

    def learn(self, outlets: Iterable[Outlet]) -> None:
        """Adds outlets, or replaces those with the same id."""
        with self._turn:
            for outlet in outlets:
                if self._directory.by_id(outlet.id) != outlet:
                    self._directory = self._directory.with_outlet(outlet)
