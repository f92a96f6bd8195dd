"""The file of known outlets: a JSON array of entries, the bundled one or a user's own in the same form."""

import json
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from app.errors import StartRefused
from app.outlets.domain import host_of
from app.outlets.outlet import Outlet, OutletKind, slug

MAX_NAME_CHARS = 200
"""The longest name of an outlet. Source: the contract's bound on `outlet`."""

_LISTS = ("aliases", "domains", "ambiguous")
_KNOWN = frozenset({"name", "wire", "kind", *_LISTS})


def read_registry(path: Path | None = None) -> tuple[Outlet, ...]:
    """The outlets of a file, in its order; of the bundled file where no path is given.

    Each entry is `{"name", "aliases", "domains", "wire", "kind", "ambiguous"}`; all but `name` may be left out.

    Raises:
        StartRefused: the file cannot be read, is no JSON array, or an entry is wrong; the message says which and why.
    """
    where = "the bundled outlet registry" if path is None else str(path)
    try:
        raw = (resources.files("app.outlets") / "registry.json").read_bytes() if path is None else path.read_bytes()
        entries = json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise StartRefused(f"{where} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise StartRefused(f"{where} is not JSON in UTF-8: {error}") from error
    if not isinstance(entries, list):
        raise StartRefused(f"{where} must be a JSON array of outlets, got {type(entries).__name__}")
    outlets = tuple(_outlet(entry, f"{where}, entry {number}") for number, entry in enumerate(entries, start=1))
    _refuse_clashes(outlets, where)
    return outlets


def _outlet(entry: Any, where: str) -> Outlet:
    if not isinstance(entry, dict):
        raise StartRefused(f"{where} must be an object, got {json.dumps(entry, ensure_ascii=False)[:80]}")
    name = entry.get("name")
    if not isinstance(name, str) or not slug(name) or len(name.strip()) > MAX_NAME_CHARS:
        raise StartRefused(f"{where}: name must be 1 to {MAX_NAME_CHARS} characters with a letter or digit, got {name!r}")
    where = f"{where} ({name})"
    unknown = sorted(entry.keys() - _KNOWN)
    if unknown:
        raise StartRefused(f"{where}: unknown field {unknown[0]!r}; expected {', '.join(sorted(_KNOWN))}")
    lists = {key: entry.get(key, []) for key in _LISTS}
    for key, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(value, str) and slug(value) for value in values):
            raise StartRefused(f"{where}: {key} must be a list of names with a letter or digit each, got {values!r}")
    domains = []
    for domain in lists["domains"]:
        host = host_of(domain)
        if host is None:
            raise StartRefused(f"{where}: {domain!r} is no web domain; expected one like 'harborcourier.example'")
        domains.append(host)
    wire = entry.get("wire", False)
    if not isinstance(wire, bool):
        raise StartRefused(f"{where}: wire must be true or false, got {wire!r}")
    kind = entry.get("kind")
    if kind is not None and kind not in set(OutletKind):
        raise StartRefused(f"{where}: kind must be one of {', '.join(OutletKind)}, got {kind!r}")
    strangers = set(lists["ambiguous"]) - {name, *lists["aliases"]}
    if strangers:
        raise StartRefused(f"{where}: ambiguous holds {sorted(strangers)[0]!r}, which is neither the name nor an alias")
    return Outlet(
        id=slug(name),
        name=name.strip(),
        aliases=tuple(alias.strip() for alias in lists["aliases"]),
        domains=tuple(domains),
        wire=wire,
        ambiguous=tuple(form.strip() for form in lists["ambiguous"]),
        kind=OutletKind(kind) if kind else None,
    )


def _refuse_clashes(outlets: Iterable[Outlet], where: str) -> None:
    """Two entries that claim one name or one domain: no rule could say whose it is."""
    owner: dict[str, Outlet] = {}
    for number, outlet in enumerate(outlets, start=1):
        for key in {f"name {slug(name)!r}" for name in outlet.names} | {f"domain {domain!r}" for domain in outlet.domains}:
            other = owner.setdefault(key, outlet)
            if other is not outlet:
                raise StartRefused(f"{where}, entry {number} ({outlet.name}): its {key} belongs to {other.name} already")
