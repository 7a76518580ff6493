"""Rasa's SQL tracker store with its statements written out: composing them cost most of a turn's time in the engine.

Same table, rows that say the same, same order; named in ``endpoints.yml``. On SQLite connections are kept, and a commit does not
wait for the disk: a killed process loses nothing, a power cut at most the last turns, which the gateway's ledger holds
and the engine then answers again.

A turn reads the last turns of a session, not all of it: the hundredth question of somebody who goes on asking reads what
the tenth did. Slots keep their values, however long ago they were set.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

# Of the latest session, as SQLTrackerStore._event_query; ids give the order, because two events may share a moment.
_OF_SESSION = (
    " FROM events WHERE sender_id = :sender_id AND timestamp >= coalesce((SELECT max(timestamp) FROM events"
    " WHERE sender_id = :sender_id AND type_name = 'session_started'), 0)"
)
# As far back as a message can refer to ("thế còn trẻ em?", a button typed later) with room to spare.
TURNS_READ = 8
# What was set before is told by the last event of each slot, whose name stands in action_name.
_OF_LAST_TURNS = (
    " AND (id >= coalesce((SELECT id FROM events WHERE sender_id = :sender_id AND type_name = 'user'"
    " ORDER BY id DESC LIMIT 1 OFFSET :turns), 0) OR type_name = 'session_started'"
    " OR id IN (SELECT max(id) FROM events WHERE sender_id = :sender_id AND type_name = 'slot' GROUP BY action_name))"
)
_RETRIEVE = sa.text(f"SELECT data{_OF_SESSION}{_OF_LAST_TURNS} ORDER BY id")
_COUNT = sa.text(f"SELECT count(*){_OF_SESSION}")
_INSERT = sa.text(
    "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)"
    " VALUES (:sender_id, :type_name, :timestamp, :intent_name, :action_name, :data)"
)


class TurnTrackerStore(SQLTrackerStore):
    """One statement to read a conversation, one to save a turn."""

    engine: Any

    def __init__(self, domain: Domain | None = None, host: str | None = None, **kwargs: Any) -> None:
        super().__init__(domain, host=host, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self.engine.dispose()
            self.engine = _kept_open(self.engine.url)
            self.sessionmaker.configure(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the latest session's last turns; None when there is none."""
        asked = {"sender_id": sender_id, "turns": TURNS_READ - 1}
        with self.engine.connect() as connection:
            rows = connection.execute(_RETRIEVE, asked).scalars().all()
        if not rows:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, [json.loads(row) for row in rows], self.domain.slots)
        tracker.stored_events = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that are not stored yet."""
        await self.stream_events(tracker)
        events: Sequence[Event] = list(tracker.events)
        if not events:
            return
        with self.engine.begin() as connection:
            stored = getattr(tracker, "stored_events", None)
            if stored is None:  # of no store, or of another
                stored = connection.execute(_COUNT, {"sender_id": tracker.sender_id}).scalar_one()
            if new := [_row(tracker.sender_id, event) for event in events[stored:]]:
                connection.execute(_INSERT, new)
        tracker.stored_events = len(events)


def _row(sender_id: str, event: Event) -> Mapping[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        # Rasa writes Vietnamese as escapes: three times as long, and as long to read at every later turn.
        "data": json.dumps(data, ensure_ascii=False),
    }


def _kept_open(url: Any) -> Any:
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _wait_for_no_disk)
    return engine


def _wait_for_no_disk(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
