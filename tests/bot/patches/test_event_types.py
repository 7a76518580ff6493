"""Events read from the tracker store are of the classes that Rasa's own look-up names."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.utils.common import all_subclasses

from bot.patches import apply_patches
from bot.patches.event_types import resolve_by_type


@pytest.fixture(autouse=True)
def _patched() -> None:
    apply_patches()


def test_it_finds_every_class_of_events_by_its_name() -> None:
    names = [cls.type_name for cls in all_subclasses(Event) if cls.type_name]
    first = {name: next(cls for cls in all_subclasses(Event) if cls.type_name == name) for name in names}
    assert len(first) > 20
    assert {name: Event.resolve_by_type(name) for name in names} == first


def test_it_refuses_an_unknown_name_every_time() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="Unknown event name"):
            Event.resolve_by_type("nonsense")


def test_it_gives_the_default_of_each_caller_for_an_unknown_name() -> None:
    assert Event.resolve_by_type("nonsense", BotUttered) is BotUttered
    assert Event.resolve_by_type("nonsense", UserUttered) is UserUttered


def test_it_searches_once_for_a_name() -> None:
    resolve_by_type.cache_clear()
    for _ in range(5):
        Event.resolve_by_type("user")
    assert resolve_by_type.cache_info().misses == 1
