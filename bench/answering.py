"""`python -m bench.answering`: the service with an empty handler added to it, or that handler alone, on the same server."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fastapi import FastAPI

from app.claims.grammar import GrammarTagger
from app.main import Models, Server, application
from app.relations.rules import RuleJudge
from app.settings import Settings
from app.vectors.encoder import Vectors

EMPTY = "/bench/empty"
DIMENSIONS = 384


class NoEncoder:
    """Stands where the encoder stands while nothing is posted: no figure of this bench has a model in it."""

    id = "bench-none"
    dimensions = DIMENSIONS

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Nothing for nothing."""
        if texts:
            raise RuntimeError("this service takes no articles")
        return np.zeros((0, DIMENSIONS), dtype=np.float32)


async def empty() -> dict[str, str]:
    """The least that a handler can do."""
    return {}


class _Nothing:
    """What the server asks of the application when it ends, where there is no service."""

    class streams:  # noqa: N801
        @staticmethod
        def close() -> None:
            """Nothing is open."""


def main() -> None:
    """Serves until it is told to end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("service", "empty"))
    parser.add_argument("port", type=int)
    parser.add_argument("--data-dir", type=Path, default=Path("var"))
    asked = parser.parse_args()
    database_url = os.environ.get("PARALLAX_DATABASE_URL")
    settings = Settings(data_dir=asked.data_dir, sample=False, port=asked.port, database_url=database_url)
    if asked.what == "service":
        app = application(settings, Models(NoEncoder(), GrammarTagger(), RuleJudge()))
    else:
        app = FastAPI()
        app.state.services = _Nothing()
    app.add_api_route(EMPTY, empty)
    Server(app, settings).run()


if __name__ == "__main__":
    main()
