"""What stands on the phones: every message, in the order in which the platform accepted it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.feed import Feed
from sandbox.ids import Ids
from sandbox.store import Store


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """A message before the platform took it.

    ``author`` is resident, oa (by API) or admin (by hand in the OA Manager). ``kind`` is text, image, gif, sticker,
    file, audio, location or request_user_info; ``detail`` holds what the kind needs (``buttons``, ``media_id``,
    ``url``, ``name``, ``latitude``, ``longitude``, ``sticker_id``, ``title``, ``subtitle``, ``admin_id``).
    """

    user_id: str
    author: str
    kind: str
    text: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    quote_message_id: str = ""
    quota_type: str = ""
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Message(NewMessage):
    """A message on a phone; ``seq`` is its place in the order of the whole platform, times are milliseconds."""

    seq: int
    message_id: str
    at_ms: int
    received_ms: int | None
    seen_ms: int | None

    def to_json(self) -> dict[str, Any]:
        """As the control API shows a message; ids and times are text, as everywhere on Zalo."""
        return {
            "seq": self.seq,
            "message_id": self.message_id,
            "user_id": self.user_id,
            "author": self.author,
            "kind": self.kind,
            "text": self.text,
            "buttons": self.detail.get("buttons", []),
            "detail": {key: value for key, value in self.detail.items() if key != "buttons"},
            "quote_message_id": self.quote_message_id,
            "quota_type": self.quota_type,
            "hidden": self.hidden,
            "at": str(self.at_ms),
            "received_at": str(self.received_ms) if self.received_ms is not None else None,
            "seen_at": str(self.seen_ms) if self.seen_ms is not None else None,
        }


class Transcript:
    """Appends and reads messages; each change is published."""

    def __init__(self, store: Store, clock: SandboxClock, ids: Ids, feed: Feed) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._feed = feed

    def append(self, new: NewMessage) -> Message:
        """Puts a message on the phone of its resident."""
        seq = self._store.insert(
            "INSERT INTO message (message_id, user_id, author, kind, text, detail, quote_message_id, quota_type, hidden,"
            " at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._ids.message(),
            new.user_id,
            new.author,
            new.kind,
            new.text,
            json.dumps(new.detail, ensure_ascii=False),
            new.quote_message_id,
            new.quota_type,
            int(new.hidden),
            self._clock.now_ms(),
        )
        return self._announce(seq)

    def of(self, user_id: str, after: int = 0) -> list[Message]:
        """The phone's messages after a place in the order, oldest first."""
        sql = "SELECT * FROM message WHERE user_id = ? AND seq > ? ORDER BY seq"
        return [_from_row(row) for row in self._store.rows(sql, user_id, after)]

    def latest(self, user_id: str, offset: int, count: int) -> list[Message]:
        """Newest first, without hidden taps."""
        sql = "SELECT * FROM message WHERE user_id = ? AND NOT hidden ORDER BY seq DESC LIMIT ? OFFSET ?"
        return [_from_row(row) for row in self._store.rows(sql, user_id, count, offset)]

    def find(self, user_id: str, message_id: str) -> Message | None:
        """A message of this resident's conversation."""
        row = self._store.row("SELECT * FROM message WHERE user_id = ? AND message_id = ?", user_id, message_id)
        return _from_row(row) if row else None

    def mark_received(self, user_id: str) -> list[Message]:
        """The messages of the Official Account that reach the phone now."""
        return self._mark("received_ms", user_id)

    def mark_seen(self, user_id: str) -> list[Message]:
        """The messages of the Official Account that the resident looks at now."""
        self._mark("received_ms", user_id)
        return self._mark("seen_ms", user_id)

    def sent_with(self, quota_type: str, user_id: str = "%", since_ms: int = 0) -> int:
        """How many messages used a kind of quota."""
        sql = "SELECT count(*) FROM message WHERE quota_type = ? AND user_id LIKE ? AND at_ms >= ?"
        return self._store.number(sql, quota_type, user_id, since_ms)

    def _mark(self, column: str, user_id: str) -> list[Message]:
        rows = self._store.rows(
            f"SELECT seq FROM message WHERE user_id = ? AND author != 'resident' AND {column} IS NULL",  # noqa: S608 -- a literal of this class
            user_id,
        )
        marked: list[Message] = []
        for row in rows:
            self._store.run(f"UPDATE message SET {column} = ? WHERE seq = ?", self._clock.now_ms(), row["seq"])  # noqa: S608 -- same
            marked.append(self._announce(row["seq"]))
        return marked

    def _announce(self, seq: int) -> Message:
        message = _from_row(self._store.rows("SELECT * FROM message WHERE seq = ?", seq)[0])
        self._feed.publish("message", message.to_json())
        return message


def _from_row(row: sqlite3.Row) -> Message:
    return Message(
        seq=row["seq"],
        message_id=row["message_id"],
        user_id=row["user_id"],
        author=row["author"],
        kind=row["kind"],
        text=row["text"],
        detail=json.loads(row["detail"]),
        quote_message_id=row["quote_message_id"],
        quota_type=row["quota_type"],
        hidden=bool(row["hidden"]),
        at_ms=row["at_ms"],
        received_ms=row["received_ms"],
        seen_ms=row["seen_ms"],
    )
