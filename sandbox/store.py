"""The one SQLite file of the sandbox. Statements are tiny and local, so they run on the event loop itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

type Value = str | int | float | bytes | None

SCHEMA = Path(__file__).with_name("schema.sql")
TABLES = ("attempt", "webhook", "token_pair", "grant_code", "media", "message", "resident", "fact")


class Store:
    """Opened once by the composition root; a killed process loses nothing that was answered (write-ahead log)."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(SCHEMA.read_text("utf-8"))

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def run(self, sql: str, *values: Value) -> int:
        """Executes a statement; the number of rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def insert(self, sql: str, *values: Value) -> int:
        """Executes an INSERT; the new row's number."""
        return self._connection.execute(sql, values).lastrowid or 0

    def rows(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Value) -> sqlite3.Row | None:
        """The first row of a query."""
        row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def number(self, sql: str, *values: Value) -> int:
        """The single number that a query gives, 0 for none."""
        row = self.row(sql, *values)
        return int(row[0] or 0) if row else 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside, or none of them."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def fact(self, name: str, default: str) -> str:
        """A remembered single value."""
        row = self.row("SELECT value FROM fact WHERE name = ?", name)
        return str(row["value"]) if row else default

    def remember(self, name: str, value: str) -> None:
        """Keeps a single value under its name."""
        self.run("INSERT INTO fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)

    def clear(self) -> None:
        """Empties every table."""
        with self.transaction():
            for table in TABLES:
                self.run(f"DELETE FROM {table}")  # noqa: S608 -- names from the constant above
