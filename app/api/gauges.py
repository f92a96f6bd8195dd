"""What /metrics tells beside requests: looked up when somebody asks."""

from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from app.api.services import Use
from app.storage.reading import articles as articles_in

WAITING = Gauge("parallax_articles_waiting", "Received articles that wait to be processed; NaN while the database does not answer.")


def measure(use: Use) -> None:
    """Brings the gauges up to date; a database that is away does not take the other figures away with it."""
    try:
        with use.parts.database.read() as session:
            WAITING.set(articles_in.waiting_count(session))
    except SQLAlchemyError:
        WAITING.set(float("nan"))
