"""Programs die or hang under use: a defined answer within ten seconds, nothing lost, nothing twice."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.resident import Resident
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e

QUESTION = "F1 phải cách ly bao nhiêu ngày?"


@pytest.fixture(autouse=True)
def _mended(stack: Stack) -> Iterator[None]:
    yield
    stack.wait_ready()


def _answers(resident: Resident) -> list[str]:
    return [m["text"] for m in resident.transcript() if m["author"] != "resident"]


def test_without_the_engine_danger_still_gets_the_safety_text_and_a_person(stack: Stack) -> None:
    stack.kill("engine")
    try:
        reply = Resident(stack.gateway).ask("mẹ tôi khó thở tím môi")
    finally:
        stack.start("engine")

    assert "115" in reply["text"]
    assert reply["meta"]["handoff"] == {"reason": "nhay_cam/cap_cuu", "priority": 1}


def test_without_the_engine_a_question_gets_an_approved_answer(stack: Stack) -> None:
    stack.kill("engine")
    try:
        reply = Resident(stack.gateway).ask(QUESTION)
    finally:
        stack.start("engine")

    assert reply["meta"]["answer"] == "cach_ly/f1"
    assert "Nguồn:" in reply["text"]


def test_a_hanging_engine_is_not_waited_for(stack: Stack) -> None:
    resident = Resident(stack.gateway)
    stack.freeze("engine")
    start = time.monotonic()
    try:
        reply = resident.ask(QUESTION)
        took = time.monotonic() - start
    finally:
        stack.thaw("engine")

    assert reply["meta"]["answer"] == "cach_ly/f1"
    assert took < 10


def test_without_the_actions_a_question_gets_an_approved_answer(stack: Stack) -> None:
    stack.kill("actions")
    try:
        reply = Resident(stack.gateway).ask(QUESTION)
    finally:
        stack.start("actions")

    assert "Nguồn:" in reply["text"]


def test_without_the_newsroom_everything_approved_is_still_answered(stack: Stack) -> None:
    stack.kill("newsroom")
    try:
        reply = Resident(stack.gateway).ask(QUESTION)
        stack.kill("actions")
        stack.start("actions")
        time.sleep(3)
        again = Resident(stack.gateway).ask(QUESTION)
    finally:
        stack.start("newsroom")

    assert "Nguồn: 10696/BYT-MT" in reply["text"]
    assert "Nguồn: 10696/BYT-MT" in again["text"]


def test_the_engine_starts_from_its_last_model_while_the_newsroom_is_away(stack: Stack) -> None:
    stack.kill("newsroom")
    stack.kill("engine")
    stack.start("engine")
    try:
        resident = Resident(stack.gateway)
        deadline = time.monotonic() + 60
        while (reply := resident.ask("toi la f1 phai cach ly bao nhieu ngay"))["meta"].get("confidence", 0) < 0.5:
            assert time.monotonic() < deadline, "the engine did not come back"
            time.sleep(1)
    finally:
        stack.start("newsroom")

    assert reply["meta"]["answer"] == "cach_ly/f1"


def test_questions_survive_the_gateways_death_in_the_middle_of_turns(stack: Stack) -> None:
    residents = [Resident(stack.gateway) for _ in range(5)]
    stack.freeze("engine")  # the turns are under way when the gateway dies
    for resident in residents:
        resident.say(QUESTION)
    stack.kill("gateway")
    stack.thaw("engine")
    stack.start("gateway")
    stack.wait_ready()

    for resident in residents:
        resident.replies(patience_s=20)
    time.sleep(2)

    assert [len(_answers(resident)) for resident in residents] == [1] * 5


def test_a_message_sent_twice_around_a_crash_is_answered_once(stack: Stack) -> None:
    resident = Resident(stack.gateway)
    first = resident.say(QUESTION, client_id="around-a-crash")
    stack.kill("gateway")
    stack.start("gateway")
    stack.wait_ready()
    second = resident.say(QUESTION, client_id="around-a-crash")
    resident.replies(patience_s=20)
    time.sleep(2)

    assert first == second
    assert len(_answers(resident)) == 1


def test_the_engine_killed_in_the_middle_of_turns_loses_and_repeats_nothing(stack: Stack) -> None:
    residents = [Resident(stack.gateway) for _ in range(5)]
    for resident in residents:
        resident.say(QUESTION)
    stack.kill("engine")
    stack.start("engine")
    for resident in residents:
        resident.replies()
    time.sleep(1)

    assert [len(_answers(resident)) for resident in residents] == [1] * 5
