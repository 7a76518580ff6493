"""``manage.py train_worker``: trains what is approved and what is tried, one after the other, until it is stopped."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from newsroom.training.worker import IDLE_S, work

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Runs beside the newsroom; a second one only stands by."""

    help = "Train approved changes and try-outs, one at a time, until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        """Works; a database that is away for a while is waited for."""
        stopping = threading.Event()

        def stop(_signal: int, _frame: FrameType | None) -> None:
            stopping.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while not stopping.is_set():
            try:
                work(stopping)
            except DatabaseError as error:
                log.error("database_away", error=type(error).__name__)
                close_old_connections()
                stopping.wait(IDLE_S)
