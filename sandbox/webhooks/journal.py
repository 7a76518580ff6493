"""Every event that was due, with each attempt to deliver it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from sandbox.feed import Feed
from sandbox.store import Store


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event. ``state``: pending, delivered, failed (the ladder ended) or unsent (nothing was tried; see reason)."""

    id: int
    user_id: str
    event_name: str
    message_id: str
    body: bytes
    timestamp: str
    state: str
    reason: str
    tries: int
    next_ms: int


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One request; ``status`` 0 and an ``error`` when there was no answer."""

    number: int
    at_ms: int
    status: int
    error: str
    elapsed_ms: int


class Journal:
    """Writes and reads entries; each change is published."""

    def __init__(self, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    def add(self, user_id: str, event: dict[str, Any], body: bytes, at_ms: int, refusal: str = "") -> Entry:
        """A new event; with a refusal it is only noted."""
        message = event.get("message", {})
        number = self._store.insert(
            "INSERT INTO webhook (user_id, event_name, message_id, body, timestamp, state, reason, next_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            user_id,
            event["event_name"],
            message.get("msg_id", ""),
            body,
            event["timestamp"],
            "unsent" if refusal else "pending",
            refusal,
            at_ms,
        )
        return self._announce(number)

    def note(self, entry: Entry, attempt: Attempt) -> None:
        """Keeps an attempt; the entry's state does not change by it."""
        self._store.run(
            "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?)",
            entry.id,
            attempt.number,
            attempt.at_ms,
            attempt.status,
            attempt.error,
            attempt.elapsed_ms,
        )

    def settle(self, entry: Entry, state: str, reason: str = "") -> Entry:
        """The end of an entry."""
        sql = "UPDATE webhook SET state = ?, reason = ?, tries = tries + 1 WHERE id = ?"
        self._store.run(sql, state, reason, entry.id)
        return self._announce(entry.id)

    def postpone(self, entry: Entry, next_ms: int) -> Entry:
        """One more failed attempt; the next one is due at a moment."""
        self._store.run("UPDATE webhook SET tries = tries + 1, next_ms = ? WHERE id = ?", next_ms, entry.id)
        return self._announce(entry.id)

    def pending(self) -> list[Entry]:
        """What a stopped platform still owed, oldest first."""
        rows = self._store.rows("SELECT * FROM webhook WHERE state = 'pending' ORDER BY id")
        return [Entry(**dict(row)) for row in rows]

    def after(self, number: int, limit: int) -> list[dict[str, Any]]:
        """The first ``limit`` entries after a number, as JSON."""
        rows = self._store.rows("SELECT * FROM webhook WHERE id > ? ORDER BY id LIMIT ?", number, limit)
        return [self._to_json(row) for row in rows]

    def latest(self, limit: int) -> list[dict[str, Any]]:
        """The last ``limit`` entries, oldest first, as JSON."""
        rows = self._store.rows("SELECT * FROM webhook ORDER BY id DESC LIMIT ?", limit)
        return [self._to_json(row) for row in reversed(rows)]

    def _announce(self, number: int) -> Entry:
        row = self._store.rows("SELECT * FROM webhook WHERE id = ?", number)[0]
        self._feed.publish("webhook", self._to_json(row))
        return Entry(**dict(row))

    def _to_json(self, row: sqlite3.Row) -> dict[str, Any]:
        attempts = self._store.rows("SELECT * FROM attempt WHERE webhook_id = ? ORDER BY rowid", row["id"])
        shown = {key: row[key] for key in ("id", "user_id", "event_name", "message_id", "timestamp", "state", "reason")}
        return {
            **shown,
            "body": bytes(row["body"]).decode(),
            "next_at": str(row["next_ms"]),
            "attempts": [
                {
                    "number": attempt["number"],
                    "at": str(attempt["at_ms"]),
                    "status": attempt["status"],
                    "error": attempt["error"],
                    "elapsed_ms": attempt["elapsed_ms"],
                }
                for attempt in attempts
            ],
        }
