"""Ends claims of silent operators while anybody looks at the desk, at most every half minute per process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog
from django.apps import apps

from desk.apps import DeskConfig
from desk.clock import real_now
from ledger.claims import expire_claims

log = structlog.get_logger()
PAUSE_S = 30.0


class Upkeep:
    """``run_when_due`` may be called as often as one likes, from any thread; ``seconds`` is a steady clock."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._due = 0.0

    def run_when_due(self) -> None:
        """Returns overdue conversations to the queue, unless this process did so within the pause."""
        with self._lock:
            if self._seconds() < self._due:
                return
            self._due = self._seconds() + PAUSE_S
        return_overdue()


def return_overdue() -> list[str]:
    """Returns overdue conversations to the queue now; their ids."""
    config = apps.get_app_config("desk")
    assert isinstance(config, DeskConfig)
    returned = expire_claims(real_now(), config.claim_timeout)
    for conversation_id in returned:
        log.info("claim expired", conversation=conversation_id)
    return returned


UPKEEP = Upkeep()
