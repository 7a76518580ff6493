"""Patch: for every event that it reads, Rasa walks through all classes of events anew; a turn reads dozens of them."""

from __future__ import annotations

from functools import cache

from rasa.shared.core.events import Event

_original = Event.resolve_by_type


@cache
def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """As Rasa's own method; what it raises for an unknown name is raised every time."""
    found: type[Event] | None = _original(type_name, default)
    return found


def apply() -> None:
    """Replaces the static method on the class."""
    Event.resolve_by_type = staticmethod(resolve_by_type)
