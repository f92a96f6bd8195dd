"""`parallax worker`: articles are taken and processed, nothing is served."""

import signal
import threading
from types import FrameType

import structlog

from app import main
from app.api.services import Services
from app.errors import OtherEncoder, StartRefused
from app.settings import Settings
from app.storage.reading import articles as articles_in
from app.storage.reading import claims as claims_in

log = structlog.get_logger()

# Source: decision; only how late the end of `--until-empty` is noticed, and a worker that died.
LOOK_SECONDS = 0.5


def drain(settings: Settings, models: main.Models | None = None, *, until_empty: bool = False) -> None:
    """Processes received articles until SIGTERM or SIGINT, then ends after the batch at hand; or, `until_empty`, once none waits.

    Raises:
        StartRefused: the thread that processes died, or, `until_empty`, the store's vectors are another encoder's; or the
            store is not ready for it, or, embedded, another process works with it.
    """
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    former = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with main.working(settings.model_copy(update={"sample": False}), models or main.Models.of(settings)) as services:
            log.info("worker_started", encoder=services.parts.encoder.id)
            while not stopping.wait(LOOK_SECONDS) and services.worker.alive:
                if until_empty and not _waiting(services):
                    break
            died = not services.worker.alive
        log.info("worker_stopped")
        if died:
            raise StartRefused("the worker ended by itself; the log says why")
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _waiting(services: Services) -> bool:
    with services.parts.database.read() as session:
        own = services.parts.encoder.id
        other = claims_in.other_encoder(session, own)
        if other is not None:
            # It takes nothing, so what waits would not end.
            raise StartRefused(OtherEncoder(other, own).detail)
        return articles_in.waiting_count(session) > 0
