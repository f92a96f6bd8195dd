"""Log lines: one structured line an event, on standard error."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """Writes lines of `level` and above; the server's own lines take the same way."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    logging.basicConfig(stream=sys.stderr, level=max(threshold, logging.INFO), format="%(levelname)s %(name)s %(message)s")
