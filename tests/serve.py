"""The real program with the tests' encoder: `python -m tests.serve`."""

import os

import uvicorn

from app.main import application, migrate
from app.settings import read_settings
from tests.service import FAKE_MODELS

if __name__ == "__main__":
    settings = read_settings(os.environ)
    migrate(settings)
    uvicorn.run(application(settings, FAKE_MODELS), host=settings.host, port=settings.port, log_level="error")
