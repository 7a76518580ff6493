"""The ledger's file may be missing, deleted, or put back under a running program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from ledger.database import database_from_url
from ledger.sqlite.base import DatabaseWrapper, LedgerFileMissingError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def ledger(file: Path) -> Iterator[DatabaseWrapper]:
    """A connection of a program of its own."""
    settings = database_from_url(f"sqlite:///{file}", lasting=True)
    handler = ConnectionHandler({"default": settings})
    connection = handler["default"]
    assert isinstance(connection, DatabaseWrapper)
    yield connection
    connection.close()


def _run(ledger: DatabaseWrapper, sql: str) -> list[tuple[object, ...]]:
    """One job, as the gateway's threads do it."""
    ledger.close_if_unusable_or_obsolete()
    with ledger.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_a_program_that_serves_begins_no_ledger(
    ledger: DatabaseWrapper, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DatabaseWrapper, "may_create", False)

    with pytest.raises(OperationalError) as refused:
        _run(ledger, "SELECT 1")

    assert isinstance(refused.value.__cause__, LedgerFileMissingError)
    assert str(file) in str(refused.value)
    assert not file.exists()


def test_a_migration_begins_one(ledger: DatabaseWrapper, file: Path) -> None:
    _run(ledger, "CREATE TABLE said (text TEXT)")

    assert file.exists()


def test_it_writes_nothing_into_a_file_that_was_moved_away_and_goes_on_when_it_is_back(
    ledger: DatabaseWrapper, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(ledger, "CREATE TABLE said (text TEXT)")
    _run(ledger, "INSERT INTO said VALUES ('before')")
    monkeypatch.setattr(DatabaseWrapper, "may_create", False)
    names = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
    for name in names:
        name.rename(name.with_name("moved-" + name.name))

    with pytest.raises(OperationalError):
        _run(ledger, "INSERT INTO said VALUES ('nowhere')")
    for name in names:
        name.with_name("moved-" + name.name).rename(name)
    _run(ledger, "INSERT INTO said VALUES ('after')")

    assert _run(ledger, "SELECT text FROM said") == [("before",), ("after",)]


def test_it_opens_the_file_that_stands_in_the_old_ones_place(
    ledger: DatabaseWrapper, file: Path, tmp_path: Path
) -> None:
    _run(ledger, "CREATE TABLE said (text TEXT)")
    ledger.close()
    backup = tmp_path / "backup"
    backup.write_bytes(file.read_bytes())
    _run(ledger, "INSERT INTO said VALUES ('lost with the old file')")
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink()
    backup.rename(file)

    assert _run(ledger, "SELECT text FROM said") == []
