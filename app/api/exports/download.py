"""An export on its way out: read from one snapshot, a portion at a time, as fast as the client takes it."""

import threading
from collections.abc import Callable, Generator, Iterator

import anyio
from anyio.to_thread import run_sync
from sqlmodel import Session
from starlette.responses import StreamingResponse
from starlette.types import Send

from app.errors import ExportsFull
from app.storage.database import Database

# Source: decision; each holds a connection and a snapshot for as long as it lasts, and the pool has fifteen.
AT_ONCE = 4
RETRY_SECONDS = 10
# Source: decision; a client that takes nothing for so long is gone, and its snapshot keeps the store's log from being cut.
STALL_SECONDS = 60.0

_slots = threading.BoundedSemaphore(AT_ONCE)

Pieces = Callable[[Session], Iterator[str]]


class Download(StreamingResponse):
    """A file that is made while it is sent.

    The first piece is made at once, so that what is wrong is answered as a problem; what fails later ends the answer before its
    last chunk, which every client notices.

    Raises:
        ExportsFull: AT_ONCE exports are under way.
    """

    def __init__(self, database: Database, pieces: Pieces, *, filename: str, media_type: str):
        self._pieces = _read(database, pieces)
        self._first = next(self._pieces)
        headers = {
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        super().__init__(iter(()), media_type=media_type, headers=headers)

    async def stream_response(self, send: Send) -> None:
        """Sends piece after piece and lets go of the snapshot, whatever happens."""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            piece: bytes | None = self._first
            while piece is not None:
                with anyio.fail_after(STALL_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await run_sync(next, self._pieces, None)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            with anyio.CancelScope(shield=True):
                await run_sync(self._pieces.close)


def _read(database: Database, pieces: Pieces) -> Generator[bytes, None, None]:
    if not _slots.acquire(blocking=False):
        raise ExportsFull(f"{AT_ONCE} exports are under way, as many as may be", retry_after_seconds=RETRY_SECONDS)
    try:
        with database.read() as session:
            for piece in pieces(session):
                yield piece.encode()
                # Rows that were sent are not kept.
                session.expunge_all()
    finally:
        _slots.release()
