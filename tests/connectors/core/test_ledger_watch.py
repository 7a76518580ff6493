"""What is wrong with the ledger is told in a word, once for each change, without anything that the error itself says."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connections
from structlog.testing import capture_logs

from connectors.core.ledger import LedgerDoor
from connectors.core.ledger_watch import LedgerWatch, is_trouble, trouble_of
from connectors.core.metrics import GatewayMetrics
from contracts.clock import Clock
from ledger.router import ALIAS
from ledger.sqlite.base import LedgerFileMissingError


@contextmanager
def _file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "some.sqlite3", isolation_level=None, timeout=0)) as connection:
        yield connection


def _full(tmp_path: Path) -> None:
    with _file(tmp_path) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("INSERT INTO t VALUES (randomblob(100000))")


def _no_database(tmp_path: Path) -> None:
    (tmp_path / "some.sqlite3").write_bytes(b"this is no database" * 1000)
    with _file(tmp_path) as connection:
        connection.execute("SELECT * FROM sqlite_master")


def _no_table(tmp_path: Path) -> None:
    with _file(tmp_path) as connection:
        connection.execute("SELECT * FROM ledger_entry")


def _locked(tmp_path: Path) -> None:
    with _file(tmp_path) as one, _file(tmp_path) as other:
        one.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def _no_folder(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "none" / "some.sqlite3").close()


def _missing(tmp_path: Path) -> None:
    raise LedgerFileMissingError(str(tmp_path))


def _postgresql_full(_tmp_path: Path) -> None:
    raise psycopg.errors.DiskFull


def _refused(_tmp_path: Path) -> None:
    psycopg.connect("postgresql://test@127.0.0.1:1/none")


@pytest.mark.parametrize(
    ("cause", "word"),
    [
        (_full, "disk full"),
        (_no_database, "file damaged"),
        (_no_table, "tables missing"),
        (_locked, "locked by another program"),
        (_no_folder, "file cannot be opened"),
        (_missing, "file missing"),
        (_postgresql_full, "disk full"),
        (_refused, "away"),
    ],
)
def test_it_tells_kinds_of_trouble_apart(cause: Callable[[Path], None], word: str, tmp_path: Path) -> None:
    with pytest.raises((sqlite3.Error, psycopg.Error)) as raised:
        cause(tmp_path)
    error = OperationalError("as Django hands it on")
    error.__cause__ = raised.value

    assert trouble_of(error) == word


def test_a_statement_that_is_wrong_is_no_trouble_of_the_ledgers() -> None:
    assert is_trouble(OperationalError())
    assert is_trouble(DatabaseError())  # a damaged SQLite file
    assert not is_trouble(IntegrityError())
    assert not is_trouble(KeyError())


def _rename(now: str, then: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {now} RENAME TO {then}")


async def test_it_tells_each_change_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.core.ledger_watch.LOOK_EVERY_S", 0.02)
    door, metrics = LedgerDoor(1), GatewayMetrics()
    watch = LedgerWatch("me", door, Clock(), metrics)
    with capture_logs() as logs:
        task = asyncio.create_task(watch.run())
        await _until(lambda: watch.trouble == "")
        await door(_rename, "ledger_worker", "ledger_nobody")
        try:
            await _until(lambda: watch.trouble == "tables missing")
            usable = metrics.registry.get_sample_value("tincay_ledger_usable")
            await asyncio.sleep(0.1)
        finally:
            await door(_rename, "ledger_nobody", "ledger_worker")
        await _until(lambda: watch.trouble == "")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    door.close()

    assert usable == 0
    assert [(line["event"], line.get("reason") or line.get("was")) for line in logs] == [
        ("ledger not usable", "tables missing"),
        ("ledger works again", "tables missing"),
    ]
    assert logs[0]["do"] == "python -m ledger migrate"


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)
