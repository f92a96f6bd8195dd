"""Whether the service lives, and whether it is ready."""

from contextlib import nullcontext

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from app.api.problems import RETRY_AFTER_SECONDS
from app.api.services import Use
from app.pipeline.catching_up import in_step
from app.storage.away import is_away

router = APIRouter(tags=["running"])


class Alive(BaseModel):
    """The process answers."""

    status: str


class Ready(BaseModel):
    """What is ready and what is not."""

    status: str
    schema_at_head: bool
    models_loaded: bool
    database_answers: bool
    worker_alive: bool
    index_in_step: bool
    encoder: str
    tagger: str
    judge: str
    comparing: str


@router.get("/healthz")
def healthz() -> Alive:
    """Answers while the process lives."""
    return Alive(status="alive")


@router.get("/readyz", responses={503: {"model": Ready, "description": "Not ready; the body says what is missing."}})
def readyz(response: Response, use: Use) -> Ready:
    """Whether schema, models, worker and index are as they must be."""
    index, answers = use.parts.index, True
    try:
        # Between a commit and what an index of this process's own learns of it the two differ; a shared one is never behind.
        with nullcontext() if index.shared else use.pipeline.turn:
            stepped = in_step(use.parts.database, index)
    except SQLAlchemyError as error:
        if not is_away(error):
            raise
        answers = stepped = False
    ready = use.schema_at_head and use.worker.alive and stepped
    response.status_code = 200 if ready else 503
    if not ready:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return Ready(
        status="ready" if ready else "not ready",
        schema_at_head=use.schema_at_head,
        models_loaded=True,
        database_answers=answers,
        worker_alive=use.worker.alive,
        index_in_step=stepped,
        encoder=use.parts.encoder.id,
        tagger=use.parts.tagger.id,
        judge=use.parts.judge.id,
        comparing=use.comparing.id,
    )
