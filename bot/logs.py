"""Structured logs: one JSON object a line on standard error, ids only."""

from __future__ import annotations

import logging
import sys

import structlog

# Rasa's debug lines hold residents' texts; they are shut off here whatever the log level of anything else.
_LOWEST = logging.INFO


def configure_logs(lowest: int = _LOWEST) -> None:
    """Sets up structlog, and lets Rasa and its libraries speak from warnings on."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", force=True
    )
    # Rasa's frozen libraries warn about each other at every start; that is not ours to mend. They also set filters of
    # their own, hence not by a filter.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    # A failed action is one line of the loopback channel with the reason, not four tracebacks of Rasa's.
    for name in ("rasa.core.processor", "rasa.core.actions.action"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(max(lowest, _LOWEST)),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
