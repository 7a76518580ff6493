"""The connection to the ledger's file: it never goes on writing into a file that is gone.

SQLite keeps a deleted file open and writes on; everything acknowledged from then on would be lost with the process. So
before each job (Django's ``close_if_unusable_or_obsolete``) the path must still lead to the file that is open.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

type FileId = tuple[int, int]


class LedgerFileMissingError(sqlite3.OperationalError):
    """There is no file at the ledger's path, and this program must not begin a new ledger."""


class DatabaseWrapper(base.DatabaseWrapper):
    """``may_create`` is false in programs that serve: a new, empty ledger in place of a lost one would hide the loss."""

    may_create = True
    _opened: FileId | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """See parent class.

        Raises:
            LedgerFileMissingError: as its name says; Django makes an ``OperationalError`` of it.
        """
        path = str(conn_params["database"])
        if not self.may_create and not self.is_in_memory_db() and _file_id(path) is None:
            raise LedgerFileMissingError(f"{path} is missing")
        connection = super().get_new_connection(conn_params)
        self._opened = None if self.is_in_memory_db() else _file_id(path)
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        """See parent class; a connection to a file that is no longer the ledger's is obsolete."""
        idle = self.connection is not None and not self.in_atomic_block
        if idle and self._opened is not None and _file_id(str(self.settings_dict["NAME"])) != self._opened:
            self.close()
        super().close_if_unusable_or_obsolete()


def _file_id(path: str) -> FileId | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
