"""A silent operator's claim ends, so that the resident need not wait for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from contracts.settings import SettingsError
from desk.access import Operator
from desk.acts import Answer, answer, take
from desk.config import load_settings
from desk.upkeep import PAUSE_S, Upkeep
from ledger.claims import expire_claims
from ledger.models import Entry
from tests.desk.residents import Residents

LIMIT = timedelta(minutes=10)
LAN = Operator(id="7", name="Nguyễn Thị Lan", leads=False)


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_it_returns_what_was_taken_and_never_answered(residents: Residents, now: datetime) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", at=now)
    take(waiting, LAN, now + _minutes(1))
    assert expire_claims(now + _minutes(11), LIMIT) == []
    assert expire_claims(now + _minutes(11.1), LIMIT) == [waiting]
    found = residents.found(waiting)
    assert (found.state, found.owner_id, found.waiting_since) == ("waiting", "", now)
    last = Entry.objects.filter(conversation=waiting).latest("pk")
    assert (last.kind, last.author, last.actor) == ("state", "system", "")


def test_it_leaves_a_conversation_in_which_the_operator_spoke_last(residents: Residents, now: datetime) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", at=now)
    take(waiting, LAN, now)
    answer(waiting, LAN, Answer(reply_id="a" * 32, text="Chào bác"), now + _minutes(2))
    assert expire_claims(now + _minutes(600), LIMIT) == []


def test_it_counts_from_the_first_message_that_stayed_unanswered(residents: Residents, now: datetime) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", at=now)
    take(waiting, LAN, now)
    answer(waiting, LAN, Answer(reply_id="a" * 32, text="Chào bác"), now + _minutes(2))
    residents.say(waiting, "Tôi hỏi tiếp", now + _minutes(30))
    residents.say(waiting, "Sao không trả lời", now + _minutes(38))
    assert expire_claims(now + _minutes(39), LIMIT) == []
    assert expire_claims(now + _minutes(41), LIMIT) == [waiting]


def test_an_answer_before_an_earlier_taking_does_not_count(residents: Residents, now: datetime) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", at=now)
    take(waiting, LAN, now)
    answer(waiting, LAN, Answer(reply_id="a" * 32, text="Chào bác"), now + _minutes(1))
    residents.say(waiting, "Tôi hỏi tiếp", now + _minutes(2))
    assert expire_claims(now + _minutes(20), LIMIT) == [waiting]
    take(waiting, LAN, now + _minutes(21))
    assert expire_claims(now + _minutes(30), LIMIT) == []
    assert expire_claims(now + _minutes(32), LIMIT) == [waiting]


def test_it_runs_once_in_half_a_minute(residents: Residents, now: datetime) -> None:
    seconds = 100.0
    upkeep = Upkeep(lambda: seconds)
    upkeep.run_when_due()
    waiting = residents.wait("Cho tôi gặp cán bộ", at=now - _minutes(30))
    take(waiting, LAN, now - _minutes(20))
    seconds += PAUSE_S - 1
    upkeep.run_when_due()
    assert residents.found(waiting).state == "human"
    seconds += 2
    upkeep.run_when_due()
    assert residents.found(waiting).state == "waiting"


def test_the_command_returns_them_too(residents: Residents, now: datetime) -> None:
    waiting = residents.wait("Cho tôi gặp cán bộ", at=now - _minutes(30))
    take(waiting, LAN, now - _minutes(20))
    said = StringIO()
    call_command("desk_expire_claims", stdout=said)
    assert said.getvalue() == "Đã trả về hàng chờ: 1 cuộc\n"
    assert residents.found(waiting).state == "waiting"


def test_it_reads_the_limit_and_refuses_nonsense() -> None:
    assert load_settings({}).claim_timeout == LIMIT
    assert load_settings({"CLAIM_TIMEOUT_MIN": "3"}).claim_timeout == _minutes(3)
    with pytest.raises(SettingsError, match="CLAIM_TIMEOUT_MIN is 0"):
        load_settings({"CLAIM_TIMEOUT_MIN": "0"})
