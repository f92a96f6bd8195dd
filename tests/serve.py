"""The real program with the tests' encoder: `python -m tests.serve`."""

import os

from app.main import Server, application, migrate
from app.settings import read_settings
from tests.service import FAKE_MODELS

if __name__ == "__main__":
    settings = read_settings(os.environ)
    migrate(settings)
    Server(application(settings, FAKE_MODELS), settings).run()
