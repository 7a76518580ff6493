"""The tracker store beside Rasa's own on the same file: whatever one writes the other reads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.trackers import TURNS_READ, TurnTrackerStore

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [5k.khau_trang]
    slots: {noi: {type: text, mappings: [{type: custom}]}}
    """
)
TURN = (
    ActionExecuted("action_listen"),
    UserUttered("đeo khẩu trang", {"name": "5k.khau_trang", "confidence": 0.9}, message_id="m1"),
    SlotSet("noi", "Hậu Lộc"),
    BotUttered("Bạn đeo khẩu trang.", metadata={"release": "r1"}),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trackers.sqlite3"


@pytest.fixture
def store(file: Path) -> Iterator[TurnTrackerStore]:
    made = TurnTrackerStore(DOMAIN, host=f"sqlite:///{file}")
    yield made
    made.engine.dispose()


@pytest.fixture
def rasa_store(file: Path) -> Iterator[SQLTrackerStore]:
    made = SQLTrackerStore(DOMAIN, host=f"sqlite:///{file}")
    yield made
    made.engine.dispose()


def _tracker(*events: Event, conversation: str = "c1") -> DialogueStateTracker:
    tracker = DialogueStateTracker(conversation, DOMAIN.slots)
    for event in events:
        tracker.update(event)
    return tracker


def _said(tracker: DialogueStateTracker | None) -> list[dict[str, object]]:
    assert tracker is not None
    return [event.as_dict() for event in tracker.events]


async def test_it_reads_what_rasas_own_store_wrote(store: TurnTrackerStore, rasa_store: SQLTrackerStore) -> None:
    tracker = _tracker(*TURN)
    await rasa_store.save(tracker)

    found = await store.retrieve("c1")

    assert _said(found) == _said(tracker)
    assert found.get_slot("noi") == "Hậu Lộc"


async def test_it_writes_rows_that_say_what_those_of_rasas_own_store_say(file: Path, tmp_path: Path) -> None:
    rows = []
    for store in (
        TurnTrackerStore(DOMAIN, host=f"sqlite:///{file}"),
        SQLTrackerStore(DOMAIN, host=f"sqlite:///{file}2"),
    ):
        await store.save(_tracker(*TURN))
        store.engine.dispose()
    for path in (file, Path(f"{file}2")):
        found = sqlite3.connect(path).execute(
            "SELECT id, sender_id, type_name, timestamp, intent_name, action_name, data FROM events ORDER BY id"
        )
        rows.append([(*columns, json.loads(data)) for *columns, data in found.fetchall()])

    assert rows[0] == rows[1]
    assert len(rows[0]) == len(TURN)


async def test_it_appends_only_what_is_new(store: TurnTrackerStore) -> None:
    await store.save(_tracker(*TURN))
    tracker = await store.retrieve("c1")
    assert tracker is not None
    tracker.update(UserUttered("cảm ơn", message_id="m2"))

    await store.save(tracker)
    await store.save(tracker)

    assert [event.text for event in (await store.retrieve("c1")).events if isinstance(event, UserUttered)] == [
        "đeo khẩu trang",
        "cảm ơn",
    ]


async def test_it_reads_the_latest_session_alone_as_rasas_own_store_does(
    store: TurnTrackerStore, rasa_store: SQLTrackerStore
) -> None:
    tracker = _tracker(*TURN)
    await store.save(tracker)
    for event in (ActionExecuted("action_session_start"), SessionStarted(), UserUttered("lại đây", message_id="m3")):
        tracker.update(event)
    await store.save(tracker)

    assert _said(await store.retrieve("c1")) == _said(await rasa_store.retrieve("c1"))
    assert len(_said(await store.retrieve_full_tracker("c1"))) == len(TURN) + 3


async def test_it_finds_nothing_of_a_conversation_that_never_spoke(store: TurnTrackerStore) -> None:
    await store.save(_tracker(conversation="c2"))

    assert await store.retrieve("c2") is None
    assert await store.retrieve("c3") is None


def _texts(tracker: DialogueStateTracker | None) -> list[str]:
    assert tracker is not None
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


async def test_it_reads_the_last_turns_of_a_long_session_and_every_slot(store: TurnTrackerStore) -> None:
    began = (ActionExecuted("action_session_start"), SessionStarted())
    await store.save(_tracker(*began, SlotSet("noi", "Ngọc Lặc"), UserUttered("chào"), SlotSet("noi", "Hậu Lộc")))
    asked = [f"câu {number}" for number in range(3 * TURNS_READ)]
    for text in asked:
        tracker = await store.retrieve("c1")
        assert tracker is not None
        for event in (UserUttered(text, message_id=text), BotUttered("đáp")):
            tracker.update(event)
        await store.save(tracker)

    found = await store.retrieve("c1")

    assert _texts(found) == asked[-TURNS_READ:]
    assert found is not None
    assert found.get_slot("noi") == "Hậu Lộc"
    assert [type(event) for event in list(found.events)[:2]] == [SessionStarted, SlotSet]
    assert _texts(await store.retrieve_full_tracker("c1")) == ["chào", *asked]


async def test_it_appends_to_a_long_session_whose_tracker_came_from_elsewhere(
    store: TurnTrackerStore, rasa_store: SQLTrackerStore
) -> None:
    await store.save(_tracker(*TURN))
    for number in range(2 * TURNS_READ):
        tracker = await rasa_store.retrieve("c1")
        tracker.update(UserUttered(f"câu {number}"))
        await store.save(tracker)

    assert len(_texts(await rasa_store.retrieve("c1"))) == 2 * TURNS_READ + 1


async def test_it_leaves_the_slots_of_the_session_before(store: TurnTrackerStore) -> None:
    tracker = _tracker(*TURN)
    await store.save(tracker)
    for event in (ActionExecuted("action_session_start"), SessionStarted(), UserUttered("lại đây", message_id="m3")):
        tracker.update(event)
    await store.save(tracker)

    found = await store.retrieve("c1")

    assert found is not None
    assert found.get_slot("noi") is None
