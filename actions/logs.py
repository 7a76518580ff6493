"""Structured logs: one JSON object a line on standard error, ids only."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs() -> None:
    """Sets up structlog, and lets libraries speak from warnings on (the SDK's debug lines hold trackers)."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
