"""Erasing what the engine keeps of a conversation."""

from __future__ import annotations

from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore, TrackerStore


class CannotEraseError(RuntimeError):
    """The tracker store is of a kind that this engine cannot erase from; use the SQL store."""


def erase_conversation(store: TrackerStore, conversation_id: str) -> int:
    """Removes every event of the conversation, of all its sessions; how many there were (1 for the store in memory).

    Raises:
        CannotEraseError: see the class.
    """
    if isinstance(store, FailSafeTrackerStore):
        fallback = store._fallback_tracker_store  # where trackers went while the database was away
        erased = erase_conversation(fallback, conversation_id) if fallback else 0
        return erased + erase_conversation(store._tracker_store, conversation_id)
    if isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            events = session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == conversation_id)
            count = int(events.delete(synchronize_session=False))
            session.commit()
            return count
    if isinstance(store, InMemoryTrackerStore):
        return 0 if store.store.pop(conversation_id, None) is None else 1
    raise CannotEraseError(
        f"cannot erase from a {type(store).__name__}; set tracker_store to type sql in endpoints.yml"
    )
