"""`parallax` with the tests' models: `python -m tests.parallax worker`."""

from app import main
from app.commands.cli import run
from app.settings import Settings
from app.vectors.encoder import Encoder
from tests.service import FAKE_MODELS


def fake_models(settings: Settings) -> main.Models:
    """The tests' models, whatever the settings name."""
    return FAKE_MODELS


def fake_encoder(settings: Settings, *, threads: int | None = None) -> Encoder:
    """The tests' encoder, whatever the settings name."""
    return FAKE_MODELS.encoder


if __name__ == "__main__":
    main.Models.of = fake_models  # type: ignore[method-assign]
    main.encoder_of = fake_encoder
    run()
