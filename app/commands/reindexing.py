"""`parallax reindex`: vectors by the encoder of the settings, and the index from the vectors."""

from app import main
from app.commands.progress import Report
from app.settings import Settings


def reindex(settings: Settings, report: Report) -> None:
    """Encodes anew what another encoder encoded, a commit every 1,000 claims, then rebuilds the index. Safe to interrupt and repeat."""
    main.rebuild_index(settings, report)
