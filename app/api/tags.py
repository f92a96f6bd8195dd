"""Entity tags: what a client has seen."""

import hashlib


def tag_of(change: int) -> str:
    """The tag of one conflict after its last change."""
    return f'"{change}"'


def list_tag(change: int, asked: str) -> str:
    """The tag of an answer about many, after the last change of any; `asked` is what tells it from other answers."""
    return f'"{change}-{hashlib.sha256(asked.encode()).hexdigest()[:12]}"'


def given(header: str | None, tag: str) -> bool:
    """Whether an If-Match or If-None-Match names the tag, or any."""
    return header is not None and any(said.strip().removeprefix("W/") in (tag, "*") for said in header.split(","))
