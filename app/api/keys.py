"""API keys: who may ask."""

import secrets
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from app.api.actors import fingerprint
from app.errors import Unauthorized

bearer = HTTPBearer(auto_error=False, description="One of the service's API keys; only where keys are set.")


class Keys:
    """The service's keys; with none set everybody may ask."""

    def __init__(self, keys: tuple[str, ...]):
        self._encoded = [key.encode() for key in keys]

    def admit(self, authorization: str | None) -> bool:
        """Whether a request with this Authorization header may pass."""
        if not self._encoded:
            return True
        scheme, given = get_authorization_scheme_param(authorization)
        return scheme.lower() == "bearer" and self._known(given)

    async def guard(self, request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
        """A dependency that lets nobody pass without a key.

        Raises:
            Unauthorized: no key came, or an unknown one.
        """
        if not self._encoded:
            return
        if given is None:
            raise Unauthorized("an API key is needed: Authorization: Bearer <key>")
        if not self._known(given.credentials):
            raise Unauthorized("this API key is not known")
        request.state.actor = fingerprint(given.credentials)

    def _known(self, given: str) -> bool:
        # Every key is compared in constant time, so that timing tells nothing about any of them.
        encoded = given.encode()
        return bool(sum(secrets.compare_digest(encoded, key) for key in self._encoded))
