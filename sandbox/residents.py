"""The people who have a phone in the sandbox, and what the platform knows of each."""

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
class Resident:
    """One phone. Times are milliseconds, 0 for never."""

    user_id: str
    user_id_by_app: str
    name: str
    following: bool
    unfollowed_ms: int
    last_interaction_ms: int
    has_chatted: bool
    online: bool
    blocking: bool
    shared_info: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As the control API shows a resident."""
        return {
            "user_id": self.user_id,
            "user_id_by_app": self.user_id_by_app,
            "name": self.name,
            "following": self.following,
            "last_interaction": str(self.last_interaction_ms),
            "has_chatted": self.has_chatted,
            "online": self.online,
            "blocking": self.blocking,
            "shared_info": self.shared_info,
        }


class Residents:
    """All residents, by ``user_id``."""

    def __init__(self, store: Store, clock: SandboxClock, ids: Ids, feed: Feed) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._feed = feed

    def create(self, name: str) -> Resident:
        """A new phone whose owner has never met the Official Account."""
        user_id = self._ids.user()
        self._store.run(
            "INSERT INTO resident (user_id, user_id_by_app, name, created_ms) VALUES (?, ?, ?, ?)",
            user_id,
            self._ids.user_by_app(),
            name,
            self._clock.now_ms(),
        )
        return self._announce(user_id)

    def find(self, user_id: str) -> Resident | None:
        """The resident, if there is one."""
        row = self._store.row("SELECT * FROM resident WHERE user_id = ?", user_id)
        return _from_row(row) if row else None

    def all(self) -> list[Resident]:
        """In the order in which they were made."""
        return [_from_row(row) for row in self._store.rows("SELECT * FROM resident ORDER BY created_ms, rowid")]

    def follow(self, user_id: str) -> None:
        """Following counts as an interaction (sheet §3)."""
        self._change(user_id, "following = 1, last_interaction_ms = ?", self._clock.now_ms())

    def unfollow(self, user_id: str) -> None:
        """Ends the right to write until the resident comes back."""
        self._change(user_id, "following = 0, unfollowed_ms = ?", self._clock.now_ms())

    def chatted(self, user_id: str) -> None:
        """The resident wrote, tapped or pressed "Nhắn tin": the windows of 48 hours and 7 days start anew."""
        self._change(user_id, "has_chatted = 1, last_interaction_ms = ?", self._clock.now_ms())

    def set_online(self, user_id: str, online: bool) -> None:
        """Whether the phone has a network."""
        self._change(user_id, "online = ?", int(online))

    def set_blocking(self, user_id: str, blocking: bool) -> None:
        """Whether the resident refuses messages of the Official Account."""
        self._change(user_id, "blocking = ?", int(blocking))

    def share_info(self, user_id: str, info: dict[str, Any]) -> None:
        """What the resident filled in; user/detail shows it from now on."""
        kept = json.dumps(info, ensure_ascii=False)
        self._change(user_id, "shared_info = ?, last_interaction_ms = ?", kept, self._clock.now_ms())

    def _change(self, user_id: str, assignments: str, *values: str | int) -> None:
        sql = f"UPDATE resident SET {assignments} WHERE user_id = ?"  # noqa: S608 -- assignments are the literals above
        self._store.run(sql, *values, user_id)
        self._announce(user_id)

    def _announce(self, user_id: str) -> Resident:
        resident = self.find(user_id)
        if resident is None:
            raise LookupError(f"resident {user_id} vanished")
        self._feed.publish("resident", resident.to_json())
        return resident


def _from_row(row: sqlite3.Row) -> Resident:
    return Resident(
        user_id=row["user_id"],
        user_id_by_app=row["user_id_by_app"],
        name=row["name"],
        following=bool(row["following"]),
        unfollowed_ms=row["unfollowed_ms"],
        last_interaction_ms=row["last_interaction_ms"],
        has_chatted=bool(row["has_chatted"]),
        online=bool(row["online"]),
        blocking=bool(row["blocking"]),
        shared_info=json.loads(row["shared_info"]),
    )
