"""Whether the service lives, and whether it is ready."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.api.services import Use
from app.pipeline.catching_up import in_step

router = APIRouter(tags=["running"])


class Alive(BaseModel):
    """The process answers."""

    status: str


class Ready(BaseModel):
    """What is ready and what is not."""

    status: str
    schema_at_head: bool
    models_loaded: bool
    worker_alive: bool
    index_in_step: bool
    encoder: str
    tagger: str
    judge: str


@router.get("/healthz")
def healthz() -> Alive:
    """Answers while the process lives."""
    return Alive(status="alive")


@router.get("/readyz", responses={503: {"model": Ready, "description": "Not ready; the body says what is missing."}})
def readyz(response: Response, use: Use) -> Ready:
    """Whether schema, models, worker and index are as they must be."""
    with use.pipeline.turn:
        stepped = in_step(use.parts.database, use.parts.index)
    ready = use.schema_at_head and use.worker.alive and stepped
    response.status_code = 200 if ready else 503
    return Ready(
        status="ready" if ready else "not ready",
        schema_at_head=use.schema_at_head,
        models_loaded=True,
        worker_alive=use.worker.alive,
        index_in_step=stepped,
        encoder=use.parts.encoder.id,
        tagger=use.parts.tagger.id,
        judge=use.parts.judge.id,
    )
