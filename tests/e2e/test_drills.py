"""Fault drills: ten residents talk on their phones while a program dies; afterwards the books must agree."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.chaos.trouble import locked_ledger
from tests.support.accountant import Account, audit, connect_ledger, received, unsettled
from tests.support.books import address_of
from tests.support.sandbox_phone import SandboxPhone, call_sandbox
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e

PHONES, QUESTIONS = 10, 4
ALL = PHONES * QUESTIONS
REST_S = 90.0


@pytest.fixture(autouse=True)
def _ledger(stack: Stack) -> Iterator[None]:
    connect_ledger(stack)
    yield
    stack.wait_ready()


@pytest.mark.parametrize("name", ["gateway", "engine", "actions", "newsroom", "sandbox"])
def test_nothing_is_lost_or_told_twice_when_a_program_dies_and_comes_back(stack: Stack, name: str) -> None:
    def trouble() -> None:
        time.sleep(0.5)
        stack.kill(name)
        time.sleep(1)
        stack.start(name)

    assert _drill(stack, trouble, interrupted=name == "sandbox") == Account()


def test_nothing_is_lost_or_told_twice_when_the_ledger_is_locked_for_five_seconds(stack: Stack) -> None:
    def trouble() -> None:
        with locked_ledger(stack):
            time.sleep(5)

    assert _drill(stack, trouble) == Account()


def test_nothing_is_told_twice_when_webhooks_come_doubled_and_out_of_order(stack: Stack) -> None:
    faults = {"duplicate_webhook": {"probability": 0.5}, "reordered_webhook": {"probability": 0.3, "value": 300}}
    call_sandbox(stack.sandbox, "PUT", "/faults", {"seed": 7, "faults": faults})
    try:
        account = _drill(stack, lambda: None)
    finally:
        calm = {name: {"probability": 0} for name in faults}
        call_sandbox(stack.sandbox, "PUT", "/faults", {"seed": 7, "faults": calm})

    assert account == Account()


def test_the_bot_is_silent_over_a_person_when_the_gateway_dies_and_comes_back(stack: Stack) -> None:
    phones = [SandboxPhone(stack.sandbox, f"Người dân {number}") for number in range(5)]
    for phone in phones:
        phone.say("mẹ tôi khó thở tím môi")
        phone.replies()
        phone.say("f1 cách ly mấy ngày")  # the turn is under way when the operator takes over
        _operator_takes(phone, "Tôi là cán bộ trực.")
    stack.kill("gateway")
    stack.start("gateway")
    for phone in phones:
        phone.say("anh chị ơi, f0 là gì")
    stack.wait_ready()
    deadline = time.monotonic() + REST_S
    while received(phones) < 3 * len(phones) or unsettled(phones):
        assert time.monotonic() < deadline, "not at rest"
        time.sleep(0.5)

    for phone in phones:
        shown = [message["text"] for message in phone.transcript() if message["author"] == "oa"]
        assert shown[-1] == "Tôi là cán bộ trực."
    assert audit(stack, phones) == Account()


def _drill(stack: Stack, trouble: Callable[[], None], interrupted: bool = False) -> Account:
    """Residents talk while the trouble happens; returns the account when all is at rest again."""
    phones = [SandboxPhone(stack.sandbox, f"Người dân {number}") for number in range(PHONES)]
    talk = threading.Thread(target=_talk, args=(phones, interrupted))
    talk.start()
    trouble()
    talk.join(60)
    stack.wait_ready()
    deadline = time.monotonic() + REST_S
    while received(phones) < ALL or unsettled(phones):
        assert time.monotonic() < deadline, f"not at rest: {received(phones)} of {ALL}, {unsettled(phones)} open"
        time.sleep(0.5)
    return audit(stack, phones)


def _talk(phones: list[SandboxPhone], interrupted: bool) -> None:
    """Each resident asks in turn; while the platform itself is away a phone tries again, as an app does."""
    for number in range(QUESTIONS):
        for phone in phones:
            while True:
                try:
                    phone.say(f"câu {number}: f1 cách ly mấy ngày")
                    break
                except OSError:
                    assert interrupted
                    if f"câu {number}: f1 cách ly mấy ngày" in _said(phone):
                        break
        time.sleep(0.4)


def _said(phone: SandboxPhone) -> list[str]:
    """What the platform took before it died; empty while it is away."""
    time.sleep(0.3)
    try:
        return [message["text"] for message in phone.transcript() if message["author"] == "resident"]
    except OSError:
        return []


def _operator_takes(phone: SandboxPhone, words: str) -> None:
    """An operator takes the conversation and writes, as the desk does it."""
    from contracts.clock import system_now
    from ledger.appending import locked_conversation
    from ledger.conversations import take
    from ledger.models import Author, Conversation
    from ledger.replies import Reply, append_reply

    conversation = Conversation.objects.get(address=address_of(phone))
    with locked_conversation(conversation.pk) as locked:
        take(locked, "7", "Trực ban", system_now())
        append_reply(locked, None, Reply(text=words, actor="Trực ban"), Author.OPERATOR, system_now())
