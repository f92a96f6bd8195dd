"""The static files: read once, named by what they hold."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

# Only these leave the folder; anything else lying there is not served.
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One file: its bytes, its media type, and a strong entity tag (quotes included)."""

    body: bytes
    media_type: str
    etag: str


@dataclass(frozen=True)
class Assets:
    """All static files under one `digest`, which changes when any of them does.

    The digest stands in the address, before the name, so that modules reach each other by relative addresses and every
    file can be cached for good.
    """

    files: Mapping[str, Asset]
    digest: str

    @classmethod
    def read(cls, folder: Path) -> "Assets":
        """The files directly inside `folder` whose type is known; an empty folder gives no files."""
        files: dict[str, Asset] = {}
        whole = hashlib.sha256()
        for path in sorted(folder.iterdir()):
            media_type = _MEDIA_TYPES.get(path.suffix)
            if media_type is None:
                continue
            body = path.read_bytes()
            own = hashlib.sha256(body).hexdigest()
            whole.update(f"{path.name} {own}\n".encode())
            files[path.name] = Asset(body, media_type, f'"{own[:32]}"')
        return cls(MappingProxyType(files), whole.hexdigest()[:16])

    def address(self, name: str) -> str:
        """Where a page finds the file `name`. KeyError when there is none: a template names a file that is not there."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"
