"""Who asks, as far as it is known."""

import hashlib
from typing import Annotated

from fastapi import Depends, Request

# Source: decision; enough to tell the keys of one service apart, far too little to find a key by.
FINGERPRINT_CHARS = 8
NOBODY = "api"


def fingerprint(key: str) -> str:
    """A short name of an API key that does not give it away."""
    return f"key:{hashlib.sha256(key.encode()).hexdigest()[:FINGERPRINT_CHARS]}"


async def actor_of(request: Request) -> str:
    """The fingerprint of the key that came with the request; `api` where no keys are set."""
    actor: str = getattr(request.state, "actor", NOBODY)
    return actor


Actor = Annotated[str, Depends(actor_of)]
