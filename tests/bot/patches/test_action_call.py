"""What an action is told: Rasa's own call without the events."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.interfaces import Tracker

from bot.patches import action_call

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    slots: {noi: {type: text, mappings: [{type: custom}]}}
    actions: [action_hoi, {action_xem: {send_domain: true}}]
    """
)
ORIGINAL = RemoteAction._action_call_format


@pytest.fixture
def tracker() -> DialogueStateTracker:
    made = DialogueStateTracker("c1", DOMAIN.slots)
    for event in (UserUttered("ở đâu tiêm"), SlotSet("noi", "Hậu Lộc"), UserUttered("còn mai?", message_id="m2")):
        made.update(event)
    return made


def _told(name: str, tracker: DialogueStateTracker, **endpoint: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    action = RemoteAction(name, EndpointConfig("http://127.0.0.1", **endpoint))
    return action_call.action_call_format(action, tracker, DOMAIN), ORIGINAL(action, tracker, DOMAIN)


def test_it_tells_what_rasa_tells_without_the_events(tracker: DialogueStateTracker) -> None:
    call, original = _told("action_hoi", tracker)

    assert original["tracker"].pop("events")
    assert call["tracker"].pop("events") == []
    assert call == original


@pytest.mark.parametrize(("name", "sent"), [("action_hoi", False), ("action_xem", True)])
def test_it_sends_the_domain_to_an_action_that_asks_for_it(
    name: str, sent: bool, tracker: DialogueStateTracker
) -> None:
    call, original = _told(name, tracker, enable_selective_domain=True)

    assert ("domain" in call, "domain" in original) == (sent, sent)


def test_the_sdk_reads_message_and_slots_from_it(tracker: DialogueStateTracker) -> None:
    call, _ = _told("action_hoi", tracker)

    read = Tracker.from_dict(call["tracker"])

    assert (read.latest_message["text"], read.get_slot("noi"), read.events) == ("còn mai?", "Hậu Lộc", [])
