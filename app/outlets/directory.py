"""All known outlets: whom a name, an alias, a domain or a URL means, and where a text names one."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from app.errors import InvalidInput
from app.outlets.capitals import word_set
from app.outlets.domain import host_of, parents, registrable
from app.outlets.forms import Forms
from app.outlets.mention import OutletMention, find_mentions
from app.outlets.outlet import Outlet, slug
from app.outlets.registry import MAX_NAME_CHARS, read_registry

_SECTION = word_set(
    "app business digital edition editorial english international live news online opinion politics print us uk video web website"
)
"""What an aggregator adds to an outlet's name: "CNN (Web News)", "The Harbor Courier - Opinion"."""


class OutletDirectory:
    """Outlets by slug, name, alias and domain. Immutable: adding one gives a new directory; of two with one id the later one stands.

    A name, an alias or a domain that two outlets claim belongs to the one that came first; a name goes before an alias.
    """

    def __init__(self, outlets: Iterable[Outlet] = ()):
        self._by_id = {outlet.id: outlet for outlet in outlets}
        self._known_forms: Forms | None = None
        self._grown_from: tuple[OutletDirectory, tuple[Outlet, ...]] | None = None

    @classmethod
    def load(cls, path: Path | None = None, *, extra_path: Path | None = None) -> "OutletDirectory":
        """The outlets of a registry file (the bundled one by default), and those of `extra_path` added or put in their place.

        An entry of the extra file replaces the entry of the same name; a name or a domain it shares with another outlet becomes its own.

        Raises:
            StartRefused: a file cannot be read or an entry is wrong; the message says which entry and why.
        """
        directory = cls(read_registry(path))
        if extra_path is not None:
            added = read_registry(extra_path)
            ids = {outlet.id for outlet in added}
            names = {slug(name) for outlet in added for name in outlet.names}
            domains = {domain for outlet in added for domain in outlet.domains}
            kept = (_without(outlet, names, domains) for outlet in directory if outlet.id not in ids)
            directory = cls((*kept, *added))
        return directory

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def by_id(self, outlet_id: str) -> Outlet | None:
        """The outlet with this slug."""
        return self._by_id.get(outlet_id)

    def with_outlet(self, outlet: Outlet) -> "OutletDirectory":
        """A directory that knows this outlet too; see `with_outlets`."""
        return self.with_outlets((outlet,))

    def with_outlets(self, outlets: Iterable[Outlet]) -> "OutletDirectory":
        """A directory that knows these outlets too.

        One whose id is known replaces what was known but keeps its `ambiguous` and `kind` where it says nothing itself. A new one
        named with a single plain word ("Touchline") is ambiguous in running text: the word may have a meaning of its own.
        """
        merged = dict(self._by_id)
        replaced = False
        for outlet in outlets:
            known = merged.get(outlet.id)
            replaced = replaced or known is not None
            if known is not None:
                # A form that is no name of it any more says nothing about it.
                kept = tuple(form for form in outlet.ambiguous or known.ambiguous if form in outlet.names)
                outlet = replace(outlet, ambiguous=kept, kind=outlet.kind or known.kind)
            elif not outlet.ambiguous:
                outlet = replace(outlet, ambiguous=tuple(name for name in outlet.names if _plain_word(name)))
            merged[outlet.id] = outlet
        grown = OutletDirectory(merged.values())
        if not replaced:
            root, before = self._grown_from or (self, ())
            grown._grown_from = root, (*before, *list(merged.values())[len(self) :])
        return grown

    def resolve(self, name: str) -> Outlet | None:
        """The outlet that a name, an alias, a domain or a URL means, None where nobody registered it.

        Case, accents, a leading "the" and "www." do not matter, except that an ambiguous name counts only as it is capitalised:
        "The Hill" and "the Hill" are the outlet, "the hill" is a hill. "edition.cnn.com" is found by walking up to "cnn.com".
        """
        name = name.strip()
        key = slug(name)
        outlet = self._by_name.get(key)
        if outlet is not None and (key not in self._ambiguous or _bare(name) in self._ambiguous[key]):
            return outlet
        host = host_of(name)
        return None if host is None else self._owner(host)

    def mentions(self, text: str) -> tuple[OutletMention, ...]:
        """Every outlet named in running text, in text order, none overlapping another; empty where none is.

        The longest name wins. Names count as they are capitalised, domains in any case; a possessive "'s" and an article are left out.
        An outlet nobody registered is found by the shape of its name, with `outlet` None. An ambiguous name counts only beside
        attributing words. References back ("the Ledger") are not among them: see `short_forms`.
        """
        return find_mentions(text, self._forms, self._owner)

    def for_article(self, name: str | None, url: str | None) -> Outlet:
        """The outlet of an article as posted: whom the name means, else whom the URL's domain means, else a new outlet.

        An unknown name gives an outlet of that name, trimmed; an unknown domain one named by the part of it that is registered.

        Raises:
            InvalidInput: `outlet` is too long, has no letter or digit, or is missing while the URL names no domain.
        """
        if name is not None:
            return self._named(name)
        host = host_of(url) if url else None
        if host is None:
            got = "neither outlet nor url" if not url else f"no outlet, and no web domain in the url {url[:MAX_NAME_CHARS]!r}"
            raise InvalidInput.field(
                "outlet", msg=f"got {got}; expected an outlet's name, alias or domain, or a url with a domain", type="missing"
            )
        known = self._owner(host)
        if known is not None:
            return known
        domain = registrable(host)
        return self._by_id.get(slug(domain)) or Outlet(id=slug(domain), name=domain, domains=(domain,))

    def _named(self, name: str) -> Outlet:
        trimmed = name.strip()
        if not 1 <= len(trimmed) <= MAX_NAME_CHARS:
            msg = f"got {len(trimmed)} characters, expected an outlet's name of 1 to {MAX_NAME_CHARS} characters"
            raise InvalidInput.field("outlet", msg=msg, type="string_too_long" if trimmed else "string_too_short")
        control = next((c for c in trimmed if unicodedata.category(c) in ("Cc", "Cs")), None)
        if control is not None or not slug(trimmed):
            what = "a name with a letter or digit" if control is None else "a name without control characters"
            raise InvalidInput.field("outlet", msg=f"got {trimmed!r}, expected {what}", type="value_error")
        known = self.resolve(trimmed) or self._by_name.get(slug(trimmed)) or self._by_id.get(slug(trimmed)) or self._section_of(trimmed)
        if known is not None:
            return known
        host = host_of(trimmed)
        if host is not None:
            domain = registrable(host)
            return self._by_id.get(slug(domain)) or Outlet(id=slug(domain), name=domain, domains=(domain,))
        return Outlet(id=slug(trimmed), name=trimmed)

    def _section_of(self, name: str) -> Outlet | None:
        for opening in (" (", " - ", " – ", " | "):
            head, found, tail = name.rpartition(opening)
            if found and head and set(slug(tail).split("-")) <= _SECTION:
                return self._by_name.get(slug(head))
        return None

    def _owner(self, host: str) -> Outlet | None:
        host = host.removeprefix("www.")
        return next((self._by_domain[domain] for domain in parents(host) if domain in self._by_domain), None)

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        found: dict[str, Outlet] = {}
        for outlet in self:
            found.setdefault(slug(outlet.name), outlet)
        for outlet in self:
            for alias in outlet.aliases:
                found.setdefault(slug(alias), outlet)
        return found

    @cached_property
    def _ambiguous(self) -> dict[str, frozenset[str]]:
        """For each ambiguous name's slug: the capitalised forms that mean the outlet, without article."""
        found: dict[str, set[str]] = {}
        for outlet in self:
            for form in outlet.ambiguous:
                if self._by_name[slug(form)] is outlet:
                    found.setdefault(slug(form), set()).update((_bare(form), _bare(form).upper()))
        return {key: frozenset(forms) for key, forms in found.items()}

    @cached_property
    def _by_domain(self) -> dict[str, Outlet]:
        found: dict[str, Outlet] = {}
        for outlet in self:
            for domain in outlet.domains:
                found.setdefault(domain.lower().removeprefix("www."), outlet)
        return found

    @property
    def _forms(self) -> Forms:
        # To spell out every name costs more than to read an article: a directory that only grew spells out what was added.
        if self._known_forms is None:
            grown_from = self._grown_from
            self._known_forms = Forms.of(self) if grown_from is None else grown_from[0]._forms.and_of(grown_from[1])
            self._grown_from = None  # others grow from here now, and the directories before may go
        return self._known_forms


def _bare(name: str) -> str:
    return name[len("the ") :] if name.startswith(("The ", "the ", "THE ")) else name


def _plain_word(name: str) -> bool:
    word = _bare(name)
    return word.isalpha() and word[1:].islower()


def _without(outlet: Outlet, names: set[str], domains: set[str]) -> Outlet:
    """The outlet without what another one has taken over."""
    return replace(
        outlet,
        aliases=tuple(alias for alias in outlet.aliases if slug(alias) not in names),
        domains=tuple(domain for domain in outlet.domains if domain not in domains),
        ambiguous=tuple(form for form in outlet.ambiguous if form == outlet.name or slug(form) not in names),
    )
