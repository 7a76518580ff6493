"""Whether the ledger can be written: in a word for the readiness probe, in one log line when it changes, as a number.

The loops that meet the same trouble many times a second say so at debug level only: this line is enough, and it may be
the disk that is full.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connections

from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock
from ledger.inbox import stay_alive
from ledger.router import ALIAS
from ledger.sqlite.base import LedgerFileMissingError

log = structlog.get_logger()
LOOK_EVERY_S = 2.0
AWAY = "away"
# What SQLite's error names begin with, and PostgreSQL's SQLSTATE, in words. https://sqlite.org/rescode.html,
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLITE = {
    "SQLITE_FULL": "disk full",
    "SQLITE_IOERR": "disk error",
    "SQLITE_CORRUPT": "file damaged",
    "SQLITE_NOTADB": "file damaged",
    "SQLITE_CANTOPEN": "file cannot be opened",
    "SQLITE_READONLY": "file cannot be written",
    "SQLITE_BUSY": "locked by another program",
}
_POSTGRESQL = {"53100": "disk full", "42P01": "tables missing", "XX001": "file damaged", "XX002": "file damaged"}
_REMEDIES: Mapping[str, str] = {
    "disk full": "make room; the gateway goes on by itself",
    "disk error": "look at the disk and its free space; the gateway goes on by itself",
    "file missing": "put the file back, or begin a new ledger with: python -m ledger migrate",
    "file damaged": "stop the programs, keep the file, restore the last backup (docs/operations.md)",
    "file cannot be opened": "give the gateway's account the right to read and write file and folder",
    "file cannot be written": "give the gateway's account the right to read and write file and folder",
    "locked by another program": "end the program that holds the lock; the gateway goes on by itself",
    "tables missing": "python -m ledger migrate",
    AWAY: "start the database, check LEDGER_DATABASE_URL; the gateway goes on by itself",
}


class LedgerWatch:
    """Commits a heartbeat time and again, because a full disk lets everything be read as before.

    ``trouble`` is a word about what is wrong, empty while commits work, None until the first one was tried.
    """

    def __init__(self, worker: str, ledger: LedgerDoor, clock: Clock, metrics: GatewayMetrics) -> None:
        self.trouble: str | None = None
        self._worker = worker
        self._ledger = ledger
        self._clock = clock
        self._metrics = metrics

    async def run(self) -> None:
        """Watches until cancelled."""
        while True:
            self._tell(await self._look())
            await asyncio.sleep(LOOK_EVERY_S)

    async def _look(self) -> str:
        try:
            await self._ledger.urgent(stay_alive, self._worker, self._clock.real_now())
        except (DatabaseError, InterfaceError) as error:
            return trouble_of(error)
        return ""

    def _tell(self, trouble: str) -> None:
        """One line for each change: the trouble may last for hours."""
        if trouble and trouble != self.trouble:
            log.error("ledger not usable", ledger=_place(), reason=trouble, do=_REMEDIES[trouble])
        elif self.trouble and not trouble:
            log.info("ledger works again", was=self.trouble)
        self._metrics.ledger_usable.set(0 if trouble else 1)
        self.trouble = trouble


def is_trouble(error: Exception) -> bool:
    """Whether the database is to blame, not the statement: SQLite tells of a damaged file by the bare class."""
    return isinstance(error, OperationalError | InterfaceError | InternalError) or type(error) is DatabaseError


def trouble_of(error: Exception) -> str:
    """What a database error is about, without names or values of the error's own text."""
    cause = error.__cause__ or error
    if isinstance(cause, LedgerFileMissingError):
        return "file missing"
    name = str(getattr(cause, "sqlite_errorname", "") or "")
    for start, word in _SQLITE.items():
        if name.startswith(start):
            return word
    if name and "no such table" in str(cause):
        return "tables missing"
    return _POSTGRESQL.get(str(getattr(cause, "sqlstate", "") or ""), AWAY)


def _place() -> str:
    """The file, or host, port and name of the database; never its password."""
    settings = connections[ALIAS].settings_dict
    name = str(settings["NAME"])
    return f"{settings['HOST']}:{settings['PORT']}/{name}" if settings["HOST"] else name
